import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { encodingOf, swapped } from '../../repo/text-encoding.ts';
import type { Piece } from './piece.ts';

/** Characters that are looked at together; longer files are read window by window. */
const WINDOW_CHARS = 4 * 1024 * 1024;
/** Characters that neighbouring windows share on either side of their border: no secret is longer. */
const OVERLAP_CHARS = 64 * 1024;
const CHUNK_BYTES = 1024 * 1024;

/** A file's text in windows, with bounded memory whatever its size; `null` for a file that is not text. */
export function* windowsOf(file: string, path: string): Generator<Piece | null> {
  const fd = openSync(file, 'r');
  try {
    const read = reader(fd);
    if (read === null) yield null;
    else yield* slide(read, path);
  } finally {
    closeSync(fd);
  }
}

function* slide(read: () => string | null, path: string): Generator<Piece> {
  let text = '';
  let from = 0;
  let linesBefore = 0;
  let columnsBefore = 0;
  for (;;) {
    let more: string | null = '';
    while (text.length < WINDOW_CHARS && more !== null) {
      more = read();
      text += more ?? '';
    }
    const to = more === null ? Number.POSITIVE_INFINITY : text.length - OVERLAP_CHARS;
    const before = linesBefore;
    yield { kind: 'piece', path, text, from, to, columnsBefore, lineOf: (line) => line + before };
    if (more === null) return;
    const cut = text.length - 2 * OVERLAP_CHARS;
    const last = text.lastIndexOf('\n', cut - 1);
    columnsBefore = last < 0 ? columnsBefore + cut : cut - last - 1;
    linesBefore += lineEnds(text, cut);
    text = text.slice(cut);
    from = OVERLAP_CHARS;
  }
}

function lineEnds(text: string, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Reads on with every call, `null` at the end; `null` itself for bytes that are no text. */
function reader(fd: number): (() => string | null) | null {
  const first = nextChunk(fd);
  const encoding = encodingOf(first);
  if (encoding === null) return null;
  const decoder = new StringDecoder(encoding === 'utf16be' ? 'utf16le' : encoding);
  const decode = (bytes: Buffer) => decoder.write(encoding === 'utf16be' ? swapped(bytes) : bytes);
  let chunk: Buffer | null = first;
  return () => {
    if (chunk === null) return null;
    const text = decode(chunk);
    chunk = chunk.length < CHUNK_BYTES ? null : nextChunk(fd);
    return chunk === null ? text + decoder.end() : text;
  };
}

/** A chunk is shorter than `CHUNK_BYTES` only at the end of the file. */
function nextChunk(fd: number): Buffer {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let length = 0;
  for (let count = -1; count !== 0 && length < CHUNK_BYTES; length += count) {
    count = readSync(fd, chunk, length, CHUNK_BYTES - length, null);
  }
  return chunk.subarray(0, length);
}
