import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InstallProblem } from './problem.ts';

export const PROFILES = ['solo', 'team', 'locked-down'] as const;
export type Profile = (typeof PROFILES)[number];

/** What an installed file is for. `policy` is the person's from the first day on; `agent` and `command` are opt-in. */
export type Kind = 'runtime' | 'policy' | 'agent-hook' | 'git-hook' | 'agent' | 'command' | 'pass-hook';

/** One file that this version ships. */
export interface Shipped {
  readonly kind: Kind;
  /** Relative to the repository; git hooks as `hooks:<name>`, because their folder differs from clone to clone. */
  readonly path: string;
  readonly mode: number;
  readonly text: string;
}

export interface Payload {
  readonly version: string;
  readonly files: readonly Shipped[];
  /** What the managed block of CLAUDE.md and AGENTS.md says. */
  readonly block: string;
  /** The git hook that only passes on to one outside of the repository. */
  readonly passHook: string;
}

/** Which optional parts are wanted. */
export interface Choice {
  readonly profile: Profile;
  readonly agents: boolean;
  readonly commands: boolean;
}

/** Where each kind of file comes from and goes to: a folder ships every file in it. */
const SOURCES: readonly { kind: Kind; from: string; to: string; mode: number; name?: (choice: Choice) => string }[] = [
  { kind: 'runtime', from: 'dist/gate.cjs', to: '.postern/gate.cjs', mode: 0o644 },
  {
    kind: 'policy',
    from: 'templates/policies',
    to: '.postern/policy.yaml',
    mode: 0o644,
    name: (choice) => `${choice.profile}.yaml`,
  },
  { kind: 'agent-hook', from: 'hooks', to: '.claude/hooks/', mode: 0o755 },
  { kind: 'git-hook', from: 'husky', to: 'hooks:', mode: 0o755 },
  { kind: 'agent', from: 'agents', to: '.claude/agents/', mode: 0o644 },
  { kind: 'command', from: 'commands', to: '.claude/commands/', mode: 0o644 },
];

/** The package that this code runs from: the built `dist/` and the sources lie at different depths in it. */
function packageDir(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder))
      throw new InstallProblem('The package of Postern is not complete.', 'Install it again.');
  }
}

/** Everything that `choice` installs, read from the package in `folder`. */
export function readPayload(choice: Choice, folder: string = packageDir()): Payload {
  const { version } = JSON.parse(read(join(folder, 'package.json'))) as { version: string };
  const wanted = SOURCES.filter(
    ({ kind }) => (kind !== 'agent' || choice.agents) && (kind !== 'command' || choice.commands),
  );
  return {
    version,
    block: read(join(folder, 'templates/agent-block.md')),
    passHook: read(join(folder, 'templates/pass-hook.sh')),
    files: wanted.flatMap(({ kind, from, to, mode, name }) =>
      sourceNames(join(folder, from), to, name?.(choice)).map(([source, path]) => ({
        kind,
        path,
        mode,
        text: read(source),
      })),
    ),
  };
}

/** Pairs of source and target: one for a file, one for each file of a folder, or the `only` one of them. */
function sourceNames(source: string, target: string, only: string | undefined): [source: string, target: string][] {
  if (only !== undefined) return [[join(source, only), target]];
  if (!/[/:]$/.test(target)) return [[source, target]];
  return readdirSync(source)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => [join(source, name), `${target}${name}`]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new InstallProblem(
      `The package of Postern lacks ${path}.`,
      'Install it again; in its own repository: npm run build',
    );
  }
}
