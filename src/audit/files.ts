import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync } from 'node:fs';
import { AuditError } from './error.ts';

/** The log below the state folder. */
export function logPath(dir: string): string {
  return `${dir}/audit.jsonl`;
}

/** The small file that remembers where the log ends, so that a log cut at its end is noticed. */
export function headPath(dir: string): string {
  return `${dir}/audit.head`;
}

const { O_RDONLY, O_RDWR, O_CREAT, O_APPEND } = constants;

/** Windows has no such flags. */
const noFollow = constants.O_NOFOLLOW ?? 0;
const noBlock = constants.O_NONBLOCK ?? 0;

export const FOR_READING = O_RDONLY | noFollow | noBlock;
export const FOR_WRITING = O_RDWR | O_CREAT | noFollow | noBlock;
export const FOR_APPENDING = FOR_WRITING | O_APPEND;

/** Opens a plain file, made with mode 0600 where the flags create it. Symbolic links, pipes and devices are refused. */
export function openPlain(path: string, flags: number): { fd: number; size: number } {
  const fd = openSync(path, flags, 0o600);
  const stats = fstatSync(fd);
  if (stats.isFile()) return { fd, size: stats.size };
  closeSync(fd);
  if (stats.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
  throw new AuditError(`${path} is not a plain file. Move it away.`);
}

/** Runs `act` with an open file and closes it whatever happens. */
export function withPlain<T>(path: string, flags: number, act: (fd: number, size: number) => T): T {
  const { fd, size } = openPlain(path, flags);
  try {
    return act(fd, size);
  } finally {
    closeSync(fd);
  }
}

/** `length` bytes from `position`, fewer at the end of the file. */
export function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, bytes, filled, length - filled, position + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Makes a new file's name survive a power cut. File systems that cannot sync a folder are passed over. */
export function syncFolder(dir: string): void {
  try {
    const fd = openSync(dir, O_RDONLY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch {}
}
