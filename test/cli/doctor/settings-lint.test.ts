import { describe, expect, test } from 'vitest';
import { lintSettings } from '../../../src/cli/doctor/settings-lint.ts';
import { isAtLeast } from '../../../src/cli/doctor/version-order.ts';
import { HOOK_ENTRIES, hookGroup } from '../../../src/clients/claude-settings.ts';

const group = (hook: object, event = 'PreToolUse') => ({ hooks: { [event]: [{ hooks: [hook] }] } });
const command = { type: 'command', command: 'x' };

describe('settings that the client takes', () => {
  test.each([
    { what: 'nothing', json: {} },
    {
      what: 'our own entries',
      json: { hooks: Object.fromEntries(HOOK_ENTRIES.map((e) => [e.event, [hookGroup(e)]])) },
    },
    {
      what: 'every type of hook',
      json: {
        hooks: {
          PreToolUse: [
            {
              hooks: [
                command,
                { type: 'http', url: 'http://127.0.0.1' },
                { type: 'mcp_tool', server: 's', tool: 't' },
                { type: 'prompt', prompt: 'p' },
                { type: 'agent', prompt: 'p' },
              ],
            },
          ],
        },
      },
    },
    { what: 'keys that it does not know', json: { hooks: { NewEvent: [{ hooks: [{ type: 'new' }] }] }, other: 1 } },
    { what: 'an odd entry under an event that skips only that entry', json: group({ type: 'new' }, 'Stop') },
    {
      what: 'matchers',
      json: {
        hooks: {
          PreToolUse: [
            { matcher: 'Write|Bash', hooks: [] },
            { matcher: '^(?!Write)', hooks: [] },
          ],
        },
      },
    },
  ])('$what', ({ json }) => expect(lintSettings(JSON.stringify(json))).toEqual([]));

  test('a byte order mark', () => expect(lintSettings('\uFEFF{}')).toEqual([]));
});

describe('settings that the client drops without a word', () => {
  test.each([
    { json: '{\n  // why\n}', says: 'line 2, column 3' },
    { json: '{ "a": 1, }', says: 'line 1, column 9' },
    { json: '', says: 'line 1, column 1' },
    { json: '[]', says: 'not an object' },
    { json: { permissions: { allow: 'Bash' } }, says: '`permissions.allow`' },
    { json: { permissions: { deny: [1] } }, says: '`permissions.deny`' },
    { json: { permissions: [] }, says: '`permissions` is not an object' },
    { json: { env: { A: 1 } }, says: '`env`' },
    { json: { hooks: [] }, says: '`hooks` is not an object' },
    { json: { hooks: { PreToolUse: {} } }, says: '`hooks.PreToolUse` is not a list' },
    { json: { hooks: { PreToolUse: [{ matcher: '*' }] } }, says: 'has no list of hooks' },
    { json: group({ type: 'shell', command: 'x' }), says: '`hooks.PreToolUse[0].hooks[0].type`' },
    { json: group({ type: 'command' }), says: '.command` is not a text' },
    { json: group({ ...command, timeout: '30' }), says: '.timeout` is not a number of seconds' },
    { json: group({ ...command, onFailure: 'deny' }), says: '.onFailure` is neither' },
    { json: group({ ...command, onFailure: 'deny' }, 'PermissionRequest'), says: 'hooks.PermissionRequest[0]' },
    { json: { hooks: { PreToolUse: [{ matcher: 'Bash(', hooks: [] }] } }, says: 'never matches' },
    { json: { hooks: { Stop: [{ matcher: '[', hooks: [] }] } }, says: '`hooks.Stop[0].matcher`' },
  ])('$says', ({ json, says }) => {
    const problems = lintSettings(typeof json === 'string' ? json : JSON.stringify(json));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(says);
  });
});

describe('versions', () => {
  test.each([
    { version: '2.1.295', least: '2.1.295', enough: true },
    { version: '2.1.294', least: '2.1.295', enough: false },
    { version: '2.2.0', least: '2.1.295', enough: true },
    { version: '3.0', least: '2.1.295', enough: true },
    { version: '2.1', least: '2.1.295', enough: false },
    { version: '20.9.0', least: '20.19.0', enough: false },
    { version: '22.0.0-nightly', least: '20.19.0', enough: true },
  ])('$version is at least $least: $enough', ({ version, least, enough }) =>
    expect(isAtLeast(version, least)).toBe(enough),
  );
});
