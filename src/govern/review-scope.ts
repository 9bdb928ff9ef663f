import { governancePaths } from '../guards/protected-paths.ts';
import type { Facts } from '../policy/facts.ts';
import type { EffectivePolicy, ReviewPolicy } from '../policy/types.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { changedPaths } from '../review/diff.ts';
import type { Push } from '../review/push.ts';
import type { PushedRange } from '../review/range.ts';
import { diffDigest, type ReviewedDiff, reviewedDiff, touchedDiffs } from '../review/reviewed-diff.ts';

/** One pushed ref as a reviewer sees it, and the name under which a verdict of it is found again. */
export interface ScopedRange {
  readonly range: PushedRange;
  readonly diff: ReviewedDiff;
  readonly digest: string;
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
      const paths = new Set(range.bases.includes(range.head) ? [] : changedPaths(range.head, range.bases, ask));
      const diff = reviewedDiff(range, { paths, exclude: terms.exclude, always }, ask);
      const undone = [...always].filter((path) => !paths.has(path));
      // What governs the guard and was changed and changed back leaves the machine in between.
      const onTheWay = undone.length > 0 ? touchedDiffs(range.commits, undone, ask) : [];
      const whole = { ...diff, files: [...diff.files, ...onTheWay] };
      return { range, diff: whole, digest: diffDigest(whole, { reviewers: terms.reviewer, blockOn: terms.block_on }) };
    });
}
