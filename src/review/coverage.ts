import type { PushReview } from '../policy/push-review.ts';
import type { PushedRange } from './range.ts';

/** Whether these ranges have been reviewed: `missing`, as long as there is no reviewer whose verdict could cover them. */
export function coverageOf(_ranges: readonly PushedRange[]): PushReview {
  return { kind: 'missing' };
}
