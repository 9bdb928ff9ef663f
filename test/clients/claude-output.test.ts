import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mapResult } from '../../src/clients/claude-output.ts';

const hide = (text: string) => text.replaceAll('HIDE', '***');

test.each([
  { tool: 'Bash', result: { stdout: 'HIDE', stderr: 'a HIDE', interrupted: false, isImage: false, persistedOutputPath: '/HIDE' }, is: { stdout: '***', stderr: 'a ***', interrupted: false, isImage: false, persistedOutputPath: '/HIDE' } },
  { tool: 'Bash', result: { stdout: 'HIDE', isImage: true }, is: { stdout: 'HIDE', isImage: true } },
  { tool: 'Read', result: { type: 'text', file: { filePath: 'HIDE', content: 'HIDE', numLines: 1 } }, is: { type: 'text', file: { filePath: 'HIDE', content: '***', numLines: 1 } } },
  { tool: 'Read', result: { type: 'image', file: { base64: 'HIDE', type: 'image/png' } }, is: { type: 'image', file: { base64: 'HIDE', type: 'image/png' } } },
  { tool: 'Read', result: { type: 'notebook', file: { cells: [{ source: ['x', 'HIDE'], outputs: [{ text: 'HIDE' }] }] } }, is: { type: 'notebook', file: { cells: [{ source: ['x', '***'], outputs: [{ text: '***' }] }] } } },
  { tool: 'Grep', result: { mode: 'content', filenames: ['HIDE'], content: 'a:1:HIDE' }, is: { mode: 'content', filenames: ['HIDE'], content: 'a:1:***' } },
  { tool: 'WebFetch', result: { url: 'HIDE', result: 'HIDE' }, is: { url: 'HIDE', result: '***' } },
  { tool: 'Agent', result: { agentId: 'HIDE', prompt: 'HIDE', content: [{ type: 'text', text: 'HIDE' }] }, is: { agentId: 'HIDE', prompt: 'HIDE', content: [{ type: 'text', text: '***' }] } },
  { tool: 'mcp__a__b', result: [{ type: 'text', text: 'HIDE' }, { type: 'image', data: 'HIDE' }], is: [{ type: 'text', text: '***' }, { type: 'image', data: 'HIDE' }] },
  { tool: 'mcp__a__b', result: [{ type: 'resource', resource: { uri: 'HIDE', text: 'HIDE' } }], is: [{ type: 'resource', resource: { uri: 'HIDE', text: '***' } }] },
  { tool: 'mcp__a__b', result: { content: [{ type: 'text', text: 'HIDE' }], structuredContent: { a: [{ b: 'HIDE' }] } }, is: { content: [{ type: 'text', text: '***' }], structuredContent: { a: [{ b: '***' }] } } },
  { tool: 'mcp__a__b', result: 'HIDE', is: '***' },
  { tool: 'Write', result: { content: 'HIDE' }, is: { content: 'HIDE' } },
  { tool: 'Skill', result: { commandName: 'HIDE' }, is: { commandName: 'HIDE' } },
  { tool: 'Bash', result: null, is: null },
  { tool: 'Bash', result: undefined, is: undefined },
])('$tool: $result', ({ tool, result, is }) => expect(mapResult(tool, result, hide)).toEqual(is)); // biome-ignore format: a table of rows

test('what holds nothing to change is the very same value', () => {
  const { tool_response: result } = JSON.parse(readFileSync('test/fixtures/claude-code/PostToolUse-Bash.json', 'utf8'));
  expect(mapResult('Bash', result, hide)).toBe(result);
});
