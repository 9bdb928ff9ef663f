import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decisionOf, type GuardedRepo, guardedRepo, records, sendHook, toolEvent } from '../../support/guarded.ts';
import { removeFolder } from '../../support/packed.ts';

let repo: GuardedRepo;
beforeEach(() => {
  repo = guardedRepo();
});
afterEach(() => [repo.root, repo.home].forEach(removeFolder));

/** What a call does between its PreToolUse and PostToolUse events. */
function runCall(act: () => void, command = 'make all', id = 'call-1') {
  const event = toolEvent(repo, 'Bash', { command }, { tool_use_id: id });
  expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', event))).toBe('');
  act();
  return sendHook(repo, 'post-tool-use.sh', { ...event, hook_event_name: 'PostToolUse', tool_response: {} });
}

const at = (path: string) => join(repo.root, path);

describe('after a call', () => {
  test.each([
    {
      what: 'settings emptied',
      act: () => writeFileSync(at('.claude/settings.json'), '{}'),
      path: '.claude/settings.json',
    },
    { what: 'settings deleted', act: () => rmSync(at('.claude/settings.json')), path: '.claude/settings.json' },
    {
      what: 'policy loosened',
      act: () => writeFileSync(at('.postern/policy.yaml'), 'version: 1\nmode: observe\n'),
      path: '.postern/policy.yaml',
    },
    {
      what: 'a secrets baseline made longer',
      act: () => writeFileSync(at('.postern/secrets-baseline.json'), '{"version":1}'),
      path: '.postern/secrets-baseline.json',
    },
    {
      what: 'a git hook neutered',
      act: () => writeFileSync(at('.husky/pre-push'), '#!/bin/sh\nexit 0\n'),
      path: '.husky/pre-push',
    },
    { what: 'a git hook switched off', act: () => chmodSync(at('.husky/pre-push'), 0o644), path: '.husky/pre-push' },
    {
      what: 'another hook script changed',
      act: () => appendFileSync(at('.claude/hooks/pre-tool-use.sh'), 'exit 0\n'),
      path: '.claude/hooks/pre-tool-use.sh',
    },
  ])('$what is put back, recorded and told', ({ act, path }) => {
    writeFileSync(at('.postern/secrets-baseline.json'), '{}');
    writeFileSync(at('.postern/manifest.json'), JSON.stringify({ files: [{ path: '.claude/hooks/pre-tool-use.sh' }] }));
    const before = readFileSync(at(path), 'utf8');
    const answer = JSON.parse(runCall(act).stdout);
    expect(readFileSync(at(path), 'utf8')).toBe(before);
    expect(answer.reason).toContain(`Undone: this call changed ${path}`);
    expect(records(repo).at(-1)).toMatchObject({ kind: 'tamper.restored', what: path, call: 'call-1' });
  });

  test('settings that switch hooks off are taken away again', () => {
    runCall(() => writeFileSync(at('.claude/settings.local.json'), '{"disableAllHooks":true}'));
    expect(existsSync(at('.claude/settings.local.json'))).toBe(false);
  });

  test('a permission that the person granted meanwhile stays', () => {
    const granted = '{"permissions":{"allow":["Bash(make:*)"]}}';
    writeFileSync(at('.claude/settings.local.json'), '{"permissions":{}}');
    const answer = runCall(() => writeFileSync(at('.claude/settings.local.json'), granted));
    expect(answer.stdout).toBe('');
    expect(readFileSync(at('.claude/settings.local.json'), 'utf8')).toBe(granted);
  });

  test('core.hooksPath points back to the hooks', () => {
    runCall(() => spawnSync('git', ['config', 'core.hooksPath', '/dev/null'], { cwd: repo.root }));
    expect(spawnSync('git', ['config', 'core.hooksPath'], { cwd: repo.root, encoding: 'utf8' }).stdout).toBe(
      '.husky\n',
    );
  });

  test('any other change of the git config stays', () => {
    const answer = runCall(() =>
      spawnSync('git', ['remote', 'add', 'up', 'https://example.test/x'], { cwd: repo.root }),
    );
    expect(answer).toMatchObject({ status: 0, stdout: '' });
    expect(readFileSync(at('.git/config'), 'utf8')).toContain('[remote "up"]');
  });

  test('a branch switch that brings another policy is accepted', () => {
    const git = (...args: string[]) =>
      spawnSync('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd: repo.root });
    git('add', '-A');
    git('commit', '-qm', 'guard');
    git('checkout', '-qb', 'stricter');
    writeFileSync(at('.postern/policy.yaml'), 'version: 1\nextends: locked-down\n');
    git('commit', '-qam', 'stricter');
    git('checkout', '-q', 'main');
    const answer = runCall(() => git('checkout', '-q', 'stricter'));
    expect(answer.stdout).toBe('');
    expect(readFileSync(at('.postern/policy.yaml'), 'utf8')).toContain('locked-down');
    expect(records(repo).at(-1)).toMatchObject({ kind: 'protected.changed', data: { how: 'by a branch switch' } });
  });

  test('what the call wrote is kept for the person', () => {
    runCall(() => writeFileSync(at('.postern/policy.yaml'), 'version: 1\nmode: observe\n'));
    const kept = spawnSync('sh', ['-c', 'cat .git/postern/undone/*'], { cwd: repo.root, encoding: 'utf8' }).stdout;
    expect(kept).toContain('mode: observe');
  });

  test('the repository is frozen when the policy says so', () => {
    writeFileSync(
      at('.postern/policy.yaml'),
      'version: 1\nextends: team\nguards:\n  protected-paths:\n    tamper: freeze\n',
    );
    runCall(() => rmSync(at('.claude/settings.json')));
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Read', { file_path: 'app.js' })))).toBe(
      'deny',
    );
  });

  test('the policy that freezes is the one that was put back', () => {
    const policy = 'version: 1\nextends: team\nguards:\n  protected-paths:\n    tamper: freeze\n';
    writeFileSync(at('.postern/policy.yaml'), policy);
    runCall(() => writeFileSync(at('.postern/policy.yaml'), 'version: 1\nextends: team\n'));
    expect(readFileSync(at('.postern/policy.yaml'), 'utf8')).toBe(policy);
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Read', { file_path: 'app.js' })))).toBe(
      'deny',
    );
  });

  test('a change that a person made between two calls stays, and is recorded', () => {
    runCall(() => {});
    writeFileSync(at('.postern/policy.yaml'), 'version: 1\nextends: solo\n');
    runCall(() => {}, 'make all', 'call-2');
    expect(readFileSync(at('.postern/policy.yaml'), 'utf8')).toContain('solo');
    expect(
      records(repo).some(({ kind, what }) => kind === 'protected.changed' && what === '.postern/policy.yaml'),
    ).toBe(true);
  });

  test('a second call that starts meanwhile does not make the change look like a person’s', () => {
    const answer = runCall(() => {
      rmSync(at('.claude/settings.json'));
      sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Bash', { command: 'make other' }, { tool_use_id: 'call-9' }));
    });
    expect(JSON.parse(answer.stdout).reason).toContain('.claude/settings.json');
  });

  test('every outcome is in the log with the id of its call', () => {
    runCall(() => {});
    expect(
      records(repo)
        .filter(({ call }) => call === 'call-1')
        .map(({ kind }) => kind),
    ).toEqual(['decision', 'outcome']);
  });
});

