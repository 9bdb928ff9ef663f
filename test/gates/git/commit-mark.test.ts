import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../../support/packed.ts';
import { fakeToken } from './guarded-repo.ts';

const HOOKS = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push'];
const MARK = /^Postern-Gate: [0-9a-f]{8}:[A-Za-z0-9+/]{86}==$/m;

/** A repository with the built runtime and the shipped hooks, and a bare remote. */
class Marked {
  readonly root: string;
  private readonly home: string;

  constructor(policy = '') {
    if (!existsSync('dist/gate.cjs')) throw new Error('run `npm run build` first');
    const place = scratchFolder('marked');
    [this.root, this.home] = [join(place, 'work'), join(place, 'home')];
    mkdirSync(this.home);
    const remote = join(place, 'remote.git');
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
    execFileSync('git', ['init', '-q', '-b', 'main', this.root]);
    this.git('config', 'user.name', 'Ada');
    this.git('config', 'user.email', 'ada@example.org');
    this.git('remote', 'add', 'origin', remote);
    this.write('.postern/policy.yaml', `version: 1\nextends: team\nreview: { required: never }\n${policy}`);
    this.write('.postern/gate.cjs', readFileSync('dist/gate.cjs', 'utf8'));
    this.git('add', '-A', '-f');
    this.git('commit', '-q', '-m', 'Start');
    this.git('push', '-q', 'origin', 'main');
    for (const name of HOOKS) {
      copyFileSync(join('husky', name), join(this.root, '.git/hooks', name));
      chmodSync(join(this.root, '.git/hooks', name), 0o755);
    }
  }

  run(args: string[], more: Record<string, string> = {}) {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_EDITOR: 'true',
      ...more,
    };
    const { status, stdout, stderr } = spawnSync('git', args, { cwd: this.root, env, encoding: 'utf8' });
    return { passed: status === 0, stdout, stderr };
  }

  git(...args: string[]): string {
    const { passed, stdout, stderr } = this.run(args);
    if (!passed) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  stage(path: string, text = `${path}\n`): void {
    this.write(path, text);
    this.git('add', '-f', path);
  }

  message(): string {
    return this.git('log', '-1', '--format=%B');
  }

  /** What the push says of commits without a mark. */
  unmarked(): string {
    return /without a mark[^\n]*/.exec(this.run(['push', '-q', 'origin', 'HEAD:refs/heads/pushed']).stderr)?.[0] ?? '';
  }
}

const HIDDEN = `const t = "${fakeToken()}";\n`;

const COMMITS: { commit: string; make: (repo: Marked) => void; unmarked: number }[] = [
  {
    commit: 'a plain one',
    make: (repo) => {
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
    },
    unmarked: 0,
  },
  {
    commit: 'one that skipped its hooks, whose content passes',
    make: (repo) => {
      repo.stage('a');
      repo.git('commit', '-q', '--no-verify', '-m', 'A');
    },
    unmarked: 0,
  },
  {
    commit: 'one of named paths',
    make: (repo) => {
      repo.stage('a');
      repo.stage('b');
      repo.git('commit', '-q', '-m', 'A', '--', 'a');
    },
    unmarked: 0,
  },
  {
    commit: 'an amended one',
    make: (repo) => {
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      repo.stage('b');
      repo.git('commit', '-q', '--amend', '--no-edit');
    },
    unmarked: 0,
  },
  {
    commit: 'a rebased one',
    make: (repo) => {
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      repo.git('checkout', '-q', '-b', 'topic', 'HEAD~1');
      repo.stage('b');
      repo.git('commit', '-q', '-m', 'B');
      repo.git('rebase', '-q', 'main');
    },
    unmarked: 0,
  },
  {
    commit: 'a cherry-picked one',
    make: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      repo.git('checkout', '-q', 'main');
      repo.stage('b');
      repo.git('commit', '-q', '-m', 'B');
      repo.git('cherry-pick', 'topic');
    },
    unmarked: 0,
  },
  {
    commit: 'a merge of marked ones',
    make: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      repo.git('checkout', '-q', 'main');
      repo.stage('b');
      repo.git('commit', '-q', '-m', 'B');
      repo.git('merge', '-q', '--no-edit', 'topic');
    },
    unmarked: 0,
  },
  {
    commit: 'one made without any hook',
    make: (repo) => {
      repo.stage('a');
      repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', 'A');
    },
    unmarked: 1,
  },
  {
    commit: 'one with the mark of another',
    make: (repo) => {
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      const message = repo.message();
      repo.stage('b', 'other\n');
      repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-q', '-m', message);
    },
    unmarked: 1,
  },
];

