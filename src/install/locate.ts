import { basename, dirname, join } from 'node:path';
import { isInside, realPath } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { InstallProblem } from './problem.ts';

/** Turns the path of a step into an absolute one. */
export type Locate = (path: string) => string;

/** Suffix of a hook that was there before ours and runs after it. */
export const KEPT_SUFFIX = '.before-postern';

/** Paths of steps in this repository. Throws for one that leads out of it through a symbolic link. */
export function locator(places: Places, hooksDir: string): Locate {
  return (path) => {
    const wanted = path.startsWith('hooks:') ? join(hooksDir, path.slice(6)) : join(places.root, path);
    const folder = realPath(dirname(wanted));
    if (isInside(places.root, folder) || isInside(places.commonDir, folder)) return join(folder, basename(wanted));
    throw new InstallProblem(
      `${path} would be written to ${folder}, outside of this repository: a folder on the way is a symbolic link.`,
      'Make it a folder of the repository, then run this again.',
    );
  };
}

/** The path of a step as a person knows it. */
export function shownPath(path: string, hooksShown: string): string {
  return path.startsWith('hooks:') ? join(hooksShown, path.slice(6)) : path;
}
