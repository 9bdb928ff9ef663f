import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisionOf, type GuardedRepo, guardedRepo, sendHook, toolEvent } from '../../support/guarded.ts';
import { personEnv, removeFolder, scratchFolder } from '../../support/packed.ts';

const clean = (repo: GuardedRepo) => toolEvent(repo, 'Bash', { command: 'git status' });

describe('input that cannot be judged is blocked with one clear line', () => {
  let repo: GuardedRepo;
  beforeAll(() => {
    repo = guardedRepo();
  });
  afterAll(() => [repo.root, repo.home].forEach(removeFolder));

  test.each([
    { what: 'empty', input: () => '', says: /empty/ },
    { what: 'not JSON', input: () => 'git status', says: /not JSON/ },
    { what: 'truncated', input: () => JSON.stringify(clean(repo)).slice(0, 80), says: /not JSON/ },
    { what: 'a list', input: () => '[]', says: /not an object/ },
    { what: 'not UTF-8', input: () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), says: /not UTF-8/ },
    { what: 'an unknown event', input: () => ({ ...clean(repo), hook_event_name: 'Nonsense' }), says: /not known/ },
    { what: 'no tool name', input: () => ({ ...clean(repo), tool_name: undefined }), says: /tool_name/ },
    { what: 'a command of a wrong type', input: () => toolEvent(repo, 'Bash', { command: ['ls'] }), says: /command/ },
    { what: 'no session', input: () => ({ ...clean(repo), session_id: undefined }), says: /session_id/ },
  ])('$what', ({ input, says }) => {
    const answer = sendHook(repo, 'pre-tool-use.sh', input());
    expect(answer).toMatchObject({ status: 2, stdout: '' });
    expect(answer.stderr).toMatch(says);
    expect(answer.stderr).toMatch(/Instead: /);
  });

  test('10 MB of clean input is judged', () => {
    const event = toolEvent(repo, 'Write', {
      file_path: join(repo.root, 'a.txt'),
      content: 'plain words\n'.repeat(900_000),
    });
    expect(['', 'ask', 'deny']).toContain(decisionOf(sendHook(repo, 'pre-tool-use.sh', event)));
  });

  test('an unknown tool counts as a write and passes where writes pass', () => {
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Hologram', { shape: 'cube' })))).toBe('');
  });

  test('a client that never closes its end is not waited for', async () => {
    const hook = spawn(join(repo.root, '.claude/hooks/pre-tool-use.sh'), {
      cwd: repo.root,
      env: personEnv({ HOME: repo.home }),
    });
    hook.stdin.write('{"half":');
    const status = await new Promise((resolve) => hook.on('exit', resolve));
    expect(status).toBe(2);
  });
});

describe('a guard that is broken denies', () => {
  const cases: { what: string; harm: (repo: GuardedRepo) => void; says: RegExp; env?: Record<string, string> }[] = [
    { what: 'policy missing', harm: ({ root }) => rmSync(join(root, '.postern/policy.yaml')), says: /policy/ },
    { what: 'policy empty', harm: ({ root }) => writeFileSync(join(root, '.postern/policy.yaml'), ''), says: /policy/ },
    {
      what: 'policy no YAML',
      harm: ({ root }) => writeFileSync(join(root, '.postern/policy.yaml'), 'version: [1'),
      says: /policy/,
    },
    {
      what: 'policy of an unknown key',
      harm: ({ root }) => writeFileSync(join(root, '.postern/policy.yaml'), 'version: 1\nmod: off\n'),
      says: /mod/,
    },
    {
      what: 'policy a folder',
      harm: ({ root }) => {
        rmSync(join(root, '.postern/policy.yaml'));
        mkdirSync(join(root, '.postern/policy.yaml'));
      },
      says: /policy/,
    },
    {
      what: 'policy a symlink loop',
      harm: ({ root }) => {
        rmSync(join(root, '.postern/policy.yaml'));
        symlinkSync('policy.yaml', join(root, '.postern/policy.yaml'));
      },
      says: /policy/,
    },
    {
      what: 'a floor that is no YAML',
      harm: ({ home }) => {
        mkdirSync(join(home, '.config/postern'), { recursive: true });
        writeFileSync(join(home, '.config/postern/policy.yaml'), '{{');
      },
      says: /policy/,
    },
    {
      what: 'HALT',
      harm: ({ stateDir }) => {
        mkdirSync(stateDir, { recursive: true });
        writeFileSync(join(stateDir, 'HALT'), 'incident 7\n');
      },
      says: /incident 7/,
    },
    {
      what: 'HALT a folder',
      harm: ({ stateDir }) => mkdirSync(join(stateDir, 'HALT'), { recursive: true }),
      says: /HALT/,
    },
    {
      what: 'the log is a folder',
      harm: ({ stateDir }) => mkdirSync(join(stateDir, 'audit.jsonl'), { recursive: true }),
      says: /recorded/,
    },
    { what: 'the state folder is a file', harm: ({ stateDir }) => writeFileSync(stateDir, ''), says: /./ },
    { what: 'runtime missing', harm: ({ root }) => rmSync(join(root, '.postern/gate.cjs')), says: /gate\.cjs/ },
    {
      what: 'runtime empty',
      harm: ({ root }) => writeFileSync(join(root, '.postern/gate.cjs'), ''),
      says: /gate\.cjs/,
    },
    { what: 'runtime cut', harm: ({ root }) => cut(join(root, '.postern/gate.cjs'), 200_000), says: /./ },
    {
      what: 'runtime says exit 0',
      harm: ({ root }) => writeFileSync(join(root, '.postern/gate.cjs'), 'process.exit(0)\n'),
      says: /runtime/,
    },
    { what: 'Node is not on the PATH', harm: () => {}, says: /Node/, env: { PATH: '/nonexistent' } },
    {
      what: '.git is gone',
      harm: ({ root }) => rmSync(join(root, '.git'), { recursive: true }),
      says: /git repository/,
    },
  ];

  test.each(cases)('$what', ({ harm, says, env }) => {
    const repo = guardedRepo();
    harm(repo);
    const answer = sendHook(repo, 'pre-tool-use.sh', clean(repo), env);
    expect(['deny', 'failed']).toContain(decisionOf(answer));
    expect(answer.stdout + answer.stderr).toMatch(says);
    [repo.root, repo.home].forEach(removeFolder);
  });

  function cut(path: string, bytes: number): void {
    writeFileSync(path, readFileSync(path).subarray(0, bytes));
  }
});

describe('a repository in an awkward place is guarded as any other', () => {
  test.each(['with space', 'with \'quotes"', 'with\nnewline', 'mit Ümläut ✓', '$(touch x)', '-dash'])('%j', (name) => {
    const folder = join(scratchFolder('awkward'), name);
    mkdirSync(folder);
    const repo = guardedRepo(undefined, folder);
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', clean(repo)))).toBe('');
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Read', { file_path: '.env' })))).toBe('deny');
    [repo.root, repo.home].forEach(removeFolder);
  });

  test('hooks that lost their executable bit are not run by us, and say nothing false', () => {
    const repo = guardedRepo();
    chmodSync(join(repo.root, '.claude/hooks/pre-tool-use.sh'), 0o644);
    expect(sendHook(repo, 'pre-tool-use.sh', clean(repo)).status).not.toBe(0);
    [repo.root, repo.home].forEach(removeFolder);
  });
});
