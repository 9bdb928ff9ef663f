import { ALNUM, CLASS, classAt, SPACE } from './boundary.ts';

/** A value that the text gives to a name. Offsets are into the text. */
export interface Assignment {
  readonly name: string;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** True when nothing but a space (or a word of prose) stands between name and value. */
  readonly loose: boolean;
}

const MAX_NAME = 80;
const MAX_VALUE = 2048;

/** Start of the name around `at`. */
export function nameStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && at - i < MAX_NAME && isNameChar(text.charCodeAt(i - 1))) i--;
  if (text.charCodeAt(i - 1) === 92 && i < at && 'ntr'.includes(text[i]!)) i++;
  while (i < at && (text.charCodeAt(i) === 45 || text.charCodeAt(i) === 46)) i++;
  return i;
}

/** End of the name around `at`. */
export function nameEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && i - at < MAX_NAME && isNameChar(text.charCodeAt(i))) i++;
  return i;
}

function isNameChar(code: number): boolean {
  return code < 128 && ((CLASS[code]! & ALNUM) !== 0 || code === 95 || code === 45 || code === 46 || code === 36);
}

/** Reads the value given to the name that stands at `from`..`to`; `null` when none is given there. */
export function readAssignment(text: string, from: number, to: number, wholeLine: boolean): Assignment | null {
  const mark = separatorAfter(text, from, to);
  if (mark === null) return null;
  const inQuery = text[from - 1] === '?' || text[from - 1] === '&';
  const stops = inQuery ? ';&|,)}]#' : wholeLine && mark.kind === 'sign' && isLineStart(text, from) ? '' : ';&|,)}]';
  const value = readValue(text, mark.end, stops);
  if (value === null) return null;
  return { name: text.slice(from, to), nameStart: from, nameEnd: to, ...value, loose: mark.kind === 'space' };
}

interface Separator {
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

function separatorAfter(text: string, from: number, to: number): Separator | null {
  const sign = signAfter(text, to);
  if (sign >= 0) return { kind: 'sign', end: sign };
  const code = text.charCodeAt(to);
  const quoted = code === 34 || code === 39 || code === 96 || code === 92;
  const end = quoted || code === 10 || code === 13 ? firstMatch([PAIR, ARGUMENT, OR_ELSE, BLOCK], text, to) : code === 40 ? matchEnd(CALLED, text, to) : -1;
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
  const typed = text[start] === ':' && width === 1 && (classAt(text, end) & ALNUM) !== 0 ? matchEnd(TYPED, text, end) : -1;
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

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

function isLineStart(text: string, from: number): boolean {
  for (let i = from - 1; i >= 0 && from - i < 24; i--) {
    const char = text[i]!;
    if (char === '\n') return true;
    if (char !== ' ' && char !== '\t' && char !== '+' && (classAt(text, i) & ALNUM) === 0) return false;
  }
  return from < 24;
}

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

const OPENING = /(?:[bruf@$]|new [A-Za-z]{1,20}\(|[A-Za-z.]{1,30}\([ \t]{0,4})?(\\{0,3}|&quot;|%22)(["'`]{3}|["'`]|&quot;|%22)/y;

function readValue(text: string, at: number, stops: string): Value | null {
  OPENING.lastIndex = at;
  const opening = mayOpen(text, at) ? OPENING.exec(text) : null;
  if (opening !== null) {
    const start = OPENING.lastIndex;
    const end = closingQuote(text, start, opening[1]!, opening[2]!);
    if (end > start) return { start, end, quoted: true };
    if (end === start) return null;
  }
  const code = text.charCodeAt(at);
  const variable = code === 36 || code === 112 || code === 111 || code === 103 || code === 101 || code === 69 || code === 105 || code === 83 || code === 99;
  return (variable ? fallbackValue(text, at) : null) ?? bareValue(text, at, stops);
}

/** Whether a quote follows within the length that a prefix or a constructor may have. */
function mayOpen(text: string, at: number): boolean {
  for (let i = at; i < at + 40; i++) {
    const code = text.charCodeAt(i);
    if (isQuote(code) || code === 38 || code === 37 || code === 92) return true;
    if ((classAt(text, i) & ALNUM) === 0 && code !== 46 && code !== 40 && code !== 32 && code !== 64 && code !== 36) return false;
  }
  return false;
}

/** Where the quoted text that begins at `start` ends; -1 when the line ends first. */
function closingQuote(text: string, start: number, escape: string, quote: string): number {
  const close = escape + quote;
  const limit = Math.min(text.length, start + MAX_VALUE);
  for (let i = start; i < limit; i++) {
    const char = text[i]!;
    if (char === '\n' && quote.length === 1) return -1;
    if (char === close[0] && text.startsWith(close, i)) return i;
    if (char === '\\' && escape === '') i++;
  }
  return -1;
}

const FALLBACK =
  /(?:process\.env|os\.environ|os\.getenv|getenv|env|ENV|import\.meta|System\.getenv|config|\$\{)[\w.$[\]("']{0,60}["')\]]{0,3}(?:[ \t]{0,4}(?:\|\||\?\?|\?:|or|,)[ \t]{0,4}["'`]|:-?(?=[A-Za-z0-9]))/y;

/** The literal that stands in for a variable that is not set: `process.env.KEY || '…'`, `${KEY:-…}`. */
function fallbackValue(text: string, at: number): Value | null {
  const start = matchEnd(FALLBACK, text, at);
  if (start < 0) return null;
  const quote = text[start - 1]!;
  const quoted = quote === '"' || quote === "'" || quote === '`';
  const end = closingQuote(text, start, '', quoted ? quote : '}');
  return end > start ? { start, end, quoted: true } : null;
}

/** An unquoted value: to the next space, quote or one of `stops`. */
function bareValue(text: string, at: number, stops: string): Value | null {
  const limit = Math.min(text.length, at + MAX_VALUE);
  let end = at;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code < 128 && (CLASS[code]! & SPACE) !== 0) break;
    if (code < 32 || code === 92 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62) break;
    if (stops.includes(text[end]!) && !text.startsWith('${', at)) break;
  }
  while (end > at && ',;.)'.includes(text[end - 1]!)) end--;
  return end > at ? { start: at, end, quoted: false } : null;
}
