import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../../../src/audit/query.ts';
import { scratchFolder, scratchRepo } from '../../support/packed.ts';
import { git, postern, writeFiles } from '../support.ts';

let guarded: string;

beforeAll(async () => {
  guarded = scratchRepo();
  expect(await postern(['init', '--yes'], { cwd: guarded })).toMatchObject({ code: 0 });
  git(guarded, 'add', '-A');
  git(guarded, '-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'Guard');
});

function copyOfGuarded(): string {
  const repo = scratchFolder('guarded');
  cpSync(guarded, repo, { recursive: true });
  return repo;
}

interface Result {
  readonly kind: 'ok' | 'note' | 'failed';
  readonly text: string;
  readonly mend?: string;
}

async function doctor(cwd: string, options: { env?: Record<string, string>; fix?: boolean } = {}) {
  const argv = ['doctor', '--json', ...(options.fix ? ['--fix'] : [])];
  const ran = await postern(argv, { cwd, ...(options.env ? { env: options.env } : {}) });
  const answer = JSON.parse(ran.out) as { ok: boolean; mended: string[]; checks: { id: string; results: Result[] }[] };
  const results = answer.checks.flatMap(({ id, results }) => results.map((one) => ({ id, ...one })));
  const failures = results.filter(({ kind }) => kind === 'failed');
  expect(ran.code).toBe(failures.length > 0 ? 1 : 0);
  expect(answer.ok).toBe(failures.length === 0);
  expect(failures.filter(({ mend }) => !mend)).toEqual([]);
  const lines = (kind: Result['kind']) =>
    results.filter((one) => one.kind === kind).map(({ id, text }) => `${id}: ${text}`);
  return { failed: lines('failed'), notes: lines('note'), mended: answer.mended };
}

const rewrite = (repo: string, name: string, from: string | RegExp, to: string) => {
  const path = join(repo, name);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(path, text.replace(from, to));
};

test('a fresh install passes, and its canaries are in the log', async () => {
  const repo = copyOfGuarded();
  expect((await doctor(repo)).failed).toEqual([]);
  const records = [...readAll(join(repo, '.git/postern'))].filter(({ session }) => session.id === 'postern-canary');
  expect(records.filter(({ effect }) => effect === 'deny')).toMatchObject([
    { tool: 'Bash', rule: 'protected-paths/policy' },
  ]);
  const { decisions, heartbeat } = JSON.parse((await postern(['status', '--json'], { cwd: repo })).out);
  expect({ decisions, heartbeat }).toEqual({
    decisions: { allow: 0, redact: 0, ask: 0, deny: 0, observed: 0 },
    heartbeat: null,
  });
});

test('it says everything in words too', async () => {
  const ran = await postern(['doctor'], { cwd: copyOfGuarded() });
  expect(ran).toMatchObject({ code: 0, said: 'Every gate answers.\n' });
  expect(ran.out).toContain('ok      agent hooks: 6 scripts answer, and the canary call was denied\n');
  expect(ran.out).toContain('ok      git hooks: 4 hooks in .husky refuse the canary\n');
});

interface Broken {
  readonly what: string;
  readonly breaks: (repo: string) => void;
  /** One text per failure. */
  readonly failed: readonly (string | RegExp)[];
  readonly env?: Record<string, string>;
}

function expectFailures(found: readonly string[], wanted: Broken['failed']): void {
  expect(found).toEqual(
    wanted.map((text) => (typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text))),
  );
}

interface Mendable extends Pick<Broken, 'what' | 'breaks'> {
  /** What `--fix` says that it mended. */
  readonly mends: Broken['failed'];
}

