import { governancePaths } from '../guards/protected-paths.ts';
import type { Facts } from '../policy/facts.ts';
import { matchGlob } from '../policy/glob.ts';
import type { EffectivePolicy, ReviewPolicy } from '../policy/types.ts';
import type { AskGit } from '../repo/ask-git.ts';
import type { Push } from '../review/push.ts';
import type { PushedRange } from '../review/range.ts';
import { diffOf, type RangeChange, type ReviewedDiff, readChange } from '../review/reviewed-diff.ts';

/** One pushed ref as a reviewer sees it, with the digest by which a verdict of it is found again. */
export interface ScopedRange {
  readonly range: PushedRange;
  readonly change: RangeChange;
  readonly diff: ReviewedDiff;
}

/**
 * The review terms of all layers: who reviews is the repository's word, what holds back is everybody's, and only what no layer wants to
 * see is left out.
 */
export function reviewTerms({ layers }: EffectivePolicy): ReviewPolicy {
  const [own, ...floors] = layers.map(({ policy }) => policy.review);
  const asking = floors.filter(({ required }) => required !== 'never');
  return {
    ...own!,
    exclude: own!.exclude.filter((glob) => asking.every(({ exclude }) => exclude.includes(glob))),
    block_on: [...new Set([own!, ...asking].flatMap(({ block_on }) => block_on))].sort(),
    trusted_keys: [...new Set([own!, ...floors].flatMap(({ trusted_keys }) => trusted_keys))],
    skip_in_ci: [own!, ...asking].every(({ skip_in_ci }) => skip_in_ci),
  };
}

/** What of a push is reviewed: every ref that brings commits, each as its own diff. */
export function reviewScope(
  push: Push,
  { facts, policy }: { readonly facts: Facts; readonly policy: EffectivePolicy },
  ask: AskGit,
): ScopedRange[] {
  const terms = reviewTerms(policy);
  const governing = policy.layers.flatMap((layer) => governancePaths(push.paths, facts, layer.policy));
  const always = new Set(governing);
  return push.ranges
    .filter(({ head, bases, commits }) => head !== '' && !(bases.includes(head) && commits.length === 0))
    .map((range) => {
      const change = readChange(range, ask);
      const isExcluded = (path: string) => !always.has(path) && terms.exclude.some((glob) => matchGlob(glob, path));
      return { range, change, diff: diffOf(change, isExcluded) };
    });
}
