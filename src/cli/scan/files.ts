import { lstatSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { errorCode, isInside } from '../../repo/files.ts';
import { git, zeroSeparated } from '../../repo/git.ts';
import { findPlaces, type Places } from '../../repo/places.ts';
import { UserError } from '../context.ts';
import { printable } from '../output.ts';
import type { Piece, Scope, Unread } from './piece.ts';
import { windowsOf } from './windows.ts';

/** Every file that git lists, ignored ones left out; or one file or folder, given by its absolute path. */
export function filesScope(places: Places, path = places.root): Scope {
  const files = listed(places, path);
  return {
    name: 'files',
    whole: path === places.root,
    total: files.length,
    unit: 'file',
    complete: new Set(files.map(({ shown }) => shown)),
    *pieces() {
      for (const file of files) {
        yield* piecesOf(file);
        yield null;
      }
    },
  };
}

interface ListedFile {
  readonly path: string;
  readonly shown: string;
}

function listed(places: Places, path: string): ListedFile[] {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UserError(`There is no ${printable(path)}.`, 'Name a file or folder.');
  if (!stat.isDirectory()) return [{ path, shown: shownPath(places, path) }];
  const home = isInside(places.root, path) ? places : findPlaces(path);
  if (!home) throw new UserError(`${printable(path)} is not in a git repository.`, 'Name a single file in it.');
  const below = relative(home.root, path);
  const only = below === '' ? [] : ['--', `:(literal)${below}`];
  const { code, stdout, stderr } = git(home.root, ['ls-files', '-z', '-co', '--exclude-standard', ...only]);
  if (code !== 0) throw new UserError(`git cannot list the files: ${printable(stderr.trim())}`, 'Run: git status');
  return [...new Set(zeroSeparated(stdout))].map((name) => {
    const file = join(home.root, name);
    return { path: file, shown: shownPath(places, file) };
  });
}

/** Repo-relative inside of the repository, absolute outside. */
function shownPath({ root }: Places, path: string): string {
  return isInside(root, path) ? relative(root, path) : resolve(path);
}

/** Links, submodules and files that are gone meanwhile hold nothing of their own. */
function* piecesOf({ path, shown }: ListedFile): Generator<Piece | Unread> {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return;
    for (const piece of windowsOf(path, shown)) {
      yield piece ?? { kind: 'binary', path: shown, why: 'is no text.' };
    }
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT') yield { kind: 'unread', path: shown, why: `cannot be read (${code || error}).` };
  }
}
