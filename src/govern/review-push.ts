import { appendFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ensureHostKey, type HostKey, hostKeyPath } from '../audit/host-key.ts';
import type { AuditRecord } from '../audit/record.ts';
import type { Call } from '../policy/call.ts';
import type { PushReview, ReviewFinding } from '../policy/push-review.ts';
import type { EffectivePolicy } from '../policy/types.ts';
import { writeAtomic } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { passingVerdict } from '../review/coverage.ts';
import { type ReviewResult, review } from '../review/review.ts';
import { MAX_REVIEW_CHARS, partsOf } from '../review/reviewed-diff.ts';
import { commandIn, reviewerEnv, reviewersOf } from '../review/reviewers/index.ts';
import { redactText } from './describe.ts';
import { knownValuesOf } from './known-values.ts';
import { recordEvents } from './record-event.ts';
import { isByOwnFamily } from './review-family.ts';
import { reviewTerms, type ScopedRange } from './review-scope.ts';

export interface ReviewScene {
  readonly call: Call;
  readonly places: Places;
  readonly policy: EffectivePolicy;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is told who reviews and for how long already, once a second. */
  readonly onSecond?: (reviewer: string, seconds: number) => void;
}

/** What the review of a push came to, with the records that prove it. */
export interface PushReviewed {
  readonly review: PushReview;
  readonly findings: readonly ReviewFinding[];
  readonly records: readonly AuditRecord[];
}

/** The key of whoever pushes. */
export function pusherKey(env: ReviewScene['env']): HostKey {
  return ensureHostKey(hostKeyPath(env, env['HOME'] || homedir()));
}

/**
 * The passing verdicts that the log holds for all ranges; `null` when one is missing. A key that cannot be read or a log that does not
 * verify means that there are none.
 */
export function coveringRecords(ranges: readonly ScopedRange[], { places, env }: ReviewScene): AuditRecord[] | null {
  const key = pusherKey(env);
  const records = ranges.map(({ digest }) => passingVerdict(places.stateDir, digest, key));
  return records.some((record) => record === null) ? null : (records as AuditRecord[]);
}

/** Has every range reviewed that has no verdict yet, and puts what came of it on record, sealed. */
export async function reviewPush(ranges: readonly ScopedRange[], scene: ReviewScene): Promise<PushReviewed> {
  const key = pusherKey(scene.env);
  const records: AuditRecord[] = [];
  const findings: ReviewFinding[] = [];
  let problem = '';
  let blocked = false;
  for (const range of ranges) {
    const known = passingVerdict(scene.places.stateDir, range.digest, key);
    const result = known ? null : await reviewRange(range, scene);
    if (result === null) {
      records.push(known!);
      continue;
    }
    records.push(recordVerdict(range, result, scene, key));
    if (result.kind === 'failed') problem = result.problem;
    else findings.push(...result.findings);
    blocked ||= result.kind === 'block';
  }
  writeAtomic(
    join(scene.places.stateDir, 'last-review.json'),
    `${JSON.stringify({ findings, problem }, null, 2)}\n`,
    0o600,
  );
  return { review: outcome(problem, blocked, findings, records), findings, records };
}

function outcome(
  problem: string,
  blocked: boolean,
  findings: readonly ReviewFinding[],
  records: readonly AuditRecord[],
): PushReview {
  if (problem !== '') return { kind: 'failed', problem };
  if (blocked) return { kind: 'blocked', findings };
  return { kind: 'covered', recordId: records[0]?.hash ?? '' };
}

async function reviewRange({ diff }: ScopedRange, scene: ReviewScene): Promise<ReviewResult> {
  const terms = reviewTerms(scene.policy);
  const { places, env, onSecond } = scene;
  const chars = diff.files.reduce((sum, { text }) => sum + text.length, 0);
  if (chars > MAX_REVIEW_CHARS)
    return {
      kind: 'failed',
      problem: `the change is larger than ${MAX_REVIEW_CHARS / 1e6} MB: push it in smaller parts`,
    };
  const known = knownValuesOf(places);
  const text = (latin1: string) => redactText(Buffer.from(latin1, 'latin1').toString('utf8'), known);
  const result = await review({
    parts: partsOf(diff.files).map(text),
    reviewers: reviewersOf({ ...terms, command: commandIn(places.root, terms.command) }),
    blockOn: terms.block_on,
    timeoutMs: terms.timeout_seconds * 1000,
    env: reviewerEnv(env, places.root),
    ...(onSecond ? { onSecond } : {}),
    onRaw: (reviewer, raw) => keepRaw(reviewer, raw, scene, text),
  });
  if (result.kind === 'failed') return { ...result, problem: redactText(result.problem, known) };
  const masked = (finding: ReviewFinding) =>
    Object.fromEntries(
      Object.entries(finding).map(([name, value]) => [
        name,
        typeof value === 'string' ? redactText(value, known) : value,
      ]),
    ) as unknown as ReviewFinding;
  return { ...result, findings: result.findings.map(masked) };
}

/** `POSTERN_REVIEW_LOG` names a file that gets what reviewers printed, secrets masked. */
function keepRaw(reviewer: string, raw: string, { env }: ReviewScene, masked: (text: string) => string): void {
  const file = env['POSTERN_REVIEW_LOG'];
  if (file)
    appendFileSync(
      file,
      `# ${reviewer}, ${new Date().toISOString()}\n${masked(Buffer.from(raw).toString('latin1'))}\n`,
      { mode: 0o600 },
    );
}

function recordVerdict(
  { range, diff, digest }: ScopedRange,
  result: ReviewResult,
  scene: ReviewScene,
  key: HostKey,
): AuditRecord {
  const { call, policy, places } = scene;
  const count = (severity: string) =>
    result.kind === 'failed' ? 0 : result.findings.filter((finding) => finding.severity === severity).length;
  const entry = {
    kind: 'review.verdict',
    by: call,
    call: call.id,
    gate: call.gate,
    session: call.session,
    tool: call.tool,
    what: range.update.remoteRef,
    policy: policy.digest,
    data: {
      digest,
      result: result.kind,
      base: diff.base,
      head: diff.head,
      files: diff.files.length,
      excluded: diff.excluded.length,
      ...(diff.excluded.length > 0 ? { excludedPaths: diff.excluded.join(' ') } : {}),
      ...(result.kind === 'failed'
        ? { problem: result.problem }
        : {
            reviewer: result.reviewer.name,
            degraded: isByOwnFamily(result.reviewer.family, range, scene),
            P1: count('P1'),
            P2: count('P2'),
            P3: count('P3'),
          }),
    },
  } as const;
  return recordEvents(places, [entry], key)[0]!;
}
