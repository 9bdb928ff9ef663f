/** Bytes that lines are read from: a file, or a segment that was unpacked. */
export interface Source {
  readonly size: number;
  /** `length` bytes from `position`, fewer at the end. */
  read(position: number, length: number): Buffer;
}

/** One line of a source, without its newline. The bytes are valid until the next line is taken. */
export interface Line {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** False for a last line without a newline. */
  readonly whole: boolean;
}

const chunkBytes = 256 * 1024;

/** Longer lines, which no append writes, are given in pieces of this size. */
const longestLine = 4 * 1024 * 1024;

/** The lines of a source, in order and with flat memory. */
export function* readLines({ size, read }: Source): Generator<Line, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for (let position = 0; position < size; ) {
    const chunk = read(position, Math.min(chunkBytes, size - position));
    if (chunk.length === 0) break;
    position += chunk.length;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      yield { bytes: bytes.subarray(start, end), number: ++number, whole: true };
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length < longestLine) continue;
    yield { bytes: rest, number: ++number, whole: true };
    rest = Buffer.alloc(0);
  }
  if (rest.length > 0) yield { bytes: rest, number: ++number, whole: false };
}

/** The lines of a source, last one first. Reads no further back than they are taken. */
export function* readLinesBackwards({ size, read }: Source): Generator<Buffer, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  for (let position = size; position > 0; ) {
    const length = Math.min(chunkBytes, position);
    position -= length;
    const bytes = Buffer.concat([read(position, length), rest]);
    let end = bytes.length;
    for (let newline = before(bytes, end); newline >= 0; newline = before(bytes, end)) {
      if (newline + 1 < end) yield bytes.subarray(newline + 1, end);
      end = newline;
    }
    rest = bytes.subarray(0, end > longestLine ? 0 : end);
  }
  if (rest.length > 0) yield rest;
}

/** Where the last newline before `end` stands, -1 when there is none. */
function before(bytes: Buffer, end: number): number {
  return end === 0 ? -1 : bytes.lastIndexOf(0x0a, end - 1);
}
