import type { Call } from './call.ts';
import type { Decision, TraceStep } from './decision.ts';
import type { Facts } from './facts.ts';
import { EFFECTS, type Effect, type Finding, GUARDS, type GuardName, ruleId, stricter } from './finding.ts';
import { matchesRule, namesFinding, ruleCovers } from './match.ts';
import type { EffectivePolicy, Layer, Mode, Policy, PolicyState, Rule } from './types.ts';

/** What judging a call needs. `inspect` runs the guards under one layer's policy; it is pure. */
export interface Case {
  readonly call: Call;
  readonly facts: Facts;
  readonly state: PolicyState;
  readonly inspect: (policy: Policy) => readonly Finding[];
}

/** A finding with what it may do: `would` ignores modes, `effect` is what remains after them. */
interface Weighed {
  readonly finding: Finding;
  readonly would: Effect;
  readonly effect: Effect;
}

/**
 * The one evaluator. Folds guards and rules of every layer; the strictest effect wins, so a floor can only tighten.
 * Pure: the same case gives the same decision and the same trace, which is what `explain` prints.
 */
export function evaluate({ call, facts, state, inspect }: Case): Decision {
  if (facts.halt.kind !== 'clear') return halted(facts.halt);
  if (state.kind === 'unreadable') return unreadable(state.problem, state.instead);
  const trace: TraceStep[] = [];
  const weighed = state.policy.layers.flatMap((layer) => weigh(layer, call, facts, inspect(layer.policy), trace));
  const decision = fold(weighed, state.policy.digest);
  trace.push({ stage: 'fold', text: `strictest of ${weighed.length}: ${decision.effect}` });
  return {
    ...decision,
    content: contentOf(state.policy),
    mode: state.policy.layers[0]?.policy.mode ?? 'enforce',
    trace,
  };
}

function halted(halt: Exclude<Facts['halt'], { kind: 'clear' }>): Decision {
  const why =
    halt.kind === 'halted' ? `is stopped here: ${halt.reason}` : `is stopped: HALT cannot be read (${halt.problem}).`;
  return denied(
    'kill-switch',
    'halted',
    why,
    'wait; the person lifts it with: npx postern unfreeze --reason "…"',
    'halt',
  );
}

function unreadable(problem: string, instead: string): Decision {
  return denied(
    'protected-paths',
    'policy-unreadable',
    `is denied because the policy cannot be read: ${problem}`,
    instead,
    'policy',
  );
}

function denied(guard: GuardName, rule: string, why: string, instead: string, stage: TraceStep['stage']): Decision {
  const finding: Finding = { guard, rule, severity: 'critical', effect: 'deny', where: 'every call', why, instead };
  const weighed = [{ finding, would: 'deny', effect: 'deny' }] as const;
  return { ...fold(weighed, ''), content: 'redacted', mode: 'enforce', trace: [{ stage, text: why }] };
}

/** The most private word of all layers. */
export function contentOf({ layers }: Pick<EffectivePolicy, 'layers'>): Decision['content'] {
  return layers.some(({ policy }) => policy.audit.content === 'none') ? 'none' : 'redacted';
}

function weigh(layer: Layer, call: Call, facts: Facts, findings: readonly Finding[], trace: TraceStep[]): Weighed[] {
  const { name, policy } = layer;
  const rule = policy.rules.find((row) => matchesRule(row.match, call, facts, findings));
  if (rule) trace.push({ stage: 'rule', layer: name, text: `${rule.id} -> ${rule.effect}` });
  const weighed = findings.map((finding) => {
    const would = rule ? afterRule(rule, finding, facts) : finding.effect;
    const effect = afterMode(modeOf(policy, finding.guard), would);
    trace.push({
      stage: 'guard',
      layer: name,
      text: `${ruleId(finding)}: ${finding.where} ${finding.why} -> ${effect}`,
    });
    return { finding, would, effect };
  });
  return rule && rule.effect !== 'allow' && !namesFinding(rule.match)
    ? [...weighed, byRule(rule, call, policy)]
    : weighed;
}

/** Guards whose findings no rule may soften, and whose mode no repo layer may loosen. */
export const FIXED_GUARDS: readonly GuardName[] = ['kill-switch', 'protected-paths'];

/** A rule that names findings sets their effect; an allow that names none waives what judges the action itself. */
function afterRule(rule: Rule, finding: Finding, facts: Facts): Effect {
  if (!ruleCovers(rule.match, finding, facts)) return finding.effect;
  if (FIXED_GUARDS.includes(finding.guard)) return stricter(rule.effect, finding.effect);
  if (namesFinding(rule.match)) return rule.effect;
  const judgesAction = finding.guard === 'dangerous-commands' || finding.guard === 'autonomy';
  return rule.effect === 'allow' && judgesAction ? 'allow' : finding.effect;
}

/** The mode a guard runs in: the strictest word wins for fixed guards, `observe` of the whole policy covers the others. */
function modeOf(policy: Policy, guard: GuardName): Mode {
  const own = guard in policy.guards ? policy.guards[guard as keyof Policy['guards']].mode : otherMode(policy, guard);
  if (FIXED_GUARDS.includes(guard) || own === 'off') return own;
  return policy.mode === 'observe' ? 'observe' : own;
}

function otherMode(policy: Policy, guard: GuardName): Mode {
  return guard === 'review' ? policy.review.mode : 'enforce';
}

function afterMode(mode: Mode, would: Effect): Effect {
  return mode === 'enforce' ? would : 'allow';
}

function byRule(rule: Rule, call: Call, policy: Policy): Weighed {
  const finding: Finding = {
    guard: 'policy',
    rule: rule.id,
    severity: 'high',
    effect: rule.effect,
    where: call.tool,
    why: rule.reason,
    instead: rule.instead,
  };
  return { finding, would: rule.effect, effect: policy.mode === 'observe' ? 'allow' : rule.effect };
}

function fold(weighed: readonly Weighed[], policyDigest: string): Omit<Decision, 'mode' | 'trace' | 'content'> {
  const sorted = [...weighed].sort(byStrictness);
  const top = sorted[0];
  const would = weighed.reduce<Effect>((effect, one) => stricter(effect, one.would), 'allow');
  if (!top || would === 'allow') {
    return { effect: 'allow', would: 'allow', rule: '', reason: '', instead: '', findings: [], policyDigest };
  }
  return {
    effect: top.effect,
    would,
    rule: ruleId(top.finding),
    reason: `\`${top.finding.where}\` ${top.finding.why}`,
    instead: top.finding.instead,
    findings: distinct(
      sorted.filter((one) => one.would !== 'allow').map((one) => ({ ...one.finding, effect: one.would })),
    ),
    policyDigest,
  };
}

function byStrictness(a: Weighed, b: Weighed): number {
  return (
    EFFECTS.indexOf(b.effect) - EFFECTS.indexOf(a.effect) ||
    EFFECTS.indexOf(b.would) - EFFECTS.indexOf(a.would) ||
    GUARDS.indexOf(a.finding.guard) - GUARDS.indexOf(b.finding.guard) ||
    (a.finding.command ?? 0) - (b.finding.command ?? 0) ||
    (ruleId(a.finding) + a.finding.where < ruleId(b.finding) + b.finding.where ? -1 : 1)
  );
}

function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = `${ruleId(finding)} ${finding.where}`;
    return !seen.has(key) && Boolean(seen.add(key));
  });
}
