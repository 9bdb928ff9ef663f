import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { realPath } from '../../repo/files.ts';
import { findPlaces, type Places } from '../../repo/places.ts';

export type GatePlaces =
  | { readonly kind: 'found'; readonly places: Places }
  | { readonly kind: 'lost'; readonly problem: string; readonly instead: string };

/**
 * The repository that git runs the hook for. `GIT_DIR` decides where it is set: with it a push of one repository can be
 * started from inside another, whose policy is not the one that counts.
 */
export function findGatePlaces(cwd: string, env: Readonly<Record<string, string | undefined>>): GatePlaces {
  const stated = env['GIT_DIR'];
  const here = findPlaces(cwd);
  if (!stated) return here ? { kind: 'found', places: here } : lost(`${cwd} is not in a git repository`);
  const gitDir = realPath(resolve(cwd, stated));
  const candidates = [here, findPlaces(dirname(gitDir)), findPlaces(linkedWorktree(gitDir))];
  const places = candidates.find((one) => one?.gitDir === gitDir);
  return places ? { kind: 'found', places } : lost(`GIT_DIR is ${stated}, whose worktree is not known`);
}

function lost(problem: string): GatePlaces {
  return { kind: 'lost', problem, instead: 'run git inside the worktree, without GIT_DIR.' };
}

/** A linked worktree's git directory says in `gitdir` where its worktree is. */
function linkedWorktree(gitDir: string): string {
  try {
    return dirname(resolve(gitDir, readFileSync(resolve(gitDir, 'gitdir'), 'utf8').trimEnd()));
  } catch {
    return gitDir;
  }
}
