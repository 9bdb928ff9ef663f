import { type Blob, eachBlob } from './blobs.ts';
import { eachCodeList } from './char-codes.ts';
import { eachUnescaped } from './escapes.ts';
import { eachJoined, withoutQuotes } from './joined.ts';
import { eachJoinedList } from './joined-list.ts';
import { type Candidate, RANK } from './match.ts';
import { directCandidates } from './passes.ts';
import { eachPrintf } from './printf.ts';
import type { Setting } from './setting.ts';
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

/** Runs every pass over a text and over the views of it, three deep at most and within a budget of characters. */
export function findCandidates(text: string, setting: Setting): Found {
  const found: Found = { candidates: directCandidates(text, setting, true), unread: [] };
  const budget = { chars: text.length * 2 + 1_000_000 };
  readViews(text, setting, 1, budget, found);
  return found;
}

interface Budget {
  chars: number;
}

function readViews(text: string, setting: Setting, depth: number, budget: Budget, found: Found): void {
  const inner = (view: string): Found => {
    const result: Found = { candidates: directCandidates(view, setting, false), unread: [] };
    if (depth < MAX_DEPTH) readViews(view, setting, depth + 1, budget, result);
    return result;
  };
  const spend = (chars: number, start: number, end: number): boolean => {
    budget.chars -= chars;
    if (budget.chars < 0 && found.unread.length === 0) found.unread.push({ start, end });
    return budget.chars >= 0;
  };
  if (setting.format !== 'lock') {
    const read = ({ start, end, text: decoded }: Blob): void => {
      if (!spend(decoded.length, start, end)) return;
      const best = inner(decoded).candidates.sort((a, b) => b.rank - a.rank)[0];
      if (best !== undefined && best.rank !== RANK.public)
        found.candidates.push({ ...best, start, end, rank: RANK.view });
    };
    eachBlob(text, MAX_BLOB, read);
    eachCodeList(text, read);
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
  if (depth === 1) eachJoined(text, visit);
  if (depth === 1) eachJoinedList(text, visit);
  if (depth === 1) eachPrintf(text, visit);
  if (setting.surface === 'bash' && depth === 1 && /["'\\]/.test(text)) visit(withoutQuotes(text));
}

const MAX_BLOB = 4_000_000;

/** A candidate of a view in the original's positions. One in which nothing was undone gives way to what was seen directly. */
function mapBack(one: Candidate, view: View): Candidate | null {
  const start = sourceOf(view, one.start);
  const last = sourceOf(view, one.end - 1);
  const after = one.end < view.text.length ? sourceOf(view, one.end) : last + 1;
  // Where an escape ends the secret, its end is where the next piece begins.
  const end = view.starts.includes(one.end - 1) && view.starts.includes(one.end) ? Math.max(last + 1, after) : last + 1;
  if (end <= start) return null;
  const untouched = end - start === one.end - one.start;
  return { ...one, start, end, rank: one.rank === RANK.public ? one.rank : untouched ? RANK.context : RANK.view };
}
