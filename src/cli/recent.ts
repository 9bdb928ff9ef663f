import { tail } from '../audit/query.ts';
import type { AuditRecord } from '../audit/record.ts';
import { CANARY_SESSION } from './canary.ts';

/** Skips within seven days from which on they are named. */
export const MANY_SKIPS = 3;

/** Days that `status` looks back. */
const RECENT_DAYS = 7;

/** What happened in the last seven days, calls of `doctor` left out. */
export interface Recent {
  readonly decisions: { readonly allow: number; readonly redact: number; readonly ask: number; readonly deny: number };
  /** Decisions that would have been stricter, had everything been enforced. */
  readonly observed: number;
  readonly skips: readonly AuditRecord[];
  readonly heartbeat: AuditRecord | null;
}

export const NOTHING_RECENT: Recent = {
  decisions: { allow: 0, redact: 0, ask: 0, deny: 0 },
  observed: 0,
  skips: [],
  heartbeat: null,
};

/** Reads the log backwards, no further than needed. `now` in milliseconds since 1970. */
export function readRecent(stateDir: string, now: number): Recent {
  const since = new Date(now - RECENT_DAYS * 86_400_000).toISOString();
  const records = lastSince(stateDir, since).filter(({ session }) => session.id !== CANARY_SESSION);
  const decisions = { ...NOTHING_RECENT.decisions };
  for (const { kind, effect } of records) if (kind === 'decision' && effect) decisions[effect]++;
  return {
    decisions,
    observed: records.filter(({ kind, would, data }) => kind === 'decision' && would && !data?.['approval']).length,
    skips: eachPush(records.filter(({ kind }) => kind === 'review.skipped')),
    heartbeat: records.findLast(({ kind }) => kind === 'session.start') ?? null,
  };
}

/** A push of several refs leaves a record for each. */
function eachPush(skips: readonly AuditRecord[]): AuditRecord[] {
  return skips.filter(({ call }, at) => call === undefined || skips.findIndex((one) => one.call === call) === at);
}

function lastSince(stateDir: string, since: string): AuditRecord[] {
  for (let count = 500; ; count *= 4) {
    const records = tail(stateDir, count);
    const reachesBack = records.length < count || records[0]!.time < since;
    if (reachesBack) return records.filter(({ time }) => time >= since);
  }
}
