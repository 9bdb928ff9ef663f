import type { PushReview } from '../policy/push-review.ts';
import type { PushedRange } from './range.ts';

/**
 * Whether these ranges have been reviewed. A push that sends nothing needs none to be found; everything else is `missing`
 * as long as no reviewer has spoken.
 */
export function coverageOf(_ranges: readonly PushedRange[]): PushReview {
  return { kind: 'missing' };
}
