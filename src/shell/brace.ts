const maxAlternatives = 256;

/** The words that brace expansion makes of a raw (still quoted) word. At most 256; a longer list is cut. */
export function expandBraces(raw: string): string[] {
  const open = findBrace(raw);
  if (open === null) return [raw];
  const before = raw.slice(0, open.start);
  const tails = expandBraces(raw.slice(open.end + 1));
  const out: string[] = [];
  for (const choice of open.choices) {
    for (const middle of expandBraces(choice)) {
      for (const tail of tails) {
        if (out.length >= maxAlternatives) return out;
        out.push(before + middle + tail);
      }
    }
  }
  return out;
}

interface Brace {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first `{a,b}` or `{x..y}` that stands outside quotes. */
function findBrace(raw: string): Brace | null {
  for (let i = 0; i < raw.length; i = skip(raw, i)) {
    if (raw[i] !== '{' || raw[i - 1] === '$') continue;
    const end = closing(raw, i);
    if (end < 0) continue;
    const parts = splitTop(raw.slice(i + 1, end));
    const choices = parts.length > 1 ? parts : range(parts[0] ?? '');
    if (choices !== null) return { start: i, end, choices };
  }
  return null;
}

/** Index after the character, quoted part or escape that starts at `i`. */
function skip(raw: string, i: number): number {
  const char = raw[i];
  if (char === '\\') return i + 2;
  if (char === '$' && raw[i + 1] === '{') return Math.max(closing(raw, i + 1), i) + 1;
  if (char !== "'" && char !== '"') return i + 1;
  const end = raw.indexOf(char, i + 1);
  return end < 0 ? raw.length : end + 1;
}

function closing(raw: string, open: number): number {
  let depth = 0;
  for (let i = open; i < raw.length; ) {
    if (raw[i] === '{') depth++;
    else if (raw[i] === '}' && --depth === 0) return i;
    i = raw[i] === '$' ? i + 1 : skip(raw, i);
  }
  return -1;
}

function splitTop(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < body.length; ) {
    if (body[i] === '{') depth++;
    else if (body[i] === '}') depth--;
    else if (body[i] === ',' && depth === 0) {
      parts.push(body.slice(from, i));
      from = i + 1;
    }
    i = body[i] === '$' ? i + 1 : skip(body, i);
  }
  parts.push(body.slice(from));
  return parts;
}

function range(body: string): string[] | null {
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(body);
  if (numbers) return count(Number(numbers[1]), Number(numbers[2]), Number(numbers[3] ?? 1), String);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (!letters) return null;
  const code = (text: string) => text.charCodeAt(0);
  return count(code(letters[1]!), code(letters[2]!), Number(letters[3] ?? 1), (n) => String.fromCharCode(n));
}

function count(from: number, to: number, by: number, show: (n: number) => string): string[] {
  const step = Math.abs(by) || 1;
  const out: string[] = [];
  for (let i = 0; i <= Math.abs(to - from) && out.length < maxAlternatives; i += step) {
    out.push(show(from <= to ? from + i : from - i));
  }
  return out;
}
