import { join } from 'node:path';
import type { HostKey } from '../audit/host-key.ts';
import type { AuditRecord } from '../audit/record.ts';
import { verify } from '../audit/verify.ts';
import type { Call } from '../policy/call.ts';
import { type PushReview, REVIEW_SEVERITIES, type ReviewFinding } from '../policy/push-review.ts';
import type { EffectivePolicy } from '../policy/types.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { readBounded, writeAtomic } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { isPass, standingVerdict } from '../review/coverage.ts';
import { BY_SEVERITY } from '../review/review.ts';
import { sealingKey } from './review-key.ts';
import { reviewRange } from './review-range.ts';
import { placeOf, recordSealed, recordVerdict } from './review-record.ts';
import type { ScopedRange } from './review-scope.ts';

export interface ReviewScene {
  readonly call: Call;
  readonly places: Places;
  readonly policy: EffectivePolicy;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ask: AskGit;
  /** Home folder of the account, for the host key; see `KeyAsker`. */
  readonly accountHome?: string | undefined;
  /** Whether reviewers are asked although a verdict stands. */
  readonly again?: boolean;
  /** Is told who reviews and for how long already, once a second. */
  readonly onSecond?: (reviewer: string, seconds: number) => void;
}

/** What the review of a push came to, with the records that prove it. */
export interface PushReviewed {
  readonly review: PushReview;
  readonly findings: readonly ReviewFinding[];
  readonly records: readonly AuditRecord[];
  /** True when nobody had to be asked. */
  readonly known: boolean;
}

/** Has every range reviewed on which no verdict stands, and puts what came of it on record, sealed. */
export async function reviewPush(ranges: readonly ScopedRange[], scene: ReviewScene): Promise<PushReviewed> {
  const broken = logProblem(scene.places.stateDir);
  if (broken !== null) return { review: { kind: 'failed', problem: broken }, findings: [], records: [], known: false };
  const key = sealingKey({ ...scene, client: scene.call.client });
  const done: Outcome[] = [];
  for (const range of ranges) done.push(standing(range, scene, key) ?? (await fresh(range, scene, key)));
  const findings = done.flatMap((one) => one.findings).sort(BY_SEVERITY);
  const problem = done.find((one) => one.problem !== '')?.problem ?? '';
  const known = done.every((one) => one.known);
  if (!known) keepForMending(ranges, { findings, problem }, scene.places);
  const records = done.map(({ record }) => record);
  const blocked = done.some(({ record }) => record.data?.['result'] === 'block');
  return { review: outcome(problem, blocked, findings, records), findings, records, known };
}

/** Why no verdict in the log counts, an earlier one that blocks included: nobody gets another review by breaking it. */
function logProblem(stateDir: string): string | null {
  const proof = verify(stateDir);
  const instead = 'see npx postern doctor';
  if (proof.kind === 'broken') return `the log is broken, so no verdict counts: ${instead}`;
  return proof.kind === 'unreadable' ? `the log cannot be read: ${instead}` : null;
}

/** What became of one range. */
interface Outcome {
  readonly record: AuditRecord;
  readonly findings: readonly ReviewFinding[];
  readonly problem: string;
  /** True when an earlier verdict stands. */
  readonly known: boolean;
}

/** An earlier verdict, put on record for these commits where they are others than those it was given for. */
function standing(work: ScopedRange, scene: ReviewScene, key: HostKey): Outcome | null {
  const { places, policy, again } = scene;
  if (again) return null;
  const record = standingVerdict(places.stateDir, { diff: work.diff.digest, policy: policy.digest }, key);
  if (record === null) return null;
  const place = placeOf(work);
  const same = Object.entries(place).every(([name, value]) => record.data?.[name] === value);
  const data = { ...record.data, ...place, keptFrom: record.seq };
  return {
    record: same ? record : recordSealed(data, record.findings ?? [], scene, key),
    findings: isPass(record.data) ? [] : keptFindings(places, work.diff.digest, record),
    problem: '',
    known: true,
  };
}

async function fresh(work: ScopedRange, scene: ReviewScene, key: HostKey): Promise<Outcome> {
  const result = await reviewRange(work, scene);
  const record = recordVerdict(work, result, scene, key);
  if (result.kind === 'failed') return { record, findings: [], problem: result.problem, known: false };
  return { record, findings: result.findings, problem: '', known: false };
}

/** The file that agents and people mend by, and its findings of an earlier review of the same diff. No verdict hangs on it. */
function keepForMending(
  ranges: readonly ScopedRange[],
  found: { readonly findings: readonly ReviewFinding[]; readonly problem: string },
  { stateDir }: Places,
): void {
  const diffs = ranges.map(({ diff }) => diff.digest);
  const excluded = ranges.flatMap(({ diff }) => diff.excluded.map(({ path }) => path));
  const text = JSON.stringify({ time: new Date().toISOString(), ...found, excluded, diffs }, null, 2);
  writeAtomic(join(stateDir, LAST_REVIEW), `${text}\n`, 0o600);
}

const LAST_REVIEW = 'last-review.json';
const MAX_KEPT_BYTES = 16 * 1024 * 1024;

function keptFindings({ stateDir }: Places, digest: string, { data = {} }: AuditRecord): readonly ReviewFinding[] {
  try {
    const kept = JSON.parse(readBounded(join(stateDir, LAST_REVIEW), MAX_KEPT_BYTES).toString('utf8'));
    if (kept.diffs.includes(digest) && kept.findings.length > 0) return kept.findings;
  } catch {
    // Another review has taken its place; the record tells how many there were.
  }
  const title = 'found by an earlier review of this very diff';
  return REVIEW_SEVERITIES.filter((severity) => Number(data[severity]) > 0).map((severity) => {
    return { severity, file: 'this push', line: 0, title, why: `${data[severity]} in all.`, fix: 'Change the diff.' };
  });
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
