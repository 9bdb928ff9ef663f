import { append } from '../audit/log.ts';
import type { AuditRecord, Entry } from '../audit/record.ts';
import type { Call } from '../policy/call.ts';
import type { Places } from '../repo/places.ts';
import { identify } from './subject.ts';

/** What a caller says of an event; who acted is filled in. Texts must be redacted already. */
export type EventEntry = Omit<Entry, 'subject' | 'session' | 'grade' | 'gate'> &
  Partial<Pick<Entry, 'session' | 'gate'>> & { readonly by?: Pick<Call, 'client' | 'agent' | 'assurance'> };

/** Kinds that must be on the disk before anything goes on. */
const SYNCED: readonly Entry['kind'][] = [
  'review.skipped',
  'freeze',
  'unfreeze',
  'tamper.restored',
  'approval.granted',
  'approval.used',
];

/** Appends events to the repository's log; throws when the log cannot be written. */
export function recordEvents(places: Pick<Places, 'stateDir'>, entries: readonly EventEntry[]): AuditRecord[] {
  const full = entries.map(
    ({ by, ...entry }): Entry => ({
      ...entry,
      gate: entry.gate ?? 'cli',
      grade: 'cooperative',
      subject: identify(by ?? { client: 'person', assurance: 'claimed' }),
      session: entry.session ?? { id: 'cli' },
    }),
  );
  return append(places.stateDir, full, {
    sync: entries.some(({ kind, effect }) => SYNCED.includes(kind) || effect === 'deny'),
  });
}

/** Appends one event; see `recordEvents`. */
export function recordEvent(places: Pick<Places, 'stateDir'>, entry: EventEntry): AuditRecord {
  return recordEvents(places, [entry])[0]!;
}
