import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fill, seeded } from '../../rules/secrets/template.ts';
import { decisionOf, type GuardedRepo, guardedRepo, records, sendHook, toolEvent } from '../../support/guarded.ts';
import { removeFolder } from '../../support/packed.ts';

const token = fill('ghp_{a62*36}', seeded(5)).text;
const MASK = '[secret:github-pat]';

let repo: GuardedRepo;
beforeEach(() => {
  repo = guardedRepo();
});
afterEach(() => [repo.root, repo.home].forEach(removeFolder));

function after(tool: string, input: unknown, result: unknown, over: Record<string, unknown> = {}) {
  const event = toolEvent(repo, tool, input, { hook_event_name: 'PostToolUse', tool_response: result, ...over });
  return sendHook(repo, 'post-tool-use.sh', event);
}

const bashResult = (stdout: string) => ({ stdout, stderr: '', interrupted: false, isImage: false });
const echo = { command: 'make all' };

test.each([
  { tool: 'Bash', input: echo, result: bashResult(`a ${token} b`), shown: bashResult(`a ${MASK} b`) },
  {
    tool: 'Read',
    input: { file_path: 'a.ts' },
    result: { type: 'text', file: { filePath: 'a.ts', content: `x = "${token}"\n`, numLines: 1 } },
    shown: { type: 'text', file: { filePath: 'a.ts', content: `x = "${MASK}"\n`, numLines: 1 } },
  },
  {
    tool: 'mcp__db__query',
    input: { sql: 'select' },
    result: [
      { type: 'text', text: token },
      { type: 'image', data: token },
    ],
    shown: [
      { type: 'text', text: MASK },
      { type: 'image', data: token },
    ],
  },
])('what $tool returns reaches the model with secrets masked', ({ tool, input, result, shown }) => {
  const answer = JSON.parse(after(tool, input, result).stdout);
  expect(answer).toEqual({
    hookSpecificOutput: { hookEventName: 'PostToolUse', updatedToolOutput: shown },
    systemMessage: `Postern masked github-pat in what ${tool} returned, before the model read it.`,
  });
  expect(records(repo).at(-1)).toMatchObject({ kind: 'outcome', data: { masked: 1, rules: 'github-pat' } });
});

test.each([
  { name: 'nothing to mask', policy: '', result: bashResult('plain') },
  { name: 'output: off', policy: 'guards: { secrets: { output: off } }', result: bashResult(token) },
  { name: 'mode: off', policy: 'guards: { secrets: { mode: off } }', result: bashResult(token) },
  { name: 'mode: observe', policy: 'mode: observe', result: bashResult(token) },
  { name: 'an allowed rule', policy: 'guards: { secrets: { allow: [github-pat] } }', result: bashResult(token) },
  { name: 'no result', policy: '', result: undefined },
  { name: 'a result of another shape', policy: '', result: [[{ stdout: token }]] },
])('with $name the hook says nothing', ({ policy, result }) => {
  writeFileSync(join(repo.root, '.postern/policy.yaml'), `version: 1\nextends: team\n${policy}\n`);
  expect(after('Bash', echo, result)).toMatchObject({ status: 0, stdout: '' });
});

test('a file that is not judged is read as it is', () => {
  writeFileSync(join(repo.root, '.postern/policy.yaml'), "version: 1\nguards: { secrets: { paths: ['fix/**'] } }\n");
  const read = (path: string) =>
    after('Read', { file_path: join(repo.root, path) }, { type: 'text', file: { filePath: path, content: token } })
      .stdout;
  expect(read('fix/a.ts')).toBe('');
  expect(read('src/a.ts')).toContain(MASK);
});

test('a call that returns a secret and tampers gets both answers', () => {
  const path = join(repo.root, '.claude/settings.json');
  const before = readFileSync(path, 'utf8');
  expect(decisionOf(sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, 'Bash', echo)))).toBe('');
  rmSync(path);
  const answer = JSON.parse(after('Bash', echo, bashResult(token)).stdout);
  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(answer).toMatchObject({ decision: 'block', hookSpecificOutput: { updatedToolOutput: bashResult(MASK) } });
  expect(answer.reason).toContain('Undone: this call changed .claude/settings.json');
});

test('secrets are masked even where the policy cannot be read', () => {
  writeFileSync(join(repo.root, '.postern/policy.yaml'), 'nonsense');
  expect(after('Bash', echo, bashResult(token)).stdout).toContain(MASK);
});
