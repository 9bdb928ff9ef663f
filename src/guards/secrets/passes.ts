import type { SecretRow } from '../../rules/secrets/row.ts';
import { type Anchor, eachAnchor } from './anchors.ts';
import { nameEnd, nameStart, readAssignment } from './assignments.ts';
import { eachBlob } from './blobs.ts';
import { endsToken, startsToken } from './boundary.ts';
import { check } from './checks.ts';
import { readFlags } from './flags.ts';
import { eachUnescaped } from './escapes.ts';
import { readHeader } from './header.ts';
import { readJwt } from './jwt.ts';
import { eachJoined, withoutQuotes } from './joined.ts';
import { judgeAssignment } from './judge.ts';
import { type Candidate, RANK } from './match.ts';
import { entropy } from './entropy.ts';
import { readPem } from './pem.ts';
import { isShown } from './placeholder.ts';
import type { Setting } from './setting.ts';
import { followStub, type Stub, stubAt } from './stubs.ts';
import { readUrl } from './url.ts';
import { isGivenPassword } from './values.ts';
import { sourceOf, type View } from './view.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Found {
  readonly candidates: Candidate[];
  /** What the budget did not reach. */
  readonly unread: Span[];
}

const MAX_DEPTH = 3;
const MAX_STUBS = 64;

/** Runs every pass over a text and over the views of it, three deep at most and within a budget of characters. */
export function findCandidates(text: string, setting: Setting): Found {
  const found: Found = { candidates: directCandidates(text, setting), unread: [] };
  const budget = { chars: text.length * 2 + 1_000_000 };
  readViews(text, setting, 1, budget, found);
  return found;
}

interface Budget {
  chars: number;
}

function readViews(text: string, setting: Setting, depth: number, budget: Budget, found: Found): void {
  const inner = (view: string): Found => {
    const result: Found = { candidates: directCandidates(view, setting), unread: [] };
    if (depth < MAX_DEPTH) readViews(view, setting, depth + 1, budget, result);
    return result;
  };
  const spend = (chars: number, start: number, end: number): boolean => {
    budget.chars -= chars;
    if (budget.chars < 0 && found.unread.length === 0) found.unread.push({ start, end });
    return budget.chars >= 0;
  };
  if (setting.format !== 'lock') {
    eachBlob(text, MAX_BLOB, ({ start, end, text: decoded }) => {
      if (!spend(decoded.length, start, end)) return;
      const best = inner(decoded).candidates.sort((a, b) => b.rank - a.rank)[0];
      if (best !== undefined && best.rank !== RANK.public) found.candidates.push({ ...best, start, end, rank: RANK.view });
    });
  }
  const visit = (view: View): boolean => {
    const from = view.sources[0] ?? 0;
    if (!spend(view.text.length, from, from + 1)) return false;
    for (const one of inner(view.text).candidates) {
      const mapped = mapBack(one, view);
      if (mapped !== null) found.candidates.push(mapped);
    }
    return true;
  };
  eachUnescaped(text, visit);
  eachJoined(text, visit);
  if (setting.surface === 'bash' && depth === 1 && /["'\\]/.test(text)) visit(withoutQuotes(text));
}

const MAX_BLOB = 4_000_000;

/** A candidate of a view in the original's positions; `null` when nothing was undone inside it, as it is then seen directly. */
function mapBack(one: Candidate, view: View): Candidate | null {
  const start = sourceOf(view, one.start);
  const last = sourceOf(view, one.end - 1);
  const after = one.end < view.text.length ? sourceOf(view, one.end) : last + 1;
  // Where an escape ends the secret, its end is where the next piece begins.
  const end = view.starts.includes(one.end - 1) && view.starts.includes(one.end) ? Math.max(last + 1, after) : last + 1;
  if (end - start === one.end - one.start) return null;
  return { ...one, start, end, rank: one.rank === RANK.public ? one.rank : RANK.view };
}

/** The passes over the text as it stands: anchors, assignments and structure. */
export function directCandidates(text: string, setting: Setting): Candidate[] {
  const candidates: Candidate[] = [];
  const stubs: Stub[] = [];
  let nameDone = -1;
  eachAnchor(text, (anchor, at) => {
    if (anchor.target === 'name') {
      if (at < nameDone) return;
      const from = nameStart(text, at);
      const to = nameEnd(text, at);
      nameDone = to;
      candidates.push(...readName(text, from, to, setting));
      return;
    }
    const found = readTarget(text, anchor, at);
    if (found !== null) candidates.push(...found);
    else if (typeof anchor.target === 'object' && stubs.length < MAX_STUBS && !/^[a-z:]+$/.test(anchor.text)) {
      const stub = stubAt(text, at, anchor.target);
      if (stub !== null) stubs.push(stub);
    }
  });
  for (const stub of stubs) {
    const found = followStub(text, stub);
    if (found !== null) candidates.push(found);
  }
  return candidates;
}

function readName(text: string, from: number, to: number, setting: Setting): readonly Candidate[] {
  const header = readHeader(text, from, to);
  if (header !== null) return header;
  const assignment = readAssignment(text, from, to, setting.format === 'lines');
  const found = assignment === null ? null : judgeAssignment(text, assignment, setting);
  return found === null ? [] : [found];
}

function readTarget(text: string, anchor: Anchor, at: number): readonly Candidate[] | null {
  switch (anchor.target) {
    case 'name':
      return null;
    case 'url':
      return readUrl(text, at);
    case 'jwt':
      return readJwt(text, at);
    case 'pem':
      return readPem(text, at);
    case 'program':
      return readFlags(text, at);
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
  const start = match.indices?.[1]?.[0] ?? end - (match[1] ?? match[0]).length;
  end = match.indices?.[1]?.[1] ?? end;
  while (text.charCodeAt(end - 1) === 46) end--;
  return judgeRow(text, start, end, row);
}

/** Whether the characters that fit a row's pattern are a secret or only look like one. */
export function judgeRow(text: string, start: number, end: number, row: SecretRow): Candidate | null {
  const secret = text.slice(start, end);
  const base = { rule: row.id, kind: row.kind, start, end, revoke: row.revoke };
  if (row.public === true) return { ...base, severity: 'low', rank: RANK.public };
  const real = row.given === true ? isGivenPassword(secret, '') : entropy(secret) >= (row.entropy ?? 2.8) && !isShown(secret);
  if (!real) return null;
  if (row.near !== undefined && !isNear(text, start, row.near)) return null;
  const severity = row.severity ?? 'high';
  const wrong = row.check !== undefined && check(row.check, secret) === 'wrong';
  return { ...base, severity: wrong ? 'medium' : severity, rank: row.given === true ? RANK.structure : RANK.format };
}

function isNear(text: string, start: number, words: readonly string[]): boolean {
  const before = text.slice(Math.max(0, start - 300), start).toLowerCase();
  return words.some((word) => before.includes(word));
}
