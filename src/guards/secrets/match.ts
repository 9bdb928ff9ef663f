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

export const RANK = { public: 4, format: 3, named: 2.5, structure: 2, view: 1.5, judged: 1 } as const;

/** Settles overlaps (higher rank, then longer, then earlier wins), drops what is public and counts lines. */
export function settle(text: string, candidates: readonly Candidate[]): SecretMatch[] {
  const kept: Candidate[] = [];
  const order = [...candidates].sort((a, b) => b.rank - a.rank || b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const one of order) if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  kept.sort((a, b) => a.start - b.start);
  const matches: SecretMatch[] = [];
  let line = 1;
  let at = 0;
  for (const { rank, revoke, ...rest } of kept) {
    for (let next = text.indexOf('\n', at); next >= 0 && next < rest.start; next = text.indexOf('\n', at)) {
      line++;
      at = next + 1;
    }
    if (rank !== RANK.public) matches.push({ ...rest, line, ...(revoke === undefined ? {} : { revoke }) });
  }
  return matches;
}
