import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { settingsProblems } from '../../src/clients/claude-settings.ts';
import { git, init, payload, read, repo, snapshot, upgrade, write } from '../install/support.ts';
import { scratchFolder, scratchRepo } from '../support/packed.ts';

const HOOKS = ['commit-msg', 'pre-commit', 'pre-push', 'prepare-commit-msg'];
const EVENTS = ['config-change', 'post-tool-use', 'pre-tool-use', 'session-start', 'stop', 'user-prompt-submit'];
const DOZEN = [
  ...EVENTS.map((name) => `.claude/hooks/${name}.sh`),
  '.postern/gate.cjs',
  '.postern/manifest.json',
  '.postern/policy.yaml',
];
const MINE = '#!/bin/sh\necho mine\n';

function hook(root: string, path: string, text = MINE, mode = 0o755): void {
  write(root, path, text);
  chmodSync(join(root, path), mode);
}

function worktreeOf(root: string): string {
  const folder = join(scratchFolder('linked'), 'tree');
  git(root, 'worktree', 'add', '-q', folder);
  return folder;
}

interface Shape {
  readonly name: string;
  readonly make: () => string;
  readonly from?: (root: string) => string;
  readonly hooks: string;
  readonly hooksPath: string | null;
  readonly says?: string;
}

const SHAPES: readonly Shape[] = [
  { name: 'a fresh repository', make: () => repo(), hooks: '.husky', hooksPath: '.husky' },
  {
    name: 'a subdirectory',
    make: () => repo({ 'a/b/c.txt': '' }),
    from: (root) => join(root, 'a/b'),
    hooks: '.husky',
    hooksPath: '.husky',
  },
  {
    name: 'husky 9',
    make: () => {
      const root = repo({ '.husky/_/pre-commit': '' });
      hook(root, '.husky/pre-commit', 'npm test\n', 0o644);
      git(root, 'config', 'core.hooksPath', '.husky/_');
      return root;
    },
    hooks: '.husky',
    hooksPath: '.husky/_',
    says: 'husky runs the hooks there',
  },
  {
    name: 'husky 4 to 8',
    make: () => {
      const root = repo();
      hook(root, '.husky/pre-commit');
      git(root, 'config', 'core.hooksPath', '.husky');
      return root;
    },
    hooks: '.husky',
    hooksPath: '.husky',
  },
  {
    name: 'a core.hooksPath of its own',
    make: () => {
      const root = repo();
      hook(root, 'tools/git hooks/pre-commit');
      git(root, 'config', 'core.hooksPath', 'tools/git hooks');
      return root;
    },
    hooks: 'tools/git hooks',
    hooksPath: 'tools/git hooks',
  },
  {
    name: 'plain hooks',
    make: () => {
      const root = repo();
      hook(root, '.git/hooks/pre-commit');
      return root;
    },
    hooks: '.git/hooks',
    hooksPath: null,
    says: 'it holds active hooks',
  },
  {
    name: 'lefthook',
    make: () => repo({ 'lefthook.yml': '' }),
    hooks: '.git/hooks',
    hooksPath: null,
    says: 'lefthook',
  },
  {
    name: 'pre-commit',
    make: () => repo({ '.pre-commit-config.yaml': '' }),
    hooks: '.git/hooks',
    hooksPath: null,
    says: 'pre-commit',
  },
  {
    name: 'a core.hooksPath that is empty',
    make: () => {
      const root = repo();
      git(root, 'config', 'core.hooksPath', '');
      return root;
    },
    hooks: '.husky',
    hooksPath: '.husky',
  },
  {
    name: 'samples and hooks that are switched off',
    make: () => {
      const root = repo();
      hook(root, '.git/hooks/pre-commit', MINE, 0o644);
      return root;
    },
    hooks: '.husky',
    hooksPath: '.husky',
  },
  {
    name: 'a linked worktree',
    make: () => worktreeOf(repo()),
    hooks: '.husky',
    hooksPath: '.husky',
  },
  ...['with space', `quo"te's`, 'new\nline', 'ünï…☃', '$HOME `x` %s', '-dash'].map((name) => ({
    name: `a path like ${JSON.stringify(name)}`,
    make: () => {
      const folder = join(scratchFolder('odd'), name);
      mkdirSync(folder);
      return repo({}, folder);
    },
    hooks: '.husky',
    hooksPath: '.husky',
  })),
];

