import type { Call } from '../policy/call.ts';
import type { Facts, Question } from '../policy/facts.ts';
import type { Finding, GuardName } from '../policy/finding.ts';
import type { Policy } from '../policy/types.ts';

/** A pure detector. It reports what it sees and never decides alone; modes and rules are applied by `evaluate`. */
export interface Guard {
  readonly name: GuardName;
  inspect(call: Call, facts: Facts, policy: Policy): readonly Finding[];
  /** What it would like to know before it is asked again. Answered at most once per call, and only when asked. */
  questions?(call: Call, facts: Facts, policy: Policy): readonly Question[];
}
