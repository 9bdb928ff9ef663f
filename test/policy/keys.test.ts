import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/policy/call.ts';
import { keyedFingerprint } from '../../src/policy/fingerprint.ts';
import { policyOf } from '../../src/policy/profiles.ts';
import { type PolicyFile, policyJsonSchema } from '../../src/policy/schema.ts';
import { bash, judge, write } from '../support/judge.ts';

/** A key of the policy file, a file without it and one with it, and a call that the two judge differently. */
interface Proof {
  readonly key: string;
  readonly without?: Omit<PolicyFile, 'version'>;
  readonly file: Omit<PolicyFile, 'version'>;
  readonly call: Action;
  readonly tool?: string;
  readonly client?: string;
}

// postern:allow github-pat -- put together here, opens nothing
const token = ['ghp', '_', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'].join('');
const leak = write('a.ts', `const t = "${token}"`);
const reset = bash('git reset --hard');
const push = (paths: readonly string[]): Action =>
  ({
    kind: 'push',
    remote: 'origin',
    updates: [],
    paths,
    review: { kind: 'missing' },
  }) as Action;
const commit = (message: string): Action => ({ kind: 'commit', files: [], message });
const rule = (match: object, effect: 'allow' | 'ask' | 'deny' = 'deny') => ({
  id: 'r',
  match,
  effect,
  reason: 'is not done here.',
});
const matched = (match: object, call: Action, tool = 'Bash'): Omit<Proof, 'key'> => ({
  file: { rules: [rule(match)] },
  call,
  tool,
});

const allowance = {
  rule: 'github-pat',
  path: '*.ts',
  fingerprint: keyedFingerprint(token, '0123456789abcdef'),
  reason: 'opens nothing',
};
const ownRule = { id: 'acme-token', kind: 'Acme token', anchor: 'acme-', pattern: 'acme-[A-Za-z0-9]{10}', hits: ['x'] };

const PROOFS: readonly Proof[] = [
  { key: 'extends', file: { extends: 'locked-down' }, call: write('a.ts'), tool: 'Write' },
  { key: 'mode', file: { mode: 'observe' }, call: leak, tool: 'Write' },
  { key: 'autonomy.level', file: { autonomy: { level: 'L0' } }, call: write('a.ts'), tool: 'Write' },
  { key: 'autonomy.ceiling', file: { autonomy: { ceiling: 'L0' } }, call: write('a.ts'), tool: 'Write' },
  {
    key: 'guards.protected-paths.paths',
    file: { guards: { 'protected-paths': { paths: ['infra/**'] } } },
    call: write('infra/a.tf'),
    tool: 'Write',
  },
  { key: 'guards.secrets.mode', file: { guards: { secrets: { mode: 'off' } } }, call: leak, tool: 'Write' },
  {
    key: 'guards.secrets.allow',
    file: { guards: { secrets: { allow: [judge(leak, { tool: 'Write' }).rule.replace('secrets/', '')] } } },
    call: leak,
    tool: 'Write',
  },
  ...['rule', 'path', 'fingerprint', 'reason'].map((key) => ({
    key: `guards.secrets.allowances.${key}`,
    file: { guards: { secrets: { allowances: [allowance] } } },
    call: leak,
    tool: 'Write',
  })),
  ...['id', 'kind', 'anchor', 'pattern', 'hits'].map((key) => ({
    key: `guards.secrets.rules.${key}`,
    file: { guards: { secrets: { rules: [ownRule] } } },
    call: write('a.ts', 'const t = "acme-7Kd0Qm2Zr9"'),
    tool: 'Write',
  })),
  {
    key: 'guards.secrets.paths',
    file: { guards: { secrets: { paths: ['*.ts'] } } },
    call: leak,
    tool: 'Write',
  },
  {
    key: 'guards.blocked-paths.mode',
    file: { guards: { 'blocked-paths': { mode: 'observe' } } },
    call: { kind: 'read', paths: ['.env'] },
    tool: 'Read',
  },
  {
    key: 'guards.blocked-paths.paths',
    file: { guards: { 'blocked-paths': { paths: ['*.csv'] } } },
    call: { kind: 'read', paths: ['a.csv'] },
    tool: 'Read',
  },
  {
    key: 'guards.blocked-paths.allow',
    file: { guards: { 'blocked-paths': { allow: ['.env'] } } },
    call: { kind: 'read', paths: ['.env'] },
    tool: 'Read',
  },
  { key: 'guards.dangerous-commands.mode', file: { guards: { 'dangerous-commands': { mode: 'off' } } }, call: reset },
  {
    key: 'guards.dangerous-commands.allow',
    file: { guards: { 'dangerous-commands': { allow: ruleIdsOf(reset) } } },
    call: reset,
  },
  {
    key: 'guards.dangerous-commands.deny',
    file: { guards: { 'dangerous-commands': { deny: ruleIdsOf(bash('terraform apply')) } } },
    call: bash('terraform apply'),
  },
  {
    key: 'guards.autonomy.mode',
    without: { autonomy: { level: 'L0' } },
    file: { autonomy: { level: 'L0' }, guards: { autonomy: { mode: 'off' } } },
    call: write('a.ts'),
    tool: 'Write',
  },
  { key: 'rules.id', ...matched({ program: 'make' }, bash('make all')) },
  {
    key: 'rules.effect',
    without: { rules: [rule({ program: 'make' }, 'ask')] },
    ...matched({ program: 'make' }, bash('make all')),
  },
  {
    key: 'rules.reason',
    without: { rules: [{ ...rule({ program: 'make' }), reason: 'takes long.' }] },
    ...matched({ program: 'make' }, bash('make all')),
  },
  {
    key: 'rules.instead',
    without: { rules: [{ ...rule({ program: 'make' }), instead: 'wait.' }] },
    ...matched({ program: 'make' }, bash('make all')),
  },
  { key: 'rules.match.kind', ...matched({ kind: 'bash' }, bash('make all')) },
  { key: 'rules.match.tool', ...matched({ tool: 'Ba*' }, bash('make all')) },
  { key: 'rules.match.client', ...matched({ client: 'claude-code' }, bash('make all')) },
  { key: 'rules.match.path', ...matched({ path: 'docs/**' }, write('docs/a.md'), 'Write') },
  { key: 'rules.match.program', ...matched({ program: 'make' }, bash('make all')) },
  { key: 'rules.match.subcommand', ...matched({ program: 'git', subcommand: 'status' }, bash('git status')) },
  { key: 'rules.match.args', ...matched({ program: 'make', args: ['all'] }, bash('make all')) },
  { key: 'rules.match.flags', ...matched({ program: 'make', flags: ['-k'] }, bash('make -jk all')) },
  { key: 'rules.match.does', file: { rules: [rule({ does: 'discards-work' }, 'allow')] }, call: reset },
  { key: 'rules.match.finding', file: { rules: [rule({ finding: 'dangerous-commands/*' }, 'allow')] }, call: reset },
  {
    key: 'commits.attribution',
    file: { commits: { attribution: 'deny' } },
    call: commit('Fix\n\nCo-authored-by: Claude <noreply@anthropic.com>'),
    client: 'person',
  },
  { key: 'commits.conventional', file: { commits: { conventional: true } }, call: commit('Fix it'), client: 'person' },
  { key: 'review.required', file: { review: { required: 'always' } }, call: push(['src/a.ts']), client: 'person' },
  {
    key: 'review.mode',
    without: { review: { required: 'always' } },
    file: { review: { required: 'always', mode: 'observe' } },
    call: push(['src/a.ts']),
    client: 'person',
  },
  { key: 'review.paths', file: { review: { paths: ['src/**'] } }, call: push(['src/a.ts']), client: 'person' },
];

/** Keys whose effect is not a call's decision; each is proved where it shows. */
const ELSEWHERE = [
  'commits.mark', // decides what a message gains: test/gates/git/commit-mark.test.ts
  'version', // another version is unreadable, and that denies: test/repo/policy-file.test.ts
  'guards.secrets.output', // decides what the model sees of a result: test/gates/hook/output.test.ts
  'guards.protected-paths.tamper', // decides what follows a change: test/gates/hook/events.test.ts
  'guards.dangerous-commands.snapshot', // decides what is kept beside the decision: test/govern/snapshot.test.ts
  'guards.secrets.rules.misses', // proofs that `policy lint` runs: test/cli/policy-proofs.test.ts
  ...['reviewer', 'command', 'block_on', 'exclude', 'timeout_seconds', 'skip_in_ci'].map((key) => `review.${key}`), // test/gates/git/review.test.ts
  'audit.content', // decides what the log keeps: test/gates/hook/events.test.ts
  'review.trusted_keys', // decides what counts elsewhere: test/cli/verify-push.test.ts
  'rules.hits', // proofs that `policy lint` runs: test/cli/policy-proofs.test.ts
  'rules.misses', // the same
];

function ruleIdsOf(call: Action): string[] {
  return judge(call).findings.map((finding) => finding.rule);
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

function keysOf(node: Node, path: readonly string[] = []): string[] {
  const inner = node.items?.properties ? node.items : node;
  if (!inner.properties) return [path.join('.')];
  return Object.entries(inner.properties).flatMap(([key, value]) => keysOf(value, [...path, key]));
}

describe('every key of the policy file', () => {
  test('has a proof', () => {
    expect([...PROOFS.map(({ key }) => key), ...ELSEWHERE].sort()).toEqual(keysOf(policyJsonSchema() as Node).sort());
  });

  test.each(PROOFS)(
    '$key changes a decision',
    ({ without = {}, file, call, tool = 'Bash', client = 'claude-code' }) => {
      const decide = (part: Omit<PolicyFile, 'version'>) => {
        const {
          effect,
          rule: decider,
          reason,
          instead,
        } = judge(call, { tool, client, policy: policyOf('repo', part) });
        return { effect, decider, reason, instead };
      };
      expect(decide(file)).not.toEqual(decide(without));
    },
  );
});
