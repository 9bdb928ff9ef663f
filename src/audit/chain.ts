import { canonicalJson } from './canonical.ts';
import { type AuditRecord, type Entry, keptFields } from './record.ts';
import { sha256 } from './sha256.ts';

/** The end of a chain: what the next record follows. */
export interface Link {
  readonly seq: number;
  readonly hash: string;
}

/** What the first record of a log follows. */
export const GENESIS: Link = { seq: 0, hash: '0'.repeat(64) };

/** Why a line does not continue the chain. Whether a `gap` was removed or reordered is told by later lines. */
export type Break =
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'edited'; readonly seq: number; readonly detail: string }
  | { readonly kind: 'gap'; readonly seq: number; readonly expected: number; readonly detail: string }
  | { readonly kind: 'reordered'; readonly seq: number; readonly detail: string };

/** What a line is. */
export type Check = { readonly kind: 'record'; readonly record: AuditRecord } | Break;

/** Hex sha256 of bytes. `sha256.ts` where starting fast counts, `node:crypto` where many lines are read. */
export type Hasher = (bytes: Uint8Array) => string;

/** Signs what a record says; see `sealOf`. */
export type Signer = (bytes: Uint8Array) => string;

/**
 * The record of an entry, and its line without the newline. The line is the canonical JSON of the record without `hash`,
 * its closing brace replaced by `,"hash":"<64 hex digits>"}`; so the hash covers the bytes that stand in the file.
 * With a signer the record carries its signature over the canonical JSON of all other fields, and the hash covers that too.
 */
export function seal(
  entry: Entry,
  prev: string,
  seq: number,
  time: string,
  sign?: Signer,
): { record: AuditRecord; line: string } {
  const plain = { v: 1 as const, seq, time, ...keptFields(entry), prev };
  const fields = sign ? { ...plain, seal: sign(Buffer.from(canonicalJson(plain))) } : plain;
  const body = canonicalJson(fields);
  const hash = sha256(body);
  return { record: { ...fields, hash }, line: `${body.slice(0, -1)},"hash":"${hash}"}` };
}

/** Whether a line is a record whose hash is its own; what it follows is not looked at. */
export function readLine(line: Uint8Array, hasher: Hasher = sha256): Check {
  const record = parseLine(line);
  if (record === undefined) return { kind: 'malformed', detail: 'The line is not a record.' };
  if (isSealed(line) && bodyHash(line, hasher) === record.hash) return { kind: 'record', record };
  return { kind: 'edited', seq: record.seq, detail: 'The record does not match its own hash.' };
}

/** Whether a line is a record that follows `before`. */
export function checkLine(line: Uint8Array, before: Link, hasher: Hasher = sha256): Check {
  const check = readLine(line, hasher);
  return check.kind === 'record' ? (linkBreak(check.record, before) ?? check) : check;
}

function linkBreak({ seq, prev }: AuditRecord, before: Link): Break | undefined {
  const expected = before.seq + 1;
  if (seq < expected) return { kind: 'reordered', seq, detail: `Record ${seq} stands after record ${before.seq}.` };
  if (seq > expected) {
    return { kind: 'gap', seq, expected, detail: `Record ${seq} stands where record ${expected} belongs.` };
  }
  if (prev === before.hash) return undefined;
  return { kind: 'edited', seq, detail: 'The record does not follow from the line before: one of them was rewritten.' };
}

/** The record that a line's text spells, its hash unchecked; `undefined` when it spells none. */
export function parseLine(line: Uint8Array): AuditRecord | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.length).toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The fields that every reader of the log relies on. */
function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { v, seq, prev, hash, time, kind, subject, session } = value as Partial<AuditRecord>;
  if (v !== 1 || !Number.isSafeInteger(seq)) return false;
  return [prev, hash, time, kind, subject?.client, session?.id].every((field) => typeof field === 'string');
}

/** Length of `,"hash":"…"}`. */
const sealLength = 75;

function isSealed(line: Uint8Array): boolean {
  const start = line.length - sealLength;
  return start > 0 && line[start] === 0x2c && line[start + 2] === 0x68;
}

/** Hash of the line's bytes with the `hash` field taken out. */
function bodyHash(line: Uint8Array, hasher: Hasher): string {
  const body = Uint8Array.prototype.slice.call(line, 0, line.length - sealLength + 1);
  body[body.length - 1] = 0x7d;
  return hasher(body);
}
