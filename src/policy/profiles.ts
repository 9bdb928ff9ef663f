import { ALLOWED_PATHS, BLOCKED_PATHS } from './default-paths.ts';
import type { PolicyFile, PolicyRule } from './schema.ts';
import type { LayerName, Level, Mode, Policy, ReviewPolicy, Rule, RuleMatch, SecretRule } from './types.ts';

export type ProfileName = 'solo' | 'team' | 'locked-down';

/** What a policy file or a profile may state: everything else stays as its base has it. */
export type PolicyPart = Omit<PolicyFile, 'version'>;

/** What holds where neither a file nor a profile says otherwise. */
export const BUILTIN: Policy = {
  mode: 'enforce',
  autonomy: { level: 'L3', ceiling: 'L3' },
  guards: {
    'protected-paths': { mode: 'enforce', paths: [], tamper: 'restore' },
    secrets: { mode: 'enforce', allow: [], allowances: [], rules: [], paths: [], output: 'redact' },
    'blocked-paths': { mode: 'enforce', paths: BLOCKED_PATHS, allow: ALLOWED_PATHS },
    'dangerous-commands': { mode: 'enforce', allow: [], deny: [], snapshot: true },
    autonomy: { mode: 'enforce' },
  },
  rules: [],
  commits: { attribution: 'allow', conventional: false, mark: false },
  review: {
    required: 'protected',
    mode: 'enforce',
    paths: [],
    exclude: [],
    reviewer: [],
    command: [],
    block_on: ['P1', 'P2'],
    timeout_seconds: 900,
    skip_in_ci: false,
    trusted_keys: [],
  },
  audit: { content: 'redacted' },
};

/** What `extends:` adds to the builtin values. */
export const PROFILES: Readonly<Record<ProfileName, PolicyPart>> = {
  solo: {
    autonomy: { level: 'L3', ceiling: 'L3' },
    commits: { attribution: 'allow' },
    review: { required: 'never' },
  },
  team: {
    autonomy: { level: 'L3', ceiling: 'L3' },
    commits: { attribution: 'allow', mark: true },
    review: { required: 'protected' },
  },
  'locked-down': {
    autonomy: { level: 'L1', ceiling: 'L2' },
    guards: { 'protected-paths': { tamper: 'freeze' } },
    commits: { attribution: 'require', mark: true },
    review: { required: 'always' },
  },
};

/** A policy that objects to nothing: what a floor contributes before it states anything. */
export const NEUTRAL: Policy = {
  mode: 'enforce',
  autonomy: { level: 'L3', ceiling: 'L3' },
  guards: {
    'protected-paths': { mode: 'off', paths: [], tamper: 'restore' },
    secrets: { mode: 'off', allow: [], allowances: [], rules: [], paths: [], output: 'off' },
    'blocked-paths': { mode: 'off', paths: [], allow: [] },
    'dangerous-commands': { mode: 'off', allow: [], deny: [], snapshot: false },
    autonomy: { mode: 'off' },
  },
  rules: [],
  commits: { attribution: 'allow', conventional: false, mark: false },
  review: { ...BUILTIN.review, required: 'never', block_on: [] },
  audit: BUILTIN.audit,
};

/** One layer's complete policy: the repository's file stands on the builtin values, a floor's on nothing. */
export function policyOf(layer: LayerName, file: PolicyPart): Policy {
  return fill(layer === 'repo' ? BUILTIN : NEUTRAL, file);
}

/**
 * The file's values over the base's (over its profile's, when it extends one). Lists add to the base's, rules stand
 * before the base's. Stating anything of a guard that is off switches it on; a lowered ceiling lowers the level with it.
 */
export function fill(base: Policy, file: PolicyPart): Policy {
  const from = file.extends ? fill(BUILTIN, PROFILES[file.extends]) : base;
  return {
    mode: file.mode ?? from.mode,
    autonomy: fillAutonomy(from.autonomy, file.autonomy ?? {}),
    guards: fillGuards(from.guards, file),
    rules: [...(file.rules ?? []).map(fillRule), ...from.rules],
    commits: { ...from.commits, ...file.commits },
    review: fillReview(from.review, file.review ?? {}),
    audit: { ...from.audit, ...file.audit },
  };
}

