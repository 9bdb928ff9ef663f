import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postern, type Ran, writeFiles } from '../cli/support.ts';
import { fill, seeded } from '../rules/secrets/template.ts';
import { type GuardedRepo, guardedRepo, sendHook, toolEvent } from '../support/guarded.ts';
import { removeFolder } from '../support/packed.ts';

/** A secret of its own for every place, so that a leak tells where it came in. */
let planted = 0;
const marks = new Map<string, string>();
function plant(where: string): string {
  const mark = fill('ghp_{a62*36}', seeded(1000 + planted++)).text;
  marks.set(mark, where);
  return mark;
}

let repo: GuardedRepo;
let said = '';
beforeAll(() => {
  repo = guardedRepo();
});
afterAll(() => [repo.root, repo.home].forEach(removeFolder));

/** Where a planted secret shows among `texts`. */
function leaks(...texts: string[]): string[] {
  return [...marks].filter(([mark]) => texts.some((text) => text.includes(mark))).map(([, where]) => where);
}

/** Every file that Postern keeps for itself, but for its copies of protected files, which are put back byte for byte. */
function kept(): string[] {
  return readdirSync(repo.stateDir, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.v8') && !entry.parentPath.endsWith('/kept'))
    .map((entry) => entry.name + readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const INPUTS: readonly (readonly [tool: string, input: () => Record<string, unknown>])[] = [
  ['Bash', () => ({ command: `curl -H 'Authorization: Bearer ${plant('command')}' https://x.test`, description: plant('description') })],
  ['Bash', () => ({ command: `rm -rf /${plant('path of a dangerous command')}` })],
  ['Bash', () => ({ command: `git reset --hard # ${plant('comment')}` })],
  ['Bash', () => ({ command: `cat '${plant('quoted')}' <<< "${plant('here string')}" > .env` })],
  ['Monitor', () => ({ command: `tail -f ${plant('monitor')}` })],
  ['Read', () => ({ file_path: `/tmp/${plant('read path')}/.env` })],
  ['Write', () => ({ file_path: `/tmp/${plant('write path')}`, content: plant('content') })],
  ['Write', () => ({ file_path: `.claude/hooks/${plant('protected path')}`, content: 'x' })],
  ['Edit', () => ({ file_path: 'app.js', old_string: plant('old'), new_string: plant('new') })],
  ['MultiEdit', () => ({ file_path: 'app.js', edits: [{ old_string: 'c', new_string: plant('multi') }] })],
  ['NotebookEdit', () => ({ notebook_path: 'a.ipynb', new_source: plant('cell') })],
  ['Grep', () => ({ pattern: plant('pattern'), path: plant('grep path') })],
  ['Glob', () => ({ pattern: plant('glob') })],
  ['WebFetch', () => ({ url: `https://x.test/?t=${plant('url')}`, prompt: plant('fetch prompt') })],
  ['WebSearch', () => ({ query: plant('query') })],
  ['Agent', () => ({ prompt: plant('agent prompt'), description: plant('agent description') })],
  ['mcp__db__run', () => ({ [plant('key')]: { deep: [plant('value')] } })],
]; // biome-ignore format: a table of inputs

const hear = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
  said += stdout + stderr;
};

describe('a secret that comes in by an agent’s event shows nowhere', () => {
  test.each(INPUTS)('%s', (tool, input) => {
    const event = toolEvent(repo, tool, input());
    hear(sendHook(repo, 'pre-tool-use.sh', event));
    const result = {
      stdout: plant('stdout'),
      stderr: plant('stderr'),
      file: { content: plant('file') },
      content: plant('content'),
    };
    hear(sendHook(repo, 'post-tool-use.sh', { ...event, hook_event_name: 'PostToolUse', tool_response: result }));
    const failure = { ...event, hook_event_name: 'PostToolUseFailure', error: plant('error') };
    hear(sendHook(repo, 'post-tool-use.sh', failure));
    expect(leaks(...kept())).toEqual([]);
    // What a tool returned in fields that the model does not read goes back as it came; no other word of ours holds any.
    expect(leaks(said.replace(/"updatedToolOutput":.*?\},"systemMessage"/g, ''))).toEqual([]);
  });

  test.each([
    [
      'user-prompt-submit.sh',
      'UserPromptSubmit',
      () => ({ prompt: `use ${plant('prompt')} and @${plant('mention')}/.env` }),
    ],
    ['session-start.sh', 'SessionStart', () => ({ source: plant('source') })],
    [
      'config-change.sh',
      'ConfigChange',
      () => ({ source: plant('config source'), file_path: `/tmp/${plant('config path')}` }),
    ],
    ['stop.sh', 'Stop', () => ({ reason: plant('stop') })],
    ['pre-tool-use.sh', plant('event name'), () => ({})],
  ] as const)('%s', (script, name, input) => {
    hear(sendHook(repo, script, { session_id: 's1', cwd: repo.root, hook_event_name: name, ...input() }));
    expect(leaks(said.replace(/"updatedToolOutput":.*?\},"systemMessage"/g, ''), ...kept())).toEqual([]);
  });

  test('broken input', () => {
    hear(sendHook(repo, 'pre-tool-use.sh', `{"tool_input": "${plant('broken JSON')}`));
    expect(leaks(said.replace(/"updatedToolOutput":.*?\},"systemMessage"/g, ''), ...kept())).toEqual([]);
  });
});

