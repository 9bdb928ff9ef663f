import { hash } from 'node:crypto';
import { type Break, type Check, checkLine, GENESIS, type Hasher, type Link, parseLine } from './chain.ts';
import { auditError } from './error.ts';
import { FOR_READING, headPath, logPath, withPlain } from './files.ts';
import { type HeadState, readHead } from './head.ts';
import { readLines } from './lines.ts';

/**
 * Whether `audit.head` backs the log's end. `behind`: a writer died right after its record was written. `missing` and
 * `torn`: that no records were cut off the end cannot be told.
 */
export type HeadFile = 'agrees' | 'behind' | 'missing' | 'torn';

export type BreakKind = 'edited' | 'reordered' | 'removed' | 'truncated' | 'torn' | 'malformed';

export type Verdict =
  | { readonly kind: 'intact'; readonly records: number; readonly head: Link; readonly headFile: HeadFile }
  | {
      readonly kind: 'broken';
      /** The first line that does not belong where it stands, from 1; for a cut tail, the line that is missing. */
      readonly line: number;
      readonly seq?: number;
      readonly what: BreakKind;
      readonly detail: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly problem: string };

type Broken = Extract<Verdict, { kind: 'broken' }>;

/**
 * Reads the whole log of `dir` and names its first break. It takes no lock; where a writer is at work meanwhile, the
 * log is judged as it stood at the beginning. The proof is the chain and the head file: someone who rewrites every
 * record and the head as well is not found out by it.
 */
export function verify(dir: string): Verdict {
  const verdict = verifyOnce(dir);
  const midWrite = verdict.kind === 'broken' && verdict.what === 'torn';
  return midWrite ? verifyOnce(dir) : verdict;
}

function verifyOnce(dir: string): Verdict {
  try {
    const state = headState(dir);
    return withPlain(logPath(dir), FOR_READING, (fd, size) => judge(fd, size, state));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return verdictOnNothing(headState(dir));
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

function judge(fd: number, size: number, state: HeadState): Verdict {
  const head = state.kind === 'known' ? state.head : undefined;
  let link: Link = GENESIS;
  for (const line of readLines(fd, size)) {
    const check = checkLine(line.bytes, link, sha256);
    if (!line.whole && !isCut(link, head, check)) return tornLine(line.number);
    if (!line.whole) break;
    if (check.kind !== 'record') return broken(check, line.number, () => isLater(fd, size, link));
    link = { seq: check.record.seq, hash: check.record.hash };
    if (link.seq === head?.seq && link.hash !== head.hash) return rewritten(link);
  }
  if (head !== undefined && head.seq > link.seq) return truncated(link, head);
  if (link.seq === 0) return { kind: 'empty' };
  return { kind: 'intact', records: link.seq, head: link, headFile: headFile(state, link) };
}

/** Whether a last line without a newline is the rest of a record that was acknowledged, not of a crashed append. */
function isCut(before: Link, head: Link | undefined, check: Check): boolean {
  return check.kind !== 'record' && head !== undefined && head.seq > before.seq;
}

const sha256: Hasher = (bytes) => hash('sha256', bytes);

/** A gap is a removal, unless the record that belongs there stands further down. */
function broken(found: Break, line: number, isMissingLater: () => boolean): Broken {
  switch (found.kind) {
    case 'malformed':
      return { kind: 'broken', line, what: 'malformed', detail: found.detail };
    case 'edited':
    case 'reordered':
      return { kind: 'broken', line, seq: found.seq, what: found.kind, detail: found.detail };
    case 'gap': {
      const what = isMissingLater() ? 'reordered' : 'removed';
      const detail = what === 'reordered' ? found.detail : missing(found.expected, found.seq - 1);
      return { kind: 'broken', line, seq: found.seq, what, detail };
    }
  }
}

function isLater(fd: number, size: number, before: Link): boolean {
  for (const { bytes } of readLines(fd, size)) {
    const record = parseLine(bytes);
    if (record?.seq === before.seq + 1 && record.prev === before.hash) return true;
  }
  return false;
}

function rewritten({ seq }: Link): Broken {
  const detail = 'The log up to here was rewritten: its head file remembers another record.';
  return { kind: 'broken', line: seq, seq, what: 'edited', detail };
}

function truncated(last: Link, head: Link): Broken {
  const seq = last.seq + 1;
  return {
    kind: 'broken',
    line: seq,
    seq,
    what: 'truncated',
    detail: `${missing(seq, head.seq)} The log was cut there.`,
  };
}

function missing(from: number, to: number): string {
  return from === to ? `Record ${from} is missing.` : `Records ${from} to ${to} are missing.`;
}

function tornLine(line: number): Broken {
  const detail = 'The last line is cut short, as a crash leaves it. The next append mends it.';
  return { kind: 'broken', line, what: 'torn', detail };
}

function headFile(state: HeadState, link: Link): HeadFile {
  if (state.kind !== 'known') return state.kind;
  return state.head.seq === link.seq ? 'agrees' : 'behind';
}

function verdictOnNothing(state: HeadState): Verdict {
  return state.kind === 'known' ? truncated(GENESIS, state.head) : { kind: 'empty' };
}
