import { constants, copyFileSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zeroSeparated } from '../repo/git.ts';
import type { Ask } from './work-commit.ts';

/** Untracked files that a snapshot copies, and their bytes together. */
const MAX_FILES = 200;
const MAX_BYTES = 5 * 1024 * 1024;

/** Untracked files of a worktree: those that are few and small enough to be copied, and how many are not. */
export interface Untracked {
  readonly paths: readonly string[];
  readonly left: number;
  /** Changes with any of them. */
  readonly key: string;
}

/** Lists them, smallest first. `ignored` says that files which git ignores count too; whole ignored folders never do. */
export function listUntracked(root: string, ask: Ask, ignored: boolean): Untracked {
  const list = (...args: string[]) =>
    zeroSeparated(ask(['ls-files', '-z', '--others', '--exclude-standard', ...args]).stdout);
  const names = [...list(), ...(ignored ? list('--ignored', '--directory') : [])].filter((name) => !name.endsWith('/'));
  const files = names.flatMap((name) => {
    const stat = lstatSync(join(root, name), { throwIfNoEntry: false });
    return stat?.isFile() || stat?.isSymbolicLink() ? [{ name, size: stat.size, time: stat.mtimeMs }] : [];
  });
  const paths: string[] = [];
  let bytes = 0;
  for (const { name, size } of files.sort((a, b) => a.size - b.size)) {
    bytes += size;
    if (paths.length >= MAX_FILES || bytes > MAX_BYTES) break;
    paths.push(name);
  }
  return { paths, left: files.length - paths.length, key: JSON.stringify(files) };
}

/** Copies a file or a link, with its mode; fails when `to` exists. */
export function copyPlain(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}