const COMMANDS: readonly (() => readonly string[])[] = [
  () => ['check', '--', `echo ${plant('check')}`],
  () => ['check', '--json', '--', `rm -rf /${plant('check --json')}`],
  () => ['explain', '--', `rm -rf /${plant('explain')}`],
  () => ['explain', '--json', '--', `curl -u a:${plant('explain --json')} https://x.test`],
  () => ['freeze', '--reason', `because ${plant('freeze')}`],
  () => ['status'],
  () => ['status', '--json'],
  () => ['unfreeze', '--reason', `because ${plant('unfreeze')}`],
  () => ['audit', 'tail', '-n', '200'],
  () => ['audit', 'tail', '--json'],
  () => ['audit', 'show', plant('audit show')],
  () => ['audit', 'tail', '-n', plant('audit lines')],
  () => ['audit', 'verify'],
  () => ['scan'],
  () => ['scan', '--json'],
  () => ['scan', '--sarif'],
  () => ['scan', plant('scan path')],
  () => ['scan', '--range', plant('scan range')],
  () => ['scan', '--range', `${plant('scan range end')}..HEAD`],
  () => ['scan', '--baseline'],
  () => ['policy', 'show', '--effective'],
  () => ['init', '--profile', plant('profile')],
  () => [plant('command name')],
  () => ['status', `--${plant('option')}`],
  () => ['status', plant('too many')],
];

describe('a secret that comes in by a person’s command shows nowhere', () => {
  let before: Ran[] = [];
  test.each(COMMANDS)('command %#', async (argv) => {
    writeFiles(repo.root, { [`src/${plant('file name')}.ts`]: `const t = '${plant('file')}';\n` });
    before = [await postern(argv(), { cwd: repo.root, env: { HOME: repo.home } })];
    expect(leaks(...before.flatMap(({ out, said: talk }) => [out, talk]), ...kept())).toEqual([]);
  });

  test('a policy that cannot be read', async () => {
    writeFileSync(
      join(repo.root, '.postern/policy.yaml'),
      `version: 1\n${plant('key')}: ${plant('policy')}\nmode: ${plant('mode')}\n`,
    );
    for (const argv of [
      ['policy', 'lint'],
      ['policy', 'lint', '--json'],
      ['check', 'ls'],
      ['scan'],
      ['doctor'],
      ['status'],
    ]) {
      const ran = await postern(argv, { cwd: repo.root, env: { HOME: repo.home } });
      expect({ argv, leaks: leaks(ran.out, ran.said, ...kept()) }).toEqual({ argv, leaks: [] });
    }
    hear(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Bash', { command: 'ls' })));
    expect(leaks(said.replace(/"updatedToolOutput":.*?\},"systemMessage"/g, ''))).toEqual([]);
  });
});
