import { closeSync, readdirSync, readFileSync } from 'node:fs';
import { FOR_READING, logPath, openPlain, readAt } from './files.ts';
import type { Source } from './lines.ts';

/** One file of the log. The open one is `audit.jsonl`; a closed one is named for the number of its first record. */
export interface Segment {
  readonly path: string;
  readonly name: string;
  /** Number of the first record of a closed segment; of the open one it is told by its first line. */
  readonly first: number;
  readonly closed: boolean;
}

/** The name of the closed segment whose first record has this number. */
export function segmentName(first: number): string {
  return `audit-${String(first).padStart(12, '0')}.jsonl`;
}

/** The closed segments of a log, oldest first, whether packed or not. */
export function closedSegments(dir: string): Segment[] {
  const names = listed(dir).filter((name) => /^audit-\d{12}\.jsonl(\.gz)?$/.test(name));
  return names
    .filter((name) => !(name.endsWith('.gz') && names.includes(name.slice(0, -3))))
    .sort()
    .map((name) => ({ path: `${dir}/${name}`, name, first: Number(name.slice(6, 18)), closed: true }));
}

/** Every segment of a log, the open one last. */
export function segments(dir: string): Segment[] {
  const open = { path: logPath(dir), name: 'audit.jsonl', first: 0, closed: false };
  return [...closedSegments(dir), open];
}

/** Runs `act` over the bytes of a segment. A packed one is unpacked into memory: segments are small. */
export function* withSource<T>(
  segment: Segment,
  act: (source: Source) => Generator<T, void, void>,
): Generator<T, void, void> {
  if (segment.name.endsWith('.gz')) {
    yield* act(bufferSource(unpacked(segment.path)));
    return;
  }
  const { fd, size } = openPlain(segment.path, FOR_READING);
  try {
    yield* act(fileSource(fd, size));
  } finally {
    closeSync(fd);
  }
}

/** An open file of which `size` bytes are looked at. */
export function fileSource(fd: number, size: number): Source {
  return { size, read: (position, length) => readAt(fd, position, length) };
}

function bufferSource(bytes: Buffer): Source {
  return { size: bytes.length, read: (position, length) => bytes.subarray(position, position + length) };
}

/** Segments are closed at a few MB; a packed file that holds far more is none of ours. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

function unpacked(path: string): Buffer {
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  return gunzipSync(readFileSync(path), { maxOutputLength: MAX_UNPACKED_BYTES });
}

function listed(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
