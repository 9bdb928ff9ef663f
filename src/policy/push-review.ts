/** How bad a finding is: P1 must not leave the machine, P2 should be mended first, P3 is advice. */
export const REVIEW_SEVERITIES = ['P1', 'P2', 'P3'] as const;
export type ReviewSeverity = (typeof REVIEW_SEVERITIES)[number];

/** The reviewers that there are. */
export const REVIEWERS = ['codex', 'claude', 'command'] as const;
export type ReviewerName = (typeof REVIEWERS)[number];

/** What a reviewer says about one place of a diff. */
export interface ReviewFinding {
  readonly severity: ReviewSeverity;
  /** Repo-relative path. */
  readonly file: string;
  /** Line of the new file, from 1; 0 when it is about the whole file. */
  readonly line: number;
  readonly title: string;
  readonly why: string;
  /** What would mend it. */
  readonly fix: string;
}

/** What stands for a review of a push. Only `covered` and `skipped` let one through that needs a review. */
export type PushReview =
  | { readonly kind: 'covered'; readonly recordId: string }
  | { readonly kind: 'missing' }
  /** Reviewed, and held back by these findings. */
  | { readonly kind: 'blocked'; readonly findings: readonly ReviewFinding[] }
  /** No reviewer could review it. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** A person goes on without a review, for this push only, and says why. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly identity: string }
  | { readonly kind: 'skip-refused'; readonly problem: SkipProblem };

/** Why a skip that was asked for does not count. */
export type SkipProblem = 'agent' | 'ci' | 'reason' | 'identity';

/** Characters that the reason of a skip has at least. */
export const MIN_REASON_CHARS = 10;
