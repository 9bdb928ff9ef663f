import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerName } from '../policy/types.ts';
import { errorCode } from './files.ts';

/** Where the policy's layers lie. */
export interface PolicyPlaces {
  /** Real path of the worktree's top folder. */
  readonly root: string;
  /** `<git common dir>/postern`. */
  readonly stateDir: string;
  /** The person's home folder, as the system knows it rather than as `$HOME` says. */
  readonly home: string;
  /** `/etc` unless told otherwise. */
  readonly etc?: string;
}

/** The text of one layer's file. */
export interface PolicySource {
  readonly layer: LayerName;
  /** Absolute path. */
  readonly path: string;
  /** The path as messages show it. */
  readonly name: string;
  readonly text: string;
}

export type SourcesRead =
  | { readonly kind: 'read'; readonly sources: readonly PolicySource[] }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly instead: string };

/** The repository's policy file, relative to its top folder. */
export const REPO_POLICY = '.postern/policy.yaml';

/** The largest policy file that is read, in bytes. */
export const MAX_POLICY_BYTES = 262_144;

/** The texts of the repository's file and of those floors that exist. Anything but an absent floor must be readable. */
export function readSources({ root, home, etc = '/etc' }: PolicyPlaces): SourcesRead {
  const read = [
    readRepoFile(root),
    readFloor('host', join(home, '.config/postern/policy.yaml'), '~/.config/postern/policy.yaml'),
    readFloor('org', join(etc, 'postern/policy.yaml'), join(etc, 'postern/policy.yaml')),
  ].filter((one) => one !== null);
  const bad = read.find((one) => 'problem' in one);
  if (bad) return { kind: 'unreadable', problem: `${bad.name} ${bad.problem}`, instead: insteadOf(bad) };
  return { kind: 'read', sources: read.filter((one) => 'text' in one) };
}

/** The person's next step for a layer that cannot be used. */
export function insteadOf({ layer, name }: Pick<PolicySource, 'layer' | 'name'>): string {
  return layer === 'repo'
    ? `Restore it: git checkout -- ${REPO_POLICY}. Or begin anew: delete it, then run npx postern init.`
    : `Ask the person who administers this machine to mend ${name}.`;
}

type Read = PolicySource | (Omit<PolicySource, 'text'> & { readonly problem: string });

/** A file of the repository's `.postern`. Links are refused: the file that a link leads to is one that agents may edit. */
export function readRepoFile(root: string, name = REPO_POLICY): Read {
  const source = { layer: 'repo', path: join(root, name), name } as const;
  try {
    if (lstatSync(join(root, '.postern')).isSymbolicLink()) {
      return { ...source, problem: 'lies behind a symbolic link: .postern must be a real folder.' };
    }
    return readFile(source, lstatSync(source.path));
  } catch (error) {
    return { ...source, problem: problemOf(error) };
  }
}

function readFloor(layer: LayerName, path: string, name: string): Read | null {
  const source = { layer, path, name };
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats ? readFile(source, stats.isSymbolicLink() ? statSync(path) : stats) : null;
  } catch (error) {
    return { ...source, problem: problemOf(error) };
  }
}

function readFile(source: Omit<PolicySource, 'text'>, stats: Stats): Read {
  const problem = problemOfStats(stats);
  return problem ? { ...source, problem } : { ...source, text: readFileSync(source.path, 'utf8') };
}

function problemOfStats(stats: Stats): string | null {
  if (stats.isSymbolicLink()) return 'is a symbolic link; the policy must be a regular file.';
  if (stats.isDirectory()) return 'is a directory.';
  if (!stats.isFile()) return 'is not a regular file.';
  if (stats.size === 0) return 'is empty.';
  return stats.size > MAX_POLICY_BYTES ? `is larger than ${MAX_POLICY_BYTES / 1024} KB.` : null;
}

function problemOf(error: unknown): string {
  const code = errorCode(error);
  return PROBLEMS[code] ?? `cannot be read (${code || String(error)}).`;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'is missing.',
  ENOTDIR: 'cannot be reached: a part of its path is not a folder.',
  EACCES: 'cannot be read: permission denied.',
  EPERM: 'cannot be read: permission denied.',
  ELOOP: 'is a loop of symbolic links.',
};
