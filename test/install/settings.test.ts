import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOOK_ENTRIES, hookGroup, settingsProblems } from '../../src/clients/claude-settings.ts';
import { emptyContainers, mergeSettings, removeEntries } from '../../src/install/settings.ts';

const GROUP = hookGroup(HOOK_ENTRIES[0]!);
const OTHER = { matcher: 'Bash', hooks: [{ type: 'command', command: './mine.sh' }] };

function merged(text: string | null): string {
  const merge = mergeSettings(text);
  if (merge.kind === 'broken') throw new Error(merge.problem);
  return merge.text;
}

const TEXTS: Record<string, string> = {
  'two spaces': `${JSON.stringify({ permissions: { allow: ['Bash(ls:*)'] }, model: 'x' }, null, 2)}\n`,
  tabs: `${JSON.stringify({ env: { A: '1' } }, null, '\t')}\n`,
  'four spaces, no newline at the end': JSON.stringify({ env: { A: '1' } }, null, 4),
  CRLF: JSON.stringify({ env: { A: '1' }, b: [] }, null, 2).replaceAll('\n', '\r\n'),
  'a byte order mark': `\uFEFF${JSON.stringify({ a: 1 }, null, 2)}\n`,
  minified: '{"permissions":{"deny":["Read(./x)"]},"z":1}',
  'an empty object': '{}',
  'an empty object over two lines': '{\n}\n',
  'an empty object with a space': '{ }\n',
  'odd spacing': '{ "a" :1 ,\n\n      "b": [ 1,2 ]   \n}\n\n',
  'hooks of its own': `${JSON.stringify({ hooks: { PreToolUse: [OTHER], Stop: [OTHER] }, z: 1 }, null, 2)}\n`,
  'hooks on one line': '{\n  "hooks": { "PreToolUse": [{"matcher":"Bash","hooks":[]}] },\n  "z": 1\n}\n',
  'empty hooks': '{\n  "hooks": {},\n  "z": 1\n}\n',
  'an empty list of hooks': '{\n  "hooks": {\n    "Stop": []\n  }\n}\n',
  'text outside of ASCII and escapes': '{\n  "é": "\\u00e9 \\" \\\\ \u{1F600}"\n}\n',
};

describe.each(Object.entries(TEXTS))('settings with %s', (_name, text) => {
  test('hold every entry', () => expect(settingsProblems(merged(text), true)).toEqual([]));
  test('are the same after a second merge', () => expect(merged(merged(text))).toBe(merged(text)));
  test('come back byte for byte', () => expect(removeEntries(merged(text), emptyContainers(text))).toBe(text));
  test('lose nothing', () => {
    const { hooks: _hooks, ...rest } = JSON.parse(text.replace(/^\uFEFF/, ''));
    expect(JSON.parse(merged(text).replace(/^\uFEFF/, ''))).toMatchObject(rest);
  });
  test('keep their line endings', () => {
    if (text.includes('\r\n')) expect(merged(text).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    else expect(merged(text)).not.toContain('\r');
  });
});

test('no file becomes one that holds our entries only', () =>
  expect(Object.keys(JSON.parse(merged(null)))).toEqual(['hooks']));

test('an entry of ours that was changed is put right, and one that shares its group is added beside it', () => {
  const changed = JSON.stringify({ hooks: { PreToolUse: [{ ...GROUP, matcher: 'Bash' }] } }, null, 2);
  expect(JSON.parse(merged(changed)).hooks.PreToolUse).toEqual([GROUP]);
  const hook = (GROUP['hooks'] as unknown[])[0];
  const shared = JSON.stringify(
    { hooks: { PreToolUse: [{ matcher: 'Bash', hooks: [...OTHER.hooks, hook] }] } },
    null,
    2,
  );
  expect(JSON.parse(merged(shared)).hooks.PreToolUse).toHaveLength(2);
  expect(JSON.parse(removeEntries(merged(shared))).hooks.PreToolUse).toEqual([OTHER]);
});

test('entries of others that come later stay', () => {
  const settings = JSON.parse(merged('{\n  "a": 1\n}\n'));
  settings.hooks.PreToolUse.push(OTHER);
  settings.later = true;
  const text = removeEntries(`${JSON.stringify(settings, null, 2)}\n`);
  expect(JSON.parse(text)).toEqual({ a: 1, hooks: { PreToolUse: [OTHER] }, later: true });
});

test.each([
  { text: '{\n  // note\n  "a": 1\n}', line: 2, column: 3, problem: 'comments' },
  { text: '{\n  "a": 1, # note\n}', line: 2, column: 11, problem: 'comments' },
  { text: '{\n  "a": [1, 2,],\n}', line: 2, column: 13, problem: 'comma after the last' },
  { text: '{\n  "a": 1,\n}\n', line: 2, column: 9, problem: 'comma after the last' },
  { text: "\uFEFF{'a': 1}", line: 1, column: 2, problem: 'double quotes' },
  { text: '{"a": 1, "a": 2}', line: 1, column: 10, problem: 'twice' },
  { text: '{"a" 1}', line: 1, column: 6, problem: 'colon' },
  { text: '{"a": 1', line: 1, column: 8, problem: 'too early' },
  { text: '', line: 1, column: 1, problem: 'too early' },
  { text: '{} {}', line: 1, column: 4, problem: 'more after' },
  { text: '{"a": 01}', line: 1, column: 8, problem: 'missing' },
  { text: '[]', line: 1, column: 1, problem: 'not an object' },
  { text: '{\n  "hooks": []\n}', line: 2, column: 12, problem: '`hooks`' },
  { text: '{"hooks": {"Stop": {}}}', line: 1, column: 20, problem: '`hooks.Stop`' },
])('$text is refused at $line:$column', ({ text, line, column, problem }) => {
  expect(mergeSettings(text)).toMatchObject({
    kind: 'broken',
    line,
    column,
    problem: expect.stringContaining(problem),
  });
});

test('whatever the settings and however they are written: merging twice is merging once, and removing undoes it', () => {
  const indent = fc.constantFrom<(string | number)[]>(0, 1, 2, 4, '\t');
  const plain = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(plain, indent, fc.constantFrom('\n', '\r\n'), (value, space, eol) => {
      const { hooks: _hooks, ...settings } = value;
      const text = JSON.stringify(settings, null, space as string).replaceAll('\n', eol);
      const once = merged(text);
      expect(merged(once)).toBe(once);
      expect(removeEntries(once)).toBe(text);
      expect(JSON.parse(once)).toEqual({ ...JSON.parse(text), hooks: expect.anything() });
    }),
    { numRuns: 80 },
  );
});