describe('what is broken and safe to mend', () => {
  test.each<Mendable>([
    {
      what: 'an agent hook that is not executable',
      breaks: (repo) => chmodSync(join(repo, '.claude/hooks/stop.sh'), 0o644),
      mends: [/stop\.sh is not executable/],
    },
    {
      what: 'a git hook that is not executable',
      breaks: (repo) => chmodSync(join(repo, '.husky/pre-push'), 0o644),
      mends: [/pre-push is not executable/],
    },
    {
      what: 'git hooks that are not switched on, as in a fresh clone',
      breaks: (repo) => git(repo, 'config', '--unset', 'core.hooksPath'),
      mends: ['The git hooks in .husky are not switched on'],
    },
    {
      what: 'settings without our entries',
      breaks: (repo) => writeFileSync(join(repo, '.claude/settings.json'), '{ "model": "opus" }\n'),
      mends: [
        'PreToolUse',
        'PostToolUse',
        'PostToolUseFailure',
        'UserPromptSubmit',
        'SessionStart',
        'ConfigChange',
        'Stop',
      ].map((event) => `.claude/settings.json: the ${event} entry of Postern is missing or changed.`),
    },
    {
      what: 'a timeout that the client reads as seconds',
      breaks: (repo) => rewrite(repo, '.claude/settings.json', '"timeout": 30', '"timeout": 30000'),
      mends: ['.claude/settings.json: the PreToolUse entry'],
    },
    {
      what: 'a cache that cannot be written',
      breaks: (repo) => {
        rmSync(join(repo, '.git/postern/policy.cache.json'), { force: true });
        mkdirSync(join(repo, '.git/postern/policy.cache.json/x'), { recursive: true });
      },
      mends: ['policy.cache.json cannot be written'],
    },
    {
      what: 'a file of an interrupted write',
      breaks: (repo) => writeFileSync(join(repo, '.claude/.settings.json.99999999.0.tmp'), ''),
      mends: ['1 file left from interrupted writes'],
    },
  ])('$what', async ({ breaks, mends }) => {
    const repo = copyOfGuarded();
    breaks(repo);
    const { failed: left, mended } = await doctor(repo, { fix: true });
    expect(left).toEqual([]);
    expectFailures(mended, mends);
  });
});

test('without --fix it only tells', async () => {
  const repo = copyOfGuarded();
  git(repo, 'config', '--unset', 'core.hooksPath');
  const failed = ['git hooks: The git hooks in .husky are not switched on'];
  expectFailures((await doctor(repo)).failed, failed);
  expectFailures((await doctor(repo)).failed, failed);
});

