import { hash } from 'node:crypto';
import { type Break, checkLine, GENESIS, type Hasher, type Link, parseLine } from './chain.ts';
import { checkpointsOf, type SignedCheckpoint } from './checkpoints.ts';
import { auditError } from './error.ts';
import { fastLink } from './fast-line.ts';
import { FOR_READING, headPath, logPath, withPlain } from './files.ts';
import { type HeadState, readHead } from './head.ts';
import { type Line, readLines } from './lines.ts';
import { Frontier, leafHash } from './merkle.ts';
import { prunedBefore } from './pruned.ts';
import { firstSeq } from './query.ts';
import { type Segment, segments, withSource } from './segments.ts';

/**
 * Whether `audit.head` backs the log's end. `behind`: a writer died right after its record was written. `missing` and
 * `torn`: that no records were cut off the end cannot be told by it.
 */
export type HeadFile = 'agrees' | 'behind' | 'missing' | 'torn';

export type BreakKind = 'edited' | 'reordered' | 'removed' | 'truncated' | 'torn' | 'malformed' | 'rewritten';

export type Verdict =
  | {
      readonly kind: 'intact';
      /** Number of the last record. */
      readonly records: number;
      readonly head: Link;
      readonly headFile: HeadFile;
      /** Records up to this one are under a checkpoint that the host key signed; 0 when there is none. */
      readonly proved: number;
      /** Number of the first record that is there: more than 1 where the beginning was pruned on the record. */
      readonly first: number;
    }
  | {
      readonly kind: 'broken';
      /** The file of the log that `line` is in. */
      readonly file: string;
      /** The first line that does not belong where it stands, from 1; for a cut tail, the line that is missing. */
      readonly line: number;
      readonly seq?: number;
      readonly what: BreakKind;
      readonly detail: string;
      /** The last record up to which a signed checkpoint still holds; 0 when none does. */
      readonly proved: number;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly problem: string };

type Broken = Extract<Verdict, { kind: 'broken' }>;
type Found = Omit<Broken, 'kind' | 'proved' | 'file'>;

export interface VerifyOptions {
  /** Public host key, base64: checkpoints of other keys prove nothing. */
  readonly publicKey?: string;
  /** Checkpoints from elsewhere, as signed notes: what `audit anchor` left where an attacker could not take it back. */
  readonly anchors?: readonly string[];
}

/**
 * Reads the whole log of `dir`, closed segments included, and names its first break. It takes no lock; where a writer is at work
 * meanwhile, the log is judged as it stood at the beginning. The proof is the chain, the head file and the signed checkpoints: someone
 * who rewrites every record and the head, but lacks the key, is found out by a checkpoint.
 */
export function verify(dir: string, options: VerifyOptions = {}): Verdict {
  const verdict = verifyOnce(dir, options);
  const midWrite = verdict.kind === 'broken' && verdict.what === 'torn';
  return midWrite ? verifyOnce(dir, options) : verdict;
}

function verifyOnce(dir: string, options: VerifyOptions): Verdict {
  try {
    const state = headState(dir);
    const checkpoints = checkpointsOf(dir, options.publicKey, options.anchors);
    return judge(dir, state, checkpoints, options.publicKey);
  } catch (error) {
    return { kind: 'unreadable', problem: auditError('read', logPath(dir), error).message };
  }
}

/** The head is read before the log: one that is older than the log is `behind`, never ahead. */
function headState(dir: string): HeadState {
  try {
    return withPlain(headPath(dir), FOR_READING, readHead);
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'torn' };
  }
}

