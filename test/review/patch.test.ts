import { expect, test } from 'vitest';
import { parsePatch } from '../../src/review/patch.ts';

const ID = 'c'.repeat(40);

test.each([
  { patch: 'nothing', text: '', added: [] },
  {
    patch: 'two hunks',
    text: 'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+A\n@@ -3,0 +4,2 @@ f\n+c\n+d\n',
    added: [['', 'x', '1:A 4:c 5:d']],
  },
  {
    patch: 'a line that looks like a header',
    text: '--- a/x\n+++ b/x\n@@ -0,0 +1,2 @@\n+++ b/y\n+z\n',
    added: [['', 'x', '1:++ b/y 2:z']],
  },
  {
    patch: 'no newline at the end',
    text: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n',
    added: [['', 'x', '1:b']],
  },
  {
    patch: 'commits, one of them empty',
    text: `${'a'.repeat(40)}\n${ID}\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,0 +2 @@\n+b\n`,
    added: [[ID, 'x', '2:b']],
  },
  {
    patch: 'a merge, of which only what no parent has counts',
    text: `${ID}\ndiff --combined x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n -a\n +A\n@@@ -3,0 -3,1 +3,2 @@@\n+ c\n++evil\n`,
    added: [[ID, 'x', '4:evil']],
  },
  {
    patch: 'names with spaces and with odd bytes',
    text: '--- a/a b\t\n+++ b/a b\t\n@@ -0,0 +1 @@\n+1\ndiff --git q q\n--- /dev/null\n+++ "b/\\303\\244\\n\\"\\\\x"\n@@ -0,0 +1 @@\n+2\n',
    added: [
      ['', 'a b', '1:1'],
      ['', 'ä\n"\\x', '1:2'],
    ],
  },
])('$patch', ({ text, added }) => {
  const read = parsePatch(text).added.map(({ commit, path, lines }) => [
    commit,
    path,
    lines.map((line) => `${line.number}:${line.text}`).join(' '),
  ]);
  expect(read).toEqual(added);
});

test('binary changes are told apart from deletions', () => {
  const zero = '0'.repeat(40);
  const text = `diff --git a/x b/x\nindex ${ID}..${zero}\nBinary files a/x and /dev/null differ\ndiff --git a/y b/y\nindex ${zero}..${ID}\nBinary files /dev/null and b/y differ\n`;
  expect(parsePatch(text).binaries).toEqual([{ commit: '', path: 'y', blob: ID }]);
});

test.each(['@@ nonsense\n', '+++ b/x\n@@ -0,0 +1,3 @@\n+a\n'])('%j is not read as if it were complete', (text) => {
  expect(() => parsePatch(text)).toThrow('git printed a diff');
});
