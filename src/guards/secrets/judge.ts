import { NAMED } from '../../rules/secrets/catalogue.ts';
import type { Severity } from '../../policy/finding.ts';
import type { SecretRow } from '../../rules/secrets/row.ts';
import type { Assignment } from './assignments.ts';
import { endsToken } from './boundary.ts';
import { entropy } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';
import { classifyName, type NameClass, squash } from './names.ts';
import { readBasic } from './header.ts';
import { isShown } from './placeholder.ts';
import type { Setting } from './setting.ts';
import { isSecretValue } from './values.ts';

/** Judges a value by the name it is given to: first the rows that know the name, then name, value and place together. */
export function judgeAssignment(text: string, assignment: Assignment, setting: Setting): Candidate | null {
  const { name, start, end, quoted, loose } = assignment;
  if (end - start < MIN_VALUE || setting.format === 'lock' || isPathOfColons(text, assignment)) return null;
  const named = byName(text, assignment);
  if (named !== null) return named;
  const basic = /auth|credential/i.test(name) ? readBasic(text, start, end) : null;
  if (basic !== null) return basic;
  const kind = classifyName(name);
  if (kind === 'none') return null;
  const value = text.slice(start, end);
  const code = setting.format === 'code';
  if (!isSecretValue(value, { name: kind, quoted, loose, code: code && !quoted && loose })) return null;
  return { ...GENERIC[kind], start, end, rank: RANK.judged };
}

const GENERIC: Record<Exclude<NameClass, 'none'>, { rule: string; kind: string; severity: Severity }> = {
  password: { rule: 'generic-password', kind: 'password', severity: 'high' },
  secret: { rule: 'generic-secret', kind: 'secret', severity: 'high' },
  token: { rule: 'generic-token', kind: 'access token', severity: 'high' },
  key: { rule: 'generic-key', kind: 'secret key', severity: 'high' },
};

/** Shortest value that can be a secret. */
const MIN_VALUE = 8;

let nameWords: RegExp | undefined;

/** Finds names that some row may know, before the rows are walked. */
function knownName(name: string): boolean {
  nameWords ??= new RegExp(NAMED.flatMap((row) => (row.names ?? []).map((words) => words[0])).join('|'));
  return nameWords.test(name);
}

function byName(text: string, assignment: Assignment): Candidate | null {
  const name = squash(assignment.name);
  if (assignment.end - assignment.start < 12 || !knownName(name)) return null;
  for (const row of NAMED) {
    if (!row.names?.some((words) => words.every((word) => name.includes(word)))) continue;
    const found = matchValue(text, assignment, row);
    if (found !== null) return found;
  }
  return null;
}

function matchValue(text: string, { start, end }: Assignment, row: SecretRow): Candidate | null {
  row.pattern.lastIndex = start;
  const match = row.pattern.exec(text);
  if (match === null || start + match[0].length > end || !endsToken(text, start + match[0].length)) return null;
  const secret = match[1] ?? match[0];
  if (entropy(secret) < (row.entropy ?? 2.8) || isShown(secret)) return null;
  const stop = start + match[0].length;
  const severity = row.severity ?? 'high';
  return { rule: row.id, kind: row.kind, start: stop - secret.length, end: stop, severity, revoke: row.revoke, rank: RANK.named };
}

/** `arn:aws:secretsmanager:…:secret:prod/db`: the name is one part of a path. */
function isPathOfColons(text: string, { nameStart, start }: Assignment): boolean {
  return text.charCodeAt(nameStart - 1) === 58 && text.charCodeAt(start - 1) === 58;
}
