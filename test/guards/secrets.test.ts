import { describe, expect, test } from 'vitest';
import { secrets } from '../../src/guards/secrets.ts';
import type { Action, Call } from '../../src/policy/call.ts';
import type { Facts } from '../../src/policy/facts.ts';
import { keyedFingerprint } from '../../src/policy/fingerprint.ts';
import { type PolicyPart, policyOf } from '../../src/policy/profiles.ts';
import { fill, seeded } from '../rules/secrets/template.ts';

type SecretsPart = NonNullable<NonNullable<PolicyPart['guards']>['secrets']>;

const token = fill('ghp_{a62*36}', seeded(9)).text;

function inspect(action: Action, allow: readonly string[] = [], more: SecretsPart = {}) {
  const call: Call = {
    id: '1', gate: 'hook', tool: 'x', cwd: '/r', client: 'claude-code', assurance: 'hook', session: { id: 's' }, action,
  }; // biome-ignore format: one line is plainer
  const policy = policyOf('repo', { guards: { secrets: { allow: [...allow], ...more } } });
  return secrets.inspect(call, { root: '/r', answers: new Map() } as unknown as Facts, policy);
}

const file = { path: 'src/a.ts', text: `// one\nconst t = '${token}';\n`, partial: false };
const said: { name: string; action: Action; where: string }[] = [
  { name: 'a write', action: { kind: 'write', files: [file] }, where: 'src/a.ts:2' },
  { name: 'an edit', action: { kind: 'write', files: [{ ...file, partial: true }] }, where: 'src/a.ts' },
  { name: 'a commit', action: { kind: 'commit', files: [file] }, where: 'src/a.ts:2' },
  {
    name: 'a commit message',
    action: { kind: 'commit', files: [], message: `use ${token}` },
    where: 'the commit message',
  },
  { name: 'a command', action: { kind: 'bash', command: `export T=${token}` }, where: 'the command' },
  { name: 'a prompt', action: { kind: 'prompt', text: `use\n${token}`, mentions: [] }, where: 'line 2 of the prompt' },
  { name: 'a URL', action: { kind: 'fetch', url: `https://x.io/?t=${token}`, body: '' }, where: 'the URL' },
  { name: 'a request body', action: { kind: 'fetch', url: 'https://x.io', body: token }, where: 'the request body' },
  { name: 'a tool input', action: { kind: 'tool', input: { a: [{ b: `x ${token}` }] } }, where: "the tool's input" },
];

describe('the secrets guard', () => {
  test.each(said)('denies $name, says where, and never the value', ({ action, where }) => {
    const findings = inspect(action);
    expect(findings).toMatchObject([{ guard: 'secrets', rule: 'github-pat', effect: 'deny', where }]);
    expect(findings[0]?.why).toBe('contains a GitHub personal access token.');
    expect(JSON.stringify(findings)).not.toContain(token);
  });

  test.each(said)('lets $name pass when the policy allows the rule', ({ action }) => {
    expect(inspect(action, ['github-pat'])).toEqual([]);
    expect(inspect(action, ['secrets/github-pat'])).toEqual([]);
  });

  const others = 'const t = 1;\n';
  const mac = keyedFingerprint(token, '00112233445566778899');
  test.each([
    { name: 'the rule', one: { rule: 'github-pat' }, allowed: true },
    { name: 'another rule', one: { rule: 'github-oauth' }, allowed: false },
    { name: 'the rule and the file', one: { rule: 'github-pat', path: 'src/**' }, allowed: true },
    { name: 'the rule in other files', one: { rule: 'github-pat', path: 'test/**' }, allowed: false },
    { name: 'the rule and the value', one: { rule: 'github-pat', fingerprint: mac }, allowed: true },
    { name: 'another value', one: { rule: 'github-pat', fingerprint: keyedFingerprint(others, mac) }, allowed: false },
    { name: 'the value in other files', one: { rule: 'github-pat', fingerprint: mac, path: 'x' }, allowed: false },
  ])('an allowance of $name lets it pass: $allowed', ({ one, allowed }) => {
    const found = inspect({ kind: 'write', files: [file] }, [], { allowances: [{ ...one, reason: 'a fixture' }] });
    expect(found.length === 0).toBe(allowed);
  });

  const rules = [{ id: 'acme-token', kind: 'Acme token', anchor: 'acme-', pattern: 'acme-[a-z0-9]{10}', hits: ['x'] }];
  const acme = `acme-${fill('{a36*10}', seeded(4)).text}`;
  test.each([
    { text: `use ${acme} now`, found: true },
    { text: `echo ${Buffer.from(`x: ${acme}`).toString('base64')}`, found: true },
    { text: `'acme-' + '${acme.slice(5)}'`, found: true },
    { text: `${acme}x`, found: false },
    { text: `x${acme}`, found: false },
    { text: 'acme-aaaaaaaaaa', found: false },
  ])("a rule of the policy's own in $text: $found", ({ text, found }) => {
    const findings = inspect({ kind: 'bash', command: text }, [], { rules });
    expect(findings.map(({ rule }) => rule)).toEqual(found ? ['acme-token'] : []);
    expect(inspect({ kind: 'bash', command: text }, ['acme-token'], { rules })).toEqual([]);
    expect(JSON.stringify(findings)).not.toContain(acme);
  });

  test('names inside a tool input still tell what their values are', () => {
    const password = fill('Hb{a62*6}9tP{a62*6}', seeded(2)).text;
    expect(inspect({ kind: 'tool', input: { host: 'db', password } })).toMatchObject([{ rule: 'generic-password' }]);
  });

  test('asks about what it could not read', () => {
    const files = [{ path: 'big', text: ' '.repeat(33 * 1024 * 1024), partial: false }];
    expect(inspect({ kind: 'write', files })).toMatchObject([{ rule: 'unscanned', effect: 'ask' }]);
  });

  test.each<Action>([
    { kind: 'read', paths: ['.env'] },
    { kind: 'push', remote: 'origin', updates: [], paths: [] },
    { kind: 'bash', command: 'npm test' },
  ])('has nothing to say about $kind', (action) => expect(inspect(action)).toEqual([]));
});
