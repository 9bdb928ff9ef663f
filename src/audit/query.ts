import { existsSync } from 'node:fs';
import { parseLine } from './chain.ts';
import { auditError } from './error.ts';
import { readLines, readLinesBackwards, type Source } from './lines.ts';
import type { AuditRecord } from './record.ts';
import { type Segment, segments, withSource } from './segments.ts';

/** Lines that were passed over because they are no records. */
export interface Skipped {
  lines: number;
}

/** The last `count` records, oldest first. Reads the log from its end, no further than needed. */
export function tail(dir: string, count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const record of recordsOf(logLinesBackwards(dir), { lines: 0 })) {
    if (records.length >= count) break;
    records.push(record);
  }
  return records.reverse();
}

/** The records after number `seq`, in order. Reads the log from its end, no further than needed. */
export function recordsAfter(dir: string, seq: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const record of recordsOf(logLinesBackwards(dir), { lines: 0 })) {
    if (record.seq <= seq) break;
    records.push(record);
  }
  return records.reverse();
}

/** Every record, the newest first; reads no further back than they are taken. Nothing is proved. */
export function newestFirst(dir: string): Generator<AuditRecord, void, void> {
  return recordsOf(logLinesBackwards(dir), { lines: 0 });
}

/** The records of a call id, of a sequence number, or whose hash begins with at least seven hex digits, in order. */
export function find(dir: string, wanted: string): AuditRecord[] {
  const seq = /^\d{1,15}$/.test(wanted) ? Number(wanted) : undefined;
  const prefix = /^[0-9a-f]{7,64}$/.test(wanted) ? wanted : undefined;
  const found: AuditRecord[] = [];
  for (const record of readAll(dir)) {
    const hashed = prefix !== undefined && record.hash.startsWith(prefix);
    if (hashed || record.seq === seq || record.call === wanted) found.push(record);
  }
  return found;
}

/**
 * Every record, in the order of the file, with flat memory; a missing log has none. Nothing is proved: `verify` does.
 * Malformed lines hide none of the later ones: they are passed over and counted in `skipped`.
 */
export function readAll(dir: string, skipped: Skipped = { lines: 0 }): Generator<AuditRecord, void, void> {
  return recordsOf(logLines(dir), skipped);
}

/** The lines of the whole log, oldest first, whatever stands in them. */
export function* logLines(dir: string): Generator<Buffer, void, void> {
  for (const segment of segments(dir)) for (const { bytes } of linesOf(segment, readLines)) yield bytes;
}

/** Number of the first record that is there; 1 where none can be read. */
export function firstSeq(dir: string): number {
  for (const line of logLines(dir)) return parseLine(line)?.seq ?? 1;
  return 1;
}

/** The lines of the whole log, newest first. */
export function* logLinesBackwards(dir: string): Generator<Buffer, void, void> {
  for (const segment of segments(dir).reverse()) yield* linesOf(segment, readLinesBackwards);
}

/** The lines of a segment; of one that is not there, none. One that was packed meanwhile is read in its packed form. */
function* linesOf<T>(segment: Segment, read: (source: Source) => Generator<T, void, void>): Generator<T, void, void> {
  try {
    yield* withSource(segment, read);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw auditError('read', segment.path, error);
    const packed = { ...segment, path: `${segment.path}.gz`, name: `${segment.name}.gz` };
    if (segment.closed && existsSync(packed.path)) yield* linesOf(packed, read);
  }
}

function* recordsOf(lines: Iterable<Buffer>, skipped: Skipped): Generator<AuditRecord, void, void> {
  for (const line of lines) {
    const record = parseLine(line);
    if (record === undefined) skipped.lines++;
    else yield record;
  }
}
