/** A part of a JSON text, by its offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a JSON text may have wrong although it can be parsed: two readers would not read the same in it. */
export type Ambiguity = 'a key twice in one object' | 'nesting that is too deep';

const MAX_DEPTH = 256;

/** What is ambiguous about a valid JSON text; `null` when nothing is. */
export function findAmbiguity(text: string): Ambiguity | null {
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        if (expectsKey && !isNew(text.slice(at, end), open.at(-1))) return 'a key twice in one object';
        expectsKey = false;
        at = end - 1;
        break;
      }
      case BRACE:
      case BRACKET:
        expectsKey = text.charCodeAt(at) === BRACE;
        open.push(expectsKey ? new Set() : null);
        if (open.length > MAX_DEPTH) return 'nesting that is too deep';
        break;
      case BRACE_END:
      case BRACKET_END:
        open.pop();
        expectsKey = false;
        break;
      case COMMA:
        expectsKey = Boolean(open.at(-1));
    }
  }
  return null;
}

function isNew(quoted: string, keys: Set<string> | null | undefined): boolean {
  const key = quoted.includes('\\') ? JSON.stringify(JSON.parse(quoted)) : quoted;
  return !keys?.has(key) && Boolean(keys?.add(key));
}

/** Where the value stands that a valid JSON text has at a path; `null` when it has none. The last of equal keys counts. */
export function spanAt(text: string, path: readonly string[], within: Span = whole(text)): Span | null {
  const [key, ...rest] = path;
  if (key === undefined) return within;
  const found = members(text, within).findLast((member) => member.key === key);
  return found ? spanAt(text, rest, found) : null;
}

/** The members of the object that stands at `within`, in their order; none when it is no object. */
export function members(text: string, within: Span): (Span & { readonly key: string })[] {
  return partsOf(text, within, BRACE).map(({ key, ...span }) => ({ ...span, key: JSON.parse(key) as string }));
}

/** The elements of the array that stands at `within`; none when it is no array. */
export function elements(text: string, within: Span = whole(text)): Span[] {
  return partsOf(text, within, BRACKET);
}

function partsOf(text: string, within: Span, opening: number): (Span & { readonly key: string })[] {
  const parts: (Span & { readonly key: string })[] = [];
  if (text.charCodeAt(within.start) !== opening) return parts;
  for (let at = skipBlank(text, within.start + 1); at < within.end - 1; ) {
    const keyEnd = opening === BRACE ? endOfString(text, at) : at;
    const start = opening === BRACE ? skipBlank(text, skipBlank(text, keyEnd) + 1) : at;
    const end = endOfValue(text, start);
    parts.push({ key: text.slice(at, keyEnd), start, end });
    at = skipBlank(text, skipBlank(text, end) + 1);
  }
  return parts;
}

/** The text with parts of it replaced; parts that are not there are passed over. They do not overlap. */
export function splice(text: string, parts: readonly (readonly [span: Span | null, by: string])[]): string {
  let done = '';
  let from = 0;
  const there = parts.filter((part): part is readonly [Span, string] => part[0] !== null);
  for (const [span, by] of there.sort(([a], [b]) => a.start - b.start)) {
    done += text.slice(from, span.start) + by;
    from = span.end;
  }
  return done + text.slice(from);
}

function whole(text: string): Span {
  const start = skipBlank(text, 0);
  return { start, end: endOfValue(text, start) };
}

function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first !== BRACE && first !== BRACKET) return endOfWord(text, start);
  for (let at = start, depth = 0; ; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(text, at) - 1;
        break;
      case BRACE:
      case BRACKET:
        depth++;
        break;
      case BRACE_END:
      case BRACKET_END:
        if (--depth === 0) return at + 1;
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s,\]}]/.test(text[end]!)) end++;
  return end;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 0x20 || (text.charCodeAt(at) >= 0x09 && text.charCodeAt(at) <= 0x0d)) at++;
  return at;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];
