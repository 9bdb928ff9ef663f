import { ALNUM, classAt } from './boundary.ts';
import { signAfter } from './sign.ts';

/** What stands between a name and its value: a sign, or only a space; and where the value begins. */
export interface Separator {
  readonly kind: 'sign' | 'space';
  readonly end: number;
}

// Tried only where the character after the name calls for it. All are bounded and none has adjoining repetitions of the same characters.
const ARGUMENT =
  /\\{0,3}["'`][ \t]{0,8},[ \t]{0,8}(?:[^()\n"'`]{0,80}?(?:default|defaultValue|fallback|value)[ \t]{0,4}[:=][ \t]{0,4})?(?=[@bru]?\\{0,3}["'`])/y;
const TUPLE = /[ \t]{0,4},[ \t]{0,8}(?=["'])/y;
const OR_ELSE = /["')\]]{0,3}!?[ \t]{0,4}(?:\|\||\?\?|\?:|or)[ \t]{0,4}(?=["'`])/y;
const DEFAULT = /["']?[ \t]{0,4}\{[^{}]{0,300}?["']?(?:default|Default|value)["']?[ \t]{0,8}[:=][ \t]{0,8}(?=["'])/y;
const CALLED = /[({][ \t]{0,8}(?=[bru@$]?\\{0,3}["'`])/y;
const ELEMENT = /(?:[ \t][^<>\n]{0,80})?>(?:<[Vv]alue>)?(?:<!\[CDATA\[)?(?=[^<\s])/y;
const PLIST = /<\/key>\s{0,40}<string>/y;
const WORDS = /(?:["'`]|'s)?[ \t]{1,8}(?:(?:is|was|are|to|as|of|=|:|being|\/d)[ \t]{1,4})?(?=\S)/y;
const DECLARED =
  /[ \t]{1,30}(?:(?:[Aa]s[ \t]{1,4}[\w.]{1,30}[ \t]{0,8}=(?!=)|(?:CONSTANT[ \t]{1,4})?[A-Za-z]\w{1,20}(?:\(\d{1,5}\))?[ \t]{0,4}:=|PIC[ \t]{1,8}\S{1,20}[ \t]{1,8}VALUE|FOR[ \t]{1,4}[^\s=]{1,80}[ \t]{1,4}=)[ \t]{0,8})(?=\S)/y;
const LISTED =
  /\\{0,3}["'`]?[ \t]{0,8}[,;>]?(?:\\n|[^{}\n]{0,120}?|[^{}]{0,160}?)(?:<[Vv]alue>|(?:[Vv]alue|VALUE|content|val|defaultValue|default|ParameterValue)(?:\\{0,3}["'`])?[ \t]{0,8}[:=][ \t]{0,8})(?=\S)/y;
const LISTS =
  /(?:[Nn]ame|NAME|[Kk]ey|KEY|id|[Ff]ield|variable|option|property)\\{0,3}["'`]?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["'`]?$/;

/** Finds what gives the name at `from`..`to` a value; `null` when nothing does. */
export function separatorAfter(text: string, from: number, to: number): Separator | null {
  const sign = signAfter(text, to);
  if (sign >= 0)
    return { kind: 'sign', end: Math.max(sign, text.charCodeAt(sign) === 123 ? matchEnd(DEFAULT, text, sign) : -1) };
  const end = [listedAfter, structureAfter, elementAfter].reduce(
    (at, read) => (at >= 0 ? at : read(text, from, to)),
    -1,
  );
  if (end >= 0) return { kind: 'sign', end };
  const code = text.charCodeAt(to);
  const words = code === 32 || code === 9 || isMark(code) ? matchEnd(WORDS, text, to) : -1;
  return words >= 0 ? { kind: 'space', end: words } : null;
}

/** `name: X, value: …` and its kin: the name is itself a value, and what it is given follows under another name. */
function listedAfter(text: string, from: number, to: number): number {
  const code = text.charCodeAt(to);
  if (
    (classAt(text, from - 1) & ALNUM) !== 0 ||
    !(isMark(code) || code === 10 || code === 13 || code === 44 || code === 32)
  )
    return -1;
  return LISTS.test(text.slice(Math.max(0, from - 24), from)) ? matchEnd(LISTED, text, to) : -1;
}

function structureAfter(text: string, from: number, to: number): number {
  const code = text.charCodeAt(to);
  if (isMark(code)) return firstMatch([ARGUMENT, OR_ELSE, DEFAULT, FETCHED], text, to);
  if (code === 40 || code === 123) return matchEnd(CALLED, text, to);
  if (code === 32 || code === 9) return firstMatch([OR_ELSE, DECLARED, DEFAULT], text, to);
  if (code === 44 && '{(['.includes(text[from - 1] ?? ' ')) return matchEnd(TUPLE, text, to);
  return code === 93 || code === 41 || code === 33 ? matchEnd(OR_ELSE, text, to) : -1;
}

const FETCHED = /["']\)[ \t]{0,4}\{[ \t]{0,4}(?=["'])/y;

function elementAfter(text: string, from: number, to: number): number {
  const code = text.charCodeAt(to);
  if (code !== 62 && code !== 60 && code !== 32 && code !== 34) return -1;
  const before = text.charCodeAt(from - 1);
  if (before === 60 || before === 34 || before === 58) {
    const end = matchEnd(ELEMENT, text, code === 34 ? to + 1 : to);
    if (end >= 0) return end;
  }
  return code === 60 ? matchEnd(PLIST, text, to) : -1;
}

function firstMatch(patterns: readonly RegExp[], text: string, at: number): number {
  for (const pattern of patterns) {
    const end = matchEnd(pattern, text, at);
    if (end >= 0) return end;
  }
  return -1;
}

/** A quote, or the backslash before an escaped one. */
function isMark(code: number): boolean {
  return code === 34 || code === 39 || code === 96 || code === 92;
}

/** Where a sticky pattern that begins at `at` ends; -1 when it does not match. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}
