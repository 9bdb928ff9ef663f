import type { HostKey } from '../audit/host-key.ts';
import type { AuditRecord } from '../audit/record.ts';
import { redact } from '../guards/secrets/redact.ts';
import type { Call } from '../policy/call.ts';
import type { Places } from '../repo/places.ts';
import { type EventEntry, recordEvents } from './record-event.ts';

/** A review that a person went on without. */
export interface Skip {
  readonly reason: string;
  /** `Name <email>`. */
  readonly identity: string;
  readonly remote: string;
  /** Full ids of the pushed commits. */
  readonly heads: readonly string[];
  /** Full names of the refs on the remote. */
  readonly refs: readonly string[];
  /** How many files the push touches. */
  readonly files: number;
}

/** Puts the skip on record, sealed and synced to the disk; throws when that fails, and then nothing may be pushed. */
export function recordSkip(call: Call, places: Places, skip: Skip, key: HostKey): AuditRecord {
  const entry: EventEntry = {
    kind: 'review.skipped',
    by: call,
    call: call.id,
    gate: call.gate,
    session: call.session,
    tool: call.tool,
    what: redact(`${skip.remote} ${skip.refs.join(' ')}`),
    data: {
      reason: redact(skip.reason),
      identity: redact(skip.identity),
      head: skip.heads.join(' '),
      files: skip.files,
      refs: skip.refs.join(' '),
    },
  };
  return recordEvents(places, [entry], key)[0]!;
}