function fillReview(from: ReviewPolicy, stated: NonNullable<PolicyPart['review']>): ReviewPolicy {
  return {
    required: stated.required ?? from.required,
    mode: stated.mode ?? from.mode,
    paths: joined(from.paths, stated.paths),
    exclude: joined(from.exclude, stated.exclude),
    reviewer: stated.reviewer === undefined ? from.reviewer : [stated.reviewer].flat(),
    command: stated.command ?? from.command,
    block_on: stated.block_on === undefined ? from.block_on : [stated.block_on].flat(),
    timeout_seconds: stated.timeout_seconds ?? from.timeout_seconds,
    skip_in_ci: stated.skip_in_ci ?? from.skip_in_ci,
    trusted_keys: joined(from.trusted_keys, stated.trusted_keys),
  };
}

function fillAutonomy(from: Policy['autonomy'], stated: { readonly level?: Level; readonly ceiling?: Level }) {
  const ceiling = stated.ceiling ?? from.ceiling;
  const exceeds = from.level > ceiling;
  return { level: stated.level ?? (exceeds ? ceiling : from.level), ceiling };
}

function fillGuards(from: Policy['guards'], { guards = {}, autonomy }: PolicyPart): Policy['guards'] {
  const [paths, blocked, commands] = [guards['protected-paths'], guards['blocked-paths'], guards['dangerous-commands']];
  return {
    'protected-paths': {
      mode: paths ? 'enforce' : from['protected-paths'].mode,
      paths: joined(from['protected-paths'].paths, paths?.paths),
      tamper: paths?.tamper ?? from['protected-paths'].tamper,
    },
    secrets: {
      mode: modeOf(from.secrets.mode, guards.secrets),
      allow: joined(from.secrets.allow, guards.secrets?.allow),
      allowances: [...from.secrets.allowances, ...(guards.secrets?.allowances ?? [])],
      rules: [...from.secrets.rules, ...(guards.secrets?.rules ?? []).map(fillSecretRule)],
      paths: joined(from.secrets.paths, guards.secrets?.paths),
      output: guards.secrets?.output ?? from.secrets.output,
    },
    'blocked-paths': {
      mode: modeOf(from['blocked-paths'].mode, blocked),
      paths: joined(from['blocked-paths'].paths, blocked?.paths),
      allow: joined(from['blocked-paths'].allow, blocked?.allow),
    },
    'dangerous-commands': {
      mode: modeOf(from['dangerous-commands'].mode, commands),
      allow: joined(from['dangerous-commands'].allow, commands?.allow),
      deny: joined(from['dangerous-commands'].deny, commands?.deny),
      snapshot: commands?.snapshot ?? from['dangerous-commands'].snapshot,
    },
    autonomy: { mode: modeOf(from.autonomy.mode, guards.autonomy ?? autonomyAsGuard(autonomy)) },
  };
}

/** Stating a level means wanting it held. */
function autonomyAsGuard(autonomy: PolicyPart['autonomy']): { mode?: Mode } | undefined {
  return autonomy && {};
}

function modeOf(from: Mode, stated: { readonly mode?: Mode } | undefined): Mode {
  return stated?.mode ?? (stated && from === 'off' ? 'enforce' : from);
}

function joined(from: readonly string[], stated: readonly string[] = []): readonly string[] {
  return stated.length === 0 ? from : [...from, ...stated.filter((entry) => !from.includes(entry))];
}

/** Without the proofs, which are for `policy lint`. */
function fillSecretRule({ id, kind, anchor, pattern }: SecretRule): SecretRule {
  return { id, kind, anchor, pattern };
}

const ASK_THE_PERSON = 'ask the person who answers for this repository.';

function fillRule({ id, match, effect, reason, instead }: PolicyRule): Rule {
  const lists = Object.entries(match).map(([field, value]) => [field, typeof value === 'string' ? [value] : value]);
  return { id, match: Object.fromEntries(lists) as RuleMatch, effect, reason, instead: instead ?? ASK_THE_PERSON };
}
