import type { RecordData } from '../audit/record.ts';
import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import type { Places } from '../repo/places.ts';
import { decisionEntry } from './describe.ts';
import { knownValuesOf } from './known-values.ts';
import { type EventEntry, recordEvents } from './record-event.ts';

/** What stands in the log besides the decision itself. */
export interface Besides {
  /** Recorded before the decision, together with it or not at all. */
  readonly first?: readonly EventEntry[];
  readonly data?: RecordData;
}

/** Puts a decision on record; what cannot be recorded is denied. `seq` is the record's number, when there is one. */
export function recordDecision(
  call: Call,
  places: Places,
  decision: Decision,
  { first = [], data }: Besides = {},
): { readonly decision: Decision; readonly seq?: number } {
  try {
    const entry = decisionEntry(call, decision, knownValuesOf(places));
    const records = recordEvents(places, [
      ...first,
      data === undefined ? entry : { ...entry, data: { ...entry.data, ...data } },
    ]);
    return { decision, seq: records.at(-1)!.seq };
  } catch (error) {
    return { decision: unrecorded(decision, error instanceof Error ? error.message : String(error)) };
  }
}

/** What cannot be proved afterwards does not happen. */
function unrecorded(decision: Decision, problem: string): Decision {
  return {
    ...decision,
    effect: 'deny',
    would: 'deny',
    rule: 'audit/append-failed',
    reason: `the call cannot be recorded: ${problem}`,
    instead: 'let the person run `npx postern doctor`; nothing goes on until the audit log can be written.',
  };
}
