import { hash } from 'node:crypto';
import type { Link } from './chain.ts';
import type { Line } from './lines.ts';

/** Length of `,"hash":"…"}`. */
const sealLength = 75;
let scratch = Buffer.alloc(4096);

/**
 * The link that a line makes when it is the record that follows `before`, told by its bytes without parsing it: that they hash to the
 * line's own hash, and name `before` and the next number. `null` when anything is otherwise; then the line is looked at closely.
 * Top-level keys stand in alphabetical order and quotes inside of texts are escaped, so the last `"prev":"` and `"seq":` are the record's own.
 */
export function fastLink({ bytes, whole }: Line, before: Link): Link | null {
  const { length } = bytes;
  if (!whole || length <= sealLength || bytes[length - 2] !== 0x22 || bytes[length - 1] !== 0x7d) return null;
  const text = bytes.toString('latin1');
  const prev = text.lastIndexOf('"prev":"');
  if (prev < 0 || !text.startsWith(before.hash, prev + 8) || text[prev + 72] !== '"') return null;
  const seq = before.seq + 1;
  const at = text.lastIndexOf('"seq":');
  if (at < prev || !text.startsWith(`${seq},`, at + 6)) return null;
  const stated = text.slice(length - 66, length - 2);
  if (!text.startsWith(',"hash":"', length - sealLength)) return null;
  return bodyHash(bytes) === stated ? { seq, hash: stated } : null;
}

/** Hash of the line's bytes with the `hash` field taken out. */
function bodyHash(bytes: Buffer): string {
  const end = bytes.length - sealLength;
  if (scratch.length <= end) scratch = Buffer.alloc(end * 2);
  bytes.copy(scratch, 0, 0, end);
  scratch[end] = 0x7d;
  return hash('sha256', scratch.subarray(0, end + 1));
}
