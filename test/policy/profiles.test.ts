import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALLOWED_PATHS, BLOCKED_PATHS } from '../../src/policy/default-paths.ts';
import { matchGlob } from '../../src/policy/glob.ts';
import { globProblem } from '../../src/policy/glob-problem.ts';
import { BUILTIN, fill, NEUTRAL, type PolicyPart, PROFILES, policyOf } from '../../src/policy/profiles.ts';
import type { Policy } from '../../src/policy/types.ts';

const home = '/home/dev';

function isBlocked(path: string): boolean {
  const hits = (globs: readonly string[]) =>
    globs.some((glob) => matchGlob(glob.startsWith('~/') ? home + glob.slice(1) : glob, path.replace(/^~/, home)));
  return hits(BLOCKED_PATHS) && !hits(ALLOWED_PATHS);
}

test.each([
  '.env',
  'apps/web/.env.production',
  'certs/server.key',
  'privkey.pem',
  'deploy/private-key.pem',
  'keys/key.pem',
  'tls.key.pem',
  'app.p12',
  'release.keystore',
  'vault.kdbx',
  'id_ed25519',
  'backup/id_rsa',
  '.netrc',
  'infra/service-account-prod.json',
  '~/prod.pem',
  '~/Downloads/ec2.pem',
  '~/.ssh/id_work',
  '~/.ssh/keys/deploy',
  '~/.aws/credentials',
  '~/.npmrc',
  '~/.pypirc',
  '~/.git-credentials',
  '~/.kube/config',
  '~/.docker/config.json',
  '~/.config/gcloud/application_default_credentials.json',
  '~/.azure/msal_token_cache.json',
  '~/.config/gh/hosts.yml',
  '~/.pgpass',
  '~/.gnupg/private-keys-v1.d/x.key',
  '~/.vault-token',
  '~/.cargo/credentials.toml',
  '~/.claude/.credentials.json',
  '~/.codex/auth.json',
  '~/.config/google-chrome/Default/Login Data',
  '~/Library/Application Support/Google/Chrome/Profile 1/Cookies',
  '~/.mozilla/firefox/ab.default/logins.json',
  '~/.local/state/postern/host.key',
  '/etc/shadow',
  '/etc/ssh/ssh_host_rsa_key',
  '/proc/self/environ',
])('%s is blocked', (path) => expect(isBlocked(path)).toBe(true));

test.each([
  '.env.example',
  'packages/a/.env.sample',
  '.env.production.example',
  '.envrc',
  'src/env.ts',
  'environment.ts',
  'certs/ca.pem',
  'fullchain.pem',
  'monkey.pem',
  'public-key.pem',
  'jwt_public_key.pem',
  'jwt.pub.pem',
  'id_ed25519.pub',
  '~/.ssh/id_ed25519.pub',
  '~/.ssh/known_hosts',
  '~/.ssh/config',
  'test/fixtures/key.pem',
  'tests/tls/server.key',
  'node_modules/https-proxy/test/server.key',
  'android/app/debug.keystore',
  '.npmrc',
  '~/.aws/config',
  'src/keys/index.ts',
  'src/api.key.ts',
  'terraform.tfstate',
  'docs/credentials.md',
  '~/.bashrc',
  '/etc/passwd',
  '/proc/cpuinfo',
])('%s is not blocked', (path) => expect(isBlocked(path)).toBe(false));

test.each([...BLOCKED_PATHS, ...ALLOWED_PATHS])('%s is a good glob', (glob) => expect(globProblem(glob)).toBeNull());

test.each([
  { extends: 'solo', level: 'L3', ceiling: 'L3', attribution: 'allow', required: 'never', tamper: 'restore' },
  { extends: 'team', level: 'L3', ceiling: 'L3', attribution: 'allow', required: 'protected', tamper: 'restore' },
  { extends: 'locked-down', level: 'L1', ceiling: 'L2', attribution: 'require', required: 'always', tamper: 'freeze' },
] as const)('$extends', ({ extends: profile, level, ceiling, attribution, required, tamper }) => {
  const policy = policyOf('repo', { extends: profile });
  expect(policy.autonomy).toEqual({ level, ceiling });
  expect(policy.commits.attribution).toBe(attribution);
  expect(policy.review.required).toBe(required);
  expect(policy.guards['protected-paths'].tamper).toBe(tamper);
});