describe('a commit', () => {
  test.each(COMMITS)('$commit: $unmarked unmarked at the push', ({ make, unmarked }) => {
    const repo = new Marked();
    make(repo);
    expect(
      repo
        .unmarked()
        .split(' ')
        .filter((word) => /^[0-9a-f]{10}$/.test(word)),
    ).toHaveLength(unmarked);
  });

  test('carries one mark, below its message', () => {
    const repo = new Marked();
    repo.stage('a');
    repo.git('commit', '-q', '-m', 'Add a', '-m', 'Why.');
    repo.git('commit', '-q', '--amend', '--no-edit');
    expect(repo.message()).toMatch(/^Add a\n\nWhy\.\n\nPostern-Gate: \S+$/);
  });

  test.each([
    { how: '--no-verify', args: ['commit', '-q', '--no-verify', '-m', 'A'] },
    { how: '--no-verify, then amended to pass by', args: ['commit', '-q', '--amend', '--no-edit'], before: true },
  ])('with a secret gets no mark by $how', ({ args, before }) => {
    const repo = new Marked();
    repo.stage('a.js', HIDDEN);
    if (before) repo.git('commit', '-q', '--no-verify', '-m', 'A');
    repo.git(...args);
    expect(repo.message()).not.toMatch(MARK);
  });

  test('an editor that was left empty is no message', () => {
    const repo = new Marked();
    repo.stage('a');
    expect(repo.run(['commit', '-q'])).toMatchObject({ passed: false });
    expect(repo.git('log', '--format=%s')).toBe('Start');
  });

  test.each([{ where: 'the policy does not want marks', policy: 'commits: { mark: false }\n' }])(
    'gets none where $where, and none is missed',
    ({ policy }) => {
      const repo = new Marked(policy);
      repo.stage('a');
      repo.git('commit', '-q', '-m', 'A');
      expect(repo.message()).toBe('A');
      expect(repo.unmarked()).toBe('');
    },
  );

  test.each([
    { trouble: 'the runtime is gone', make: (repo: Marked) => rmSync(join(repo.root, '.postern/gate.cjs')) },
    {
      trouble: 'the runtime does not know this hook',
      make: (repo: Marked) => repo.write('.postern/gate.cjs', 'process.exitCode = 2;'),
    },
    { trouble: 'the policy cannot be read', make: (repo: Marked) => repo.write('.postern/policy.yaml', 'nonsense: [') },
  ])('is not held up by its mark when $trouble', ({ make }) => {
    const repo = new Marked();
    make(repo);
    repo.stage('a');
    expect(repo.run(['commit', '-q', '--no-verify', '-m', 'A'])).toMatchObject({ passed: true });
  });

  test('does not happen in a frozen repository, whatever it skips', () => {
    const repo = new Marked();
    mkdirSync(join(repo.root, '.git/postern'), { recursive: true });
    writeFileSync(join(repo.root, '.git/postern/HALT'), 'looking into it\n');
    repo.stage('a');
    const { passed, stderr } = repo.run(['commit', '-q', '--no-verify', '-m', 'A']);
    expect({ passed, stderr }).toMatchObject({ passed: false, stderr: expect.stringContaining('looking into it') });
  });
});
