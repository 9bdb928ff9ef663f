import { headOf, type Section } from './sections.ts';

/** What one call of a reviewer is given. */
export interface Part {
  /** Names of the files in it, as findings must name them. */
  readonly names: readonly string[];
  readonly text: string;
}

/** Packs the files into parts of at most `maxChars`, in order. A file that is larger is cut between hunks, then lines; nothing is left out. */
export function splitDiff(sections: readonly Section[], maxChars: number): Part[] {
  const parts: { names: Set<string>; text: string }[] = [];
  for (const section of sections) {
    for (const text of cutToSize(section.text, maxChars)) {
      const last = parts.at(-1);
      if (last && last.text.length + text.length <= maxChars) {
        last.names.add(section.name);
        last.text += text;
      } else parts.push({ names: new Set([section.name]), text });
    }
  }
  return parts.map(({ names, text }) => ({ names: [...names], text }));
}

/** Every piece begins with the file's own head, and with its hunk's where a hunk had to be cut. */
function cutToSize(text: string, maxChars: number): string[] {
  if (text.length <= maxChars) return [text];
  const head = headOf(text);
  const hunks = text.slice(head.length).split(/(?<=\n)(?=@@)/);
  const room = Math.max(maxChars - head.length, MIN_ROOM_CHARS);
  const pieces = hunks.flatMap((hunk) => (hunk.length <= room ? [hunk] : cutHunk(hunk, room)));
  return pieces.map((piece) => head + piece);
}

const MIN_ROOM_CHARS = 1000;

function cutHunk(hunk: string, room: number): string[] {
  const end = hunk.indexOf('\n') + 1;
  const header = `${hunk.slice(0, end).trimEnd()} (continued)\n`;
  const pieces: string[] = [];
  let piece = hunk.slice(0, end);
  for (const line of hunk.slice(end).split(/(?<=\n)/)) {
    for (const bit of cutLine(line, room)) {
      if (piece.length + bit.length > room + header.length) {
        pieces.push(piece);
        piece = header;
      }
      piece += bit;
    }
  }
  return [...pieces, piece];
}

/** A single line may be larger than a whole part: minified code is. */
function cutLine(line: string, room: number): string[] {
  const bits: string[] = [];
  for (let at = 0; at < line.length; at += room) bits.push(line.slice(at, at + room));
  return bits;
}
