import { closeSync } from 'node:fs';
import { parseLine } from './chain.ts';
import { auditError } from './error.ts';
import { FOR_READING, logPath, openPlain } from './files.ts';
import { readLines, readLinesBackwards } from './lines.ts';
import type { AuditRecord } from './record.ts';

/** Lines that were passed over because they are no records. */
export interface Skipped {
  lines: number;
}

/** The last `count` records, oldest first. Reads the log from its end, no further than needed. */
export function tail(dir: string, count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const record of recordsOf(dir, readLinesBackwards, { lines: 0 })) {
    if (records.length >= count) break;
    records.push(record);
  }
  return records.reverse();
}

/** The records after number `seq`, in order. Reads the log from its end, no further than needed. */
export function recordsAfter(dir: string, seq: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (const record of recordsOf(dir, readLinesBackwards, { lines: 0 })) {
    if (record.seq <= seq) break;
    records.push(record);
  }
  return records.reverse();
}

/** Every record, the newest first; reads no further back than they are taken. Nothing is proved. */
export function newestFirst(dir: string): Generator<AuditRecord, void, void> {
  return recordsOf(dir, readLinesBackwards, { lines: 0 });
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
  return recordsOf(dir, readWholeLines, skipped);
}

function* readWholeLines(fd: number, size: number): Generator<Uint8Array, void, void> {
  for (const line of readLines(fd, size)) yield line.bytes;
}

function* recordsOf(dir: string, lines: typeof readWholeLines, skipped: Skipped): Generator<AuditRecord, void, void> {
  const log = openLog(dir);
  if (log === undefined) return;
  try {
    for (const line of lines(log.fd, log.size)) {
      const record = parseLine(line);
      if (record === undefined) skipped.lines++;
      else yield record;
    }
  } finally {
    closeSync(log.fd);
  }
}

function openLog(dir: string): { fd: number; size: number } | undefined {
  try {
    return openPlain(logPath(dir), FOR_READING);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw auditError('read', logPath(dir), error);
  }
}
