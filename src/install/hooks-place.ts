import { existsSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { isInside, realPath } from '../repo/files.ts';
import { git } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';

/** Where our git hooks go, and what must be configured so that git runs them. */
export interface HooksPlace {
  /** Absolute folder. */
  readonly dir: string;
  /** The folder as a person knows it. */
  readonly shown: string;
  /** Local git configuration to write, in this order. */
  readonly config: readonly (readonly [key: string, value: string])[];
  /** Hooks outside of the repository that the new folder would silence: each gets a small one that passes on to it. */
  readonly passOn: readonly string[];
  /** Which tool or setting decided, for people. */
  readonly because: string;
}

/** Set by us in the repository's own config: the value of `core.hooksPath` that is ours. */
export const OWN_KEY = 'postern.ownHooksPath';
/** The folder outside of the repository whose hooks run after ours. */
export const NEXT_KEY = 'postern.nextHooksPath';
/** What `core.hooksPath` was before, where the repository's own config set it. */
export const BEFORE_KEY = 'postern.localHooksPath';

const OURS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push'];

/** Other tools that install their hooks into `.git/hooks`, by their files. */
const HOOK_TOOLS: readonly (readonly [tool: string, files: readonly string[]])[] = [
  ['lefthook', ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', 'lefthook.json', 'lefthook.toml']],
  ['pre-commit', ['.pre-commit-config.yaml', '.pre-commit-config.yml']],
  ['overcommit', ['.overcommit.yml']],
];

/** The git-hooks folder that is in force, or `.husky/` where the repository has none. */
export function chooseHooks(places: Places, installed: boolean): HooksPlace {
  const local = config(places.root, ['--local', 'core.hooksPath']);
  const effective = config(places.root, ['--type=path', 'core.hooksPath']);
  if (effective) return configured(places, effective, local);
  const plain = effective === null ? plainHooks(places, installed) : null;
  if (plain !== null) return placed(places, join(places.commonDir, 'hooks'), plain);
  const because = existsSync(join(places.root, '.husky')) ? 'it is there already' : 'this repository has none yet';
  return { ...placed(places, join(places.root, '.husky'), because), config: ownConfig(null, local) };
}

/** Why git's own folder is the place; `null` when it is not. */
function plainHooks({ root, commonDir }: Places, installed: boolean): string | null {
  const tool = hookTool(root);
  if (tool !== null) return `${tool} keeps its hooks there`;
  if (activeHooks(join(commonDir, 'hooks')).length > 0) return 'it holds active hooks';
  return installed && !existsSync(join(root, '.husky')) ? 'this repository has no .husky' : null;
}

/** The tool whose file says that it manages the git hooks of this repository. */
export function hookTool(root: string): string | null {
  return HOOK_TOOLS.find(([, files]) => files.some((file) => existsSync(join(root, file))))?.[0] ?? null;
}

/** Value of a git setting; `null` when it is not set. */
export function config(root: string, args: readonly string[]): string | null {
  const answer = git(root, ['config', '--get', ...args]);
  return answer.code === 0 ? answer.stdout.replace(/\n$/, '') : null;
}

function configured(places: Places, effective: string, local: string | null): HooksPlace {
  const dir = realPath(isAbsolute(effective) ? effective : resolve(places.root, effective));
  const isHusky9 = /(^|[\\/])\.husky[\\/]_[\\/]?$/.test(effective);
  if (isHusky9 && isInside(places.root, dir))
    return placed(places, join(places.root, '.husky'), 'husky runs the hooks there');
  if (isInside(places.commonDir, dir) || isInside(places.root, dir))
    return placed(places, dir, 'core.hooksPath names it');
  const because = `core.hooksPath names ${effective}, outside of this repository: its hooks run after Postern's`;
  const passOn = activeHooks(dir).filter((name) => !OURS.includes(name));
  return { ...placed(places, join(places.root, '.husky'), because), passOn, config: ownConfig(effective, local) };
}

function placed({ root, commonDir }: Places, dir: string, because: string): HooksPlace {
  const shown = isInside(commonDir, dir) ? join('.git', relative(commonDir, dir)) : relative(root, dir) || '.';
  return { dir, shown, because, config: [], passOn: [] };
}

function ownConfig(outside: string | null, local: string | null): (readonly [string, string])[] {
  return [
    ...(outside === null ? [] : ([[NEXT_KEY, outside]] as const)),
    ...(local === null ? [] : ([[BEFORE_KEY, local]] as const)),
    [OWN_KEY, '.husky'],
    ['core.hooksPath', '.husky'],
  ];
}

/** Names of hooks in a folder that git would run. */
function activeHooks(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && isExecutable(join(dir, name)));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    const stat = statSync(path);
    return stat.isFile() && (stat.mode & 0o111) !== 0;
  } catch {
    return false;
  }
}
