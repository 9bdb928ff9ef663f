import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReviewFinding, ReviewSeverity } from '../policy/push-review.ts';
import { FINDINGS_SCHEMA, parseFindings } from './findings.ts';
import { reviewPrompt } from './prompt.ts';
import type { Reviewer } from './reviewers/reviewer.ts';
import { INTERRUPTED, type RunOptions, runProcess } from './run-process.ts';
import type { Part } from './split.ts';

/** What a review came to. `P1` and `P2` of `blockOn` make a `block`; a review that did not come about is `failed`. */
export type ReviewResult =
  | { readonly kind: 'pass' | 'block'; readonly reviewer: Reviewer; readonly findings: readonly ReviewFinding[] }
  | { readonly kind: 'failed'; readonly problem: string };

export interface ReviewTask {
  /** Parts of the diff, as reviewers may see them. */
  readonly parts: readonly Part[];
  readonly reviewers: readonly Reviewer[];
  readonly blockOn: readonly ReviewSeverity[];
  readonly timeoutMs: number;
  readonly env: RunOptions['env'];
  readonly onSecond?: (reviewer: string, seconds: number) => void;
  /** Is given everything that a reviewer printed. */
  readonly onRaw?: (reviewer: string, raw: string) => void;
}

/** Calls of one reviewer that run at the same time. */
const AT_ONCE = 3;

/** The worst first, then by place. */
export const BY_SEVERITY = (a: ReviewFinding, b: ReviewFinding) =>
  a.severity.localeCompare(b.severity) || a.file.localeCompare(b.file) || a.line - b.line;

/** Has every part reviewed by the first reviewer that manages all of them. */
export async function review(task: ReviewTask): Promise<ReviewResult> {
  const problems: string[] = [];
  for (const reviewer of task.reviewers) {
    const answer = await reviewAll(reviewer, task);
    if (typeof answer === 'string') {
      problems.push(`${reviewer.name}: ${answer}`);
      if (answer === INTERRUPTED) break;
      continue;
    }
    const findings = [...answer].sort(BY_SEVERITY);
    const blocks = findings.some(({ severity }) => task.blockOn.includes(severity));
    return { kind: blocks ? 'block' : 'pass', reviewer, findings };
  }
  return { kind: 'failed', problem: problems.join('; ') || 'the policy names no reviewer' };
}

/** All findings, or why there is no whole review. */
async function reviewAll(reviewer: Reviewer, task: ReviewTask): Promise<readonly ReviewFinding[] | string> {
  const findings: ReviewFinding[] = [];
  let problem = '';
  let next = 0;
  const work = async () => {
    for (let at = next++; at < task.parts.length && problem === ''; at = next++) {
      const answer = await reviewPart(reviewer, task, at);
      if (typeof answer === 'string') problem = answer;
      else findings.push(...answer);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return problem || findings;
}

async function reviewPart(
  reviewer: Reviewer,
  task: ReviewTask,
  at: number,
): Promise<readonly ReviewFinding[] | string> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-review-'));
  const { timeoutMs, env, onSecond } = task;
  const part = task.parts[at]!;
  try {
    const answer = await reviewer.review({
      prompt: reviewPrompt(part, `${at + 1} of ${task.parts.length}`),
      diff: part.text,
      schema: JSON.stringify(FINDINGS_SCHEMA),
      folder,
      run: (words, { input }) =>
        runProcess(words, {
          cwd: folder,
          env,
          input,
          timeoutMs,
          onSecond: (seconds) => onSecond?.(reviewer.name, seconds),
        }),
    });
    task.onRaw?.(reviewer.name, answer.raw);
    return answer.kind === 'failed' ? answer.problem : parseFindings(answer.text, part.names);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
