import type { Effect, GuardName } from './finding.ts';
import type { ReviewerName, ReviewSeverity } from './push-review.ts';

/** `observe` records what would have been done and lets the call go on. */
export type Mode = 'enforce' | 'observe' | 'off';

export type Level = 'L0' | 'L1' | 'L2' | 'L3';

/** When a rule matches: every stated field must match; lists match when any entry does. */
export interface RuleMatch {
  readonly kind?: readonly string[];
  /** Globs over the client's tool name. */
  readonly tool?: readonly string[];
  readonly client?: readonly string[];
  /** Globs over the paths that the call uses, relative to the repository (or absolute). */
  readonly path?: readonly string[];
  /** Base names of programs in the command line. */
  readonly program?: readonly string[];
  readonly subcommand?: readonly string[];
  /** Words that must all stand among the same command's arguments. */
  readonly args?: readonly string[];
  /** Options that the same command must have, however they are clustered or abbreviated: `-f`, `--force`. */
  readonly flags?: readonly string[];
  /** What a command would do, by the findings of dangerous-commands: `publishes`; with `effect: allow` it says what is waived. */
  readonly does?: readonly string[];
  /** Globs over `guard/rule` of the findings; with `effect: allow` it names what is waived. */
  readonly finding?: readonly string[];
}

/** A row of the policy file: the first that matches decides within its layer. */
export interface Rule {
  readonly id: string;
  readonly match: RuleMatch;
  readonly effect: Effect;
  readonly reason: string;
  readonly instead: string;
}

/** Lets one kind of finding through in some files, or for one value. */
export interface SecretAllowance {
  readonly rule: string;
  /** Glob over repo-relative paths; every file when not stated. */
  readonly path?: string;
  /** `<key>-<mac>`, as `scan --json` shows it; every value when not stated. */
  readonly fingerprint?: string;
  readonly reason: string;
}

/** A kind of secret that only this repository knows. */
export interface SecretRule {
  readonly id: string;
  readonly kind: string;
  /** Literal text, at least three characters, with which every match begins. */
  readonly anchor: string;
  readonly pattern: string;
}

/** What is reviewed before it leaves the machine, by whom, and what holds it back. */
export interface ReviewPolicy {
  readonly required: 'protected' | 'always' | 'never';
  readonly mode: 'enforce' | 'observe';
  readonly paths: readonly string[];
  /** Globs of generated or vendored paths that reviewers are not shown. */
  readonly exclude: readonly string[];
  /** In order; the first that can review does. */
  readonly reviewer: readonly ReviewerName[];
  /** Program and arguments of the reviewer `command`. */
  readonly command: readonly string[];
  readonly block_on: readonly ReviewSeverity[];
  readonly timeout_seconds: number;
  readonly skip_in_ci: boolean;
  /** Public host keys, base64, whose verdicts and skips count where a push is checked again. */
  readonly trusted_keys: readonly string[];
}

/** One layer's complete policy, every value filled in. */
export interface Policy {
  readonly mode: 'enforce' | 'observe';
  readonly autonomy: { readonly level: Level; readonly ceiling: Level };
  readonly guards: {
    readonly 'protected-paths': {
      /** `off` only in a floor that does not speak of it; no file can state it. */
      readonly mode: 'enforce' | 'off';
      readonly paths: readonly string[];
      /** What happens when an agent's call changed a protected file all the same. */
      readonly tamper: 'restore' | 'freeze';
    };
    readonly secrets: {
      readonly mode: Mode;
      readonly allow: readonly string[];
      readonly allowances: readonly SecretAllowance[];
      /** Rules of the policy's own. */
      readonly rules: readonly SecretRule[];
      /** Globs of files that are not judged. */
      readonly paths: readonly string[];
      /** Whether secrets in what tools return are masked before the model reads it. */
      readonly output: 'redact' | 'off';
    };
    readonly 'blocked-paths': {
      readonly mode: Mode;
      readonly paths: readonly string[];
      readonly allow: readonly string[];
    };
    readonly 'dangerous-commands': {
      readonly mode: Mode;
      readonly allow: readonly string[];
      readonly deny: readonly string[];
      /** Whether uncommitted work is kept before a git command that would discard it is asked about or denied. */
      readonly snapshot: boolean;
    };
    readonly autonomy: { readonly mode: Mode };
  };
  readonly rules: readonly Rule[];
  readonly commits: {
    readonly attribution: 'allow' | 'deny' | 'require';
    readonly conventional: boolean;
    /** Whether commits that pass get a signed trailer, and those without one are named when they are pushed. */
    readonly mark: boolean;
  };
  readonly review: ReviewPolicy;
  /** `none`: records keep no commands, paths or reasons, only who, when, which tool, which rule and what became of it. */
  readonly audit: { readonly content: 'redacted' | 'none' };
}

/** Where a layer comes from. Only `repo` may loosen builtin defaults; `host` and `org` are floors. */
export type LayerName = 'repo' | 'host' | 'org';

export interface Layer {
  readonly name: LayerName;
  /** Absolute path of the file. */
  readonly source: string;
  readonly policy: Policy;
}

/** The policy in force: the repo's layer first, then the floors. Strictest effect wins across layers. */
export interface EffectivePolicy {
  readonly layers: readonly Layer[];
  /** sha256, hex, over the text of every source, in layer order. */
  readonly digest: string;
}

export type PolicyState =
  | { readonly kind: 'ok'; readonly policy: EffectivePolicy }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly instead: string };

export type ModedGuard = keyof Policy['guards'] & GuardName;
