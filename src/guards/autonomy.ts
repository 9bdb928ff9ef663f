import type { Call } from '../policy/call.ts';
import type { Facts } from '../policy/facts.ts';
import type { Effect, Finding } from '../policy/finding.ts';
import type { ActionClass } from '../policy/reading.ts';
import type { Level, Policy } from '../policy/types.ts';
import { TOOL_CLASSES } from '../rules/tools.ts';
import type { Guard } from './guard.ts';

/** Holds an agent to the autonomy level: L0 reads, L1 asks before writes, L2 asks before destruction, L3 all but the forbidden.
 * A git hook runs inside a command that was judged already. */
export const autonomy: Guard = {
  name: 'autonomy',
  inspect(call, facts, policy) {
    if (call.client === 'person' || call.gate === 'git' || call.action.kind === 'prompt') return [];
    const level = effectiveLevel(policy);
    const what = classify(call, facts);
    const effect = EFFECT_AT[level][what];
    return effect === 'allow' ? [] : [finding(call, level, what, effect)];
  },
};

const EFFECT_AT: Record<Level, Record<ActionClass, Effect>> = {
  L0: { read: 'allow', write: 'deny', destructive: 'deny' },
  L1: { read: 'allow', write: 'ask', destructive: 'ask' },
  L2: { read: 'allow', write: 'allow', destructive: 'ask' },
  L3: { read: 'allow', write: 'allow', destructive: 'allow' },
};

/** The level in force: never above the ceiling. */
export function effectiveLevel(policy: Policy): Level {
  const { level, ceiling } = policy.autonomy;
  return level <= ceiling ? level : ceiling;
}

/** What the call does at most; a tool nobody knows counts as a write. */
export function classify(call: Call, facts: Facts): ActionClass {
  if (call.action.kind === 'bash') return facts.reading?.class ?? 'write';
  if (call.action.kind === 'read') return 'read';
  return TOOL_CLASSES[call.tool] ?? 'write';
}

function finding(call: Call, level: Level, what: ActionClass, effect: Effect): Finding {
  return {
    guard: 'autonomy',
    rule: `${level}-${what}`.toLowerCase(),
    severity: 'medium',
    effect,
    where: call.action.kind === 'bash' ? call.action.command.slice(0, 120) : call.tool,
    why: `${what === 'write' ? 'changes things' : 'destroys things'}, and this repository's autonomy level is ${level}.`,
    instead: 'propose the change in words, and let the person make it or raise autonomy.level in .postern/policy.yaml.',
  };
}
