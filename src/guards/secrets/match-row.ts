import type { SecretRow } from '../../rules/secrets/row.ts';
import { endsToken, startsToken } from './boundary.ts';
import { check } from './checks.ts';
import { entropy } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';
import { isShown } from './placeholder.ts';
import { isGivenPassword, isProse } from './values.ts';

/** Tries a row's pattern where its anchor stands. */
export function matchRow(text: string, at: number, row: SecretRow): Candidate | null {
  const [least, most] = row.back ?? [0, 0];
  for (let from = at - most; from <= at - least; from++) {
    const found = from < 0 || (most > 0 && text[from - 1] === '\\') ? null : matchFrom(text, from, row);
    if (found !== null) return found;
  }
  return null;
}

function matchFrom(text: string, from: number, row: SecretRow): Candidate | null {
  if (
    row.given === undefined &&
    !startsToken(text, from, row.strict === true) &&
    !(row.after !== undefined && text.slice(from - row.after.length, from) === row.after)
  )
    return null;
  const pattern = row.pattern();
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return null;
  let end = from + match[0].length;
  if (!endsToken(text, end)) return null;
  let start = match.indices?.[1]?.[0] ?? end - (match[1] ?? match[0]).length;
  end = match.indices?.[1]?.[1] ?? end;
  if (row.url === true) start = urlStart(text, start);
  // `-->` ends a comment.
  if (text[end] === '>') while (text.charCodeAt(end - 1) === 45) end--;
  // A full stop ends the sentence, and `_…_` is emphasis.
  while (text.charCodeAt(end - 1) === 46) end--;
  if (text.charCodeAt(end - 1) === 95 && text.charCodeAt(start - 1) === 95) end--;
  return judgeRow(text, start, end, row);
}

/** Whether the characters that fit a row's pattern are a secret or only look like one. */
export function judgeRow(text: string, start: number, end: number, row: SecretRow): Candidate | null {
  const secret = text.slice(start, end);
  const base = { rule: row.id, kind: row.kind, start, end, revoke: row.revoke };
  if (row.public === true) return { ...base, severity: 'low', rank: RANK.public };
  const real =
    row.given !== undefined
      ? isGivenPassword(secret, '', row.given === 'strong')
      : entropy(secret) >= (row.entropy ?? 2.8) && !isShown(secret);
  if (!real || (row.given === 'call' && !/\d/.test(secret))) return null;
  if (row.strict === true && isProse(secret)) return null;
  if (row.mixed === true && !/[A-Z].*[A-Z]/.test(secret)) return null;
  if (row.near !== undefined && !isNear(text, start, row.near)) return null;
  const severity = row.severity ?? 'high';
  const wrong = row.check !== undefined && check(row.check, secret) === 'wrong';
  return {
    ...base,
    severity: wrong ? 'medium' : severity,
    rank: rankOf(row),
  };
}

/** Where the URL around `at` begins: before its scheme and its host. */
function urlStart(text: string, at: number): number {
  return at - (/(?:https?:\/\/)?[A-Za-z0-9.-]{0,80}$/.exec(text.slice(Math.max(0, at - 90), at))?.[0].length ?? 0);
}

/** A token that only its looks tell gives way to every other reading. */
function rankOf({ given, mixed }: SecretRow): number {
  return mixed === true ? RANK.judged : given === undefined ? RANK.format : RANK.structure;
}

function isNear(text: string, start: number, words: readonly string[]): boolean {
  const before = text.slice(Math.max(0, start - 300), start).toLowerCase();
  return words.some((word) => before.includes(word));
}
