import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fakeToken } from '../gates/git/guarded-repo.ts';
import { scratchFolder } from '../support/packed.ts';

const folder = scratchFolder('verify push');
const bin = join(folder, 'bin');
const CLI = resolve('dist/cli.js');

/** What a reviewer that has no objections prints. */
const REVIEWER = `require('node:fs').readFileSync(0); console.log('{"findings":[]}');\n`;

beforeAll(() => {
  if (!existsSync(CLI)) throw new Error('run `npm run build` first');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(folder, 'reviewer.cjs'), REVIEWER);
  program('postern', `exec '${process.execPath}' '${CLI}' "$@"`);
  program('npx', `shift 2; exec postern "$@"`);
});

function program(name: string, line: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
}

interface Ran {
  readonly passed: boolean;
  readonly code: number | null;
  readonly said: string;
}

/** A person with a key of their own, at a clone of a bare repository that has the shipped hook. */
class Site {
  readonly root: string;
  readonly remote: string;
  readonly home: string;

  constructor(required = 'protected', trusted = true) {
    const place = scratchFolder('site');
    [this.root, this.remote, this.home] = [join(place, 'work'), join(place, 'remote.git'), join(place, 'home')];
    mkdirSync(this.home);
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', this.remote]);
    execFileSync('git', ['init', '-q', '-b', 'main', this.root]);
    for (const [key, value] of [
      ['user.name', 'Ada'],
      ['user.email', 'ada@example.org'],
    ])
      this.git('config', key!, value!);
    this.git('remote', 'add', 'origin', this.remote);
    const key = execFileSync('sh', [join(bin, 'postern'), 'review', '--key'], {
      cwd: this.root,
      env: this.env(),
      encoding: 'utf8',
    });
    this.write('.postern/gate.cjs', readFileSync('dist/gate.cjs', 'utf8'));
    this.write('.postern/policy.yaml', policyText(required, trusted ? key.trim() : `${'A'.repeat(43)}=`));
    this.write('src/a.ts', 'let a = 1;\n');
    this.commit('Start');
    this.git('push', '-q', 'origin', 'main');
    copyFileSync('templates/ci/pre-receive', join(this.remote, 'hooks/pre-receive'));
    chmodSync(join(this.remote, 'hooks/pre-receive'), 0o755);
    for (const name of ['pre-commit', 'commit-msg', 'pre-push'])
      writeFileSync(join(this.root, '.git/hooks', name), readFileSync(join('husky', name)), { mode: 0o755 });
  }

  env(more: Record<string, string> = {}): Record<string, string> {
    return { PATH: `${bin}:${process.env['PATH']}`, HOME: this.home, GIT_CONFIG_NOSYSTEM: '1', ...more };
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, env: this.env(), encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  push(args: string[] = ['origin', 'main'], more: Record<string, string> = {}): Ran {
    return this.run('git', ['push', '-q', ...args], more);
  }

  run(command: string, args: string[], more: Record<string, string> = {}, cwd = this.root): Ran {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env: this.env(more), encoding: 'utf8' });
    return { passed: status === 0, code: status, said: stdout + stderr };
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  commit(message: string): void {
    this.git('add', '-A', '-f');
    this.git('commit', '-q', '--no-verify', '--allow-empty', '-m', message);
  }

  change(path: string, text = `${path}\n`): void {
    this.write(path, text);
    this.commit(`Change ${path}`);
  }
}

function policyText(required: string, key: string): string {
  const command = JSON.stringify([process.execPath, join(folder, 'reviewer.cjs')]);
  const review = [`required: ${required}`, 'reviewer: command', `command: ${command}`, `trusted_keys: ['${key}']`];
  return `version: 1\nextends: team\nreview:\n${review.map((line) => `  ${line}\n`).join('')}`;
}

const GOVERNANCE = '.claude/settings.json';
const SKIP = { POSTERN_SKIP_REVIEW: 'read by Ada and Bob' };
const UNCHECKED = ['--no-verify', 'origin', 'main'];

interface Row {
  readonly push: string;
  readonly act: (site: Site) => Ran;
  readonly arrives: boolean;
  readonly says?: string;
}

