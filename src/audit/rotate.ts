import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { type Link, parseLine } from './chain.ts';
import { auditError } from './error.ts';
import { logPath, syncFolder } from './files.ts';
import { readLinesBackwards } from './lines.ts';
import { closedSegments, segmentName, withSource } from './segments.ts';
import { writeFileAtomic } from './write.ts';

/** When the open segment is closed. */
export interface RotationLimits {
  readonly maxBytes: number;
  readonly maxAgeDays: number;
}

export const ROTATION: RotationLimits = { maxBytes: 16 * 1024 * 1024, maxAgeDays: 30 };

/**
 * Closes the open segment when it is large or old enough: renames it to the name of its first record. The caller holds the lock. A crash
 * right afterwards leaves no open segment, which the next append makes. True when it was closed.
 */
export function closeIfDue(dir: string, limits: RotationLimits, now: Date): boolean {
  const path = logPath(dir);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || stats.size === 0 || !(stats.size >= limits.maxBytes || isOld(path, limits, now))) return false;
  const first = firstRecord(path);
  if (first === undefined) return false;
  const target = `${dir}/${segmentName(first.seq)}`;
  if (existsSync(target) || existsSync(`${target}.gz`)) return false;
  renameSync(path, target);
  syncFolder(dir);
  return true;
}

/** The last record of the newest closed segment; `null` when there is none or it holds none. */
export function lastClosed(dir: string): (Link & { readonly name: string }) | null {
  const segment = closedSegments(dir).at(-1);
  if (!segment) return null;
  for (const line of withSource(segment, readLinesBackwards)) {
    const record = parseLine(line);
    return record ? { seq: record.seq, hash: record.hash, name: segmentName(segment.first) } : null;
  }
  return null;
}

/** Packs closed segments. Safe at any moment and in several processes: the plain file goes only when the packed one is whole. */
export function packClosed(dir: string): void {
  for (const { path, name } of closedSegments(dir)) {
    if (name.endsWith('.gz')) continue;
    try {
      const { gzipSync } = process.getBuiltinModule('node:zlib');
      writeFileAtomic(`${path}.gz`, gzipSync(readFileSync(path)));
      rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw auditError('write', path, error);
    }
  }
}

/** The open segment's age is told by its first record; reading that costs one small read, once in a while. */
function isOld(path: string, { maxAgeDays }: RotationLimits, now: Date): boolean {
  const { birthtimeMs, mtimeMs } = statSync(path);
  if (now.getTime() - Math.min(birthtimeMs || mtimeMs, mtimeMs) < maxAgeDays * 86_400_000) return false;
  const time = Date.parse(firstRecord(path)?.time ?? '');
  return now.getTime() - time >= maxAgeDays * 86_400_000;
}

function firstRecord(path: string) {
  const segment = { path, name: 'audit.jsonl', first: 0, closed: false };
  for (const line of withSource(segment, firstLine)) return parseLine(line);
  return undefined;
}

function* firstLine({ size, read }: { size: number; read(position: number, length: number): Buffer }) {
  const bytes = read(0, Math.min(size, 65_536));
  const end = bytes.indexOf(0x0a);
  if (end > 0) yield bytes.subarray(0, end);
}
