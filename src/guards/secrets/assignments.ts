import { ALNUM, CLASS, classAt, SPACE } from './boundary.ts';
import { matchEnd, separatorAfter } from './separator.ts';
import { isQuote } from './sign.ts';

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

const MAX_VALUE = 2048;

/** Reads the value given to the name that stands at `from`..`to`; `null` when none is given there. */
export function readAssignment(text: string, from: number, to: number, wholeLine: boolean): Assignment | null {
  const mark = separatorAfter(text, from, to);
  if (mark === null) return null;
  const inQuery = text[from - 1] === '?' || text[from - 1] === '&';
  const stops = inQuery ? ';&|,)}]#' : wholeLine && mark.kind === 'sign' && isLineStart(text, from) ? '' : ';&|,)}]';
  const value = readValue(text, mark.end, stops + substitutionSign(text, from));
  if (value === null) return null;
  return { name: text.slice(from, to), nameStart: from, nameEnd: to, ...value, loose: mark.kind === 'space' };
}

/** In `s/old/NAME=value/` the sign that ends the value; empty elsewhere. */
function substitutionSign(text: string, from: number): string {
  const sign = text[from - 1] ?? '';
  return '/|#,@'.includes(sign) && /\bs[/|#,@]/.test(text.slice(Math.max(0, from - 200), from)) ? sign : '';
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

const OPENING =
  /(?:[bruf@$]|\{[ \t]{0,4}|(?:new )?[A-Za-z][\w.:]{0,40}[({][ \t]{0,4}(?:[A-Za-z.]{1,30}\([ \t]{0,4}|(?:default|value|data)[ \t]{0,4}[:=][ \t]{0,4})?|\([ \t]{0,8}(?:\r?\n[ \t]{0,60})?[bru]?)?(\\{0,3}|&quot;|%22)(["'`]{3}|["'`]|&quot;|%22)(\\?["'](?=[^\\"'`]))?/y;
/** Perl's and Ruby's quotes. */
const DELIMITED = /(?:%[qQwW]?|qq?)([({[<|!/])/y;

function readValue(text: string, at: number, stops: string): Value | null {
  OPENING.lastIndex = at;
  const opening = mayOpen(text, at) ? OPENING.exec(text) : null;
  if (opening !== null) {
    const start = OPENING.lastIndex;
    if (opening[3] === opening[2]) return null;
    const end = closingQuote(text, start, opening[3] === undefined ? opening[1]! : '', opening[3] ?? opening[2]!);
    if (end > start) return { start, end, quoted: true };
    if (end === start) return null;
  }
  const code = text.charCodeAt(at);
  if (code === 37 || code === 113) {
    const start = matchEnd(DELIMITED, text, at);
    const end = start < 0 ? -1 : closingQuote(text, start, '', CLOSING[text[start - 1]!] ?? text[start - 1]!);
    if (end > start) return { start, end, quoted: true };
  }
  const variable =
    code === 36 ||
    code === 112 ||
    code === 111 ||
    code === 103 ||
    code === 101 ||
    code === 69 ||
    code === 105 ||
    code === 83 ||
    code === 99;
  return (variable ? fallbackValue(text, at) : null) ?? bareValue(text, at, stops);
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']', '<': '>' };

/** Whether a quote follows within the length that a prefix or a constructor may have. */
function mayOpen(text: string, at: number): boolean {
  for (let i = at; i < at + 60; i++) {
    const code = text.charCodeAt(i);
    if (isQuote(code) || code === 38 || code === 37 || code === 92) return true;
    if ((classAt(text, i) & ALNUM) === 0 && !OPENERS.has(code)) return false;
  }
  return false;
}

/** What may stand between a constructor's name and its quote: `. ( space @ $ : { [ = _` and line ends. */
const OPENERS: ReadonlySet<number> = new Set([46, 40, 32, 64, 36, 58, 123, 91, 61, 95, 10, 13, 9]);

/** Where the quoted text that begins at `start` ends; -1 when the line ends first. */
function closingQuote(text: string, start: number, slashes: string, quote: string): number {
  const close = slashes + quote;
  const limit = Math.min(text.length, start + MAX_VALUE);
  for (let i = start; i < limit; i++) {
    const char = text[i]!;
    if (char === '\n' && quote.length < 3) return -1;
    if (char === close[0] && text.startsWith(close, i)) return i;
    if (char === '\\' && slashes === '') i++;
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
  if (text.startsWith('.*', at)) return null;
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
