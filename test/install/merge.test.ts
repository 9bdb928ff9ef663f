import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeTexts } from '../../src/install/merge.ts';

const BASE = 'a\nb\nc\nd\ne\n';

test.each([
  { name: 'changes in different places', mine: 'A\nb\nc\nd\ne\n', theirs: 'a\nb\nc\nd\nE\n', text: 'A\nb\nc\nd\nE\n' },
  { name: 'lines added at both ends', mine: `0\n${BASE}`, theirs: `${BASE}f\n`, text: `0\n${BASE}f\n` },
  { name: 'a line gone and one added', mine: 'a\nc\nd\ne\n', theirs: 'a\nb\nc\nd\nX\ne\n', text: 'a\nc\nd\nX\ne\n' },
  { name: 'the same change twice', mine: 'a\nB\nc\nd\ne\n', theirs: 'a\nB\nc\nd\ne\n', text: 'a\nB\nc\nd\ne\n' },
  { name: 'no newline at the end', mine: 'A\nb\nc\nd\ne', theirs: 'a\nb\nC\nd\ne\n', text: 'A\nb\nC\nd\ne' },
])('$name are joined', ({ mine, theirs, text }) =>
  expect(mergeTexts(BASE, mine, theirs)).toEqual({ kind: 'clean', text }),
);

test.each([
  { name: 'one line changed in two ways', mine: 'a\nb\nX\nd\ne\n', theirs: 'a\nb\nY\nd\ne\n', line: 3 },
  { name: 'neighbouring lines', mine: 'a\nX\nc\nd\ne\n', theirs: 'a\nb\nY\nd\ne\n', line: 2 },
  { name: 'two insertions at one place', mine: 'a\nX\nb\nc\nd\ne\n', theirs: 'a\nY\nb\nc\nd\ne\n', line: 2 },
  { name: 'a deleted line that changed', mine: 'a\nb\nd\ne\n', theirs: 'a\nb\nC\nd\ne\n', line: 3 },
])('$name are a conflict', ({ mine, theirs, line }) =>
  expect(mergeTexts(BASE, mine, theirs)).toEqual({ kind: 'conflict', line }),
);

describe('laws', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));
  test('a side that changed nothing gives way', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(mergeTexts(base, other, base)).toEqual({ kind: 'clean', text: other });
        expect(mergeTexts(base, base, other)).toEqual({ kind: 'clean', text: other });
        expect(mergeTexts(base, other, other)).toEqual({ kind: 'clean', text: other });
      }),
    );
  });
});
