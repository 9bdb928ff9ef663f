import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPacked, type PackedPostern, personEnv, removeFolder, scratchRepo } from '../support/packed.ts';

describe('the packed tarball, installed in an empty folder', () => {
  const repo = scratchRepo();
  let packed: PackedPostern;

  beforeAll(() => {
    packed = installPacked();
  });
  afterAll(() => [repo, packed.folder].forEach(removeFolder));

  test('ships what a consumer needs and nothing of ours besides', () => {
    const top = new Set(packed.files.map((file) => file.split('/')[0]));
    expect([...top].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'agents',
      'commands',
      'dist',
      'hooks',
      'husky',
      'package.json',
      'schema',
      'templates',
    ]);
  });

  test('init from there guards a repository with thirteen files, and no more', () => {
    execFileSync(packed.bin, ['init', '--yes'], { cwd: repo, env: personEnv(), encoding: 'utf8' });
    const added = execFileSync('git', ['status', '--porcelain', '-z', '-uall'], { cwd: repo, encoding: 'utf8' });
    const files = added
      .split('\0')
      .filter(Boolean)
      .map((entry) => entry.slice(3));
    const merged = ['.claude/settings.json', 'AGENTS.md', 'CLAUDE.md'];
    expect(files.filter((file) => !merged.includes(file)).length).toBe(13);
  });

  test.each([
    { tool: 'Bash', tool_input: { command: 'rm -rf ~' }, says: 'deny' },
    { tool: 'Bash', tool_input: { command: 'git status' }, says: '' },
    { tool: 'Read', tool_input: { file_path: '.env' }, says: 'deny' },
  ])('its hook answers $tool with "$says"', ({ tool, tool_input, says }) => {
    const event = {
      session_id: 's',
      cwd: repo,
      hook_event_name: 'PreToolUse',
      tool_name: tool,
      tool_input,
      tool_use_id: 't',
    };
    const hook = join(repo, '.claude/hooks/pre-tool-use.sh');
    const { status, stdout } = spawnSync(hook, {
      cwd: repo,
      env: personEnv(),
      input: JSON.stringify(event),
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout === '' ? '' : JSON.parse(stdout).hookSpecificOutput.permissionDecision).toBe(says);
  });

  test('a fresh clone is guarded at once, with Node alone', () => {
    execFileSync('git', ['add', '-A'], { cwd: repo });
    execFileSync('git', ['-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'Guarded'], { cwd: repo });
    const clone = `${repo} clone`;
    execFileSync('git', ['clone', '-q', repo, clone]);
    const event = {
      session_id: 's',
      cwd: clone,
      hook_event_name: 'PreToolUse',
      tool_name: 'Bash',
      tool_input: { command: 'git status && npm ci' },
      tool_use_id: 't',
    };
    const hook = join(clone, '.claude/hooks/pre-tool-use.sh');
    const { status, stdout, stderr } = spawnSync(hook, {
      cwd: clone,
      env: personEnv(),
      input: JSON.stringify(event),
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    removeFolder(clone);
  });

  test('the runtime is one readable file without dependencies', () => {
    const text = readFileSync(join(repo, '.postern/gate.cjs'), 'utf8');
    const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1] ?? '');
    const builtins = new Set(process.getBuiltinModule('node:module').builtinModules);
    // Its own parts are in the same file.
    const foreign = required.filter((name) => !name.startsWith('postern:') && !builtins.has(name.replace('node:', '')));
    expect(foreign).toEqual([]);
    expect(existsSync(join(repo, 'node_modules'))).toBe(false);
  });
});
