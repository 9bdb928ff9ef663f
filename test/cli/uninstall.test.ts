import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, init, payload, read, repo, snapshot, uninstall, upgrade, write } from '../install/support.ts';
import { scratchFolder } from '../support/packed.ts';

function hook(root: string, path: string, mode = 0o755): void {
  write(root, path, '#!/bin/sh\nexit 0\n');
  chmodSync(join(root, path), mode);
}

describe('it restores byte for byte', () => {
  test.each([
    { name: 'a fresh repository', make: () => repo() },
    {
      name: 'files of the same names',
      make: () =>
        repo({ '.claude/settings.json': '{\r\n\t"model": "x"\r\n}', 'CLAUDE.md': '# Mine', 'AGENTS.md': 'x\r\ny\r\n' }),
    },
    { name: 'empty files', make: () => repo({ '.claude/settings.json': '{}', 'CLAUDE.md': '' }) },
    {
      name: 'empty lists of hooks',
      make: () => repo({ '.claude/settings.json': '{\n  "hooks": {\n    "Stop": []\n  }\n}\n' }),
    },
    {
      name: 'plain hooks, one of them a link',
      make: () => {
        const root = repo({ 'x.sh': '#!/bin/sh\n' });
        hook(root, '.git/hooks/pre-commit', 0o700);
        symlinkSync('../../x.sh', join(root, '.git/hooks/pre-push'));
        return root;
      },
    },
    {
      name: 'husky 9',
      make: () => {
        const root = repo({ '.husky/_/h': '' });
        hook(root, '.husky/pre-commit', 0o644);
        git(root, 'config', 'core.hooksPath', '.husky/_');
        return root;
      },
    },
    {
      name: 'a core.hooksPath outside',
      make: () => {
        const outside = scratchFolder('outside');
        hook(outside, 'post-commit');
        const root = repo();
        git(root, 'config', 'core.hooksPath', outside);
        return root;
      },
    },
    {
      name: 'a core.hooksPath that is empty',
      make: () => {
        const root = repo();
        git(root, 'config', 'core.hooksPath', '');
        return root;
      },
    },
    { name: 'a policy of its own', make: () => repo({ '.postern/policy.yaml': 'version: 1\n' }) },
    { name: 'an agent of the same name', make: () => repo({ '.claude/agents/code-reviewer.md': 'mine\n' }) },
    {
      name: 'other settings in .git/config',
      make: () => {
        const root = repo();
        git(root, 'config', 'core.hooksPath', 'tools');
        git(root, 'config', 'alias.x', 'status');
        mkdirSync(join(root, 'tools'));
        return root;
      },
    },
  ])('$name', async ({ make }) => {
    const root = make();
    const before = snapshot(root);
    expect((await init(root, { agents: true, commands: true })).code).toBe(0);
    expect(snapshot(root)).not.toEqual(before);
    const { code, out } = await uninstall(root);
    expect(code).toBe(0);
    expect(out).toContain('no longer guards');
    expect(snapshot(root)).toEqual(before);
    expect(existsSync(join(root, '.git/postern/audit.jsonl'))).toBe(true);
  });

  test('after an upgrade too', async () => {
    const root = repo({ 'CLAUDE.md': '# Mine\n' });
    const before = snapshot(root);
    await init(root);
    const next = payload('1.1.0', { 'templates/agent-block.md': '## Newer\n', 'dist/gate.cjs': '// newer\n' });
    await upgrade(root, { yes: true, payloadDir: next });
    await uninstall(root);
    expect(snapshot(root)).toEqual(before);
  });

  test('from a linked worktree', async () => {
    const root = repo();
    const tree = join(scratchFolder('linked'), 'tree');
    git(root, 'worktree', 'add', '-q', tree);
    const config = read(root, '.git/config');
    await init(tree);
    await uninstall(tree);
    expect(read(root, '.git/config')).toBe(config);
    expect(git(tree, 'status', '--porcelain')).toBe('');
  });
});

test.each([
  { name: 'an installation that was broken off', left: (root: string) => rmSync(join(root, '.postern/manifest.json')) },
  { name: 'a lost .postern', left: (root: string) => rmSync(join(root, '.postern'), { recursive: true }) },
])('$name is told how to be made whole and taken out', async ({ left }) => {
  const root = repo({ 'CLAUDE.md': '# Mine\n' });
  const before = snapshot(root);
  await init(root);
  left(root);
  expect(await uninstall(root)).toMatchObject({
    code: 2,
    said: expect.stringContaining('npx postern init --yes && npx postern uninstall'),
  });
  await init(root);
  await uninstall(root);
  expect(snapshot(root)).toEqual(before);
});

describe('what a person changed stays', () => {
  test.each(['.claude/hooks/stop.sh', '.postern/policy.yaml', '.postern/gate.cjs', '.husky/pre-push'])(
    '%s',
    async (path) => {
      const root = repo();
      await init(root);
      const mine = `${read(root, path)}# mine\n`;
      write(root, path, mine);
      expect((await uninstall(root)).out).toContain(`${path}  (changed by you; left here)`);
      expect(read(root, path)).toBe(mine);
      expect(existsSync(join(root, '.postern/manifest.json'))).toBe(false);
    },
  );

  test('settings and text that came later', async () => {
    const root = repo();
    await init(root);
    const settings = JSON.parse(read(root, '.claude/settings.json'));
    write(root, '.claude/settings.json', JSON.stringify({ ...settings, model: 'x' }, null, 2));
    write(root, 'CLAUDE.md', `# Mine\n\n${read(root, 'CLAUDE.md')}`);
    await uninstall(root);
    expect(read(root, '.claude/settings.json')).toBe('{\n  "model": "x"\n}');
    expect(read(root, 'CLAUDE.md')).toBe('# Mine\n');
  });

  test('a core.hooksPath that was set since', async () => {
    const root = repo();
    await init(root);
    git(root, 'config', 'core.hooksPath', 'elsewhere');
    expect((await uninstall(root)).out).toContain('is yours by now');
    expect(git(root, 'config', 'core.hooksPath')).toBe('elsewhere\n');
  });
});

test('a dry run changes nothing', async () => {
  const root = repo();
  await init(root);
  const before = snapshot(root);
  expect((await uninstall(root, { yes: false, dryRun: true })).out).toContain('would take Postern out');
  expect(snapshot(root)).toEqual(before);
});

test.each([
  { name: 'where nothing is installed', install: false, options: {}, env: {}, says: 'not installed' },
  { name: 'when nobody can be asked', install: true, options: { yes: false }, env: {}, says: '--yes' },
  { name: 'when an agent asks', install: true, options: {}, env: { CLAUDECODE: '1' }, says: 'Ask the person' },
])('it is refused $name', async ({ install, options, env, says }) => {
  const root = repo();
  if (install) await init(root);
  const before = snapshot(root);
  const { code, said } = await uninstall(root, options, { env });
  expect(code).toBe(2);
  expect(said).toContain(says);
  expect(snapshot(root)).toEqual(before);
});

test('the same as JSON', async () => {
  const root = repo();
  await init(root);
  write(root, '.claude/hooks/stop.sh', 'mine\n');
  expect(JSON.parse((await uninstall(root, { json: true })).out)).toMatchObject({
    left: ['.claude/hooks/stop.sh'],
    dryRun: false,
  });
});
