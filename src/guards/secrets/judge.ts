import type { Severity } from '../../policy/finding.ts';
import { type Provider, rowsOf } from '../../rules/secrets/catalogue.ts';
import { NAME_HEADS } from '../../rules/secrets/named.ts';
import type { SecretRow } from '../../rules/secrets/row.ts';
import type { Assignment } from './assignments.ts';
import { ALNUM, classAt, DASH, DIGIT, endsToken, SPACE, UPPER } from './boundary.ts';
import { entropy } from './entropy.ts';
import { readBasic } from './header.ts';
import { type Candidate, RANK } from './match.ts';
import { classifyName, type NameClass, squash } from './names.ts';
import { isShown } from './placeholder.ts';
import type { Setting } from './setting.ts';
import { isGivenPassword, isSecretValue } from './values.ts';

/** Judges a value by the name it is given to: first the rows that know the name, then name, value and place together. */
export function judgeAssignment(text: string, assignment: Assignment, setting: Setting): Candidate | null {
  const { name, start, end, quoted, loose } = assignment;
  if (end - start < MIN_VALUE || setting.format === 'lock' || isPathOfColons(text, assignment)) return null;
  if (!isWorthReading(text, assignment)) return null;
  const named = byName(text, assignment);
  if (named !== null) return named;
  const basic = /auth|credential/i.test(name) ? readBasic(text, start, end) : null;
  if (basic !== null) return basic;
  const pair = /^cred|credential|login$/i.test(name) ? passwordOfPair(text, start, end) : null;
  if (pair !== null) return pair;
  const kind = isQueryKey(text, assignment) ? 'key' : classifyName(name);
  if (kind === 'none') return null;
  const value = text.slice(start, end);
  const code = setting.format === 'code';
  if (code && !quoted && /[()[\]{}=]/.test(value.slice(0, -1))) return null;
  if (kind === 'token' && SESSION_UUID.test(value) && !/token|jwt|pat$|bearer/i.test(name)) return null;
  if (!isSecretValue(value, { name: kind, quoted, loose, code: code && !quoted && loose })) return null;
  return { ...GENERIC[kind], start, end, rank: RANK.judged };
}

/** `?key=…` of a URL that is no documentation's. */
function isQueryKey(text: string, { name, nameStart }: Assignment): boolean {
  if (name !== 'key' || !'?&'.includes(text[nameStart - 1] ?? ' ')) return false;
  return !/:\/\/[^\s/?#]{0,100}(?:example|localhost|127\.0)/.test(text.slice(Math.max(0, nameStart - 300), nameStart));
}

/** `dana:password`, given to a name that promises both. */
function passwordOfPair(text: string, start: number, end: number): Candidate | null {
  const pair = /^([\w.@+-]{1,64}):([^\s:/]{8,128})$/.exec(text.slice(start, end));
  if (pair === null || !isGivenPassword(pair[2]!, pair[1]!, true)) return null;
  return { ...GENERIC.password, start: end - pair[2]!.length, end, rank: RANK.structure };
}

/** A session that is named by a UUID is looked up by it, most often without being opened. */
const SESSION_UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const GENERIC: Record<Exclude<NameClass, 'none'>, { rule: string; kind: string; severity: Severity }> = {
  password: { rule: 'generic-password', kind: 'password', severity: 'high' },
  secret: { rule: 'generic-secret', kind: 'secret', severity: 'high' },
  token: { rule: 'generic-token', kind: 'access token', severity: 'high' },
  key: { rule: 'generic-key', kind: 'secret key', severity: 'high' },
};

/** Shortest value that can be a secret. */
const MIN_VALUE = 8;

let providersByHead: Map<string, Provider[]> | undefined;

/** Providers by the first three letters of the words that their rows look for in a name. */
function indexProviders(): Map<string, Provider[]> {
  const index = new Map<string, Provider[]>();
  for (const [provider, heads] of Object.entries(NAME_HEADS)) {
    for (const head of heads.split(' ')) index.set(head, [...(index.get(head) ?? []), provider as Provider]);
  }
  return index;
}

function byName(text: string, assignment: Assignment): Candidate | null {
  if (assignment.end - assignment.start < 12) return null;
  providersByHead ??= indexProviders();
  const name = squash(assignment.name);
  for (let i = 0; i + 2 < name.length; i++) {
    for (const provider of providersByHead.get(name.slice(i, i + 3)) ?? []) {
      for (const row of rowsOf(provider)) {
        if (!row.names?.some((words) => name.startsWith(words[0]!, i) && words.every((word) => name.includes(word))))
          continue;
        const found = matchValue(text, assignment, row);
        if (found !== null) return found;
      }
    }
  }
  return null;
}

/**
 * Whether a value could be a secret at all: it has a digit or a sign that words do not have, or it is long and its name
 * says that letters alone will do. Cheap, so that most assignments of a program go no further.
 */
function isWorthReading(text: string, { start, end, name }: Assignment): boolean {
  let letters = 0;
  let capitals = 0;
  for (let i = start; i < end && i < start + 64; i++) {
    const flags = classAt(text, i);
    if ((flags & DIGIT) !== 0) return true;
    if ((flags & UPPER) !== 0 && i > start && (classAt(text, i - 1) & ALNUM) !== 0) capitals++;
    if ((flags & ALNUM) !== 0) letters++;
    else if ((flags & (DASH | SPACE)) === 0 && '!@#$%^&*+=~?'.includes(text[i]!)) return true;
  }
  return letters >= 24 || (letters >= 12 && capitals >= 4) || /pass|phrase|mnemonic|seed/i.test(name);
}

function matchValue(text: string, { start, end }: Assignment, row: SecretRow): Candidate | null {
  const pattern = row.pattern();
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (match === null || start + match[0].length > end || !endsToken(text, start + match[0].length)) return null;
  const secret = match[1] ?? match[0];
  if (entropy(secret) < (row.entropy ?? 2.8) || isShown(secret)) return null;
  const stop = start + match[0].length;
  const severity = row.severity ?? 'high';
  return {
    rule: row.id,
    kind: row.kind,
    start: stop - secret.length,
    end: stop,
    severity,
    revoke: row.revoke,
    rank: RANK.named,
  };
}

/** `arn:aws:secretsmanager:…:secret:prod/db` and our own `[secret:rule]`: the name is one part of a path. */
function isPathOfColons(text: string, { nameStart, start }: Assignment): boolean {
  const before = text.charCodeAt(nameStart - 1);
  return (before === 58 || before === 91) && text.charCodeAt(start - 1) === 58;
}
