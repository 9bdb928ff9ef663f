import type { HostKey } from '../audit/host-key.ts';
import { newestFirst } from '../audit/query.ts';
import type { AuditRecord } from '../audit/record.ts';
import { sealOf } from '../audit/seal.ts';
import { verify } from '../audit/verify.ts';

/**
 * The record that says that this diff was reviewed and may pass: sealed by this host's key, in an intact log. `null` when there is none, and
 * when the log does not verify: then no line of it counts.
 */
export function passingVerdict(stateDir: string, digest: string, key: HostKey): AuditRecord | null {
  for (const record of newestFirst(stateDir)) {
    if (!isPass(record, digest) || sealOf(record, key.publicKey) !== 'valid') continue;
    return verify(stateDir).kind === 'intact' ? record : null;
  }
  return null;
}

/** Whether a record claims a passing review of this diff; its seal is another question. */
export function isPass({ kind, data = {} }: AuditRecord, digest: string): boolean {
  return kind === 'review.verdict' && data['digest'] === digest && data['result'] === 'pass';
}
