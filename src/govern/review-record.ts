import type { HostKey } from '../audit/host-key.ts';
import type { AuditRecord, RecordData, RecordedFinding } from '../audit/record.ts';
import type { ReviewFinding, ReviewSeverity } from '../policy/push-review.ts';
import type { ReviewResult } from '../review/review.ts';
import { recordEvents } from './record-event.ts';
import { isByOwnFamily } from './review-family.ts';
import type { ReviewScene } from './review-push.ts';
import type { ScopedRange } from './review-scope.ts';

/** Which commits a verdict is given for. */
export function placeOf({ range, diff }: ScopedRange) {
  return { digest: diff.digest, head: range.head, bases: range.bases.join(' '), ref: range.update.remoteRef };
}

/** Puts what came of a review on record, sealed and on the disk. */
export function recordVerdict(
  work: ScopedRange,
  result: ReviewResult & { readonly masked?: number },
  scene: ReviewScene,
  key: HostKey,
): AuditRecord {
  const { diff, range } = work;
  const about = {
    ...placeOf(work),
    result: result.kind,
    files: diff.entries.length,
    excluded: diff.excluded.length,
    ...(diff.excluded.length > 0 ? { excludedPaths: diff.excluded.map(({ path }) => path).join(' ') } : {}),
  };
  if (result.kind === 'failed') return recordSealed({ ...about, problem: result.problem }, [], scene, key);
  const count = (severity: ReviewSeverity) => result.findings.filter((one) => one.severity === severity).length;
  const data = {
    ...about,
    reviewer: result.reviewer.name,
    degraded: isByOwnFamily(result.reviewer.family, range, scene),
    masked: result.masked ?? 0,
    P1: count('P1'),
    P2: count('P2'),
    P3: count('P3'),
  };
  return recordSealed(data, result.findings.map(recorded), scene, key);
}

const SEVERITIES = { P1: 'critical', P2: 'high', P3: 'low' } as const;

function recorded({ severity, file, line, title }: ReviewFinding): RecordedFinding {
  return { guard: 'review', rule: severity, severity: SEVERITIES[severity], where: `${file}:${line} ${title}` };
}

/** A verdict with this data. Throws when it cannot be written: then there is none. */
export function recordSealed(
  data: RecordData,
  findings: readonly RecordedFinding[],
  { call, policy, places }: ReviewScene,
  key: HostKey,
): AuditRecord {
  const entry = {
    kind: 'review.verdict',
    by: call,
    call: call.id,
    gate: call.gate,
    session: call.session,
    tool: call.tool,
    what: String(data['ref']),
    policy: policy.digest,
    findings,
    data,
  } as const;
  return recordEvents(places, [entry], key)[0]!;
}
