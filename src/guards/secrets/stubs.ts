import type { SecretRow } from '../../rules/secrets/row.ts';
import { ALNUM, classAt } from './boundary.ts';
import { textureOf } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';
import { isShown } from './placeholder.ts';
import { isProse } from './values.ts';

/** A literal that holds only the beginning of a token of `row`: `const a = 'AKIA'`. */
export interface Stub {
  readonly row: SecretRow;
  readonly start: number;
  readonly end: number;
  /** True where words without quotes are literals too, as on a command line. */
  readonly bare?: boolean;
}

/** The stub at an anchor whose pattern did not match; `null` when the text goes on. */
export function stubAt(text: string, at: number, row: SecretRow): Stub | null {
  const before = text[at - 1] ?? ' ';
  if (!'"\'` \t='.includes(before)) return null;
  const STUB = /[\w.:/-]{3,60}(?=["'`\s;])/y;
  STUB.lastIndex = at;
  const match = STUB.exec(text);
  return match === null || row.back !== undefined ? null : { row, start: at, end: at + match[0].length };
}

/** Follows a stub through concatenations, lists and variables of the same text to the whole token. */
export function followStub(whole: string, found: Stub, bare: boolean): Candidate[] | null {
  const from = Math.max(0, found.start - REACH);
  const text = whole.slice(from, found.end + REACH);
  const hit = follow(text, { ...found, bare, start: found.start - from, end: found.end - from });
  return hit === null ? null : [{ ...hit, start: hit.start + from, end: hit.end + from }];
}

/** Characters on either side in which the rest of a token is looked for. */
const REACH = 4096;

function follow(text: string, stub: Stub): Candidate | null {
  const direct = complete(text, stub, stub.end + 1);
  if (direct !== null) return direct;
  const name = BINDING.exec(text.slice(Math.max(0, stub.start - 80), stub.start))?.[1];
  if (name === undefined) return stub.bare === true ? laterWord(text, stub) : null;
  for (let at = text.indexOf(name), n = 0; at >= 0 && n < 8; at = text.indexOf(name, at + name.length)) {
    if ((at > stub.start - 80 && at < stub.start) || !isWholeName(text, at, name.length)) continue;
    n++;
    const found = complete(text, stub, at + name.length);
    if (found !== null) return found;
  }
  return null;
}

function isWholeName(text: string, at: number, length: number): boolean {
  return ((classAt(text, at - 1) | classAt(text, at + length)) & ALNUM) === 0;
}

/** Commands print one part after the other: `echo -n ghp_ > f; echo … >> f`. */
function laterWord(text: string, stub: Stub): Candidate | null {
  const after = text.slice(stub.end, stub.end + 240);
  for (const { 0: word, index } of after.matchAll(/[A-Za-z0-9_+/=.-]{8,200}/g)) {
    const found = wholeToken(text.slice(stub.start, stub.end) + word, stub, stub.start, stub.end + index + word.length);
    if (found !== null) return found;
  }
  return null;
}

const BINDING =
  /([A-Za-z_]\w{0,40})["']?[ \t]{0,8}(?::[ \t]{0,4}\w{1,20}[ \t]{0,4})?(?::?=|:)[ \t]{0,8}(?:[bruf]?["'`])?$/;
const OPERAND =
  /[)}\]"'`]{0,2}[ \t]{0,8}(?:\r?\n[ \t]{0,60})?(?:\+=|\.=|\+|\.{1,2}|,|&|\|\||<>|~)?[ \t]{0,8}(?:\r?\n[ \t]{0,60})?(?:[bruf]?["'`]([\w+/=.:-]{1,200})(?=["'`])|[$#]?\{?\$?([A-Za-z_]\w{0,40})\}?)/y;

function complete(text: string, stub: Stub, from: number): Candidate | null {
  let joined = text.slice(stub.start, stub.end);
  let start = stub.start;
  let end = stub.end;
  OPERAND.lastIndex = from;
  for (let i = 0; i < 12; i++) {
    const operand = OPERAND.exec(text);
    if (operand === null) return null;
    const next = OPERAND.lastIndex;
    const piece =
      operand[1] !== undefined
        ? { start: next - operand[1].length, end: next }
        : (literalOf(text, operand[2]!) ?? bareWord(text, stub, next, operand[2]!));
    if (piece === null) return null;
    joined += text.slice(piece.start, piece.end);
    start = Math.min(start, piece.start);
    end = Math.max(end, piece.end);
    const found = wholeToken(joined, stub, start, end);
    if (found !== null) return found;
    OPERAND.lastIndex = next;
  }
  return null;
}

/** The pieces as a candidate, when together they are one token of the stub's row and nothing more. */
function wholeToken(joined: string, { row }: Stub, start: number, end: number): Candidate | null {
  const match = row.pattern().exec(joined);
  if (match === null || match[0].length !== joined.length || !isDrawn(joined)) return null;
  const { id, kind, severity = 'high', revoke } = row;
  return { rule: id, kind, start, end, severity, revoke, rank: RANK.view };
}

/** On a command line, a word without quotes is a literal too. */
function bareWord(text: string, stub: Stub, end: number, word: string): { start: number; end: number } | null {
  return stub.bare !== true || '"\'`'.includes(text[stub.start - 1] ?? ' ') ? null : { start: end - word.length, end };
}

/** The literal that a name is bound to somewhere in the text. */
function literalOf(text: string, name: string): { start: number; end: number } | null {
  const LITERAL =
    /["']?[ \t]{0,8}(?::[ \t]{0,4}\w{1,20}[ \t]{0,4})?(?::?=|:)[ \t]{0,8}[bruf]?["'`]?([\w+/=.:-]{1,200})/y;
  for (let at = text.indexOf(name), n = 0; at >= 0 && n < 8; at = text.indexOf(name, at + name.length), n++) {
    LITERAL.lastIndex = at + name.length;
    const match = LITERAL.exec(text);
    if (match !== null) return { start: LITERAL.lastIndex - match[1]!.length, end: LITERAL.lastIndex };
  }
  return null;
}

/** Words of prose behind one another are no token, whatever their length. */
function isDrawn(token: string): boolean {
  const { digit, changes } = textureOf(token);
  return digit > 1 && changes > 2 && !isProse(token) && !isShown(token);
}
