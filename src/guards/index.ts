import type { Call } from '../policy/call.ts';
import { type Facts, type Question, questionKey } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import type { Policy } from '../policy/types.ts';
import { attribution } from './attribution.ts';
import { autonomy } from './autonomy.ts';
import { blockedPaths } from './blocked-paths.ts';
import { dangerousCommands } from './dangerous-commands.ts';
import type { Guard } from './guard.ts';
import { protectedPaths } from './protected-paths.ts';
import { review } from './review.ts';
import { secrets } from './secrets.ts';
import { stagedGovernance } from './staged-governance.ts';

/** Every guard that judges calls by itself. Their order does not change a decision. */
export const ALL_GUARDS: readonly Guard[] = [
  protectedPaths,
  secrets,
  blockedPaths,
  dangerousCommands,
  autonomy,
  attribution,
  review,
  stagedGovernance,
];

/** What all guards that are not off in `policy` see in the call. */
export function inspectAll(call: Call, facts: Facts, policy: Policy, guards: readonly Guard[] = ALL_GUARDS): Finding[] {
  return active(guards, policy).flatMap((guard) => guard.inspect(call, facts, policy));
}

/** What the guards would like to know and have not been told, without doubles. */
export function openQuestions(call: Call, facts: Facts, policy: Policy): Question[] {
  const asked = active(ALL_GUARDS, policy).flatMap((guard) => guard.questions?.(call, facts, policy) ?? []);
  const open = new Map(asked.map((question) => [questionKey(question), question]));
  return [...open.values()].filter((question) => !facts.answers.has(questionKey(question)));
}

function active(guards: readonly Guard[], policy: Policy): Guard[] {
  return guards.filter(
    ({ name }) => !(name in policy.guards) || policy.guards[name as keyof Policy['guards']].mode !== 'off',
  );
}
