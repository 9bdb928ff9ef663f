import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

interface Row {
  readonly staged: string;
  readonly prepare: (repo: GuardedRepo) => void;
  readonly env?: Env;
  readonly policy?: string;
  readonly code: 10 | 1 | 2;
  readonly says?: string;
}

const secretLine = () => `const token = "${fakeToken()}";\n`;

function stage(repo: GuardedRepo, path: string, text: string | Buffer): void {
  repo.write(path, text);
  repo.git('add', '-f', '--', path);
}

const ROWS: Row[] = [
  { staged: 'nothing', prepare: () => {}, code: 10 },
  { staged: 'plain text', prepare: (repo) => stage(repo, 'src/a.ts', 'let a;\n'), code: 10 },
  {
    staged: 'a secret',
    prepare: (repo) => stage(repo, 'src/a.ts', `one\ntwo\n${secretLine()}`),
    code: 1,
    says: 'src/a.ts:3',
  },
  {
    staged: 'a secret in the middle of an old file',
    prepare: (repo) => {
      stage(repo, 'a.ts', '1\n2\n3\n4\n5\n');
      repo.commit('Old');
      stage(repo, 'a.ts', `0\n1\n2\n3\n${secretLine()}5\n`);
    },
    code: 1,
    says: 'a.ts:5',
  },
  {
    staged: 'a secret with CRLF lines and no newline at the end',
    prepare: (repo) => stage(repo, 'a.ts', `one\r\n${secretLine().trimEnd()}`),
    code: 1,
    says: 'a.ts:2',
  },
  {
    staged: 'a file whose lines look like diff headers',
    prepare: (repo) => stage(repo, 'a.txt', `++ b/other\n@@ -1 +1 @@\n-- a/x\ndiff --git a/x b/x\n${secretLine()}`),
    code: 1,
    says: 'a.txt:5',
  },
  {
    staged: 'a file name with a newline, a quote and a tab',
    prepare: (repo) => stage(repo, 'a\n"\tb.ts', secretLine()),
    code: 1,
    says: '"?b.ts:1',
  },
  {
    staged: 'a file name in another script',
    prepare: (repo) => stage(repo, 'ключ.ts', secretLine()),
    code: 1,
    says: 'ключ.ts:1',
  },
  {
    staged: 'a renamed file that holds an old secret',
    prepare: (repo) => {
      stage(repo, 'a.ts', `${secretLine()}1\n2\n3\n4\n5\n6\n7\n8\n9\n`);
      repo.commit('Old');
      repo.git('mv', 'a.ts', 'b.ts');
    },
    code: 10,
  },
  {
    staged: 'a deleted line with a secret',
    prepare: (repo) => {
      stage(repo, 'a.ts', `1\n${secretLine()}`);
      repo.commit('Old');
      stage(repo, 'a.ts', '1\n');
    },
    code: 10,
  },
  {
    staged: 'a secret that only the worktree holds',
    prepare: (repo) => {
      stage(repo, 'a.ts', '1\n');
      repo.write('a.ts', secretLine());
    },
    code: 10,
  },
  {
    staged: 'a secret that the worktree no longer holds',
    prepare: (repo) => {
      stage(repo, 'a.ts', secretLine());
      repo.write('a.ts', '1\n');
    },
    code: 1,
    says: 'a.ts:1',
  },
  {
    staged: 'a picture',
    prepare: (repo) => stage(repo, 'a.png', Buffer.from([0x89, 0x50, 0, 1, 2, 3])),
    code: 10,
  },
  {
    staged: 'a text with a NUL byte',
    prepare: (repo) => stage(repo, 'a.ts', Buffer.from(`\0\n${secretLine()}`)),
    code: 1,
    says: 'a.ts:2',
  },
  {
    staged: 'text that attributes call binary',
    prepare: (repo) => {
      stage(repo, '.gitattributes', '* binary\n');
      stage(repo, 'a.ts', secretLine());
    },
    code: 1,
    says: 'a.ts:1',
  },
  {
    staged: 'a submodule, a symlink and a mode',
    prepare: (repo) => {
      repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
      repo.git('update-index', '--add', '--cacheinfo', `120000,${repo.git('hash-object', '-w', 'readme.md')},link`);
      repo.git('update-index', '--chmod=+x', 'readme.md');
    },
    code: 10,
  },
  {
    staged: 'a governance file by a person',
    prepare: (repo) => stage(repo, '.claude/settings.json', '{}\n'),
    code: 10,
  },
  {
    staged: 'a governance file by an agent',
    prepare: (repo) => stage(repo, '.claude/settings.json', '{}\n'),
    env: AGENT,
    code: 1,
    says: 'git restore --staged -- .claude/settings.json',
  },
  {
    staged: 'the deletion of a governance file by an agent',
    prepare: (repo) => void repo.git('rm', '-q', '--cached', '.postern/policy.yaml'),
    env: AGENT,
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    staged: 'a governance file renamed away by an agent',
    prepare: (repo) => {
      repo.git('mv', '.postern/policy.yaml', 'b.yaml');
      repo.write('.postern/policy.yaml', 'version: 1\n');
    },
    env: AGENT,
    code: 1,
    says: '.postern/policy.yaml',
  },
  {
    staged: 'a plain file by an agent',
    prepare: (repo) => stage(repo, 'src/a.ts', 'let a;\n'),
    env: AGENT,
    code: 10,
  },
  {
    staged: 'a merge by an agent that brings a governance file and an old secret along',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'theirs');
      stage(repo, '.claude/settings.json', '{}\n');
      stage(repo, 'old.ts', secretLine());
      stage(repo, 'readme.md', 'theirs\n');
      repo.commit('Theirs');
      repo.git('checkout', '-q', 'main');
      stage(repo, 'readme.md', 'ours\n');
      repo.commit('Ours');
      try {
        repo.git('merge', 'theirs');
      } catch {
        stage(repo, 'readme.md', 'both\n');
      }
    },
    env: AGENT,
    code: 10,
  },
  {
    staged: 'a merge with a secret in its resolution',
    prepare: (repo) => {
      repo.git('checkout', '-q', '-b', 'theirs');
      stage(repo, 'readme.md', 'theirs\n');
      repo.commit('Theirs');
      repo.git('checkout', '-q', 'main');
      stage(repo, 'readme.md', 'ours\n');
      repo.commit('Ours');
      try {
        repo.git('merge', 'theirs');
      } catch {
        stage(repo, 'readme.md', `both\n${secretLine()}`);
      }
    },
    code: 1,
    says: 'readme.md:2',
  },
  {
    staged: 'a secret where the policy lets that kind through',
    policy: 'guards: { secrets: { allow: [github-pat] } }\n',
    prepare: (repo) => stage(repo, 'a.ts', `${secretLine().replace('token', 'x')}`),
    code: 10,
  },
];

