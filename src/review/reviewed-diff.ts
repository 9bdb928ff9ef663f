import { createHash } from 'node:crypto';
import { matchGlob } from '../policy/glob.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { headerPath } from './patch.ts';
import type { PushedRange } from './range.ts';

/** One file of a diff, as git prints it, read as latin1 so that every byte counts. */
export interface FileDiff {
  readonly path: string;
  readonly text: string;
}

/** What a reviewer is shown of one pushed range. */
export interface ReviewedDiff {
  /** Full ids of the two ends. */
  readonly base: string;
  readonly head: string;
  readonly files: readonly FileDiff[];
  /** Repo-relative paths that the policy leaves out. */
  readonly excluded: readonly string[];
}

const HOW = { encoding: 'latin1', maxBytes: 64 * 1024 * 1024, timeoutMs: 120_000 } as const;
/** Whatever a person's configuration says, odd bytes in names are escaped. */
const QUOTED = ['-c', 'core.quotePath=true'];
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--ignore-submodules=none'];
const FORM = ['--full-index', '--submodule=short', '--src-prefix=a/', '--dst-prefix=b/', '-U10'];

/**
 * The diff of a range: of the paths that differ from all its bases, without those that `exclude` leaves out. Paths of
 * `always` (what governs the guard itself) cannot be left out. Throws `GitFailure` when git cannot tell.
 */
export function reviewedDiff(
  range: Pick<PushedRange, 'head' | 'bases'>,
  choice: {
    readonly paths: ReadonlySet<string>;
    readonly exclude: readonly string[];
    readonly always: ReadonlySet<string>;
  },
  ask: AskGit,
): ReviewedDiff {
  const { head } = range;
  const base = range.bases[0]!;
  const all = fileDiffs(ask([...QUOTED, 'diff-tree', '-r', '-p', ...PLAIN, ...FORM, base, head, '--'], HOW));
  const changed = all.filter(({ path }) => choice.paths.has(path));
  const isLeftOut = ({ path }: FileDiff) =>
    !choice.always.has(path) && choice.exclude.some((glob) => matchGlob(glob, path));
  return {
    base,
    head,
    files: changed.filter((file) => !isLeftOut(file)),
    excluded: changed.filter(isLeftOut).map(({ path }) => path),
  };
}

/** What single commits do to `paths`, commit by commit, without their ids: an amended message changes nothing. */
export function touchedDiffs(commits: readonly string[], paths: readonly string[], ask: AskGit): FileDiff[] {
  if (commits.length === 0) return [];
  const how = { ...HOW, input: `${commits.join('\n')}\n` };
  const form = ['--stdin', '--no-commit-id', '-r', '-p', '--root', '-m', ...PLAIN, ...FORM];
  return fileDiffs(ask([...QUOTED, 'diff-tree', ...form, '--', ...paths.map((path) => `:(literal)${path}`)], how));
}

/** A patch cut into its files. A file that changed its type comes twice, as git prints it. */
function fileDiffs(patch: string): FileDiff[] {
  return patch
    .split(/^(?=diff --git )/m)
    .filter((text) => text !== '')
    .map((text) => ({ path: headerPath(text.slice(0, text.indexOf('\n'))), text }));
}

/** The parts of a verdict's name besides the diff: what was asked of whom. */
export interface Terms {
  readonly reviewers: readonly string[];
  readonly blockOn: readonly string[];
}

/**
 * Names what a verdict is for, hex sha256: every byte that the diff adds, takes away or shows around it, the paths that were left out,
 * who reviews and what blocks. Where in a file a hunk stands and which blobs the ends are is no part of it, so that a rebase that leaves
 * the change as it was needs no second review; binary files and submodules count by their ids.
 */
export function diffDigest({ files, excluded }: ReviewedDiff, terms: Terms): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([1, terms.reviewers, terms.blockOn, [...excluded].sort()]));
  for (const { text } of files) hash.update(withoutPlaces(text), 'latin1').update('\0');
  return hash.digest('hex');
}

function withoutPlaces(text: string): string {
  const body = text.search(/^@@/m);
  if (body < 0) return text;
  const header = text.slice(0, body).replace(/^index [0-9a-f]+\.\.[0-9a-f]+/m, 'index');
  return header + text.slice(body).replace(/^@@ -\d+(,\d+)? \+\d+(,\d+)? @@.*$/gm, '@@');
}

/** Characters of diff that one call of a reviewer is given. */
export const MAX_PART_CHARS = 200_000;

/** Characters that one push may bring to review; more is refused, since nobody would wait for it. */
export const MAX_REVIEW_CHARS = 4_000_000;

/** The files packed into parts, in order; a file that is too long for one goes on in the next, under its own header. */
export function partsOf(files: readonly FileDiff[]): string[] {
  const parts: string[] = [];
  let part = '';
  for (const { text } of files) {
    if (part !== '' && part.length + text.length > MAX_PART_CHARS) {
      parts.push(part);
      part = '';
    }
    part += text;
    const header = text.slice(0, text.indexOf('\n') + 1);
    while (part.length > MAX_PART_CHARS) {
      const cut = part.lastIndexOf('\n', MAX_PART_CHARS) + 1 || MAX_PART_CHARS;
      parts.push(part.slice(0, cut));
      part = `${header}(continued)\n${part.slice(cut)}`;
    }
  }
  return part === '' ? parts : [...parts, part];
}
