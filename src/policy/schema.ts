import * as z from 'zod/mini';
import type { Action } from './call.ts';
import { COMMAND_EFFECTS } from './command-effect.ts';
import type { GuardName } from './finding.ts';
import { KEYED_FINGERPRINT } from './fingerprint.ts';
import { REVIEW_SEVERITIES, REVIEWERS } from './push-review.ts';

/** What a rule's `kind` may name: the actions that a gate judges. */
export const RULE_KINDS = [
  'bash',
  'read',
  'write',
  'fetch',
  'tool',
  'prompt',
  'commit',
  'push',
] as const satisfies readonly Action['kind'][];

/** What the policy file's kebab-case ids look like. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const RULE_ID = /^(?:[a-z-]+\/)?[a-z0-9]+(?:-[a-z0-9]+)*$/;

const word = () => z.string().check(z.minLength(1));
const line = () => z.string().check(z.minLength(1), z.maxLength(500));
const shellLine = () => z.string().check(z.minLength(1), z.maxLength(2000));
const words = (text: string) => z.exactOptional(z.array(word()).check(z.describe(text)));
const shellLines = (text: string) => z.exactOptional(z.array(shellLine()).check(z.describe(text)));
const oneOrMore = (text: string) => z.exactOptional(someOf(word(), text));
const enumOf = <const T extends readonly string[]>(values: T, text: string) =>
  z.exactOptional(z.enum(values).check(z.describe(text)));
const section = <T extends z.core.$ZodShape>(shape: T, text: string) =>
  z.exactOptional(z.strictObject(shape).check(z.describe(text)));

function someOf<T extends z.ZodMiniType>(one: T, text: string) {
  return z.union([one, z.array(one).check(z.minLength(1))]).check(z.describe(text));
}

function modeOf(guard: GuardName) {
  return enumOf(
    ['enforce', 'observe', 'off'],
    `How ${guard} acts: observe records what would have been done, off does not look.`,
  );
}

function ruleIds(guard: GuardName, does: string) {
  const id = z.string().check(z.regex(RULE_ID, 'is not a rule id such as `git-reset-hard`'));
  return z.exactOptional(z.array(id).check(z.describe(`Rule ids of ${guard}, as messages name them, that ${does}.`)));
}

const LEVELS = ['L0', 'L1', 'L2', 'L3'] as const;
const LEVEL_WORDS = 'L0 reads only, L1 asks before writes, L2 asks before destruction, L3 does all but the forbidden.';

const secretAllowance = z
  .strictObject({
    rule: z.string().check(z.regex(RULE_ID, 'is not a rule id such as `generic-key`'), z.describe('Rule of secrets.')),
    path: z.exactOptional(word().check(z.describe('Glob of the files; all when not stated.'))),
    fingerprint: z.exactOptional(
      z
        .string()
        .check(
          z.regex(KEYED_FINGERPRINT, 'is no fingerprint as `postern scan --json` shows it'),
          z.describe('Fingerprint of the value, from `postern scan --json`; every value when not stated.'),
        ),
    ),
    reason: line().check(z.describe('Why it is no secret.')),
  })
  .check(z.describe('A finding that is let through. `postern scan` reports one that matches nothing.'));

const secretRule = z
  .strictObject({
    id: z
      .string()
      .check(
        z.regex(ID, 'is not kebab-case, such as `acme-token`'),
        z.maxLength(80),
        z.describe('Names the rule in messages, as `secrets/<id>`.'),
      ),
    kind: line().check(z.describe('What it is; completes “contains a …”.')),
    anchor: z
      .string()
      .check(z.minLength(3), z.maxLength(60), z.describe('Literal text with which every match begins: `acme_`.')),
    pattern: z
      .string()
      .check(
        z.minLength(3),
        z.maxLength(600),
        z.describe('Pattern of the whole secret, anchor included: bounded repetitions only.'),
      ),
    hits: z
      .array(shellLine())
      .check(z.minLength(1), z.describe('Texts that hold such a secret: `policy lint` proves it.')),
    misses: shellLines('Texts that hold none: `policy lint` proves it.'),
  })
  .check(z.describe('A kind of secret of this repository’s own.'));

const guards = section(
  {
    'protected-paths': section(
      {
        paths: words('Globs of further paths that agents may not change, besides the governance files.'),
        tamper: enumOf(
          ['restore', 'freeze'],
          'What follows when a call changed a protected file all the same: restore it, or restore it and freeze the repository.',
        ),
      },
      'Keeps agents from changing what governs them. Always enforced, as the kill switch is.',
    ),
    secrets: section(
      {
        mode: modeOf('secrets'),
        allow: ruleIds('secrets', 'are let through'),
        allowances: z.exactOptional(
          z.array(secretAllowance).check(z.describe('Findings that are let through in some files, or for one value.')),
        ),
        rules: z.exactOptional(
          z.array(secretRule).check(z.describe('Kinds of secrets that only this repository knows.')),
        ),
        paths: words('Globs of files that are not looked into for secrets, such as fixtures: `test/fixtures/**`.'),
        output: enumOf(
          ['redact', 'off'],
          'redact masks secrets in what tools return before the model reads it; off lets them through.',
        ),
      },
      'Finds secrets in what is written, run, sent and committed.',
    ),
    'blocked-paths': section(
      {
        mode: modeOf('blocked-paths'),
        paths: words('Globs of paths that agents may neither read nor write, besides the builtin ones (.env, keys).'),
        allow: words('Globs of paths that are not blocked, whatever `paths` says.'),
      },
      'Keeps agents away from files that hold credentials.',
    ),
    'dangerous-commands': section(
      {
        mode: modeOf('dangerous-commands'),
        allow: ruleIds('dangerous-commands', 'are let through'),
        deny: ruleIds('dangerous-commands', 'are denied where they would only ask'),
        snapshot: z.exactOptional(
          z
            .boolean()
            .check(
              z.describe('Whether uncommitted work is kept before a git command that discards it, for `postern undo`.'),
            ),
        ),
      },
      'Stops commands that destroy, bypass or leak.',
    ),
    autonomy: section({ mode: modeOf('autonomy') }, 'Holds agents to `autonomy.level`.'),
  },
  'The detectors. Most have a mode, some have lists that add to the builtin ones.',
);

const match = z
  .strictObject({
    kind: z.exactOptional(someOf(z.enum(RULE_KINDS), 'What the call does.')),
    tool: oneOrMore('Globs over the client’s tool name: `Bash`, `mcp__github__*`.'),
    client: oneOrMore('Agent clients: `claude-code`; `person` for people in git and terminal.'),
    path: oneOrMore('Globs over the paths the call uses, relative to the repository, absolute, or with `~/`.'),
    program: oneOrMore('Programs in the command line, by base name: `terraform`.'),
    subcommand: oneOrMore('First operand of the same command: `push` of `git push`.'),
    args: oneOrMore('Words that must all stand among the same command’s arguments.'),
    flags: oneOrMore(
      'Options that must all be given to the same command, however clustered or abbreviated: `-f`, `--force`.',
    ),
    does: z.exactOptional(
      someOf(
        z.enum(COMMAND_EFFECTS),
        'What a command would do, by what dangerous-commands finds; with `effect: allow` it is waived.',
      ),
    ),
    finding: oneOrMore('Globs over findings, `guard/rule`; with `effect: allow` they name what is waived.'),
  })
  .check(z.describe('Every stated field must match; a list matches when any of its entries does.'));

const rule = z
  .strictObject({
    id: z
      .string()
      .check(
        z.regex(ID, 'is not kebab-case, such as `no-prod-deploys`'),
        z.maxLength(80),
        z.describe('Names the rule in messages and records, as `policy/<id>`.'),
      ),
    match,
    effect: z.enum(['allow', 'redact', 'ask', 'deny']).check(z.describe('What happens when the rule matches.')),
    reason: line().check(z.describe('Why, as a clause that completes “`git push` …”: shown to agent and person.')),
    instead: z.exactOptional(line().check(z.describe('What the agent should do instead; shown when it is stopped.'))),
    hits: shellLines('Shell lines that the rule must match: `policy lint` proves it.'),
    misses: shellLines('Shell lines that the rule must not match: `policy lint` proves it.'),
  })
  .check(z.describe('One rule. The first that matches decides.'));

/** The policy file as people write it. Every key but `version` is optional and falls back to the profile. */
export const policySchema = z
  .strictObject({
    version: z.literal(1).check(z.describe('Version of the file format.')),
    extends: enumOf(['solo', 'team', 'locked-down'], 'The profile whose values hold where this file is silent.'),
    mode: enumOf(['enforce', 'observe'], 'observe records what would have been done and lets calls go on.'),
    autonomy: section(
      {
        level: enumOf(LEVELS, `What agents may do without asking: ${LEVEL_WORDS}`),
        ceiling: enumOf(LEVELS, 'The level that `level` may not exceed.'),
      },
      'How much agents may do on their own.',
    ),
    guards,
    rules: z.exactOptional(
      z.array(rule).check(z.describe('Rules of this repository, before those of the guards; the first match decides.')),
    ),
    commits: section(
      {
        attribution: enumOf(
          ['allow', 'deny', 'require'],
          'Whether commits may, may not or must name the AI that helped.',
        ),
        conventional: z.exactOptional(
          z.boolean().check(z.describe('Whether messages must be conventional commits (`feat: …`).')),
        ),
        mark: z.exactOptional(
          z
            .boolean()
            .check(
              z.describe(
                'Whether commits that pass get a signed trailer, and those without one are named at the push.',
              ),
            ),
        ),
      },
      'What commit messages must look like.',
    ),
    review: section(
      {
        required: enumOf(
          ['protected', 'always', 'never'],
          'Which pushes need a review: those that touch protected paths or `paths`, all, or none.',
        ),
        paths: words('Globs of further paths whose change needs a review before the push.'),
        mode: enumOf(['enforce', 'observe'], 'observe records what would have been held back and lets pushes go on.'),
        exclude: words('Globs of generated or vendored paths that reviewers are not shown; the record names them.'),
        reviewer: z.exactOptional(
          someOf(
            z.enum(REVIEWERS),
            'Who reviews, in order: the first that can. Without one, a person skips on the record.',
          ),
        ),
        command: words(
          'Program and arguments of the reviewer `command`: JSON on its stdin, findings as JSON on its stdout.',
        ),
        block_on: z.exactOptional(
          someOf(z.enum(REVIEW_SEVERITIES), 'Findings that hold a push back: P1 and P2 where nothing is said.'),
        ),
        timeout_seconds: z.exactOptional(
          z.int().check(z.minimum(1), z.maximum(7200), z.describe('How long one call of a reviewer may take.')),
        ),
        skip_in_ci: z.exactOptional(z.boolean().check(z.describe('Whether CI may skip a review on the record.'))),
        trusted_keys: z.exactOptional(
          z
            .array(
              z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/, 'is not a public key as `postern status` shows it')),
            )
            .check(z.describe('Public host keys whose verdicts and skips `postern verify-push` accepts.')),
        ),
      },
      'What is reviewed before it leaves the machine.',
    ),
    audit: section(
      {
        content: enumOf(
          ['redacted', 'none'],
          'redacted keeps commands and paths in the log, secrets masked; none keeps neither, only who, when, which tool, which rule and what became of it.',
        ),
      },
      'What the log keeps.',
    ),
  })
  .check(z.describe('The policy that Postern judges agents, commits and pushes by.'));

/** One layer's file, valid but not filled up. */
export type PolicyFile = z.infer<typeof policySchema>;

export type PolicyRule = z.infer<typeof rule>;

/** The schema for editors (JSON Schema draft 7, which YAML language servers read best). */
export function policyJsonSchema(): Record<string, unknown> {
  return { title: 'Postern policy', ...z.toJSONSchema(policySchema, { target: 'draft-7', io: 'input' }) };
}
