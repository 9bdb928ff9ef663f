import { GENESIS, type Link, parseLine, readLine } from './chain.ts';
import type { HeadState } from './head.ts';
import { readLinesBackwards } from './lines.ts';
import { fileSource } from './segments.ts';
import { sha256 } from './sha256.ts';
import { readTail } from './tail.ts';

/** Where the next record goes. */
export interface LogEnd {
  /** What the next record follows. */
  readonly link: Link;
  /** The newline that a whole last record lacks. */
  readonly lead: '' | '\n';
  /** A line cut short at the end of the log, empty when there is none. It is no record and was never acknowledged. */
  readonly torn: Uint8Array;
  /** What is wrong with the end of the log, in words for a person. */
  readonly damage: readonly string[];
}

/**
 * Finds the end of a log of `size` bytes, whose first record follows `before`. The chain goes on whatever is found there, because a log that refuses appends
 * would deny every call for good, and it goes on so that the damage stays visible to `verify`:
 * a cut tail is followed by the record that the head expects next, which leaves a gap in the numbers; a last line that
 * is no valid record is followed by the record after the head's, or, with no head, by one whose `prev` is the sha256 of
 * that raw line.
 */
export function findEnd(fd: number, size: number, state: HeadState, before: Link = GENESIS): LogEnd {
  const tail = readTail(fd, size);
  const head = state.kind === 'known' ? state.head : undefined;
  if (head?.size === size && !tail.open && hashAtEnd(tail.last) === head.hash) {
    return { link: head, lead: '', torn: NOTHING, damage: [] };
  }
  const whole = tail.fragment.length > 0 && readLine(tail.fragment).kind === 'record';
  const torn = whole ? NOTHING : tail.fragment;
  const last = lastLink(whole ? tail.fragment : tail.last, before, () => guessSeq(fd, size - torn.length));
  const damage = [
    torn.length > 0 ? `The last line was cut short; its ${torn.length} bytes are kept aside.` : '',
    last.valid ? '' : 'The last line is not a valid record.',
    headDamage(state, last),
  ].filter((text) => text !== '');
  const link = head !== undefined && (!last.valid || head.seq >= last.seq) ? head : last;
  return { link, lead: tail.open && torn.length === 0 ? '\n' : '', torn, damage };
}

const NOTHING = new Uint8Array(0);

/** The hash that stands at the end of a sealed line. */
function hashAtEnd(line: Uint8Array | null): string {
  return line === null ? '' : Buffer.from(line.subarray(-66, -2)).toString('latin1');
}

type LastLink = Link & { readonly valid: boolean };

function lastLink(line: Uint8Array | null, { seq, hash }: Link, seqOfInvalid: () => number): LastLink {
  if (line === null) return { seq, hash, valid: true };
  const check = readLine(line);
  if (check.kind === 'record') return { seq: check.record.seq, hash: check.record.hash, valid: true };
  return { seq: seqOfInvalid(), hash: sha256(line), valid: false };
}

/** The number that the last line would have: that of the last line that tells one, and one more for each after it. */
function guessSeq(fd: number, size: number): number {
  let after = 0;
  for (const line of readLinesBackwards(fileSource(fd, size))) {
    const seq = parseLine(line)?.seq;
    if (seq !== undefined) return seq + after;
    after++;
  }
  return after;
}

/** A head behind a valid last record is no damage: a writer died between the two writes. */
function headDamage(state: HeadState, last: LastLink): string {
  if (state.kind === 'torn') return 'audit.head is not readable.';
  if (state.kind === 'missing') return last.seq > 0 ? 'audit.head is missing.' : '';
  const { seq, hash } = state.head;
  if (seq > last.seq) return `Records ${last.seq + 1} to ${seq} are missing.`;
  return seq === last.seq && last.valid && hash !== last.hash ? `Record ${seq} was rewritten.` : '';
}
