import type { HostKey } from '../audit/host-key.ts';
import type { AuditRecord } from '../audit/record.ts';
import type { Call } from '../policy/call.ts';
import type { AskGit } from '../repo/ask-git.ts';
import type { Places } from '../repo/places.ts';
import type { PushedRange } from '../review/range.ts';
import { diffOf, readChange } from '../review/reviewed-diff.ts';
import { type EventEntry, recordEvents } from './record-event.ts';

/** A review that a person went on without. */
export interface Skip {
  readonly reason: string;
  /** `Name <email>`. */
  readonly identity: string;
  readonly remote: string;
  readonly ranges: readonly PushedRange[];
  /** How many files the push touches. */
  readonly files: number;
  readonly key: HostKey;
}

/** Puts the skip on record, one for each ref that brings something, sealed and synced to the disk; throws when that fails, and then nothing may be pushed. */
export function recordSkip(call: Call, { stateDir }: Places, skip: Skip, ask: AskGit): AuditRecord[] {
  const entries = skip.ranges
    .filter(({ head }) => head !== '')
    .map(
      (range): EventEntry => ({
        kind: 'review.skipped',
        by: call,
        call: call.id,
        gate: call.gate,
        session: call.session,
        tool: call.tool,
        what: `${skip.remote} ${range.update.remoteRef}`,
        data: {
          reason: skip.reason,
          identity: skip.identity,
          head: range.head,
          bases: range.bases.join(' '),
          digest: diffOf(readChange(range, ask), () => false).digest,
          files: skip.files,
          refs: range.update.remoteRef,
        },
      }),
    );
  return recordEvents({ stateDir }, entries, skip.key);
}
