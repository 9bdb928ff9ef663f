import type { Effect } from '../policy/finding.ts';
import type { AuditRecord } from './record.ts';

/** Something counted: how often it was seen, and how often it was stopped. */
export interface Tally {
  readonly name: string;
  readonly calls: number;
  readonly stopped: number;
}

/** One session as a line of a table. Times are ISO 8601, UTC. */
export interface SessionTally extends Tally {
  readonly client: string;
  readonly user: string;
  readonly first: string;
  readonly last: string;
}

/** What a stretch of the log tells, counted. A call is stopped when its effect is `ask` or `deny`. */
export interface Summary {
  readonly records: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly decisions: Readonly<Record<Effect, number>>;
  /** Decisions that would have been stricter, had everything been enforced. */
  readonly observed: number;
  /** Calls that went on and failed. */
  readonly failed: number;
  /** By rule, the most often stopped first. */
  readonly rules: readonly Tally[];
  /** By program of shell commands and by tool of other calls, the most frequent first. */
  readonly commands: readonly Tally[];
  /** The latest first. */
  readonly sessions: readonly SessionTally[];
  readonly skips: readonly AuditRecord[];
  /** Protected files that were put back or that changed. */
  readonly tampering: readonly AuditRecord[];
  /** By UTC day, the oldest first. */
  readonly days: readonly Tally[];
}

type Counts<T = object> = Map<string, T & { calls: number; stopped: number }>;

/** Folds records, in the order of the log, into their summary. Memory grows with what is distinct, not with the log. */
export function summarize(records: Iterable<AuditRecord>): Summary {
  const decisions: Record<Effect, number> = { allow: 0, redact: 0, ask: 0, deny: 0 };
  const [rules, commands, days]: [Counts, Counts, Counts] = [new Map(), new Map(), new Map()];
  const sessions: Counts<Omit<SessionTally, keyof Tally>> = new Map();
  const [skips, tampering]: [AuditRecord[], AuditRecord[]] = [[], []];
  let [count, observed, failed] = [0, 0, 0];
  let [first, last]: [string | null, string | null] = [null, null];
  for (const record of records) {
    count++;
    first ??= record.time;
    last = record.time;
    if (record.kind === 'review.skipped') skips.push(record);
    if (record.kind === 'tamper.restored' || record.kind === 'protected.changed') tampering.push(record);
    if (record.kind === 'outcome' && record.data?.['ok'] === false) failed++;
    if (record.kind !== 'decision' || record.effect === undefined) continue;
    decisions[record.effect]++;
    if (record.would !== undefined) observed++;
    const stopped = isStopped(record);
    if (stopped) add(rules, record.rule ?? '', true);
    add(commands, commandOf(record), stopped);
    add(days, record.time.slice(0, 10), stopped);
    addSession(sessions, record, stopped);
  }
  const often = [...tallies(rules)].sort((a, b) => b.stopped - a.stopped);
  return {
    records: count,
    first,
    last,
    decisions,
    observed,
    failed,
    rules: often,
    commands: tallies(commands).sort((a, b) => b.calls - a.calls),
    sessions: tallies(sessions).sort((a, b) => (a.last < b.last ? 1 : -1)),
    skips,
    tampering,
    days: tallies(days).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** Whether the call of a decision did not go on by itself. */
export function isStopped({ kind, effect }: AuditRecord): boolean {
  return kind === 'decision' && (effect === 'deny' || effect === 'ask');
}

/** The program of a shell command, or the tool of another call. */
function commandOf({ tool = '', what = '' }: AuditRecord): string {
  if (tool !== 'Bash' && tool !== 'Monitor') return tool;
  const words = what.trim().split(/\s+/);
  const program = words.find((word) => !/^[A-Za-z_]\w*=/.test(word)) ?? '';
  return program.replace(/^.*\//, '').replace(/[;|&()]+$/, '') || tool;
}

function add(counts: Counts, name: string, stopped: boolean): void {
  const one = counts.get(name) ?? { calls: 0, stopped: 0 };
  counts.set(name, one);
  one.calls++;
  if (stopped) one.stopped++;
}

function addSession(sessions: Counts<Omit<SessionTally, keyof Tally>>, record: AuditRecord, stopped: boolean): void {
  const { session, subject, time } = record;
  const id = session.parent ?? session.id;
  const one = sessions.get(id);
  const { client, user } = subject;
  sessions.set(id, {
    client,
    user,
    first: one?.first ?? time,
    last: time,
    calls: (one?.calls ?? 0) + 1,
    stopped: (one?.stopped ?? 0) + (stopped ? 1 : 0),
  });
}

function tallies<T>(counts: Counts<T>): (T & Tally)[] {
  return [...counts].map(([name, one]) => ({ name, ...one }));
}
