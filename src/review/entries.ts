import { createHash } from 'node:crypto';
import type { AskGit } from '../repo/ask-git.ts';

/** One changed file of a diff, renames told as a deletion and an addition. */
export interface Entry {
  readonly path: string;
  /** One character for each byte of the path, so that names that are no text stay apart. */
  readonly rawPath: string;
  /** `<old mode> <new mode> <old id> <new id>`; of a merge as many more as it has parents. */
  readonly change: string;
}

/** Whatever configuration and attributes say, the diff is the same everywhere. */
export const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=none', '--no-renames'];
export const RAW_DIFF = ['--raw', '--no-abbrev', '-z', ...PLAIN_DIFF];

/** What differs between two commits or trees, file by file. */
export function entriesBetween(base: string, head: string, ask: AskGit): Entry[] {
  return parseEntries(ask(['diff-tree', '-r', ...RAW_DIFF, base, head, '--'], { encoding: 'latin1' }));
}

/** A merge has one more mode and id for each further parent. */
const ENTRY = /:+((?:\d{6} )+(?:[0-9a-f]{40,64} )+)[A-Z]+\d*\0([^\0]+)\0/g;

/** One entry out of its `:<modes and ids> <status>` and its name. */
export function entryOf(told: string, rawPath: string): Entry {
  const change = told.replace(/^:+/, '').replace(/ [A-Z]+\d*$/, '');
  return { path: Buffer.from(rawPath, 'latin1').toString('utf8'), rawPath, change };
}

/** Reads `--raw -z`, given as one character for each byte; whatever stands between the entries is passed over. */
export function parseEntries(raw: string): Entry[] {
  return [...raw.matchAll(ENTRY)].map(([, change, rawPath]) => ({
    path: Buffer.from(rawPath!, 'latin1').toString('utf8'),
    rawPath: rawPath!,
    change: change!.trimEnd(),
  }));
}

/**
 * Stands for a diff wherever its commits lie: hex sha256 over each changed file's modes, content ids and name, and over the
 * names that were left out. A rebase that changes none of them keeps it, any changed byte does not.
 */
export function diffDigest(entries: readonly Entry[], excluded: readonly Entry[]): string {
  const lines = [
    ...entries.map(({ change, rawPath }) => `${change} ${rawPath}\0`),
    ...excluded.map(({ rawPath }) => `excluded ${rawPath}\0`),
  ];
  const hash = createHash('sha256').update('postern-diff-1\0');
  for (const line of [...new Set(lines)].sort()) hash.update(line, 'latin1');
  return hash.digest('hex');
}
