/** What stands for a review of a push. Only `covered` and `skipped` let one through that needs a review. */
export type PushReview =
  | { readonly kind: 'covered'; readonly recordId: string }
  | { readonly kind: 'missing' }
  /** A person goes on without a review, for this push only, and says why. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly identity: string }
  | { readonly kind: 'skip-refused'; readonly problem: SkipProblem };

/** Why a skip that was asked for does not count. */
export type SkipProblem = 'agent' | 'ci' | 'reason' | 'identity';

/** Characters that the reason of a skip has at least. */
export const MIN_REASON_CHARS = 10;
