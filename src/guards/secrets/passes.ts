import type { SecretRow } from '../../rules/secrets/row.ts';
import { type Anchor, eachAnchor } from './anchors.ts';
import { nameEnd, nameStart, readAssignment } from './assignments.ts';
import { endsToken, startsToken } from './boundary.ts';
import { check } from './checks.ts';
import { readFlags } from './flags.ts';
import { judgeAssignment } from './judge.ts';
import { type Candidate, RANK } from './match.ts';
import { entropy } from './entropy.ts';
import { readPem } from './pem.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Setting } from './setting.ts';
import { readUrl } from './url.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly candidates: Candidate[];
  /** What the budget did not reach. */
  readonly unread: Span[];
}

/** Runs every pass over a text. */
export function findCandidates(text: string, setting: Setting): Found {
  const candidates = directCandidates(text, setting);
  return { candidates, unread: [] };
}

/** The passes over the text as it stands: anchors, assignments and structure. */
export function directCandidates(text: string, setting: Setting): Candidate[] {
  const candidates: Candidate[] = [];
  let nameDone = -1;
  eachAnchor(text, (anchor, at) => {
    if (anchor.target === 'name') {
      if (at < nameDone) return;
      const from = nameStart(text, at);
      const to = nameEnd(text, at);
      nameDone = to;
      const assignment = readAssignment(text, from, to, setting.format === 'lines');
      const found = assignment === null ? null : judgeAssignment(text, assignment, setting);
      if (found !== null) candidates.push(found);
      return;
    }
    const found = readTarget(text, anchor, at, setting);
    if (found !== null) candidates.push(...found);
  });
  return candidates;
}

function readTarget(text: string, anchor: Anchor, at: number, setting: Setting): readonly Candidate[] | null {
  switch (anchor.target) {
    case 'name':
      return null;
    case 'url':
      return readUrl(text, at);
    case 'pem':
      return readPem(text, at);
    case 'program':
      return readFlags(text, at, anchor.text, setting);
    default: {
      const found = matchRow(text, at, anchor.target);
      return found === null ? null : [found];
    }
  }
}

/** Tries a row's pattern where its anchor stands. */
export function matchRow(text: string, at: number, row: SecretRow): Candidate | null {
  const [least, most] = row.back ?? [0, 0];
  for (let from = at - most; from <= at - least; from++) {
    const found = from < 0 ? null : matchFrom(text, from, row);
    if (found !== null) return found;
  }
  return null;
}

function matchFrom(text: string, from: number, row: SecretRow): Candidate | null {
  if (!startsToken(text, from, row.strict === true) && !(row.after !== undefined && text.slice(from - row.after.length, from) === row.after)) return null;
  row.pattern.lastIndex = from;
  const match = row.pattern.exec(text);
  if (match === null) return null;
  let end = from + match[0].length;
  if (!endsToken(text, end)) return null;
  const start = end - (match[1] ?? match[0]).length;
  while (text.charCodeAt(end - 1) === 46) end--;
  return judgeRow(text, start, end, row);
}

/** Whether the characters that fit a row's pattern are a secret or only look like one. */
export function judgeRow(text: string, start: number, end: number, row: SecretRow): Candidate | null {
  const secret = text.slice(start, end);
  const base = { rule: row.id, kind: row.kind, start, end, revoke: row.revoke };
  if (row.public === true) return { ...base, severity: 'low', rank: RANK.public };
  if (entropy(secret) < (row.entropy ?? 2.8) || isPlaceholder(secret)) return null;
  if (row.near !== undefined && !isNear(text, start, row.near)) return null;
  const severity = row.severity ?? 'high';
  const wrong = row.check !== undefined && check(row.check, secret) === 'wrong';
  return { ...base, severity: wrong ? 'medium' : severity, rank: RANK.format };
}

function isNear(text: string, start: number, words: readonly string[]): boolean {
  const before = text.slice(Math.max(0, start - 300), start).toLowerCase();
  return words.some((word) => before.includes(word));
}
