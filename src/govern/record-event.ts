import type { HostKey } from '../audit/host-key.ts';
import { append } from '../audit/log.ts';
import type { AuditRecord, Entry, RecordData } from '../audit/record.ts';
import type { Call } from '../policy/call.ts';
import type { Places } from '../repo/places.ts';
import { checkpointQuietly } from './checkpoint.ts';
import { redactText } from './describe.ts';
import { identify } from './subject.ts';

/** What a caller says of an event; who acted is filled in, and secrets in texts are masked. */
export type EventEntry = Omit<Entry, 'subject' | 'session' | 'grade' | 'gate'> &
  Partial<Pick<Entry, 'session' | 'gate'>> & { readonly by?: Pick<Call, 'client' | 'agent' | 'assurance'> };

/** Kinds that must be on the disk before anything goes on. */
const SYNCED: readonly Entry['kind'][] = [
  'review.verdict',
  'review.skipped',
  'freeze',
  'unfreeze',
  'tamper.restored',
  'approval.granted',
  'approval.used',
];

/** Appends events to the repository's log; throws when the log cannot be written. */
export function recordEvents(
  places: Pick<Places, 'stateDir'>,
  entries: readonly EventEntry[],
  sealWith?: HostKey,
): AuditRecord[] {
  const full = entries.map(
    ({ by, ...entry }): Entry => ({
      ...masked(entry),
      gate: entry.gate ?? 'cli',
      grade: entry.gate === 'mcp' ? 'structural' : 'cooperative',
      subject: identify(by ?? { client: 'person', assurance: 'claimed' }),
      session: entry.session ?? { id: 'cli' },
    }),
  );
  const records = append(places.stateDir, full, {
    sync: entries.some(({ kind, effect }) => SYNCED.includes(kind) || effect === 'deny'),
    ...(sealWith ? { sealWith } : {}),
  });
  const due = checkpointDue(records);
  if (due !== 'no') checkpointQuietly(places.stateDir, due);
  return records;
}

/** A checkpoint is signed after so many records at the latest. */
const CHECKPOINT_EVERY = 1000;

/** Whether records just appended ask for a checkpoint: told by them alone, so that a clean call pays nothing for it. */
function checkpointDue(records: readonly AuditRecord[]): 'now' | 'in-time' | 'no' {
  if (records.some(({ kind, seq }) => seq % CHECKPOINT_EVERY === 0 || kind === 'log.segment')) return 'now';
  return records.some(({ kind }) => kind === 'session.stop') ? 'in-time' : 'no';
}

/** Whatever a caller forgot to mask. */
function masked<T extends Pick<Entry, 'what' | 'tool' | 'reason' | 'findings' | 'data'>>(entry: T): T {
  const { what, tool, reason, findings, data } = entry;
  return {
    ...entry,
    ...(what === undefined ? {} : { what: redactText(what) }),
    ...(tool === undefined ? {} : { tool: redactText(tool) }),
    ...(reason === undefined ? {} : { reason: redactText(reason) }),
    ...(findings === undefined ? {} : { findings: findings.map((one) => ({ ...one, where: redactText(one.where) })) }),
    ...(data === undefined ? {} : { data: maskedData(data) }),
  };
}

function maskedData(data: RecordData): RecordData {
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    typeof value === 'string' ? redactText(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Appends one event; see `recordEvents`. */
export function recordEvent(places: Pick<Places, 'stateDir'>, entry: EventEntry): AuditRecord {
  return recordEvents(places, [entry])[0]!;
}
