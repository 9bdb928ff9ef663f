import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { FindKnownValues } from '../policy/facts.ts';
import { type AskGit, GitFailure } from '../repo/ask-git.ts';
import { type ReviewResult, review } from '../review/review.ts';
import { readSections } from '../review/reviewed-diff.ts';
import { commandIn, reviewerEnv, reviewersOf } from '../review/reviewers/index.ts';
import type { Reviewer } from '../review/reviewers/reviewer.ts';
import { type Part, splitDiff } from '../review/split.ts';
import { redactText } from './describe.ts';
import { knownValuesOf } from './known-values.ts';
import { maskSections } from './mask-diff.ts';
import type { ReviewScene } from './review-push.ts';
import { reviewTerms, type ScopedRange } from './review-scope.ts';

/** Has one range reviewed; what reviewers see, and what they answer, holds no secret. */
export async function reviewRange(work: ScopedRange, scene: ReviewScene): Promise<ReviewResult & { masked?: number }> {
  const terms = reviewTerms(scene.policy);
  const { places, env, onSecond, call } = scene;
  const known = knownValuesOf(places);
  const mask = (text: string) => redactText(text, known);
  const read = readParts(work, scene.ask, known);
  if (read.kind === 'failed') return read;
  // Everything was left out by the policy, and the record says so: no reviewer has anything to look at.
  if (read.parts.length === 0) return { kind: 'pass', reviewer: NOBODY, findings: [], masked: 0 };
  const result = await review({
    parts: read.parts,
    reviewers: reviewersOf({ ...terms, command: commandIn(places.root, terms.command) }),
    blockOn: terms.block_on,
    timeoutMs: terms.timeout_seconds * 1000,
    env: reviewerEnv(env, { root: places.root, byAgent: call.client !== 'person' }),
    ...(onSecond ? { onSecond } : {}),
    onRaw: (reviewer, raw) => keepRaw(reviewer, raw, scene, mask),
  });
  if (result.kind === 'failed') return { ...result, problem: mask(result.problem) };
  const findings = result.findings.map((one) => ({
    ...one,
    file: mask(one.file),
    title: mask(one.title),
    why: mask(one.why),
    fix: mask(one.fix),
  }));
  return { ...result, findings, masked: read.masked };
}

const NOBODY: Reviewer = {
  name: 'nobody',
  family: '',
  review: async () => ({ kind: 'failed', problem: 'nobody reviews', raw: '' }),
};

/** Characters of diff in one call of a reviewer, and in all: more is refused, since nobody would wait for it. */
const MAX_PART_CHARS = 200_000;
const MAX_REVIEW_CHARS = 4_000_000;

type Read =
  | { readonly kind: 'read'; readonly parts: readonly Part[]; readonly masked: number }
  | { readonly kind: 'failed'; readonly problem: string };

/** The diff as reviewers may see it. */
function readParts({ range, change, diff }: ScopedRange, ask: AskGit, known: FindKnownValues | undefined): Read {
  const tooLarge = `the change is larger than ${MAX_REVIEW_CHARS / 1e6} MB: push it in smaller parts`;
  try {
    const sections = readSections(range, change, diff, ask);
    const chars = sections.reduce((sum, { text }) => sum + text.length, 0);
    if (chars > MAX_REVIEW_CHARS) return { kind: 'failed', problem: tooLarge };
    const shown = maskSections(sections, known);
    return { kind: 'read', parts: splitDiff(shown.sections, MAX_PART_CHARS), masked: shown.masked };
  } catch (error) {
    if (error instanceof GitFailure && error.tooMuch) return { kind: 'failed', problem: tooLarge };
    throw error;
  }
}

const LOG_FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

/**
 * `POSTERN_REVIEW_LOG` names a file that gets what reviewers printed, secrets masked. A person's only: it would let an agent write to any
 * file.
 */
function keepRaw(reviewer: string, raw: string, { env, call }: ReviewScene, mask: (text: string) => string): void {
  const file = env['POSTERN_REVIEW_LOG'];
  if (!file || call.client !== 'person') return;
  const fd = openSync(file, LOG_FLAGS, 0o600);
  writeSync(fd, `# ${reviewer}, ${new Date().toISOString()}\n${mask(raw)}\n`);
  closeSync(fd);
}
