import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, windowsAround } from '../../../src/guards/secrets/edit.ts';

const edit = (removed: string, text: string, everywhere = false) => ({
  path: 'a',
  partial: true,
  removed,
  text,
  everywhere,
});
const marked = (before: string, edits: ReturnType<typeof edit>[]) => {
  const after = applyEdits(before, edits);
  if (after === null) return null;
  let out = '';
  let at = 0;
  for (const { start, end } of after.changed) {
    if (start < at) continue;
    out += `${after.text.slice(at, start)}[${after.text.slice(start, end)}]`;
    at = end;
  }
  return out + after.text.slice(at);
};

test.each([
  { before: 'a b c', edits: [edit('b', 'X')], after: 'a [X] c' },
  { before: 'a b c', edits: [edit('a b c', 'a bb c')], after: 'a b[b] c' },
  { before: 'a b c', edits: [edit('b ', '')], after: 'a []c' },
  { before: 'b b b', edits: [edit('b', 'XY', true)], after: '[XY] [XY] [XY]' },
  { before: 'b b b', edits: [edit('b', 'XY')], after: '[XY] b b' },
  { before: 'a b c', edits: [edit('c', 'Z'), edit('a', 'long')], after: '[long] b [Z]' },
  { before: 'a b c', edits: [edit('b', 'key'), edit('a key c', 'a key d')], after: '[a key d]' },
  { before: '', edits: [edit('', 'new')], after: '[new]' },
  { before: 'old', edits: [edit('', 'new')], after: null },
  { before: 'a', edits: [edit('b', 'c')], after: null },
])('$before with $edits is $after', ({ before, edits, after }) => expect(marked(before, edits)).toBe(after));

test('the result is the text that plain replacing gives, and every window is a part of it with the right line', () => {
  const word = fc.stringMatching(/^[ab\n]{1,6}$/);
  const property = fc.property(
    fc.stringMatching(/^[ab\n]{0,60}$/),
    fc.array(fc.tuple(word, word), { maxLength: 4 }),
    (before, pairs) => {
      let plain = before;
      const fits = pairs.every(([removed, text]) => {
        const found = plain.includes(removed);
        plain = plain.replace(removed, () => text);
        return found;
      });
      const after = applyEdits(
        before,
        pairs.map(([removed, text]) => edit(removed, text)),
      );
      if (!fits || after === null) return after === null && !fits;
      const lines = after.text.split('\n');
      return (
        after.text === plain &&
        windowsAround(after).every(({ text, linesBefore }) => lines.slice(linesBefore).join('\n').startsWith(text))
      );
    },
  );
  fc.assert(property, { numRuns: 500 });
});
