import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type GitAnswer, git } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';

/** Asks git in the worktree: no hooks, no file watcher, an identity of our own. */
export type Ask = (args: readonly string[], how?: { readonly index?: string; readonly input?: string }) => GitAnswer;

const CONFIG = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'user.name=Postern',
  'user.email=postern@localhost',
];

/** An `Ask` whose questions together may take until `end`, in milliseconds since 1970. */
export function askUntil(root: string, end: number): Ask {
  const config = CONFIG.flatMap((entry) => ['-c', entry]);
  return (args, { index, input } = {}) =>
    git(root, [...config, ...args], {
      timeoutMs: Math.max(1, end - Date.now()),
      maxBytes: 16 * 1024 * 1024,
      env: { ...process.env, GIT_INDEX_FILE: index },
      ...(input === undefined ? {} : { input }),
    });
}

/**
 * A commit of the tracked files as they lie in the worktree; `null` when none has changed. Works on a copy of the index, so
 * that a git which is stopped half-way leaves no lock behind. Throws when git cannot do it.
 */
export function commitWork({ gitDir, stateDir }: Places, ask: Ask): string | null {
  if (!existsSync(join(gitDir, 'index'))) return null;
  const index = join(stateDir, `snapshot-index.${process.pid}`);
  try {
    copyFileSync(join(gitDir, 'index'), index);
    const stash = ask(['stash', 'create', 'postern snapshot'], { index });
    if (stash.code === 0) return stash.stdout.trim() || null;
    return commitPlainly(ask, index);
  } finally {
    for (const path of [index, `${index}.lock`]) rmSync(path, { force: true });
  }
}

/** Where `git stash` refuses: before the first commit, and in the middle of a merge. */
function commitPlainly(ask: Ask, index: string): string | null {
  const must = (...args: string[]) => {
    const { code, stdout, stderr } = ask(args, { index });
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  must('add', '-u', '.');
  const tree = must('write-tree');
  const head = ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).stdout.trim();
  const known = head === '' ? must('hash-object', '-t', 'tree', '/dev/null') : must('rev-parse', `${head}^{tree}`);
  if (tree === known) return null;
  return must('commit-tree', tree, ...(head === '' ? [] : ['-p', head]), '-m', 'postern snapshot');
}
