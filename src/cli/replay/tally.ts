import { describeAction } from '../../govern/describe.ts';
import type { Decision } from '../../policy/decision.ts';
import type { PastCall } from './past-call.ts';

/** One call among those that a rule stops. */
export interface Example {
  readonly tool: string;
  /** Redacted. */
  readonly what: string;
  readonly time: string;
  readonly session: string;
}

/** What one rule does to the calls. */
export interface RuleTally {
  readonly rule: string;
  readonly effect: 'ask' | 'deny' | 'redact';
  calls: number;
  /** Of those, calls that went through then. */
  news: number;
  /** Of those, calls that only a look at the repository could clear: what it held then is not known. */
  unsure: number;
  readonly examples: Example[];
}

/** What today's policy does to past calls. */
export interface Tally {
  calls: number;
  readonly sessions: Set<string>;
  readonly stopped: Map<string, RuleTally>;
  letThrough: number;
  readonly letThroughExamples: Example[];
}

const MAX_EXAMPLES = 3;
const MAX_SESSIONS = 100_000;

export function emptyTally(): Tally {
  return { calls: 0, sessions: new Set(), stopped: new Map(), letThrough: 0, letThroughExamples: [] };
}

/** Counts one call. `unsure` says that guards would have asked about the repository. */
export function count(tally: Tally, past: PastCall, { would, rule }: Decision, unsure: boolean): void {
  tally.calls++;
  if (tally.sessions.size < MAX_SESSIONS) tally.sessions.add(past.call.session.parent ?? past.call.session.id);
  if (would === 'allow') {
    if (past.became === 'allowed') return;
    tally.letThrough++;
    keep(tally.letThroughExamples, past);
    return;
  }
  const key = `${rule} ${would}`;
  const row = tally.stopped.get(key) ?? { rule, effect: would, calls: 0, news: 0, unsure: 0, examples: [] };
  tally.stopped.set(key, row);
  row.calls++;
  if (past.became === 'allowed') row.news++;
  if (unsure) row.unsure++;
  keep(row.examples, past);
}

function keep(examples: Example[], { call, time }: PastCall): void {
  if (examples.length >= MAX_EXAMPLES) return;
  const what = describeAction(call.action);
  if (examples.some((one) => one.what === what && one.tool === call.tool)) return;
  examples.push({ tool: call.tool, what, time, session: call.session.id });
}