const ROWS: readonly Row[] = [
  {
    push: 'a plain change, unchecked',
    act: (site) => {
      site.change('src/b.ts');
      return site.push(UNCHECKED);
    },
    arrives: true,
  },
  {
    push: 'a reviewed change',
    act: (site) => {
      site.change(GOVERNANCE);
      return site.push();
    },
    arrives: true,
  },
  {
    push: 'a change with a skip on record',
    act: (site) => {
      site.change(GOVERNANCE);
      return site.push(undefined, SKIP);
    },
    arrives: true,
  },
  {
    push: 'a change that skips its hooks',
    act: (site) => {
      site.change(GOVERNANCE);
      return site.push(UNCHECKED);
    },
    arrives: false,
    says: GOVERNANCE,
  },
  {
    push: 'a governance file that was changed and changed back, unchecked',
    act: (site) => {
      site.change(GOVERNANCE);
      site.git('rm', '-q', GOVERNANCE);
      site.commit('Back');
      return site.push(UNCHECKED);
    },
    arrives: false,
    says: GOVERNANCE,
  },
  {
    push: 'a policy that loosens itself, unchecked',
    act: (site) => {
      site.change('.postern/policy.yaml', 'version: 1\nextends: solo\n');
      return site.push(UNCHECKED);
    },
    arrives: false,
    says: '.postern/policy.yaml',
  },
  {
    push: 'a reviewed change that was amended afterwards',
    act: (site) => {
      site.change(GOVERNANCE);
      site.git('branch', 'reviewed');
      if (!site.push(['origin', 'reviewed']).passed) throw new Error('the first push was to pass');
      site.write(GOVERNANCE, '{"hooks":{}}\n');
      site.git('add', '-A', '-f');
      site.git('commit', '-q', '--no-verify', '--amend', '-m', 'Other');
      return site.push(UNCHECKED);
    },
    arrives: false,
  },
  {
    push: 'another commit with the note of a reviewed one',
    act: (site) => {
      site.change(GOVERNANCE);
      site.git('branch', 'reviewed');
      site.push(['origin', 'reviewed']);
      site.change(GOVERNANCE, '{"hooks":{}}\n');
      site.git('notes', '--ref=postern', 'copy', 'reviewed', 'main');
      site.push(['--no-verify', 'origin', 'refs/notes/postern']);
      return site.push(UNCHECKED);
    },
    arrives: false,
  },
  {
    push: 'a commit whose skip was for an earlier one',
    act: (site) => {
      site.change(GOVERNANCE);
      site.git('branch', 'skipped');
      site.push(['origin', 'skipped'], SKIP);
      site.git('commit', '-q', '--no-verify', '--amend', '-m', 'The same, later');
      site.git('notes', '--ref=postern', 'copy', 'skipped', 'main');
      site.push(['--no-verify', 'origin', 'refs/notes/postern']);
      return site.push(UNCHECKED);
    },
    arrives: false,
  },
  {
    push: 'a change that was rebased after its review',
    act: (site) => {
      site.git('checkout', '-q', '-b', 'topic');
      site.change(GOVERNANCE);
      site.git('checkout', '-q', 'main');
      site.change('src/c.ts');
      site.push();
      site.git('checkout', '-q', 'topic');
      site.push(['origin', 'topic']);
      site.git('rebase', '-q', 'main');
      return site.push(['--force', 'origin', 'topic']);
    },
    arrives: true,
  },
  {
    push: 'a second reviewed change on a branch that is not the default one',
    act: (site) => {
      site.git('checkout', '-q', '-b', 'topic');
      site.change(GOVERNANCE);
      site.push(['origin', 'topic']);
      site.change(GOVERNANCE, '{"a":1}\n');
      return site.push(['origin', 'topic']);
    },
    arrives: true,
  },
  {
    push: 'a review that left files out by a policy of its own',
    act: (site) => {
      const policy = readFileSync(join(site.root, '.postern/policy.yaml'), 'utf8');
      site.change(GOVERNANCE);
      site.change('src/evil.ts');
      writeFileSync(join(site.root, '.postern/policy.yaml'), `${policy}  exclude: ['src/**']\n`);
      return site.push();
    },
    arrives: false,
    says: 'without a review or a skip',
  },
  {
    push: 'the deletion of a branch',
    act: (site) => {
      site.push(['origin', 'main:old']);
      return site.push(['--no-verify', 'origin', ':old']);
    },
    arrives: true,
  },
  {
    push: 'the default branch, set back before a governance change',
    act: (site) => {
      site.change(GOVERNANCE);
      if (!site.push().passed) throw new Error('the first push was to pass');
      site.git('reset', '-q', '--hard', 'HEAD~1');
      return site.push(['--no-verify', '--force', 'origin', 'main']);
    },
    arrives: false,
    says: GOVERNANCE,
  },
  {
    push: 'the same, reviewed',
    act: (site) => {
      site.change(GOVERNANCE);
      site.push();
      site.git('reset', '-q', '--hard', 'HEAD~1');
      return site.push(['--force', 'origin', 'main']);
    },
    arrives: true,
  },
  {
    push: 'a secret, unchecked',
    act: (site) => {
      site.change('src/s.ts', `const t = "${fakeToken()}";\n`);
      return site.push(UNCHECKED);
    },
    arrives: false,
    says: 'src/s.ts',
  },
  {
    push: 'a secret in a message, unchecked',
    act: (site) => {
      site.commit(`Use ${fakeToken()}`);
      return site.push(UNCHECKED);
    },
    arrives: false,
    says: 'the commit message',
  },
  {
    push: 'a new root, unchecked',
    act: (site) => {
      site.git('checkout', '-q', '--orphan', 'other');
      site.commit('Other');
      return site.push(['--no-verify', 'origin', 'other']);
    },
    arrives: false,
  },
  {
    push: 'an annotated tag of a reviewed commit',
    act: (site) => {
      site.change(GOVERNANCE);
      site.push();
      site.git('tag', '-a', 'v1', '-m', 'One');
      return site.push(['origin', 'v1']);
    },
    arrives: true,
  },
];

