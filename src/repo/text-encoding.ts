/** How bytes are read as text. `latin1` keeps what stands between other bytes readable. */
export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'latin1';

/** Bytes that git looks at to tell binary from text. */
const SNIFFED_BYTES = 8000;

/**
 * How a file that begins with these bytes is read; `null` for pictures, archives and other packed formats, which hold no text
 * that could be seen. A NUL byte makes no file unreadable: it would be the cheapest way past every look.
 */
export function encodingOf(head: Buffer): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf16be';
  const sniffed = head.subarray(0, SNIFFED_BYTES);
  if (!sniffed.includes(0)) return 'utf8';
  if (PACKED.some((magic) => sniffed.subarray(0, 12).toString('latin1').includes(magic))) return null;
  return withoutMark(sniffed) ?? 'latin1';
}

/** What PNG, JPEG, GIF, ZIP, gzip, bzip2, xz, zstd, 7z, RAR, RIFF, MP4, web fonts, Ogg and MP3 begin with. */
const PACKED = [
  '\x89PNG', '\xff\xd8\xff', 'GIF8', 'PK\x03\x04', '\x1f\x8b', 'BZh', '\xfd7zXZ', '\x28\xb5\x2f\xfd', '7z\xbc\xaf', 'Rar!', 'RIFF', 'ftyp',
  'wOF', 'OggS', 'ID3\x03', 'ID3\x04',
]; // biome-ignore format: a list of beginnings

/** UTF-16 without a byte order mark: every other byte of plain text is zero. */
function withoutMark(bytes: Buffer): TextEncoding | null {
  const zeros = [0, 0];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i & 1]!++;
  const [even = 0, odd = 0] = zeros;
  if (odd > bytes.length * 0.3 && even < odd / 10) return 'utf16le';
  return even > bytes.length * 0.3 && odd < even / 10 ? 'utf16be' : null;
}

/** UTF-16 in the order that Node reads. */
export function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16();
}
