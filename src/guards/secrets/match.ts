import type { Severity } from '../../policy/finding.ts';

/** A secret in a text. `start` and `end` bound exactly the secret's characters. */
export interface SecretMatch {
  /** Kebab-case rule id. */
  readonly rule: string;
  /** What it is, for a person: completes "contains a …". */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  /** Line of `start`, from 1. */
  readonly line: number;
  readonly severity: Severity;
  /** Where it is revoked. */
  readonly revoke?: string;
  /** Whose value it is, where the repository's environment files tell: "`$STRIPE_KEY` from .env". */
  readonly known?: string;
}

/** A match before overlaps are settled. */
export interface Candidate {
  readonly rule: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly revoke?: string | undefined;
  /** Who wins where two overlap: public things over providers' formats over structure over judged values. */
  readonly rank: number;
}

export const RANK = { public: 4, format: 3, named: 2.5, structure: 2, view: 1.5, judged: 1, context: 0.5 } as const;

/** Settles overlaps (higher rank, then longer, then earlier wins), drops what is public and counts lines. */
export function settle(text: string, candidates: readonly Candidate[]): SecretMatch[] {
  const kept = withoutOverlaps(candidates);
  const matches: SecretMatch[] = [];
  let line = 1;
  let next = text.indexOf('\n');
  for (const { rank, revoke, ...rest } of kept) {
    for (; next >= 0 && next < rest.start; next = text.indexOf('\n', next + 1)) line++;
    if (rank !== RANK.public) matches.push({ ...rest, line, ...(revoke === undefined ? {} : { revoke }) });
  }
  return matches;
}

function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const order = [...candidates].sort((a, b) => a.start - b.start);
  const kept: Candidate[] = [];
  for (let i = 0; i < order.length; ) {
    let end = order[i]!.end;
    let next = i + 1;
    while (next < order.length && order[next]!.start < end) end = Math.max(end, order[next++]!.end);
    kept.push(...strongest(order.slice(i, next)));
    i = next;
  }
  return kept;
}

/** Of candidates that overlap in a row, those that win, by start. */
function strongest(cluster: Candidate[]): Candidate[] {
  if (cluster.length === 1) return cluster;
  const kept: Candidate[] = [];
  cluster.sort((a, b) => b.rank - a.rank || b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const one of cluster) {
    const at = placeIn(kept, one.start);
    if ((kept[at - 1]?.end ?? 0) <= one.start && (kept[at]?.start ?? one.end) >= one.end) kept.splice(at, 0, one);
  }
  return kept;
}

/** Index of the first that starts at `start` or later. They are in order, so that thousands in a row cost no more than each for itself. */
function placeIn(kept: readonly Candidate[], start: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (kept[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
