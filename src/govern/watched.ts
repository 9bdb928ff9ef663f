import { join } from 'node:path';
import type { Places } from '../repo/places.ts';

/** A file whose change by an agent's call is undone. */
export interface Watched {
  /** Absolute path. */
  readonly path: string;
  /** Only this part of the file counts; the client and people change the rest all the time. */
  readonly facet?: 'hooks-and-env' | 'hooks-path';
}

/** Git hooks whose appearance or change would go round the git gates. */
const GIT_HOOKS = ['pre-commit', 'commit-msg', 'pre-push', 'prepare-commit-msg'];

/** What Postern itself goes by, listed in the manifest or not. */
const GOVERNING = ['policy.yaml', 'manifest.json', 'gate.cjs', 'secrets-baseline.json'].map(
  (name) => `.postern/${name}`,
);

/** Settings of clients that decide whether hooks run. The client itself writes permissions into its local settings. */
const SETTINGS: readonly (readonly [path: string, facet?: Watched['facet']])[] = [
  ['.claude/settings.json', 'hooks-and-env'],
  ['.claude/settings.local.json', 'hooks-and-env'],
  ['.codex/config.toml'],
  ['.codex/hooks.json'],
  ['.gemini/settings.json'],
  ['.cursor/hooks.json'],
];

/** Everything that is compared before and after each call. */
export function watchedFiles(places: Places, home: string, hooksDir: string, installed: readonly string[]): Watched[] {
  const inRepo = [...new Set([...GOVERNING, ...installed])];
  const files: Watched[] = [
    ...inRepo.map((path) => ({ path: join(places.root, path) })),
    ...SETTINGS.map(([path, facet]) => ({ path: join(places.root, path), ...(facet ? { facet } : {}) })),
    ...[hooksDir, join(places.root, '.husky')].flatMap((folder) =>
      GIT_HOOKS.map((name) => ({ path: join(folder, name) })),
    ),
    { path: join(home, '.claude/settings.json'), facet: 'hooks-and-env' },
    { path: join(places.commonDir, 'config'), facet: 'hooks-path' },
  ];
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
