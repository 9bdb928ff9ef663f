/** Bit flags of an ASCII character, looked up in `CLASS`. */
export const LOWER = 1;
export const UPPER = 2;
export const DIGIT = 4;
export const ALNUM = LOWER | UPPER | DIGIT;
/** `_` and `-`. */
export const DASH = 8;
/** `+`, `/` and `=`. */
export const BASE64 = 16;
export const SPACE = 32;
export const QUOTE = 64;

/** Flags by character code; characters above 127 have none. */
export const CLASS: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  const set = (chars: string, flag: number) => {
    for (let i = 0; i < chars.length; i++) table[chars.charCodeAt(i)]! |= flag;
  };
  set('abcdefghijklmnopqrstuvwxyz', LOWER);
  set('ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER);
  set('0123456789', DIGIT);
  set('_-', DASH);
  set('+/=', BASE64);
  set(' \t\r\n\f\v', SPACE);
  set('"\'`', QUOTE);
  return table;
})();

/** Flags of the character at `at`; 0 outside the text and above ASCII. */
export function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? CLASS[code]! : 0;
}

/** Whether a token may begin at `at`. An escape (`\n`, `%3D`, `\u0022`, `\x1b[0m`) before it is no part of a word. */
export function startsToken(text: string, at: number, strict: boolean): boolean {
  if (at === 0 || (!strict && (classAt(text, at) & ALNUM) === 0)) return true;
  const flags = classAt(text, at - 1);
  if ((flags & ALNUM) === 0)
    return !strict || (flags & DASH) === 0 || text.charCodeAt(at - 2) === text.charCodeAt(at - 1);
  return endsEscape(text, at);
}

/** Whether the characters just before `at` are the end of an escape sequence. */
export function endsEscape(text: string, at: number): boolean {
  const two = text.charCodeAt(at - 2);
  if (two === 92) return 'nrtbfv0'.includes(text[at - 1]!);
  if (text.charCodeAt(at - 3) === 37) return isHex(text, at - 2) && isHex(text, at - 1);
  if (text.charCodeAt(at - 4) === 92 && text[at - 3] === 'x') return true;
  if (text.charCodeAt(at - 6) === 92 && text[at - 5] === 'u') return true;
  return text[at - 1] === 'm' && /\[[\d;]{0,12}m$/.test(text.slice(Math.max(0, at - 15), at));
}

/** Whether a token whose last character is at `end - 1` is complete there. */
export function endsToken(text: string, end: number): boolean {
  return (classAt(text, end) & ALNUM) === 0 || text.charCodeAt(end - 1) === 61;
}

function isHex(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 32;
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102);
}

/** Position of `char` at or after `from`, at most `most` characters on; -1 when it is not there. Bounded, unlike `indexOf`. */
export function indexWithin(text: string, char: string, from: number, most: number): number {
  const limit = Math.min(text.length, from + most);
  const code = char.charCodeAt(0);
  for (let i = from; i < limit; i++)
    if (text.charCodeAt(i) === code && (char.length === 1 || text.startsWith(char, i))) return i;
  return -1;
}

/** Start of the line of `at`, at most `most` characters back. */
export function lineStart(text: string, at: number, most: number): number {
  const limit = Math.max(0, at - most);
  let i = at;
  while (i > limit && text.charCodeAt(i - 1) !== 10) i--;
  return i;
}
