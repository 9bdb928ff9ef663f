import { readFacts } from '../govern/facts.ts';
import { inspectAll } from '../guards/index.ts';
import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Facts } from '../policy/facts.ts';
import type { PolicyState } from '../policy/types.ts';
import type { Places } from '../repo/places.ts';

/** What judging needs besides the call. */
export interface Ground {
  readonly places: Places;
  readonly home: string;
  readonly state: PolicyState;
}

/** Judges a call by its text alone, as if the kill switch were off: nothing is recorded, and git is asked nothing. */
export function judgeCall(call: Call, { places, home, state }: Ground): { decision: Decision; facts: Facts } {
  const facts = readFacts(call, places, home, { kind: 'clear' });
  return { decision: evaluate({ call, facts, state, inspect: (policy) => inspectAll(call, facts, policy) }), facts };
}
