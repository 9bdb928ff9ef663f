import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

const GOVERNANCE = '.claude/settings.json';

interface Shape {
  readonly push: string;
  /** Prepares the repository and returns the arguments of `git push`. */
  readonly prepare: (repo: GuardedRepo) => string[];
  readonly code: 10 | 1 | 2;
  /** What the refusal names. */
  readonly says?: string;
}

function change(repo: GuardedRepo, path: string, text = `${path}\n`): void {
  repo.write(path, text);
  repo.commit(`Change ${path}`);
}

const SHAPES: Shape[] = [
  {
    push: 'a plain change',
    prepare: (repo) => {
      change(repo, 'src/a.ts');
      return ['origin', 'main'];
    },
    code: 10,
  },
  { push: 'nothing at all', prepare: () => ['origin', 'main'], code: 10 },
  {
    push: 'everything, snapshots of uncommitted work included',
    prepare: (repo) => {
      repo.git('update-ref', 'refs/postern/snapshots/1', 'HEAD');
      return ['--mirror', 'origin'];
    },
    code: 1,
    says: 'never committed',
  },
  {
    push: 'a change of a governance file',
    prepare: (repo) => {
      change(repo, GOVERNANCE);
      return ['origin', 'main'];
    },
    code: 1,
    says: 'POSTERN_SKIP_REVIEW="why this is safe" git push origin main',
  },
  {
    push: 'a governance file that was changed and changed back',
    prepare: (repo) => {
      change(repo, GOVERNANCE);
      repo.git('rm', '-q', GOVERNANCE);
      repo.commit('Take it back');
      return ['origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a governance file that is renamed away',
    prepare: (repo) => {
      repo.git('mv', '.postern/policy.yaml', 'elsewhere.yaml');
      repo.write('.postern/policy.yaml', 'version: 1\n');
      repo.git('add', 'elsewhere.yaml');
      repo.git('commit', '-q', '-m', 'Move');
      return ['origin', 'main'];
    },
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    push: 'a change of a governance file’s mode only',
    prepare: (repo) => {
      repo.git('update-index', '--chmod=+x', '.postern/policy.yaml');
      repo.git('commit', '-q', '-m', 'Mode');
      return ['origin', 'main'];
    },
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    push: 'a new branch with a plain change, on a base that holds governance files',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, 'src/a.ts');
      return ['origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'a new branch with a change of a governance file',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, GOVERNANCE);
      return ['origin', 'topic'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a new branch while the remote’s HEAD is called otherwise',
    prepare: (repo) => {
      repo.git('push', '-q', '--no-verify', 'origin', 'main:trunk');
      repo.git('fetch', '-q');
      repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
      repo.git('update-ref', '-d', 'refs/remotes/origin/main');
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, 'src/a.ts');
      return ['origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'a new branch while the remote’s default branch is not known here',
    prepare: (repo) => {
      repo.git('push', '-q', '--no-verify', 'origin', 'main:develop');
      repo.git('update-ref', '-d', 'refs/remotes/origin/main');
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, 'src/a.ts');
      return ['origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'a new branch to a remote of which nothing is known here: everything leaves',
    prepare: (repo) => {
      repo.git('update-ref', '-d', 'refs/remotes/origin/main');
      return ['origin', 'main:fresh'];
    },
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    push: 'a branch without a common ancestor',
    prepare: (repo) => {
      repo.git('checkout', '-q', '--orphan', 'other');
      repo.git('rm', '-rqf', '--cached', '.');
      repo.write('only.txt', 'x\n');
      repo.git('add', 'only.txt');
      repo.git('commit', '-q', '-m', 'Other');
      return ['origin', 'other'];
    },
    code: 10,
  },
  {
    push: 'a stacked branch, judged from the default branch on',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'below');
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'below');
      repo.git('checkout', '-q', '-b', 'above');
      change(repo, 'src/a.ts');
      return ['origin', 'above'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'more on a branch whose governance change is on the remote already',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'topic');
      change(repo, 'src/a.ts');
      return ['origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'a branch into which the default branch was merged',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, 'src/a.ts');
      repo.git('push', '-q', '--no-verify', 'origin', 'topic');
      repo.git('checkout', '-q', 'main');
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.git('checkout', '-q', 'topic');
      repo.git('merge', '-q', '--no-edit', 'main');
      change(repo, 'src/b.ts');
      return ['origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'a merge that changes a governance file by itself',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'side');
      change(repo, 'src/a.ts');
      repo.git('checkout', '-q', 'main');
      change(repo, 'src/b.ts');
      repo.git('merge', '-q', '--no-commit', '--no-ff', 'side');
      repo.write(GOVERNANCE, '{}\n');
      repo.commit('Merge');
      return ['origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a merge that keeps an old governance file against the remote’s',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'side');
      change(repo, 'src/a.ts');
      repo.git('checkout', '-q', 'main');
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.git('checkout', '-q', 'side');
      repo.git('merge', '-q', '-s', 'ours', '--no-edit', 'main');
      return ['origin', 'side:main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a forced push that rewrites a plain commit',
    prepare: (repo) => {
      change(repo, 'src/a.ts');
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.write('src/a.ts', 'other\n');
      repo.git('commit', '-q', '-a', '--amend', '-m', 'Rewritten');
      return ['--force', 'origin', 'main'];
    },
    code: 10,
  },
  {
    push: 'a forced push that rewrites a governance file',
    prepare: (repo) => {
      change(repo, 'src/a.ts');
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.git('reset', '-q', '--hard', 'HEAD~1');
      change(repo, GOVERNANCE);
      return ['--force', 'origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a forced push that drops a governance change from the default branch',
    prepare: (repo) => {
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.git('reset', '-q', '--hard', 'HEAD~1');
      return ['--force', 'origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a branch rebased onto newer governance files',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'topic');
      change(repo, 'src/a.ts');
      repo.git('push', '-q', '--no-verify', 'origin', 'topic');
      repo.git('checkout', '-q', 'main');
      change(repo, GOVERNANCE);
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      repo.git('rebase', '-q', 'main', 'topic');
      return ['--force', 'origin', 'topic'];
    },
    code: 10,
  },
  {
    push: 'the deletion of a branch',
    prepare: (repo) => {
      repo.git('push', '-q', '--no-verify', 'origin', 'main:old');
      return ['origin', ':old'];
    },
    code: 10,
  },
  {
    push: 'a deletion together with a governance change',
    prepare: (repo) => {
      repo.git('push', '-q', '--no-verify', 'origin', 'main:old');
      change(repo, GOVERNANCE);
      return ['origin', ':old', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'several branches of which the last changes a governance file',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'one');
      change(repo, 'src/a.ts');
      repo.git('checkout', '-q', '-b', 'two', 'main');
      change(repo, GOVERNANCE);
      return ['origin', 'one', 'two'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'an annotated tag of something pushed',
    prepare: (repo) => {
      repo.git('tag', '-a', 'v1', '-m', 'One');
      return ['origin', 'v1'];
    },
    code: 10,
  },
  {
    push: 'an annotated tag of a commit that changes a governance file',
    prepare: (repo) => {
      change(repo, GOVERNANCE);
      repo.git('tag', '-a', 'v1', '-m', 'One');
      return ['origin', 'v1'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a tag that is moved',
    prepare: (repo) => {
      repo.git('tag', '-a', 'v1', '-m', 'One');
      repo.git('push', '-q', '--no-verify', 'origin', 'v1');
      change(repo, GOVERNANCE);
      repo.git('tag', '-f', '-a', 'v1', '-m', 'Two');
      return ['--force', 'origin', 'v1'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a tag of a tree, which is no commit',
    prepare: (repo) => {
      repo.git('tag', 'tree', repo.git('rev-parse', 'HEAD^{tree}'));
      return ['origin', 'tree'];
    },
    code: 2,
    says: 'refs/tags/tree does not lead to a commit',
  },
  {
    push: 'to the URL of a configured remote',
    prepare: (repo) => {
      change(repo, 'src/a.ts');
      return [repo.remote, 'main:refs/heads/new'];
    },
    code: 10,
  },
  {
    push: 'to a URL that is nobody’s: everything leaves',
    prepare: (repo) => {
      const other = join(dirname(repo.root), 'other.git');
      repo.git('init', '-q', '--bare', other);
      return [other, 'main'];
    },
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    push: 'a commit by an expression with spaces',
    prepare: (repo) => {
      change(repo, GOVERNANCE);
      return ['origin', 'HEAD^{/Change .claude}:refs/heads/new'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a branch while the remote has commits that are not here',
    prepare: (repo) => {
      const clone = join(dirname(repo.root), 'clone');
      repo.git('clone', '-q', repo.remote, clone);
      const as = ['-c', 'user.name=Joe', '-c', 'user.email=joe@example.org'];
      repo.run([...as, 'commit', '-q', '--allow-empty', '-m', 'Theirs'], {}, clone);
      repo.run(['push', '-q', 'origin', 'main'], {}, clone);
      change(repo, GOVERNANCE);
      return ['--force', 'origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a submodule bump and a symlink',
    prepare: (repo) => {
      repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
      const link = repo.run(['hash-object', '-w', 'readme.md'], {}, repo.root);
      repo.git('update-index', '--add', '--cacheinfo', `120000,${link},link`);
      repo.git('commit', '-q', '-m', 'Odd modes');
      return ['origin', 'main'];
    },
    code: 10,
  },
  {
    push: 'what a replacement object hides',
    prepare: (repo) => {
      const before = repo.git('rev-parse', 'HEAD');
      change(repo, GOVERNANCE);
      const shown = repo.git('commit-tree', `${before}^{tree}`, '-p', before, '-m', 'Nothing');
      repo.git('replace', 'HEAD', shown);
      return ['origin', 'main'];
    },
    code: 1,
    says: GOVERNANCE,
  },
  {
    push: 'a secret',
    prepare: (repo) => {
      change(repo, 'src/my file.js', `a\nb\nconst token = "${fakeToken()}";\n`);
      return ['origin', 'main'];
    },
    code: 1,
    says: 'src/my file.js:3 in ',
  },
  {
    push: 'a secret that a later commit took out again',
    prepare: (repo) => {
      change(repo, 'src/a.js', `const token = "${fakeToken()}";\n`);
      change(repo, 'src/a.js', 'const token = read();\n');
      return ['origin', 'main'];
    },
    code: 1,
    says: 'src/a.js:1 in ',
  },
  {
    push: 'a secret in a merge commit',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'side');
      change(repo, 'src/a.js', 'a\n');
      repo.git('checkout', '-q', 'main');
      change(repo, 'src/b.js', 'b\n');
      repo.git('merge', '-q', '--no-commit', '--no-ff', 'side');
      repo.write('src/b.js', `b\nconst token = "${fakeToken()}";\n`);
      repo.commit('Merge');
      return ['origin', 'main'];
    },
    code: 1,
    says: 'src/b.js:2 in ',
  },
  {
    push: 'a secret in a file that attributes call binary',
    prepare: (repo) => {
      repo.write('.gitattributes', '*.conf -diff\n');
      change(repo, 'app.conf', `one\ntoken = "${fakeToken()}"\n`);
      return ['origin', 'main'];
    },
    code: 1,
    says: 'app.conf:2 in ',
  },
  {
    push: 'a secret in UTF-16',
    prepare: (repo) => {
      repo.write('app.txt', Buffer.from(`\ufeffone\r\ntoken = "${fakeToken()}"\r\n`, 'utf16le'));
      repo.commit('Text');
      return ['origin', 'main'];
    },
    code: 1,
    says: 'app.txt:2 in ',
  },
  {
    push: 'file names with newlines, quotes and bytes that are no text',
    prepare: (repo) => {
      repo.write('a\nb".js', `const token = "${fakeToken()}";\n`);
      execFileAdd(repo, Buffer.from([0xff, 0xfe, 0x2e, 0x74]));
      repo.commit('Odd names');
      return ['origin', 'main'];
    },
    code: 1,
    says: 'b".js:1 in ',
  },
  {
    push: 'a secret in the message of a commit',
    prepare: (repo) => {
      repo.write('src/a.js', 'a\n');
      repo.commit(`Use it\n\ntoken = ${fakeToken()}`);
      change(repo, 'src/b.js');
      return ['origin', 'main'];
    },
    code: 1,
    says: 'the commit message in ',
  },
  {
    push: 'a secret in the message of a tag',
    prepare: (repo) => {
      repo.git('tag', '-a', '-m', `Use ${fakeToken()}`, 'v1');
      return ['origin', 'v1'];
    },
    code: 1,
    says: 'the message of refs/tags/v1',
  },
  {
    push: 'a tag with a message, of a commit that is there',
    prepare: (repo) => {
      repo.git('tag', '-a', '-m', 'Version 1', 'v1');
      return ['origin', 'v1'];
    },
    code: 10,
  },
  {
    push: 'a secret that was pushed before, in a line that is not touched',
    prepare: (repo) => {
      change(repo, 'src/a.js', `const token = "${fakeToken()}";\nlet a = 1;\n`);
      repo.git('push', '-q', '--no-verify', 'origin', 'main');
      change(repo, 'src/a.js', `const token = "${fakeToken()}";\nlet a = 2;\n`);
      return ['origin', 'main'];
    },
    code: 10,
  },
];

/** A file whose name is not UTF-8, put straight into the index. */
function execFileAdd(repo: GuardedRepo, name: Buffer): void {
  writeFileSync(Buffer.concat([Buffer.from(`${repo.root}/`), name]), 'x\n');
}

/** All that is said of a push that goes through: these repositories commit without hooks, so nothing carries a mark. */
const UNMARKED = expect.stringMatching(/^postern: without a mark of the commit gate: [^\n]*\n$/);

describe('what a push sends', () => {
  test.each(SHAPES)('$push -> $code', async ({ prepare, code, says = '' }) => {
    const repo = new GuardedRepo();
    const answer = await repo.push(prepare(repo));
    expect(answer).toMatchObject({ code, stdout: '' });
    expect(answer.stderr).toContain(says);
  });

  test('a shallow clone is judged by what it adds', async () => {
    const repo = new GuardedRepo();
    change(repo, 'src/a.ts');
    repo.git('push', '-q', '--no-verify', 'origin', 'main');
    const clone = join(dirname(repo.root), 'shallow');
    repo.git('clone', '-q', '--depth', '1', `file://${repo.remote}`, clone);
    const as = ['-c', 'user.name=Joe', '-c', 'user.email=joe@example.org'];
    repo.run([...as, 'commit', '-q', '--allow-empty', '-m', 'More'], {}, clone);
    const [head, base] = ['HEAD', 'HEAD~1'].map((name) => repo.run(['rev-parse', name], {}, clone));
    const zero = '0'.repeat(40);
    const lines = `refs/heads/main ${head} refs/heads/main ${base}\nrefs/heads/main ${head} refs/heads/new ${zero}\n`;
    const answer = await repo.gate('pre-push', ['origin', repo.remote], { stdin: lines, cwd: clone });
    expect(answer).toMatchObject({ code: 10, stderr: UNMARKED });
  });

  test('a linked worktree is judged like the main one, and writes to the same log', async () => {
    const repo = new GuardedRepo();
    const other = join(dirname(repo.root), 'other worktree');
    repo.git('worktree', 'add', '-q', '-b', 'topic', other);
    mkdirSync(join(other, '.claude'));
    writeFileSync(join(other, GOVERNANCE), '{}\n');
    repo.run(['add', '-f', '.'], {}, other);
    repo.run(['commit', '-q', '-m', 'Settings'], {}, other);
    const env = { GIT_DIR: repo.run(['rev-parse', '--absolute-git-dir'], {}, other) };
    const head = repo.git('rev-parse', 'topic');
    const stdin = `refs/heads/topic ${head} refs/heads/topic ${'0'.repeat(40)}\n`;
    expect(await repo.gate('pre-push', ['origin', repo.remote], { stdin, env, cwd: other })).toMatchObject({ code: 1 });
    expect(repo.records()).toHaveLength(1);
  });

  test('the repository that is pushed is judged, not the one that the push was started in', async () => {
    const [pushed, bystander] = [new GuardedRepo(), new GuardedRepo('review: { required: never }\n')];
    change(pushed, GOVERNANCE);
    const answer = await pushed.push(['origin', 'main'], {
      cwd: bystander.root,
      env: { GIT_DIR: join(pushed.root, '.git') },
    });
    expect(answer).toMatchObject({ code: 1 });
    expect(bystander.records()).toHaveLength(0);
  });
});

const POLICIES = [
  { policy: 'review: { required: never }', path: GOVERNANCE, code: 10 },
  { policy: 'review: { required: always }', path: 'src/a.ts', code: 1 },
  { policy: 'review: { required: protected, paths: ["src/**"] }', path: 'src/a.ts', code: 1 },
  { policy: 'review: { required: protected, paths: ["src/**"] }', path: 'lib/a.ts', code: 10 },
  { policy: 'review: { required: protected, paths: ["src/**"] }', path: GOVERNANCE, code: 1 },
  { policy: 'guards: { protected-paths: { paths: ["deploy/**"] } }', path: 'deploy/prod.yaml', code: 1 },
  { policy: 'mode: observe', path: GOVERNANCE, code: 10 },
];

describe('policy', () => {
  test.each(POLICIES)('$policy: a push of $path -> $code', async ({ policy, path, code }) => {
    const repo = new GuardedRepo(`${policy}\n`);
    change(repo, path);
    expect(await repo.push(['origin', 'main'])).toMatchObject({ code });
  });

  test('a push is judged in observe mode and the record says what enforcing would do', async () => {
    const repo = new GuardedRepo('mode: observe\n');
    change(repo, GOVERNANCE);
    expect((await repo.push(['origin', 'main'])).stderr).toContain('only observing');
    expect(repo.records()).toMatchObject([{ kind: 'decision', effect: 'allow', would: 'deny' }]);
  });
});

const REASON = 'rotates the hook, seen by Ann';
const SKIPS: { skip: string; env: Env; code: number; says: string; identity?: false }[] = [
  { skip: 'with a reason', env: { POSTERN_SKIP_REVIEW: REASON }, code: 10, says: REASON },
  { skip: 'with a reason of ten characters', env: { POSTERN_SKIP_REVIEW: '0123456789' }, code: 10, says: '0123456789' },
  { skip: 'with blanks for a reason', env: { POSTERN_SKIP_REVIEW: '              ' }, code: 1, says: 'review/missing' },
  { skip: 'with too short a reason', env: { POSTERN_SKIP_REVIEW: ' 1        ' }, code: 1, says: 'skip-without-reason' },
  { skip: 'by an agent', env: { ...AGENT, POSTERN_SKIP_REVIEW: REASON }, code: 1, says: 'review/skip-by-agent' },
  { skip: 'in CI', env: { CI: 'true', POSTERN_SKIP_REVIEW: REASON }, code: 1, says: 'review/skip-in-ci' },
  {
    skip: 'by nobody in particular',
    env: { POSTERN_SKIP_REVIEW: REASON },
    code: 1,
    says: 'skip-without-identity',
    identity: false,
  },
  {
    skip: 'with an identity from the environment',
    env: { POSTERN_SKIP_REVIEW: REASON, GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org' },
    code: 10,
    says: REASON,
    identity: false,
  },
];

describe('the audited skip', () => {
  test.each(SKIPS)('$skip -> $code', async ({ env, code, says, identity = true }) => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE);
    if (!identity) repo.git('config', '--remove-section', 'user');
    const answer = await repo.push(['origin', 'main'], { env });
    expect(answer).toMatchObject({ code });
    expect(answer.stderr).toContain(says);
    expect(repo.records().filter(({ kind }) => kind === 'review.skipped')).toHaveLength(code === 10 ? 1 : 0);
  });

  test('is recorded with reason, identity, head, files and refs', async () => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE);
    await repo.push(['origin', 'main'], { env: { POSTERN_SKIP_REVIEW: `${REASON} ${fakeToken()}` } });
    expect(repo.records().at(-1)).toMatchObject({
      kind: 'review.skipped',
      gate: 'git',
      data: {
        reason: `${REASON} [secret:github-pat]`,
        identity: 'Jane Doe <jane@example.org>',
        head: repo.git('rev-parse', 'HEAD'),
        files: 1,
        refs: 'refs/heads/main',
      },
    });
  });

  test('never satisfies a later push', async () => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE);
    await repo.push(['origin', 'main'], { env: { POSTERN_SKIP_REVIEW: REASON } });
    expect(await repo.push(['origin', 'main'])).toMatchObject({ code: 1 });
  });

  test.each([
    { when: 'nothing needs a review', policy: '', path: 'src/a.ts' },
    { when: 'the policy wants none', policy: 'review: { required: never }\n', path: GOVERNANCE },
  ])('does nothing when $when', async ({ policy, path }) => {
    const repo = new GuardedRepo(policy);
    change(repo, path);
    const answer = await repo.push(['origin', 'main'], { env: { ...AGENT, POSTERN_SKIP_REVIEW: REASON } });
    expect(answer).toMatchObject({ code: 10, stderr: UNMARKED });
    expect(repo.records().map(({ kind }) => kind)).toEqual(['decision']);
  });

  test('does not carry a secret out', async () => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE, `{ "token": "${fakeToken()}" }\n`);
    const answer = await repo.push(['origin', 'main'], { env: { POSTERN_SKIP_REVIEW: REASON } });
    expect(answer).toMatchObject({ code: 1 });
    expect(repo.records().map(({ kind }) => kind)).toEqual(['decision']);
  });

  test('is refused when it cannot be recorded', async () => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE);
    mkdirSync(join(repo.root, '.git', 'postern', 'audit.jsonl'), { recursive: true });
    const answer = await repo.push(['origin', 'main'], { env: { POSTERN_SKIP_REVIEW: REASON } });
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.stderr).toContain('audit');
  });

  test('an agent is told to ask the person, and no variable', async () => {
    const repo = new GuardedRepo();
    change(repo, GOVERNANCE);
    const { stderr } = await repo.push(['origin', 'main'], { env: AGENT });
    expect(stderr).toContain('ask the person');
    expect(stderr).not.toContain('POSTERN_SKIP_REVIEW');
  });
});

const HEAD = 'a'.repeat(40);
const INPUTS = [
  { input: 'JSON', stdin: '{"tool_name":"Bash"}', problem: 'line 1' },
  { input: 'half a line', stdin: `refs/heads/main ${HEAD}\n`, problem: 'line 1' },
  { input: 'a line more', stdin: `refs/heads/main ${HEAD} refs/heads/main ${HEAD}\nx`, problem: 'line 2' },
  { input: 'an empty line between', stdin: `\nrefs/heads/main ${HEAD} refs/heads/main ${HEAD}\n`, problem: 'line 1' },
  { input: 'a commit that is not here', stdin: `refs/heads/main ${HEAD} refs/heads/main ${HEAD}`, problem: 'commit' },
];

describe('what keeps the gate from judging', () => {
  test.each(INPUTS)('$input -> 2', async ({ stdin, problem }) => {
    const repo = new GuardedRepo();
    const answer = await repo.gate('pre-push', ['origin', repo.remote], { stdin });
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.stderr).toContain(problem);
  });

  test('the last line counts without a newline', async () => {
    const repo = new GuardedRepo();
    const base = repo.git('rev-parse', 'HEAD');
    change(repo, GOVERNANCE);
    const stdin = `refs/heads/main ${repo.git('rev-parse', 'HEAD')} refs/heads/main ${base}`;
    expect(await repo.gate('pre-push', ['origin', repo.remote], { stdin })).toMatchObject({ code: 1 });
  });

  test.each([
    { broken: 'an unknown hook', hook: 'post-merge' },
    { broken: 'a folder without a repository', hook: 'pre-push', cwd: '/' },
    { broken: 'a GIT_DIR that leads nowhere', hook: 'pre-push', env: { GIT_DIR: '/nowhere' } },
    { broken: 'no git', hook: 'pre-commit', env: { PATH: '/nowhere' } },
  ])('$broken -> 2', async ({ hook, ...how }) => {
    const answer = await new GuardedRepo().gate(hook, [], how);
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.stderr).toMatch(/^postern: .* cannot judge: .*\n {2}Instead: .*\n$/);
  });

  test.each(['pre-commit', 'pre-push'])('%s with a policy that cannot be read -> 2', async (hook) => {
    const repo = new GuardedRepo();
    appendFileSync(join(repo.root, '.postern/policy.yaml'), 'nonsense: [\n');
    expect(await repo.gate(hook, ['origin', repo.remote])).toMatchObject({ code: 2 });
  });

  test('the canary is answered by the gate alone, and not recorded', async () => {
    const repo = new GuardedRepo();
    const answer = await repo.gate('pre-push', [], { env: { POSTERN_CANARY: '1' } });
    expect(answer).toEqual({ stdout: '', stderr: 'postern canary pre-push\n', code: 1 });
    expect(repo.records()).toEqual([]);
  });

  test('HALT stops pushes', async () => {
    const repo = new GuardedRepo();
    mkdirSync(join(repo.root, '.git', 'postern'), { recursive: true });
    writeFileSync(join(repo.root, '.git', 'postern', 'HALT'), 'looking into it\n');
    const answer = await repo.gate('pre-push', ['origin', repo.remote]);
    expect(answer).toMatchObject({ code: 1 });
    expect(answer.stderr).toContain('looking into it');
  });
});

describe('a push that adds too much text to be scanned', () => {
  const tooMuch = () => {
    const repo = new GuardedRepo();
    repo.write('big.csv', Buffer.alloc(65 * 1024 * 1024, '0123456789,0123456789,0123456789,012345678\n'));
    repo.commit('Data');
    return repo;
  };

  test('is refused, never let through unseen', async () => {
    const answer = await tooMuch().push(['origin', 'main']);
    expect(answer).toMatchObject({ code: 1 });
    expect(answer.stderr).toContain('adds more than 64 MB of text, which is too large to scan for secrets');
  });

  test('goes through with an audited skip', async () => {
    const answer = await tooMuch().push(['origin', 'main'], { env: { POSTERN_SKIP_REVIEW: REASON } });
    expect(answer).toMatchObject({ code: 10 });
  });
});

test('the log never holds the secret', async () => {
  const repo = new GuardedRepo();
  change(repo, 'src/a.js', `const token = "${fakeToken()}";\n`);
  const { stderr } = await repo.push(['origin', 'main']);
  expect(stderr + readFileSync(join(repo.root, '.git', 'postern', 'audit.jsonl'), 'utf8')).not.toContain(fakeToken());
});
