import type { HostKey } from '../audit/host-key.ts';
import { newestFirst } from '../audit/query.ts';
import type { AuditRecord } from '../audit/record.ts';
import { sealOf } from '../audit/seal.ts';
import { verify } from '../audit/verify.ts';

/** What a verdict has to be about. */
export interface Wanted {
  /** Digest of the diff. */
  readonly diff: string;
  /** Digest of the policy that the review was done under. */
  readonly policy: string;
}

/**
 * The newest verdict on this diff under this policy that is sealed by this host's key, in an intact log: it stands, whether it passes or
 * blocks, so that nobody gets another by asking again. `null` when there is none, and when the log does not verify: then no line of it counts.
 */
export function standingVerdict(stateDir: string, wanted: Wanted, key: HostKey): AuditRecord | null {
  for (const record of newestFirst(stateDir)) {
    if (!isVerdict(record, wanted) || sealOf(record, key.publicKey) !== 'valid') continue;
    return verify(stateDir).kind === 'intact' ? record : null;
  }
  return null;
}

/** Whether a record claims to be a finished review of this diff; its seal is another question. */
function isVerdict({ kind, policy, data = {} }: AuditRecord, wanted: Wanted): boolean {
  if (kind !== 'review.verdict' || policy !== wanted.policy || data['digest'] !== wanted.diff) return false;
  return isPass(data) || data['result'] === 'block';
}

/** Whether a verdict lets its diff through. */
export function isPass(data: AuditRecord['data'] = {}): boolean {
  return data['result'] === 'pass';
}