describe('other events', () => {
  const base = () => ({ session_id: 's1', cwd: repo.root });

  test('a prompt that mentions a blocked file does not reach the model', () => {
    const event = { ...base(), hook_event_name: 'UserPromptSubmit', prompt: 'explain @.env to me' };
    const answer = sendHook(repo, 'user-prompt-submit.sh', event);
    expect(answer).toMatchObject({ status: 2, stdout: '' });
    expect(answer.stderr).toMatch(/\.env/);
  });

  test('a session start is recorded and silent where all is well', () => {
    const answer = sendHook(repo, 'session-start.sh', {
      ...base(),
      hook_event_name: 'SessionStart',
      source: 'startup',
    });
    expect(answer).toMatchObject({ status: 0, stdout: '' });
    expect(records(repo).at(-1)).toMatchObject({ kind: 'session.start' });
  });

  test('a session start warns when the git gates are not active', () => {
    spawnSync('git', ['config', '--unset', 'core.hooksPath'], { cwd: repo.root });
    const answer = sendHook(repo, 'session-start.sh', {
      ...base(),
      hook_event_name: 'SessionStart',
      source: 'startup',
    });
    expect(JSON.parse(answer.stdout).systemMessage).toContain('git config core.hooksPath .husky');
  });

  test.each([
    { what: 'drops our entries', text: '{}', status: 2 },
    { what: 'breaks the file', text: '{', status: 2 },
    { what: 'switches hooks off', text: null, status: 2 },
    { what: 'adds a permission', text: 'keep', status: 0 },
  ])('a settings change that $what -> exit $status', ({ text, status }) => {
    const path = at('.claude/settings.json');
    if (text === null) rmSync(path);
    else if (text === 'keep')
      writeFileSync(path, readFileSync(path, 'utf8').replace('{', '{"permissions":{"allow":["Bash"]},'));
    else writeFileSync(path, text);
    const event = { ...base(), hook_event_name: 'ConfigChange', source: 'project_settings', file_path: path };
    expect(sendHook(repo, 'config-change.sh', event).status).toBe(status);
  });

  test('a stop is recorded', () => {
    sendHook(repo, 'stop.sh', { ...base(), hook_event_name: 'Stop', stop_hook_active: false });
    expect(records(repo).at(-1)).toMatchObject({ kind: 'session.stop' });
  });

  test('no record holds a secret or the environment', () => {
    // postern:allow github-pat -- put together here, opens nothing
    const token = ['ghp', '_', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'].join('');
    sendHook(
      repo,
      'pre-tool-use.sh',
      toolEvent(repo, 'Bash', { command: `curl -H "Authorization: Bearer ${token}" https://x.test` }),
      { CLAUDE_CODE_MESSAGING_TOKEN: 'messaging-marker' },
    );
    const log = readFileSync(join(repo.stateDir, 'audit.jsonl'), 'utf8');
    expect(log).not.toContain(token);
    expect(log).not.toContain('messaging-marker');
  });
});

describe('a call that breaks the runtime itself', () => {
  test.each([
    { what: 'deletes it', act: () => rmSync(at('.postern/gate.cjs')) },
    { what: 'empties it', act: () => writeFileSync(at('.postern/gate.cjs'), '') },
    { what: 'makes it say yes', act: () => writeFileSync(at('.postern/gate.cjs'), 'process.exit(0)\n') },
  ])('$what: it is put back', ({ act }) => {
    const before = readFileSync(at('.postern/gate.cjs'), 'utf8');
    expect(JSON.parse(runCall(act).stdout).reason).toContain('.postern/gate.cjs');
    expect(readFileSync(at('.postern/gate.cjs'), 'utf8')).toBe(before);
    expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Read', { file_path: 'app.js' })))).toBe('');
  });
});

describe('what the log keeps', () => {
  const token = ['ghp', '_', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'].join('');
  const leak = (id: string) =>
    sendHook(
      repo,
      'pre-tool-use.sh',
      toolEvent(repo, 'Write', { file_path: at('a.ts'), content: `t = "${token}"` }, { tool_use_id: id }),
    );

  test('two sightings of one secret have one fingerprint, and neither tells it', () => {
    leak('a');
    leak('b');
    const found = records(repo).flatMap(({ findings }) => (findings ?? []) as { fingerprint: string }[]);
    expect(found).toHaveLength(2);
    expect(found[0]!.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(found[1]!.fingerprint).toBe(found[0]!.fingerprint);
    expect(readFileSync(join(repo.stateDir, 'audit.jsonl'), 'utf8')).not.toContain(token);
  });

  test('audit.content: none keeps no commands, paths, reasons or errors', () => {
    writeFileSync(at('.postern/policy.yaml'), 'version: 1\nextends: team\naudit: { content: none }\n');
    const command = 'ls secret-project-name';
    const event = toolEvent(repo, 'Bash', { command }, { tool_use_id: 'n' });
    sendHook(repo, 'pre-tool-use.sh', event);
    sendHook(repo, 'post-tool-use.sh', { ...event, hook_event_name: 'PostToolUse', tool_response: {} });
    sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Bash', { command: 'rm -rf /opt/secret-project-name' }));
    leak('c');
    const log = readFileSync(join(repo.stateDir, 'audit.jsonl'), 'utf8');
    expect(log).not.toMatch(/secret-project-name|a\.ts/);
    expect(records(repo).map(({ effect }) => effect)).toEqual(expect.arrayContaining(['allow', 'deny']));
    expect(log).toContain('dangerous-commands/');
  });
});

test('a script that a command would run is judged, and its hash is on record', () => {
  writeFileSync(at('deploy.sh'), 'echo deploy\n');
  expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Bash', { command: 'bash deploy.sh' })))).toBe(
    '',
  );
  expect(records(repo).at(-1)).toMatchObject({
    data: { scripts: expect.stringMatching(/deploy\.sh [0-9a-f]{16}$/) },
  });
});
