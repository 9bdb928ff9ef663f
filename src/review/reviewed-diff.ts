import type { AskGit } from '../repo/ask-git.ts';
import { diffDigest, type Entry, entriesBetween, PLAIN_DIFF, parseEntries, RAW_DIFF } from './entries.ts';
import type { PushedRange } from './range.ts';
import { cutSections, type Section } from './sections.ts';

/** What one pushed ref changes, file by file. */
export interface RangeChange {
  /** Files that differ in the end, and what became of files in between that were changed back. */
  readonly entries: readonly Entry[];
  /** Names of the files of `entries` that only commits in between touch. */
  readonly passing: ReadonlySet<string>;
}

/** What a reviewer is asked about. */
export interface ReviewedDiff {
  readonly digest: string;
  readonly entries: readonly Entry[];
  /** Left out by the policy. */
  readonly excluded: readonly Entry[];
}

/** Reads what a range changes. Throws `GitFailure` when that cannot be told. */
export function readChange({ head, bases, commits }: PushedRange, ask: AskGit): RangeChange {
  if (head === '') return { entries: [], passing: new Set() };
  const [first = [], ...others] = bases.map((base) => entriesBetween(base, head, ask));
  const known = others.map((entries) => new Set(entries.map(({ rawPath }) => rawPath)));
  const last = first.filter(({ rawPath }) => known.every((paths) => paths.has(rawPath)));
  const lasting = new Set(last.map(({ rawPath }) => rawPath));
  const between = eachCommit(commits, ask).filter(({ rawPath }) => !lasting.has(rawPath));
  return { entries: [...last, ...between], passing: new Set(between.map(({ rawPath }) => rawPath)) };
}

/** Leaves out what `isExcluded` tells. */
export function diffOf({ entries }: RangeChange, isExcluded: (path: string) => boolean): ReviewedDiff {
  const excluded = entries.filter(({ path }) => isExcluded(path));
  const kept = entries.filter(({ path }) => !isExcluded(path));
  return { digest: diffDigest(kept, excluded), entries: kept, excluded };
}

const EACH = ['diff-tree', '--stdin', '-r', '--root', '-c', '--no-commit-id'];

function eachCommit(commits: readonly string[], ask: AskGit): Entry[] {
  if (commits.length === 0) return [];
  return parseEntries(ask([...EACH, ...RAW_DIFF], { encoding: 'latin1', input: `${commits.join('\n')}\n` }));
}

/** Bytes of patch text that are read: more is no review. */
export const MAX_REVIEW_BYTES = 64 * 1024 * 1024;
const HOW = { maxBytes: MAX_REVIEW_BYTES, timeoutMs: 120_000 };

const PATCH = [
  ...PLAIN_DIFF,
  ...['-p', '-U10', '--full-index', '--submodule=short', '--src-prefix=a/', '--dst-prefix=b/'],
];

/** The text of the diff, one section for each file. Throws `GitFailure`, with `tooMuch` when it is too large. */
export function readSections(range: PushedRange, change: RangeChange, diff: ReviewedDiff, ask: AskGit): Section[] {
  const kept = new Set(diff.entries.map(({ rawPath }) => rawPath));
  const ends = kept.size === 0 ? [] : netSections(range, diff, ask);
  const between = change.passing.size === 0 ? [] : passingSections(range, ask);
  return [
    ...ends.filter(({ rawPath }) => kept.has(rawPath) && !change.passing.has(rawPath)),
    ...between.filter(({ rawPath }) => kept.has(rawPath) && change.passing.has(rawPath)),
  ];
}

function netSections({ head, bases }: PushedRange, { excluded }: ReviewedDiff, ask: AskGit): Section[] {
  const base = bases[0]!;
  const without = pathspecs(excluded);
  const entries = parseEntries(
    ask(['diff-tree', '-r', ...RAW_DIFF, base, head, '--', ...without], { encoding: 'latin1' }),
  );
  const patch = ask(['-c', 'core.quotePath=true', 'diff-tree', '-r', ...PATCH, base, head, '--', ...without], HOW);
  return cutSections(patch, entries);
}

/** Keeps what is excluded from being printed at all, as far as a command line can hold it. */
function pathspecs(excluded: readonly Entry[]): string[] {
  const names = excluded.map(({ path }) => path).filter((path) => !path.includes('\ufffd'));
  const chars = names.reduce((sum, name) => sum + name.length + 30, 0);
  return chars === 0 || chars > 100_000 ? [] : ['.', ...names.map((name) => `:(exclude,top,literal)${name}`)];
}

function passingSections({ commits }: PushedRange, ask: AskGit): Section[] {
  const input = `${commits.join('\n')}\n`;
  const patch = ask(['-c', 'core.quotePath=true', ...EACH, ...PATCH], { ...HOW, input });
  return cutSections(patch, eachCommit(commits, ask));
}
