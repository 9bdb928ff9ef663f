import { readAt } from './files.ts';

/** The last bytes of the log, taken apart. */
export interface Tail {
  /** The last complete line without its newline; `null` when there is none. */
  readonly last: Uint8Array | null;
  /** What stands after the last newline: a line that a crash cut short. */
  readonly fragment: Uint8Array;
  /** Whether the file ends without a newline. */
  readonly open: boolean;
}

/** First and largest number of bytes that are read from the end. */
const firstWindow = 8192;
const largestWindow = 1024 * 1024;

/**
 * Reads the end of a log of `size` bytes, whatever its length: 8 KB, and more only while the last line does not fit.
 * A last line longer than 1 MB, which no append writes, is given as `last` by its end.
 */
export function readTail(fd: number, size: number): Tail {
  for (let window = firstWindow; ; window *= 2) {
    const length = Math.min(window, size);
    const bytes = readAt(fd, size - length, length);
    const tail = split(bytes, length === size);
    if (tail !== undefined) return tail;
    if (window >= largestWindow) return { last: bytes, fragment: bytes.subarray(length), open: bytes.at(-1) !== 0x0a };
  }
}

/** The tail in `bytes`, when they hold its beginning. */
function split(bytes: Buffer, fromStart: boolean): Tail | undefined {
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end === 0) return fromStart ? { last: null, fragment: bytes, open: bytes.length > 0 } : undefined;
  const start = end === 1 ? 0 : bytes.lastIndexOf(0x0a, end - 2) + 1;
  if (start === 0 && !fromStart) return undefined;
  const fragment = bytes.subarray(end);
  return { last: bytes.subarray(start, end - 1), fragment, open: fragment.length > 0 };
}
