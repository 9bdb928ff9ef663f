import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';

/** Longest line that is read, in bytes. What is longer is skipped up to its end. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What a peer sent up to a newline: its text, or why it is none. */
export type Line =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bad'; readonly why: 'is not UTF-8' | 'is too long' };

/** Reads newline-ended lines, each as soon as it is whole. What stands behind the last newline when the stream ends is no line. */
export function readLines(stream: Readable, onLine: (line: Line) => void, maxBytes = MAX_LINE_BYTES): void {
  let held: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
      flush();
    }
    take(chunk.subarray(start));
  });

  function take(part: Buffer): void {
    size += part.length;
    if (size > maxBytes) held = [];
    else if (part.length > 0) held.push(part);
  }

  function flush(): void {
    const line = lineOf(held, size > maxBytes);
    held = [];
    size = 0;
    if (line) onLine(line);
  }
}

const NEWLINE = 0x0a;

/** `null` for a blank line, which means nothing. */
function lineOf(parts: readonly Buffer[], isTooLong: boolean): Line | null {
  if (isTooLong) return { kind: 'bad', why: 'is too long' };
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (!isUtf8(bytes)) return { kind: 'bad', why: 'is not UTF-8' };
  const text = bytes.toString('utf8');
  return text.trim() === '' ? null : { kind: 'text', text: text.endsWith('\r') ? text.slice(0, -1) : text };
}
