import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

/** A repository with the built runtime, whose git hooks are the shipped ones. */
function guarded(policy = ''): GuardedRepo {
  if (!existsSync('dist/gate.cjs')) throw new Error('run `npm run build` first');
  const repo = new GuardedRepo(policy, 'a "quoted" näme');
  repo.write('.postern/gate.cjs', readFileSync('dist/gate.cjs'));
  repo.commit('Runtime');
  repo.git('push', '-q', 'origin', 'main');
  for (const name of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push']) {
    const path = join(repo.root, '.git', 'hooks', name);
    copyFileSync(join('husky', name), path);
    chmodSync(path, 0o755);
  }
  return repo;
}

function git(repo: GuardedRepo, args: string[], env: Env = {}) {
  const own = { PATH: process.env['PATH'] ?? '', HOME: repo.root, GIT_CONFIG_GLOBAL: '/dev/null', ...env };
  const { status, stderr } = spawnSync('git', args, { cwd: repo.root, env: own, encoding: 'utf8' });
  return { passed: status === 0, stderr };
}

function onRemote(repo: GuardedRepo): string {
  return execFileSync('git', ['-C', repo.remote, 'rev-parse', 'main'], { encoding: 'utf8' }).trim();
}

test('a clean commit and its push go through, in silence from us', () => {
  const repo = guarded();
  repo.write('src/a.ts', 'let a;\n');
  repo.git('add', '.');
  const commit = git(repo, ['commit', '-q', '-m', 'Add a']);
  expect(commit).toEqual({ passed: true, stderr: '' });
  expect(git(repo, ['push', '-q', 'origin', 'main'])).toEqual({ passed: true, stderr: '' });
  expect(onRemote(repo)).toBe(repo.git('rev-parse', 'HEAD'));
  expect(repo.records().map(({ kind, effect }) => `${kind} ${effect}`)).toEqual(Array(3).fill('decision allow'));
});

test('a commit with a secret does not happen', () => {
  const repo = guarded();
  const before = repo.git('rev-parse', 'HEAD');
  repo.write('src/a.ts', `const token = "${fakeToken()}";\n`);
  repo.git('add', '.');
  expect(git(repo, ['commit', '-q', '-m', 'Add a'])).toMatchObject({ passed: false });
  expect(repo.git('rev-parse', 'HEAD')).toBe(before);
});

test('a commit of named paths is judged by what it commits', () => {
  const repo = guarded();
  repo.write('a.ts', `const token = "${fakeToken()}";\n`);
  repo.write('b.ts', 'let b;\n');
  repo.git('add', '.');
  expect(git(repo, ['commit', '-q', '-m', 'Add b', '--', 'b.ts'])).toMatchObject({ passed: true });
  expect(git(repo, ['commit', '-q', '-m', 'Add a', '--', 'a.ts'])).toMatchObject({ passed: false });
});

test('a message that the policy does not want does not get committed', () => {
  const repo = guarded('commits: { conventional: true, attribution: deny }\n');
  repo.write('a.ts', 'let a;\n');
  repo.git('add', '.');
  const signed = ['-m', 'feat: a', '-m', 'Co-authored-by: Claude <noreply@anthropic.com>'];
  expect(git(repo, ['commit', '-q', '-m', 'Add a']).stderr).toContain('attribution/not-conventional');
  expect(git(repo, ['commit', '-q', ...signed]).stderr).toContain('attribution/ai-attribution');
  expect(git(repo, ['commit', '-q', '-m', 'feat: a'])).toMatchObject({ passed: true });
});

test('a push of a governance file is stopped, and let through once by a recorded skip', () => {
  const repo = guarded();
  const before = onRemote(repo);
  repo.write('.claude/settings.json', '{}\n');
  repo.git('add', '-f', '.');
  expect(git(repo, ['commit', '-q', '-m', 'Settings'])).toMatchObject({ passed: true });
  expect(git(repo, ['push', '-q', 'origin', 'main']).stderr).toContain('POSTERN_SKIP_REVIEW=');
  expect(
    git(repo, ['push', '-q', 'origin', 'main'], { ...AGENT, POSTERN_SKIP_REVIEW: 'looks fine to me' }),
  ).toMatchObject({
    passed: false,
  });
  expect(onRemote(repo)).toBe(before);
  expect(git(repo, ['push', '-q', 'origin', 'main'], { POSTERN_SKIP_REVIEW: 'looks fine to me' })).toMatchObject({
    passed: true,
  });
  expect(onRemote(repo)).toBe(repo.git('rev-parse', 'HEAD'));
  expect(repo.records().at(-1)).toMatchObject({ kind: 'review.skipped', data: { reason: 'looks fine to me' } });
});

test('the first push into an empty remote is judged whole', () => {
  const repo = guarded();
  repo.run(['update-ref', '-d', 'refs/heads/main'], {}, repo.remote);
  repo.git('update-ref', '-d', 'refs/remotes/origin/main');
  expect(git(repo, ['push', '-q', 'origin', 'main']).stderr).toContain('`.postern/gate.cjs` and 1 more file');
});

test('the runtime itself can be committed and pushed by a person', () => {
  const repo = guarded('review: { required: never }\n');
  repo.write('.postern/gate.cjs', `${readFileSync('dist/gate.cjs', 'utf8')}// one more line\n`);
  repo.git('add', '-f', '.');
  expect(git(repo, ['commit', '-q', '-m', 'Upgrade'])).toEqual({ passed: true, stderr: '' });
  expect(git(repo, ['push', '-q', 'origin', 'main'])).toEqual({ passed: true, stderr: '' });
});