test.each(ROWS)('$staged -> $code', async ({ prepare, env = {}, policy = '', code, says = '' }) => {
  const repo = new GuardedRepo(policy);
  prepare(repo);
  const answer = await repo.gate('pre-commit', [], { env });
  expect(answer).toMatchObject({ code, stdout: '' });
  expect(answer.stderr).toContain(says);
  expect(repo.records()).toHaveLength(1);
});

test('the first commit of a repository is judged whole', async () => {
  const repo = new GuardedRepo();
  repo.git('checkout', '-q', '--orphan', 'fresh');
  stage(repo, 'a.ts', secretLine());
  expect((await repo.gate('pre-commit')).stderr).toContain('a.ts:1');
});

test('of a commit of some paths only those are judged', async () => {
  const repo = new GuardedRepo();
  stage(repo, 'a.ts', secretLine());
  const env = { GIT_INDEX_FILE: join(repo.root, '.git', 'next-index') };
  repo.run(['read-tree', 'HEAD'], env, repo.root);
  repo.write('b.ts', 'let b;\n');
  repo.run(['add', 'b.ts'], env, repo.root);
  expect(await repo.gate('pre-commit', [], { env })).toMatchObject({ code: 10 });
  expect(await repo.gate('pre-commit')).toMatchObject({ code: 1 });
});

test.each([
  { broken: 'an index that cannot be read', path: '.git/index', text: 'nonsense' },
  { broken: 'an audit log that cannot be written', path: '.git/postern/audit.jsonl/x', text: '' },
])('$broken -> 2', async ({ path, text }) => {
  const repo = new GuardedRepo();
  rmSync(join(repo.root, path), { force: true });
  repo.write(path, text);
  expect(await repo.gate('pre-commit')).toMatchObject({ code: 2 });
});