test.each<{ name: string; part: PolicyPart; read: (policy: Policy) => unknown; value: unknown }>([
  { name: 'silence', part: {}, read: (policy) => policy, value: BUILTIN },
  { name: 'a mode', part: { mode: 'observe' }, read: (policy) => policy.mode, value: 'observe' },
  {
    name: 'a value over the profile’s',
    part: { extends: 'locked-down', review: { required: 'never' } },
    read: (policy) => [policy.review.required, policy.autonomy.level],
    value: ['never', 'L1'],
  },
  {
    name: 'a lowered ceiling lowers the level',
    part: { autonomy: { ceiling: 'L0' } },
    read: (policy) => policy.autonomy,
    value: { level: 'L0', ceiling: 'L0' },
  },
  {
    name: 'a list adds to the builtin one, without doubles',
    part: { guards: { 'blocked-paths': { paths: ['.env', 'customers/**'] } } },
    read: (policy) => policy.guards['blocked-paths'].paths,
    value: [...BLOCKED_PATHS, 'customers/**'],
  },
  {
    name: 'a rule, with single words as lists and a way out',
    part: { rules: [{ id: 'r', match: { program: 'terraform' }, effect: 'deny', reason: 'r' }] },
    read: (policy) => policy.rules,
    value: [
      {
        id: 'r',
        match: { program: ['terraform'] },
        effect: 'deny',
        reason: 'r',
        instead: 'ask the person who answers for this repository.',
      },
    ],
  },
])('in the repository’s file: $name', ({ part, read, value }) => expect(read(policyOf('repo', part))).toEqual(value));

test.each<{ name: string; part: PolicyPart; read: (policy: Policy) => unknown; value: unknown }>([
  { name: 'silence objects to nothing', part: {}, read: (policy) => policy, value: NEUTRAL },
  {
    name: 'a guard that is mentioned is on',
    part: { guards: { 'blocked-paths': { paths: ['x'] } } },
    read: (policy) => [policy.guards['blocked-paths'], policy.guards.secrets.mode],
    value: [{ mode: 'enforce', paths: ['x'], allow: [] }, 'off'],
  },
  {
    name: 'a level switches the autonomy guard on',
    part: { autonomy: { ceiling: 'L1' } },
    read: (policy) => [policy.autonomy.level, policy.guards.autonomy.mode],
    value: ['L1', 'enforce'],
  },
  {
    name: 'a profile brings all that it has in a repository',
    part: { extends: 'locked-down' },
    read: (policy) => policy,
    value: policyOf('repo', { extends: 'locked-down' }),
  },
])('in a floor: $name', ({ part, read, value }) => expect(read(policyOf('org', part))).toEqual(value));

const level = fc.constantFrom('L0', 'L1', 'L2', 'L3' as const);
const mode = fc.constantFrom('enforce', 'observe', 'off' as const);
const globs = fc.array(fc.constantFrom('a', 'b/**'), { maxLength: 2 });
const optional = { requiredKeys: [] as [] };
const part = fc.record(
  {
    extends: fc.constantFrom('solo', 'team', 'locked-down' as const),
    mode: fc.constantFrom('enforce', 'observe' as const),
    autonomy: fc.record({ level, ceiling: level }, optional),
    guards: fc.record(
      {
        secrets: fc.record({ mode, allow: globs }, optional),
        'protected-paths': fc.record({ paths: globs }, optional),
        'blocked-paths': fc.record({ mode, paths: globs, allow: globs }, optional),
        'dangerous-commands': fc.record({ mode, allow: globs, deny: globs }, optional),
        autonomy: fc.record({ mode }, optional),
      },
      optional,
    ),
    commits: fc.record({ conventional: fc.boolean() }, optional),
    review: fc.record({ paths: globs }, optional),
  },
  optional,
);

function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return Array.isArray(value) ? 'list' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

test.each([
  ['builtin', BUILTIN],
  ['neutral', NEUTRAL],
] as const)('whatever a file states over the %s policy, the result is complete', (_, base) => {
  fc.assert(
    fc.property(part, (file) => {
      expect(shapeOf(fill(base, file as PolicyPart))).toEqual(shapeOf(BUILTIN));
    }),
  );
});

test('every profile is stated in full words of the policy', () => {
  for (const profile of Object.values(PROFILES)) expect(shapeOf(fill(BUILTIN, profile))).toEqual(shapeOf(BUILTIN));
});