describe('a server with the shipped pre-receive hook', () => {
  test.each(ROWS)('$push: arrives $arrives', ({ act, arrives, says = '' }) => {
    const pushed = act(new Site());
    expect(pushed.passed, pushed.said).toBe(arrives);
    expect(pushed.said).toContain(says);
    expect(pushed.said).not.toContain(fakeToken());
  });

  test('a verdict by a key that it does not trust does not count, and the pusher is told', () => {
    const site = new Site('protected', false);
    site.change(GOVERNANCE);
    const pushed = site.push();
    expect(pushed).toMatchObject({ passed: false, said: expect.stringContaining('npx postern review --key') });
  });

  test('two machines send their verdicts, whoever comes first', () => {
    const site = new Site();
    const other = join(dirname(site.root), 'other');
    site.git('clone', '-q', site.remote, other);
    for (const name of ['pre-push']) copyFileSync(join(site.root, '.git/hooks', name), join(other, '.git/hooks', name));
    const inOther = (...args: string[]) =>
      site.run('git', ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.org', ...args], {}, other);
    for (const branch of ['one', 'two']) {
      site.git('checkout', '-q', '-b', branch, 'main');
      site.change(GOVERNANCE, `{"by":"${branch}"}\n`);
      expect(site.push(['origin', branch]).said).not.toContain('could not be sent');
      inOther('checkout', '-q', '-b', `their-${branch}`, 'origin/main');
      mkdirSync(join(other, '.claude'), { recursive: true });
      writeFileSync(join(other, GOVERNANCE), `{"theirs":"${branch}"}\n`);
      inOther('add', '-A', '-f');
      inOther('commit', '-q', '-m', 'Theirs');
      const env = {
        GIT_COMMITTER_NAME: 'Bob',
        GIT_COMMITTER_EMAIL: 'bob@example.org',
        GIT_AUTHOR_NAME: 'Bob',
        GIT_AUTHOR_EMAIL: 'bob@example.org',
      };
      expect(site.run('git', ['push', '-q', 'origin', `their-${branch}`], env, other)).toMatchObject({ passed: true });
    }
  });
});

describe('the shipped workflow', () => {
  const workflow = parse(readFileSync('templates/ci/github-postern.yml', 'utf8'));
  const steps: { run?: string; env?: Record<string, string> }[] = workflow.jobs['verify-push'].steps;
  const step = steps.find(({ run }) => run)!;

  test('runs this version', () => {
    expect(step.run).toContain(`postern@${JSON.parse(readFileSync('package.json', 'utf8')).version} `);
  });

  test.each([
    { topic: 'a reviewed topic', args: ['origin', 'topic'], code: 0 },
    { topic: 'a topic that skipped its hooks', args: ['--no-verify', 'origin', 'topic'], code: 1 },
    { topic: 'a topic reviewed in two pushes', args: ['origin', 'topic'], second: true, code: 0 },
    {
      topic: 'a topic whose first push skipped its hooks and whose second was reviewed',
      args: ['--no-verify', 'origin', 'topic'],
      second: true,
      code: 1,
    },
  ])('$topic, behind the default branch -> $code', ({ args, second = false, code }) => {
    const site = new Site();
    writeFileSync(join(site.remote, 'hooks/pre-receive'), '#!/bin/sh\nexit 0\n');
    site.git('checkout', '-q', '-b', 'topic');
    site.change(GOVERNANCE);
    expect(site.push(args).passed).toBe(true);
    if (second) {
      site.change('.claude/hooks/x.sh');
      expect(site.push(['origin', 'topic']).said).toContain('nothing holds it back');
    }
    site.git('checkout', '-q', 'main');
    site.change('.claude/hooks/y.sh');
    expect(site.push().passed).toBe(true);
    const clone = join(dirname(site.root), 'ci');
    site.git('clone', '-q', site.remote, clone);
    const [BASE = '', HEAD = ''] = ['main', 'topic'].map((name) => site.git('rev-parse', name));
    expect(site.run('bash', ['-e', '-c', step.run!], { BASE, HEAD }, clone).code).toBe(code);
  });
});

describe('postern verify-push', () => {
  test.each([
    { range: 'main', problem: 'is not a range' },
    { range: 'main..', problem: 'is not a range' },
    { range: 'nowhere..main', problem: 'is no commit' },
    { range: '--all..main', problem: 'is no commit' },
  ])('--range $range -> 2', ({ range, problem }) => {
    const ran = new Site().run('postern', ['verify-push', `--range=${range}`]);
    expect(ran).toMatchObject({ code: 2, said: expect.stringContaining(problem) });
  });

  test('tells the same as JSON', () => {
    const site = new Site();
    site.change(GOVERNANCE);
    site.push(undefined, SKIP);
    const { said } = site.run('postern', ['verify-push', '--range', 'HEAD~1..HEAD', '--json']);
    expect(JSON.parse(said)).toMatchObject({
      passed: true,
      review: { kind: 'proved', proofs: [{ kind: 'review.skipped' }] },
    });
  });
});