function judge(
  dir: string,
  state: HeadState,
  checkpoints: readonly SignedCheckpoint[],
  publicKey: string | undefined,
): Verdict {
  const head = state.kind === 'known' ? state.head : undefined;
  const files = segments(dir);
  const start = prunedBefore(dir, firstSeq(dir), publicKey);
  const frontier = start?.frontier ?? new Frontier();
  const roots = new Map(checkpoints.map((one) => [one.size, one]));
  const first = (start?.seq ?? 0) + 1;
  let link: Link = start ?? GENESIS;
  let proved = 0;
  const stop = (file: string, found: Found): Broken => ({ kind: 'broken', file, ...found, proved });
  for (const segment of files) {
    for (const line of linesOf(segment)) {
      const next = fastLink(line, link);
      if (next === null) {
        const check = checkLine(line.bytes, link, sha256);
        if (!line.whole && !(check.kind !== 'record' && head !== undefined && head.seq > link.seq))
          return stop(segment.name, tornLine(line.number));
        if (!line.whole) break;
        if (check.kind !== 'record')
          return stop(
            segment.name,
            broken(check, line.number, () => isLater(files, link)),
          );
        link = { seq: check.record.seq, hash: check.record.hash };
      } else link = next;
      if (link.seq === head?.seq && link.hash !== head.hash) return stop(segment.name, rewrittenHead(link));
      if (roots.size === 0) continue;
      frontier.add(leafHash(line.bytes));
      const signed = roots.get(link.seq);
      if (!signed) continue;
      if (frontier.root().toString('base64') !== signed.root) return stop(segment.name, rewritten(proved, link, line));
      proved = link.seq;
    }
  }
  const last = files.at(-1)!.name;
  if (head !== undefined && head.seq > link.seq) return stop(last, truncated(link, head.seq, 'The log was cut there.'));
  const ahead = checkpoints.find(({ size }) => size > link.seq);
  if (ahead) return stop(last, truncated(link, ahead.size, 'A signed checkpoint tells of them.'));
  if (link.seq === 0) return { kind: 'empty' };
  return { kind: 'intact', records: link.seq, head: link, headFile: headFile(state, link), proved, first };
}

/** A log that is not there has no lines. */
function* linesOf(segment: Segment): Generator<Line, void, void> {
  try {
    yield* withSource(segment, readLines);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || segment.closed) throw error;
  }
}

const sha256: Hasher = (bytes) => hash('sha256', bytes);

/** A gap is a removal, unless the record that belongs there stands further down. */
function broken(found: Break, line: number, isMissingLater: () => boolean): Found {
  switch (found.kind) {
    case 'malformed':
      return { line, what: 'malformed', detail: found.detail };
    case 'edited':
    case 'reordered':
      return { line, seq: found.seq, what: found.kind, detail: found.detail };
    case 'gap': {
      const what = isMissingLater() ? 'reordered' : 'removed';
      const detail = what === 'reordered' ? found.detail : missing(found.expected, found.seq - 1);
      return { line, seq: found.seq, what, detail };
    }
  }
}

function isLater(files: readonly Segment[], before: Link): boolean {
  for (const segment of files) {
    for (const { bytes } of linesOf(segment)) {
      const record = parseLine(bytes);
      if (record?.seq === before.seq + 1 && record.prev === before.hash) return true;
    }
  }
  return false;
}

function rewrittenHead({ seq }: Link): Found {
  const detail = 'The log up to here was rewritten: its head file remembers another record.';
  return { line: seq, seq, what: 'edited', detail };
}

function rewritten(proved: number, { seq }: Link, { number }: Line): Found {
  const detail = `Records ${proved + 1} to ${seq} are not those that a checkpoint was signed for: they were rewritten.`;
  return { line: number, seq, what: 'rewritten', detail };
}

function truncated(last: Link, until: number, how: string): Found {
  const seq = last.seq + 1;
  return { line: seq, seq, what: 'truncated', detail: `${missing(seq, until)} ${how}` };
}

function missing(from: number, to: number): string {
  return from === to ? `Record ${from} is missing.` : `Records ${from} to ${to} are missing.`;
}

function tornLine(line: number): Found {
  const detail = 'The last line is cut short, as a crash leaves it. The next append mends it.';
  return { line, what: 'torn', detail };
}

function headFile(state: HeadState, link: Link): HeadFile {
  if (state.kind !== 'known') return state.kind;
  return state.head.seq === link.seq ? 'agrees' : 'behind';
}
