import { accessSync, constants, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { git } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';

export const GIT_HOOKS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push'] as const;

export type GitHookName = (typeof GIT_HOOKS)[number];

/** One git hook as git would find it. */
export interface GitHook {
  readonly name: GitHookName;
  /** The file that git starts. */
  readonly path: string;
  readonly state: 'ours' | 'foreign' | 'missing' | 'not executable';
}

/** The directory that git itself runs hooks from in this worktree, whatever configuration decides it. */
export function activeHooksDir(places: Places): string {
  const { code, stdout } = git(places.root, ['rev-parse', '--git-path', 'hooks']);
  return code === 0 ? resolve(places.root, stdout.replace(/\n$/, '')) : join(places.commonDir, 'hooks');
}

/** The gates in a hooks directory. Husky's `_` folder holds stubs that run the files beside it. */
export function gitHooks(folder: string): GitHook[] {
  const holder = folder.replace(/\/\.husky\/_\/?$/, '/.husky');
  return GIT_HOOKS.map((name) => ({
    name,
    path: join(folder, name),
    state: stateOf(join(folder, name), join(holder, name)),
  }));
}

function stateOf(started: string, holder: string): GitHook['state'] {
  const text = textOf(holder);
  if (text === null || textOf(started) === null) return 'missing';
  if (!text.includes('postern-hook')) return 'foreign';
  return isExecutable(started) ? 'ours' : 'not executable';
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** True when this user may start the file. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
