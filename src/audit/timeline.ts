import type { AuditRecord } from './record.ts';
import { ofSession } from './select.ts';
import { isStopped } from './summary.ts';

/** How a call ended, as far as the log tells. */
export type Ending =
  | { readonly kind: 'done'; readonly durationMs: number | null; readonly masked: boolean }
  | { readonly kind: 'failed'; readonly durationMs: number | null; readonly error: string }
  | { readonly kind: 'stopped' }
  /** A person was asked, and no outcome is on record: it was not done, or the client told nothing. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'unknown' };

/** One thing that happened in a session. */
export type Step =
  | { readonly kind: 'call'; readonly record: AuditRecord; readonly ending: Ending }
  | { readonly kind: 'event'; readonly record: AuditRecord };

/** What happened in a session and its subagents, in the order of the log; a call and its outcome are one step. */
export interface Timeline {
  /** Ids of the sessions that `wanted` may mean; exactly one where it is told. */
  readonly ids: readonly string[];
  readonly steps: readonly Step[];
}

/** The timeline of the session whose id begins with `wanted`. */
export function timelineOf(records: Iterable<AuditRecord>, wanted: string): Timeline {
  const own: AuditRecord[] = [];
  const ids = new Set<string>();
  const outcomes = new Map<string, AuditRecord>();
  for (const record of records) {
    if (!ofSession(record, wanted)) continue;
    ids.add(record.session.parent ?? record.session.id);
    if (record.kind === 'outcome') outcomes.set(record.call ?? '', record);
    else own.push(record);
  }
  return { ids: [...ids], steps: own.map((record) => stepOf(record, outcomes)) };
}

function stepOf(record: AuditRecord, outcomes: ReadonlyMap<string, AuditRecord>): Step {
  if (record.kind !== 'decision') return { kind: 'event', record };
  return { kind: 'call', record, ending: endingOf(record, outcomes.get(record.call ?? '')) };
}

function endingOf(record: AuditRecord, outcome: AuditRecord | undefined): Ending {
  if (outcome === undefined) {
    if (!isStopped(record)) return { kind: 'unknown' };
    return record.effect === 'ask' ? { kind: 'asked' } : { kind: 'stopped' };
  }
  const { ok, durationMs, error, masked } = outcome.data ?? {};
  const took = typeof durationMs === 'number' ? durationMs : null;
  if (ok === false) return { kind: 'failed', durationMs: took, error: String(error ?? '') };
  return { kind: 'done', durationMs: took, masked: masked !== undefined };
}
