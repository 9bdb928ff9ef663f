import { expect, test } from 'vitest';
import { readUpdates } from '../../../src/gates/git/updates.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(64)];

test.each([
  { input: '', refs: [] },
  { input: `refs/heads/x ${A} refs/heads/y ${A}\n`, refs: ['refs/heads/y'] },
  { input: `refs/heads/x ${A} refs/heads/y ${A}`, refs: ['refs/heads/y'] },
  {
    input: `HEAD@{2 days ago} ${B} refs/heads/y ${B}\n(delete) ${B} refs/heads/z ${B}\n`,
    refs: ['refs/heads/y', 'refs/heads/z'],
  },
  { input: '\n', refs: null },
  { input: `refs/heads/x ${A} refs/heads/y ${A} \n`, refs: null },
  { input: `refs/heads/x ${A} refs/heads/y ${A}\r\n`, refs: null },
  { input: `refs/heads/x ${A.slice(1)} refs/heads/y ${A}\n`, refs: null },
  { input: `refs/heads/x ${A.toUpperCase()} refs/heads/y ${A}\n`, refs: null },
  { input: `\0 ${A} refs/heads/y ${A}\n`, refs: null },
])('$input', ({ input, refs }) => {
  const read = readUpdates(input);
  expect(read.kind === 'read' ? read.updates.map((update) => update.remoteRef) : null).toEqual(refs);
});
