import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { claudeCode } from '../../src/clients/claude-code.ts';
import { HOOK_ENTRIES, hookGroup, settingsProblems } from '../../src/clients/claude-settings.ts';
import { ShapeError } from '../../src/clients/event.ts';

function fixture(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(`test/fixtures/claude-code/${name}.json`, 'utf8'));
}

describe('an event of the real client', () => {
  test.each([
    { name: 'PreToolUse-Bash', kind: 'call', action: { kind: 'bash', command: 'echo hi' } },
    { name: 'PreToolUse-Monitor', kind: 'call', action: { kind: 'bash', command: 'touch ran.txt; echo x' } },
    { name: 'PreToolUse-Read', kind: 'call', action: { kind: 'read' } },
    { name: 'PreToolUse-Write', kind: 'call', action: { kind: 'write', files: [{ partial: false }] } },
    {
      name: 'PreToolUse-Edit',
      kind: 'call',
      action: { kind: 'write', files: [{ text: 'bye', removed: 'hello', partial: true }] },
    },
    {
      name: 'PreToolUse-NotebookEdit',
      kind: 'call',
      action: { kind: 'write', files: [{ path: '/home/dev/repo/n.ipynb' }] },
    },
    { name: 'PreToolUse-WebFetch', kind: 'call', action: { kind: 'fetch', url: 'http://127.0.0.1:1/x' } },
    { name: 'PreToolUse-mcp__trivial__echo', kind: 'call', action: { kind: 'tool', input: { text: 'via mcp' } } },
    { name: 'PreToolUse-Agent', kind: 'call', action: { kind: 'tool' } },
    { name: 'PostToolUse-Bash', kind: 'outcome', action: { kind: 'bash' } },
    { name: 'PostToolUseFailure-Bash', kind: 'outcome', action: { kind: 'bash' } },
    { name: 'UserPromptSubmit', kind: 'call', action: { kind: 'prompt', text: 'go' } },
    { name: 'SessionStart-startup', kind: 'session-start', action: {} },
    { name: 'ConfigChange', kind: 'config-change', action: {} },
    { name: 'Stop', kind: 'stop', action: {} },
  ])('$name is a $kind', ({ name, kind, action }) => {
    expect(claudeCode.parse(fixture(name))).toMatchObject({ kind, call: { client: 'claude-code', action } });
  });

  test('a subagent has a session of its own, below its parent', () => {
    const { call } = claudeCode.parse(fixture('PreToolUse-Bash-in-subagent'));
    expect(call.session).toMatchObject({ id: `${call.session.parent}/${call.agent}` });
  });

  test.each([
    { prompt: 'look at @.env please', mentions: ['.env'] },
    { prompt: '@src/a.ts, and @"my file.txt"!', mentions: ['src/a.ts', 'my file.txt'] },
    { prompt: 'mail me at dev@example.test', mentions: [] },
  ])('"$prompt" mentions $mentions', ({ prompt, mentions }) => {
    const { action } = claudeCode.parse({ ...fixture('UserPromptSubmit'), prompt }).call;
    expect(action.kind === 'prompt' ? action.mentions : null).toEqual(expect.arrayContaining(mentions));
    expect(action.kind === 'prompt' && mentions.length === 0 ? action.mentions : []).toEqual([]);
  });
});

describe('input of another shape is refused', () => {
  const call = fixture('PreToolUse-Bash');
  test.each([
    { what: 'a list', input: [] },
    { what: 'null', input: null },
    { what: 'no event name', input: { ...call, hook_event_name: undefined } },
    { what: 'an unknown event', input: { ...call, hook_event_name: 'PreToolUze' } },
    { what: 'no session', input: { ...call, session_id: undefined } },
    { what: 'no tool input', input: { ...call, tool_input: undefined } },
    { what: 'a command that is a number', input: { ...call, tool_input: { command: 7 } } },
    { what: 'a tool name that is a list', input: { ...call, tool_name: ['Bash'] } },
    {
      what: 'edits that are no list',
      input: { ...call, tool_name: 'MultiEdit', tool_input: { file_path: 'a', edits: {} } },
    },
  ])('$what', ({ input }) => {
    expect(() => claudeCode.parse(input)).toThrow(ShapeError);
  });
});

describe('settings that would not run our hooks', () => {
  const hooks = Object.fromEntries(HOOK_ENTRIES.map((entry) => [entry.event, [hookGroup(entry)]]));
  test.each([
    { what: 'all entries', json: JSON.stringify({ hooks }), problems: 0 },
    { what: 'a byte order mark', json: `\uFEFF${JSON.stringify({ hooks })}`, problems: 0 },
    { what: 'no file', json: null, problems: 1 },
    { what: 'an empty object', json: '{}', problems: HOOK_ENTRIES.length },
    { what: 'a comment', json: `// ours\n${JSON.stringify({ hooks })}`, problems: 1 },
    { what: 'disableAllHooks', json: JSON.stringify({ hooks, disableAllHooks: true }), problems: 1 },
    { what: 'one entry gone', json: JSON.stringify({ hooks: { ...hooks, PreToolUse: [] } }), problems: 1 },
    { what: 'another command', json: JSON.stringify({ hooks }).replace('pre-tool-use.sh', 'mine.sh'), problems: 1 },
  ])('$what -> $problems problems', ({ json, problems }) => {
    expect(settingsProblems(json, true)).toHaveLength(problems);
  });
});