describe('what only a person can mend', () => {
  test.each<Broken>([
    {
      what: 'a runtime that says yes to everything',
      breaks: (repo) => writeFileSync(join(repo, '.postern/gate.cjs'), 'process.exit(10)\n'),
      failed: [
        /files: .*gate\.cjs was changed/,
        'agent hooks: No proof of .claude/hooks/pre-tool-use.sh: it said nothing',
        /git hooks: No proof of pre-commit, prepare-commit-msg, commit-msg, pre-push:/,
      ],
    },
    {
      what: 'an agent hook that says yes to everything',
      breaks: (repo) => writeFileSync(join(repo, '.claude/hooks/pre-tool-use.sh'), '#!/bin/sh\nexit 0\n'),
      failed: [
        /files: .*pre-tool-use\.sh was changed/,
        'agent hooks: No proof of .claude/hooks/pre-tool-use.sh: it said nothing',
      ],
    },
    {
      what: 'an agent hook that is gone',
      breaks: (repo) => rmSync(join(repo, '.claude/hooks/stop.sh')),
      failed: [/files: .*stop\.sh is missing/, 'agent hooks: No proof of .claude/hooks/stop.sh: it is missing'],
    },
    {
      what: 'a manifest that was changed along with a hook',
      breaks: (repo) =>
        rewrite(repo, '.postern/manifest.json', /"path": ".claude\/hooks\/stop.sh",[^}]*"sha256": "/, '$&0'),
      failed: [/files: .*stop\.sh was changed/, 'files: .postern/manifest.json does not have the digest'],
    },
    {
      what: 'a git hook of someone else in the place of ours',
      breaks: (repo) => writeFileSync(join(repo, '.husky/pre-commit'), '#!/bin/sh\nnpm test\n'),
      failed: [/files: .*pre-commit was changed/, /git hooks: .*pre-commit is not Postern's/],
    },
    {
      what: 'a comment in the settings',
      breaks: (repo) => rewrite(repo, '.claude/settings.json', '{', '{ // ours'),
      failed: ['settings: .claude/settings.json: line 1, column 3: JSON has no comments'],
    },
    {
      what: 'hooks switched off in this checkout',
      breaks: (repo) => writeFiles(repo, { '.claude/settings.local.json': '{"disableAllHooks":true}' }),
      failed: ['settings: .claude/settings.local.json: `disableAllHooks` is true'],
    },
    {
      what: 'a base URL in the settings of the repository',
      breaks: (repo) =>
        writeFiles(repo, { '.claude/settings.local.json': '{"env":{"ANTHROPIC_BASE_URL":"http://x"}}' }),
      failed: ['settings: .claude/settings.local.json: `env.ANTHROPIC_BASE_URL`'],
    },
    {
      what: 'a policy with a problem',
      breaks: (repo) => appendFileSync(join(repo, '.postern/policy.yaml'), '\nmod: observe\n'),
      failed: ['unknown key `mod`'],
    },
    {
      what: 'a policy that is gone',
      breaks: (repo) => rmSync(join(repo, '.postern/policy.yaml')),
      failed: ['policy: The policy cannot be read: .postern/policy.yaml is missing.'],
    },
    {
      what: 'a log that was edited',
      breaks: (repo) => rewrite(repo, '.git/postern/audit.jsonl', 'postern init', 'postern exit'),
      failed: ['log: The log is broken at line 1'],
    },
    {
      what: 'a log that cannot be written',
      breaks: (repo) => {
        rmSync(join(repo, '.git/postern/audit.jsonl'));
        mkdirSync(join(repo, '.git/postern/audit.jsonl'));
      },
      failed: [
        /No proof of (?:\S+, ){3}\S+: Blocked: Postern could not judge this: Cannot write the audit log/,
        /No proof of \S+, \S+: Blocked: the call cannot be recorded: Cannot write the audit log/,
        'log: Cannot read the audit log',
      ],
    },
    {
      what: 'husky, switched off',
      breaks: (repo) => {
        const stub = '#!/bin/sh\nsh -e "$(dirname "$0")/../$(basename "$0")" "$@"\n';
        for (const name of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push']) {
          writeFiles(repo, { [`.husky/_/${name}`]: stub });
          chmodSync(join(repo, '.husky/_', name), 0o755);
        }
        git(repo, 'config', 'core.hooksPath', '.husky/_');
      },
      env: { HUSKY: '0' },
      failed: ['git hooks: HUSKY=0 is set'],
    },
    {
      what: 'a session started below CLAUDE_CODE_SIMPLE',
      breaks: () => {},
      env: { CLAUDE_CODE_SIMPLE: '1' },
      failed: ['client: CLAUDE_CODE_SIMPLE is set'],
    },
  ])('$what', async ({ breaks, failed, env }) => {
    const repo = copyOfGuarded();
    breaks(repo);
    const over = env ? { env } : {};
    const found = await doctor(repo, { ...over, fix: true });
    expectFailures(found.failed, failed);
    expect(found.mended).toEqual([]);
  });

  test('hooks switched off in the settings of the person', async () => {
    const home = scratchFolder('home');
    writeFiles(home, { '.claude/settings.json': '{"disableAllHooks":true}' });
    expectFailures((await doctor(copyOfGuarded(), { env: { HOME: home } })).failed, ['`disableAllHooks` is true']);
  });

  test.each([
    { version: '2.1.294', failed: ['Claude Code 2.1.294 lets calls pass'] },
    { version: '2.1.295', failed: [] },
  ])('Claude Code $version', async ({ version, failed }) => {
    const repo = copyOfGuarded();
    const program = join(scratchFolder('client'), 'claude');
    writeFileSync(program, `#!/bin/sh\necho '${version} (Claude Code)'\n`, { mode: 0o755 });
    expectFailures((await doctor(repo, { env: { CLAUDE_BIN: program } })).failed, failed);
  });
});

describe('what people should know', () => {
  test.each([
    {
      what: 'a freeze',
      breaks: (repo: string) => postern(['freeze', '--reason', 'why'], { cwd: repo }),
      note: 'freeze: Frozen, every call is denied: why',
    },
    {
      what: 'a folder with settings of its own',
      breaks: (repo: string) => writeFiles(repo, { 'pkg/a/.claude/settings.json': '{}' }),
      note: 'a .claude/ of their own: pkg/a.',
    },
    {
      what: 'a changed block',
      breaks: (repo: string) => rewrite(repo, 'CLAUDE.md', 'postern:begin', 'begin'),
      note: 'files: The block of Postern in CLAUDE.md was taken out.',
    },
  ])('$what', async ({ breaks, note }) => {
    const repo = copyOfGuarded();
    await breaks(repo);
    const { failed, notes } = await doctor(repo);
    expect(failed).toEqual([]);
    expect(notes).toContainEqual(expect.stringContaining(note));
  });

  test('being below the root, where sessions load no hooks', async () => {
    const repo = copyOfGuarded();
    mkdirSync(join(repo, 'src'));
    const { failed, notes } = await doctor(join(repo, 'src'));
    expect(failed).toEqual([]);
    expect(notes).toContainEqual(expect.stringContaining(`You are in ${join(repo, 'src')}.`));
  });
});

test('a clone is sound once its hooks are switched on, and so is a worktree', async () => {
  const clone = join(scratchFolder('clone'), 'it');
  git(guarded, 'clone', '-q', guarded, clone);
  expect((await doctor(clone, { fix: true })).failed).toEqual([]);
  const worktree = join(scratchFolder('worktree'), 'it');
  git(clone, 'worktree', 'add', '-q', '-b', 'side', worktree);
  expect((await doctor(worktree)).failed).toEqual([]);
});
