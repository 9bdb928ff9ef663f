import { existsSync, fstatSync, fsyncSync, ftruncateSync, mkdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { GENESIS, type Link, seal } from './chain.ts';
import { findEnd, type LogEnd } from './end.ts';
import { AuditError, auditError } from './error.ts';
import { FOR_APPENDING, FOR_WRITING, headPath, logPath, syncFolder, withPlain } from './files.ts';
import { readHead, writeHead } from './head.ts';
import type { HostKey } from './host-key.ts';
import { withLock } from './lock.ts';
import type { AuditRecord, Entry } from './record.ts';
import { closeIfDue, lastClosed, packClosed, ROTATION, type RotationLimits } from './rotate.ts';

export interface AppendOptions {
  /** Whether the records survive a power cut once `append` returns. */
  readonly sync: boolean;
  /** Seals the records, so that whoever lacks the key cannot write their like. */
  readonly sealWith?: HostKey;
  /** When the open segment is closed; tests state less. */
  readonly rotation?: RotationLimits;
  readonly now?: () => Date;
}

/** How long an append waits for its turn. */
const lockWaitMs = 5000;

/**
 * Appends one record per entry to the log in `dir` (`<git common dir>/postern`), all or none, and returns those records.
 * Its cost does not grow with the log. What a crash or a hand left at the log's end is mended first and told in a
 * `log.repaired` record of its own (see `findEnd`); earlier records are never touched.
 * Throws `AuditError` when the records cannot be written: the caller denies.
 */
export function append(dir: string, entries: readonly Entry[], options: AppendOptions): AuditRecord[] {
  if (entries.length === 0) return [];
  try {
    makeFolder(dir);
    let closed = false;
    const records = withLock(logPath(dir), lockWaitMs, () => {
      closed = closeIfDue(dir, options.rotation ?? ROTATION, options.now?.() ?? new Date());
      return withPlain(headPath(dir), FOR_WRITING, (head) =>
        withPlain(logPath(dir), FOR_APPENDING, (log) => appendTo({ dir, log, head }, entries, options)),
      );
    });
    if (closed) packQuietly(dir);
    return records;
  } catch (error) {
    throw auditError('write', logPath(dir), error);
  }
}

/** What was appended stands, whether or not there is room to pack the closed segment now: the next rotation tries again. */
function packQuietly(dir: string): void {
  try {
    packClosed(dir);
  } catch {}
}

interface OpenLog {
  readonly dir: string;
  readonly log: number;
  readonly head: number;
}

/** The state folder, and not its parents: those are git's. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/**
 * The size is looked at again right before the write: should the lock ever have two holders (one of them slept past the
 * time after which a lock counts as stale), the later one links to what the earlier one wrote.
 */
function appendTo(files: OpenLog, entries: readonly Entry[], options: AppendOptions): AuditRecord[] {
  const time = (options.now?.() ?? new Date()).toISOString();
  const repairs: Entry[] = [];
  for (let round = 0; round < 8; round++) {
    const found = fstatSync(files.log).size;
    const before = found === 0 ? lastClosed(files.dir) : null;
    const end = findEnd(files.log, found, readHead(files.head), before ?? GENESIS);
    if (before && repairs.length === 0) repairs.push(opening(before, entries[0]!));
    if (end.damage.length > 0) repairs.push(repair(files, end, entries[0]!, time));
    const size = found - end.torn.length;
    const { records, lines } = sealAll([...repairs, ...entries], end.link, time, options.sealWith);
    if (fstatSync(files.log).size !== size) continue;
    commit(files, size, Buffer.from(`${end.lead}${lines}`), records.at(-1)!, options.sync);
    return records.slice(repairs.length);
  }
  throw new AuditError(`The audit log ${logPath(files.dir)} keeps changing while it is locked. Try again.`);
}

/** The first record of a segment: it names the one before, which the chain so binds. */
function opening({ name, seq }: Link & { readonly name: string }, { gate, grade, subject, session }: Entry): Entry {
  return { kind: 'log.segment', gate, grade, subject, session, what: name, data: { last: seq } };
}

/** Cuts a torn line off, keeping its bytes in a file of their own, and returns the entry that tells of the damage. */
function repair({ dir, log }: OpenLog, end: LogEnd, { gate, grade, subject, session }: Entry, time: string): Entry {
  const entry: Entry = { kind: 'log.repaired', gate, grade, subject, session, what: end.damage.join(' ') };
  if (end.torn.length === 0) return entry;
  const name = `audit.torn-${time.replaceAll(':', '')}-${Math.random().toString(36).slice(2, 10)}`;
  keep(`${dir}/${name}`, end.torn);
  ftruncateSync(log, fstatSync(log).size - end.torn.length);
  return { ...entry, data: { bytes: end.torn.length, file: name } };
}

function keep(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(path, { force: true });
    throw error;
  }
}

function sealAll(
  entries: readonly Entry[],
  link: Link,
  time: string,
  key: HostKey | undefined,
): { records: AuditRecord[]; lines: string } {
  const sign = key && ((bytes: Uint8Array) => `${key.id}:${key.sign(bytes).toString('base64')}`);
  const records: AuditRecord[] = [];
  let lines = '';
  let { seq, hash } = link;
  for (const entry of entries) {
    const sealed = seal(entry, hash, ++seq, time, sign);
    hash = sealed.record.hash;
    records.push(sealed.record);
    lines += `${sealed.line}\n`;
  }
  return { records, lines };
}

/** Writes all bytes and the new head, or nothing. */
function commit({ dir, log, head }: OpenLog, size: number, bytes: Buffer, { seq, hash }: Link, sync: boolean): void {
  const after = size + bytes.length;
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(log, bytes, done);
    if (sync) fsyncSync(log);
    writeHead(head, { seq, hash, size: after });
  } catch (error) {
    cutBack(log, size, after);
    throw error;
  }
  if (sync && size === 0) syncFolder(dir);
}

/** Takes a failed write back, unless someone else has written behind it. Where that fails too the next append mends. */
function cutBack(log: number, size: number, after: number): void {
  try {
    if (fstatSync(log).size <= after) ftruncateSync(log, size);
  } catch {}
}
