import type { CommandEffect } from './command-effect.ts';

/** `allow < redact < ask < deny`: a total order, so that folding can only get stricter. */
export type Effect = 'allow' | 'redact' | 'ask' | 'deny';

export const EFFECTS: readonly Effect[] = ['allow', 'redact', 'ask', 'deny'];

/** The stricter of two effects. */
export function stricter(a: Effect, b: Effect): Effect {
  return EFFECTS.indexOf(a) >= EFFECTS.indexOf(b) ? a : b;
}

export type Severity = 'low' | 'medium' | 'high' | 'critical';

/** The guards, in the order in which their findings are shown; `policy` stands for a rule of the policy file. */
export const GUARDS = [
  'kill-switch',
  'protected-paths',
  'secrets',
  'blocked-paths',
  'dangerous-commands',
  'autonomy',
  'policy',
  'attribution',
  'review',
] as const;

export type GuardName = (typeof GUARDS)[number];

/** What a guard saw. Never holds the secret itself. */
export interface Finding {
  readonly guard: GuardName;
  /** Kebab-case id within the guard: `git-reset-hard`. Messages and policy name it `guard/rule`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What the guard proposes; the policy decides. */
  readonly effect: Effect;
  /** What was stopped, in the reader's words: `git reset --hard`, `src/a.ts:12`. */
  readonly where: string;
  /** One clause that completes "`where` …": `discards uncommitted work in 3 files.` */
  readonly why: string;
  /** What to do instead, something that Postern itself allows. */
  readonly instead: string;
  /** What a command would do, as policies name it: `publishes`, `discards-work`. */
  readonly does?: CommandEffect;
  /** Keyed fingerprint of a secret's value: two sightings can be linked, and neither can be read. */
  readonly fingerprint?: string;
  /** Index into `Facts.reading.commands` of the command that caused it, when one did. */
  readonly command?: number;
}

/** `guard/rule`, the name that messages, records and policy files use. */
export function ruleId(finding: Pick<Finding, 'guard' | 'rule'>): string {
  return `${finding.guard}/${finding.rule}`;
}