describe.each(SHAPES)('$name', ({ make, from, hooks, hooksPath, says }) => {
  test('is guarded by a handful of files, and running it again changes not one byte', async () => {
    const root = make();
    const cwd = from?.(root) ?? root;
    const first = await init(cwd);
    expect(first).toMatchObject({ code: 0, said: '' });
    if (says) expect(first.out).toContain(says);
    for (const path of DOZEN) expect(existsSync(join(root, path)), path).toBe(true);
    for (const name of EVENTS) expect(lstatSync(join(root, `.claude/hooks/${name}.sh`)).mode & 0o111).toBe(0o111);
    expect(settingsProblems(read(root, '.claude/settings.json'), true)).toEqual([]);
    for (const name of HOOKS) {
      expect(read(root, `${hooks}/${name}`)).toBe(readFileSync(`husky/${name}`, 'utf8'));
      expect(lstatSync(join(root, hooks, name)).mode & 0o111).toBe(0o111);
    }
    const config = git(root, 'config', '--default', '', '--get', 'core.hooksPath').trim();
    expect(config || null).toBe(hooksPath);
    const before = snapshot(root);
    const again = await init(cwd);
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('nothing was changed');
    expect((await upgrade(cwd, { yes: true })).out).toContain('nothing was changed');
    expect((await upgrade(cwd, { check: true })).code).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  test('runs the hooks of git, ours and then the one that was there', async () => {
    const root = make();
    await init(from?.(root) ?? root);
    write(root, 'new.txt', 'x');
    git(root, 'add', 'new.txt');
    git(root, 'commit', '-qm', 'Guarded');
    const runtime = join(root, '.postern/gate.cjs');
    writeFileSync(runtime, 'process.exitCode = 1;\n');
    if (hooksPath !== '.husky/_') expect(() => git(root, 'commit', '-q', '--allow-empty', '-m', 'No')).toThrow();
  });

  test('a dry run tells the plan and writes nothing', async () => {
    const root = make();
    const before = snapshot(root);
    const { code, out } = await init(from?.(root) ?? root, { yes: false, dryRun: true });
    expect(code).toBe(0);
    expect(out).toContain('Nothing was changed');
    expect(out).toContain(join(hooks, 'pre-push'));
    expect(snapshot(root)).toEqual(before);
    expect(existsSync(join(root, '.git/postern'))).toBe(false);
  });
});

test('no files but these are new in a fresh repository, besides settings and the two blocks', async () => {
  const root = repo();
  await init(root);
  const fresh = git(root, 'status', '--porcelain', '-uall')
    .trim()
    .split('\n')
    .map((line) => line.slice(3));
  const besides = ['.claude/settings.json', 'AGENTS.md', 'CLAUDE.md'];
  expect(fresh.sort()).toEqual([...DOZEN, ...HOOKS.map((name) => `.husky/${name}`), ...besides].sort());
});

test('agents and commands come when asked for, and stay away when a person deletes them', async () => {
  const root = repo();
  await init(root, { agents: true, commands: true });
  expect(readdirSync(join(root, '.claude/agents')).sort()).toEqual(readdirSync('agents').sort());
  expect(readdirSync(join(root, '.claude/commands')).sort()).toEqual(readdirSync('commands').sort());
  rmSync(join(root, '.claude/agents/code-reviewer.md'));
  expect((await init(root)).out).toContain('you removed it');
  expect(existsSync(join(root, '.claude/agents/code-reviewer.md'))).toBe(false);
  await init(root, { agents: true });
  expect(existsSync(join(root, '.claude/agents/code-reviewer.md'))).toBe(true);
});

test.each(['solo', 'team', 'locked-down'])('the profile %s is the policy to start from', async (profile) => {
  const root = repo();
  expect((await init(root, { profile })).code).toBe(0);
  expect(read(root, '.postern/policy.yaml')).toBe(readFileSync(`templates/policies/${profile}.yaml`, 'utf8'));
});

describe('what is there already', () => {
  test('a policy of the person stays', async () => {
    const root = repo({ '.postern/policy.yaml': 'version: 1\nextends: solo\n' });
    expect((await init(root)).out).toContain('it was there before Postern');
    expect(read(root, '.postern/policy.yaml')).toBe('version: 1\nextends: solo\n');
  });

  test('another profile for an installed policy is a hint, not a change', async () => {
    const root = repo();
    await init(root);
    const before = snapshot(root);
    expect((await init(root, { profile: 'solo' })).said).toContain('extends: solo');
    expect(snapshot(root)).toEqual(before);
  });

  test('files of ours that are gone come back', async () => {
    const root = repo();
    await init(root);
    const before = snapshot(root);
    for (const path of ['.postern/gate.cjs', '.claude/hooks/stop.sh', '.husky/pre-push', '.claude/settings.json'])
      rmSync(join(root, path));
    chmodSync(join(root, '.claude/hooks/pre-tool-use.sh'), 0o644);
    expect((await init(root)).code).toBe(0);
    expect(snapshot(root)).toEqual(before);
  });

  test('a hook of ours that a person changed stays', async () => {
    const root = repo();
    await init(root);
    write(root, '.claude/hooks/stop.sh', `${read(root, '.claude/hooks/stop.sh')}# mine\n`);
    const before = snapshot(root);
    expect((await init(root)).out).toContain('changed after it was installed');
    expect(snapshot(root)).toEqual(before);
  });

  test('CLAUDE.md that imports AGENTS.md needs no block, nor does a link to it', async () => {
    const root = repo({ 'CLAUDE.md': '@AGENTS.md\n' });
    await init(root);
    expect(read(root, 'CLAUDE.md')).toBe('@AGENTS.md\n');
    expect(read(root, 'AGENTS.md')).toContain('postern:begin');
    const linked = repo({ 'AGENTS.md': '# Mine\n' });
    symlinkSync('AGENTS.md', join(linked, 'CLAUDE.md'));
    await init(linked);
    expect(lstatSync(join(linked, 'CLAUDE.md')).isSymbolicLink()).toBe(true);
    expect(read(linked, 'AGENTS.md').match(/postern:begin/g)).toHaveLength(1);
  });

  test('settings that are a link inside the repository are written through it', async () => {
    const root = repo({ 'config/claude.json': '{\n  "model": "x"\n}\n' });
    mkdirSync(join(root, '.claude'));
    symlinkSync('../config/claude.json', join(root, '.claude/settings.json'));
    expect((await init(root)).code).toBe(0);
    expect(lstatSync(join(root, '.claude/settings.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(read(root, 'config/claude.json'))).toMatchObject({ model: 'x', hooks: expect.anything() });
  });

  test('a hook that is a link is kept as that link and called', async () => {
    const root = repo();
    hook(root, 'scripts/check.sh', '#!/bin/sh\ntouch ran\n');
    rmSync(join(root, '.git/hooks'), { recursive: true });
    mkdirSync(join(root, '.git/hooks'));
    symlinkSync('../../scripts/check.sh', join(root, '.git/hooks/pre-commit'));
    await init(root);
    git(root, 'commit', '-q', '--allow-empty', '-m', 'x');
    expect(existsSync(join(root, 'ran'))).toBe(true);
    expect(lstatSync(join(root, '.git/hooks/pre-commit.before-postern')).isSymbolicLink()).toBe(true);
  });
});

test.each([{ command: init }, { command: upgrade }])(
  'a runtime that was broken is put back unasked, and kept aside',
  async ({ command }) => {
    const root = repo();
    await init(root);
    const whole = read(root, '.postern/gate.cjs');
    for (const broken of ['', 'process.exit(0)\n']) {
      write(root, '.postern/gate.cjs', broken);
      expect((await command(root, { yes: true })).code).toBe(0);
      expect(read(root, '.postern/gate.cjs')).toBe(whole);
    }
    const folder = join(root, '.git/postern/replaced');
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toContain('process.exit(0)\n');
  },
);

describe('what stands in the way is refused, all at once, with nothing written', () => {
  const outside = scratchFolder('outside');
  const elsewhere = join(scratchFolder('elsewhere'), 'settings.json');
  writeFileSync(elsewhere, '{}\n');
  test.each([
    {
      name: 'settings with comments',
      make: (root: string) => write(root, '.claude/settings.json', '{\n  "a": 1, // x\n}'),
      says: '.claude/settings.json:2:11',
    },
    {
      name: 'a hook of somebody else',
      make: (root: string) => write(root, '.claude/hooks/stop.sh', MINE),
      says: '.claude/hooks/stop.sh is not of Postern',
    },
    {
      name: 'a folder for a file',
      make: (root: string) => mkdirSync(join(root, '.postern/gate.cjs'), { recursive: true }),
      says: '.postern/gate.cjs is not a file',
    },
    {
      name: 'a dangling link',
      make: (root: string) => symlinkSync('nowhere', join(root, 'CLAUDE.md')),
      says: 'CLAUDE.md is a link to nothing',
    },
    {
      name: 'a folder that leads out',
      make: (root: string) => symlinkSync(outside, join(root, '.claude')),
      says: 'outside of this repository',
    },
    {
      name: 'settings that are a link to elsewhere',
      make: (root: string) => {
        mkdirSync(join(root, '.claude'));
        symlinkSync(elsewhere, join(root, '.claude/settings.json'));
      },
      says: 'outside of this repository',
    },
    {
      name: 'a runtime that is a link',
      make: (root: string) => {
        mkdirSync(join(root, '.postern'));
        symlinkSync('../app.js', join(root, '.postern/gate.cjs'));
      },
      says: 'gate.cjs is not of Postern',
    },
    {
      name: 'instructions that are no text',
      make: (root: string) => writeFileSync(join(root, 'CLAUDE.md'), Buffer.from([0xff, 0xfe, 0x41])),
      says: 'CLAUDE.md is not UTF-8',
    },
  ])('$name', async ({ make, says }) => {
    const root = repo();
    make(root);
    const before = snapshot(root);
    const { code, said } = await init(root);
    expect(code).toBe(2);
    expect(said).toContain(says);
    expect(snapshot(root)).toEqual(before);
    expect(readdirSync(outside)).toEqual([]);
    expect(readFileSync(elsewhere, 'utf8')).toBe('{}\n');
  });

  test('two things are both named', async () => {
    const root = repo({ '.claude/settings.json': '{,}', '.claude/hooks/stop.sh': MINE });
    const { said } = await init(root);
    expect(said).toContain('stop.sh is not of Postern');
    expect(said).toContain('settings.json:1:2');
  });

  test('two different hooks that both want to be kept', async () => {
    const root = repo();
    hook(root, '.git/hooks/pre-push');
    hook(root, '.git/hooks/pre-push.before-postern', '#!/bin/sh\nanother\n');
    expect((await init(root)).said).toContain('two different hooks of yours');
  });

  test('no repository', async () => expect((await init(scratchFolder('none'))).said).toContain('git init'));
  test('an unknown profile', async () =>
    expect((await init(repo(), { profile: 'big' })).said).toContain('locked-down'));
  test('nobody to ask', async () => expect((await init(repo(), { yes: false })).said).toContain('--yes'));
  test('another version', async () => {
    const root = repo();
    await init(root);
    expect((await init(root, { payloadDir: payload('1.1.0') })).said).toContain('npx postern upgrade');
    const older = (await init(root, { payloadDir: payload('0.9.0') })).said;
    expect(older).toContain('npx postern@1.0.0 init');
    expect(older).not.toContain('npx postern upgrade');
  });
  test('a broken manifest', async () =>
    expect((await init(repo({ '.postern/manifest.json': '{' }))).said).toContain('manifest.json'));
  test('a package without its runtime', async () => {
    expect((await init(repo(), { payloadDir: payload('1.0.0', { 'dist/gate.cjs': null }) })).said).toContain(
      'gate.cjs',
    );
  });
  test.each(['CLAUDECODE', 'CODEX_THREAD_ID', 'AI_AGENT'])('an agent (%s)', async (mark) => {
    const root = repo();
    const before = snapshot(root);
    const { code, said } = await init(root, {}, { env: { [mark]: '1' } });
    expect(code).toBe(2);
    expect(said).toContain('Ask the person');
    expect(snapshot(root)).toEqual(before);
  });
});

describe('a core.hooksPath outside of the repository', () => {
  afterEach(() => void delete process.env['GIT_CONFIG_GLOBAL']);

  test('is never written to; its hooks run after ours, those that we do not have too', async () => {
    const shared = scratchFolder('shared hooks');
    for (const name of ['pre-commit', 'post-commit']) hook(shared, name, `#!/bin/sh\necho "${name}" >>ran\n`);
    process.env['GIT_CONFIG_GLOBAL'] = join(scratchFolder('global'), 'config');
    git(shared, 'config', '--global', 'core.hooksPath', shared);
    git(shared, 'config', '--global', 'init.defaultBranch', 'main');
    const root = scratchRepo();
    rmSync(join(root, 'ran'));
    const before = snapshot(shared);
    expect((await init(root)).out).toContain('outside of this repository');
    git(root, 'commit', '-q', '--allow-empty', '-m', 'x');
    expect(read(root, 'ran')).toBe('pre-commit\npost-commit\n');
    expect(snapshot(shared)).toEqual(before);
    expect((await init(root)).out).toContain('nothing was changed');
  });
});

describe('what it tells', () => {
  test('a monorepo and its package manager', async () => {
    const root = repo({ 'package.json': '{"workspaces":["p/*"]}', 'pnpm-lock.yaml': '', 'p/a/x': '' });
    const { out } = await init(join(root, 'p/a'));
    expect(out).toContain('pnpm dlx postern doctor');
    expect(out).toContain('Start agents in this folder');
  });

  test('what git ignores, so that nobody else would be guarded', async () => {
    const root = repo({ '.gitignore': '.claude/\n' });
    expect((await init(root)).out).toContain('Ignored by git, so that other clones are not guarded: .claude');
  });

  test('the same as JSON', async () => {
    const facts = JSON.parse((await init(repo(), { json: true })).out);
    expect(facts).toMatchObject({ version: '1.0.0', profile: 'team', hooks: '.husky', changed: true, dryRun: false });
    expect(facts.steps).toContainEqual({ step: 'create', path: '.husky/pre-push' });
  });

  test('a policy that cannot be used', async () => {
    expect((await init(repo({ '.postern/policy.yaml': 'version: 1\nnonsense: true\n' }))).said).toContain(
      'policy.yaml:2',
    );
  });

  test('the log knows', async () => {
    const root = repo();
    await init(root);
    await init(root);
    const records = read(root, '.git/postern/audit.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind, what }) => [kind, what])).toEqual([['install', 'postern init']]);
  });
});

test('a clone of a guarded repository is guarded after one init, with nothing to commit', async () => {
  const root = repo();
  await init(root);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'Guard');
  const clone = join(scratchFolder('clone'), 'copy');
  git(root, 'clone', '-q', root, clone);
  expect((await upgrade(clone, { check: true })).code).toBe(0);
  expect((await init(clone)).code).toBe(0);
  expect(git(clone, 'config', 'core.hooksPath')).toBe('.husky\n');
  expect(git(clone, 'status', '--porcelain')).toBe('');
});

test('two at once end in the same state', async () => {
  const root = repo();
  const runs = await Promise.all([init(root), init(root), init(root)]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
  const alone = repo();
  await init(alone);
  expect(snapshot(root)).toEqual(snapshot(alone));
});
