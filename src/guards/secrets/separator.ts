import { ALNUM, classAt } from './boundary.ts';

/** What stands between a name and its value: a sign, or only a space; and where the value begins. */
export interface Separator {
  readonly kind: 'sign' | 'space';
  readonly end: number;
}

// Tried only where the character after the name calls for it. All are bounded and none has adjoining repetitions of the same characters.
const TYPED = /[A-Za-z][\w<>[\]|.]{0,40}[ \t]{0,4}=(?![=>])[ \t]{0,4}/y;
const PAIR =
  /(?:\\{0,3}["'`])?[ \t]{0,8}[,;]?[ \t]{0,8}(?:\\n|\r?\n)?[ \t]{0,40}(?:\\{0,3}["'`])?(?:value|Value|content|val|VALUE|defaultValue|default)(?:\\{0,3}["'`])?[ \t]{0,8}[:=][ \t]{0,8}(?=\S)/y;
const ARGUMENT = /\\{0,3}["'`][ \t]{0,8},[ \t]{0,8}(?=\\{0,3}["'`])/y;
const OR_ELSE = /["')\]]{0,3}[ \t]{0,4}(?:\|\||\?\?|\?:|or)[ \t]{0,4}(?=["'`])/y;
const BLOCK = /["'][ \t]{0,4}\{[^{}]{0,300}?default[ \t]{0,8}=[ \t]{0,8}(?=")/y;
const CALLED = /\([ \t]{0,8}(?=[bru@$]?\\{0,3}["'`])/y;
const ELEMENT = /(?:[ \t][^<>\n]{0,80})?>(?:<!\[CDATA\[)?(?=[^<\s])/y;
const PLIST = /<\/key>\s{0,40}<string>/y;
const WORDS = /["'`]?[ \t]{1,8}(?:(?:is|was|are|to|as|of|=|:|being)[ \t]{1,4})?(?=\S)/y;

/** Finds what gives the name at `from`..`to` a value; `null` when nothing does. */
export function separatorAfter(text: string, from: number, to: number): Separator | null {
  const sign = signAfter(text, to);
  if (sign >= 0) return { kind: 'sign', end: sign };
  const code = text.charCodeAt(to);
  const quoted = code === 34 || code === 39 || code === 96 || code === 92;
  const end =
    quoted || code === 10 || code === 13
      ? firstMatch([PAIR, ARGUMENT, OR_ELSE, BLOCK], text, to)
      : code === 40
        ? matchEnd(CALLED, text, to)
        : -1;
  if (end >= 0) return { kind: 'sign', end };
  const markup = code === 62 || code === 60 || code === 32 || code === 34 ? elementAfter(text, from, to) : -1;
  if (markup >= 0) return { kind: 'sign', end: markup };
  if (code === 32 || code === 93 || code === 41) {
    const orElse = matchEnd(OR_ELSE, text, to);
    if (orElse >= 0) return { kind: 'sign', end: orElse };
  }
  const words = code === 32 || code === 9 || quoted ? matchEnd(WORDS, text, to) : -1;
  return words >= 0 ? { kind: 'space', end: words } : null;
}

function elementAfter(text: string, from: number, to: number): number {
  const before = text.charCodeAt(from - 1);
  const quote = text.charCodeAt(to) === 34;
  if (before === 60 || before === 34 || before === 58) {
    const end = matchEnd(ELEMENT, text, quote ? to + 1 : to);
    if (end >= 0) return end;
  }
  return text.charCodeAt(to) === 60 ? matchEnd(PLIST, text, to) : -1;
}

function firstMatch(patterns: readonly RegExp[], text: string, at: number): number {
  for (const pattern of patterns) {
    const end = matchEnd(pattern, text, at);
    if (end >= 0) return end;
  }
  return -1;
}

/** Where the value begins after `=`, `:`, `:=`, `=>`, `||=`, `==` and the like; -1 when none follows the name. */
function signAfter(text: string, to: number): number {
  let i = to;
  while (text.charCodeAt(i) === 92 && i - to < 3) i++;
  if (isQuote(text.charCodeAt(i))) i++;
  else if (text.startsWith('&quot;', i)) i += 6;
  else if (text.startsWith('%22', i)) i += 3;
  else i = to;
  for (let n = 0; n < 2 && '])?!'.includes(text[i] ?? ' '); n++) i++;
  i = skipBlanks(text, i, 40);
  const start = i > to && '?!'.includes(text[i - 1]!) && text[i] === '=' ? i - 1 : i;
  const width = signWidth(text, start);
  if (width === 0) return -1;
  const end = skipBlanks(text, start + width, 40);
  const typed =
    text[start] === ':' && width === 1 && (classAt(text, end) & ALNUM) !== 0 ? matchEnd(TYPED, text, end) : -1;
  return typed >= 0 ? typed : end;
}

function signWidth(text: string, at: number): number {
  switch (text[at]) {
    case ':':
      return text[at + 1] === ':' ? 0 : text[at + 1] === '=' || text[at + 1] === '-' ? 2 : 1;
    case '=': {
      let width = 1;
      while (width < 3 && text[at + width] === '=') width++;
      return text[at + width] === '>' || text[at + width] === '~' ? width + 1 : width;
    }
    case '+':
      return text[at + 1] === '=' ? 2 : 0;
    case '|':
      return text.startsWith('||=', at) ? 3 : 0;
    case '?':
      return text.startsWith('??=', at) ? 3 : text[at + 1] === '=' ? 2 : 0;
    case '!':
      return text.startsWith('!==', at) ? 3 : text[at + 1] === '=' ? 2 : 0;
    case '%':
      return text.startsWith('%3D', at) || text.startsWith('%3d', at) ? 3 : 0;
    default:
      return 0;
  }
}

function skipBlanks(text: string, at: number, most: number): number {
  let i = at;
  while (i - at < most && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  return i;
}

export function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

/** Where a sticky pattern that begins at `at` ends; -1 when it does not match. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
