const BEGIN = '<!-- postern:begin -->';
const END = '<!-- postern:end -->';

/** What the managed block says, or `null` when the text holds none. Line endings are given as `\n`. */
export function readBlock(text: string): string | null {
  const place = findBlock(text);
  if (place === null) return null;
  return text
    .slice(place.start + BEGIN.length, place.end - END.length)
    .replace(/\r\n/g, '\n')
    .replace(/^\n/, '');
}

/** The text with a block that says `content`: in the place of the one it has, else at its end. */
export function writeBlock(text: string, content: string): string {
  const eol = lineEnding(text);
  const block = [BEGIN, ...content.trimEnd().split('\n'), END].join(eol);
  const place = findBlock(text);
  if (place !== null) return text.slice(0, place.start) + block + text.slice(place.end);
  if (text === '') return block + eol;
  return text.endsWith('\n') ? `${text}${eol}${block}${eol}` : `${text}${eol}${eol}${block}`;
}

/** The text without the block; exactly what it was before `writeBlock` when nothing else changed. */
export function removeBlock(text: string): string {
  const place = findBlock(text);
  if (place === null) return text;
  const after = text.slice(place.end);
  const before = withoutLineEnd(text.slice(0, place.start));
  return after === '' ? withoutLineEnd(before) : before + after.replace(/^\r?\n/, '');
}

/** True when the text itself imports the other file, as Claude Code's `@AGENTS.md` does. */
export function importsFile(text: string, name: string): boolean {
  return text.split(/\r?\n/).some((line) => [`@${name}`, `@./${name}`].includes(line.trim()));
}

/** A block that is not closed is none: what follows is the person's. */
function findBlock(text: string): { start: number; end: number } | null {
  const end = text.lastIndexOf(END);
  const start = end < 0 ? -1 : text.lastIndexOf(BEGIN, end);
  return start < 0 ? null : { start, end: end + END.length };
}

function lineEnding(text: string): string {
  return /\r\n/.test(text) ? '\r\n' : '\n';
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
