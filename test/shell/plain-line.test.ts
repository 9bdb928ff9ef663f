import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/shell/parse.ts';
import { readPlainLine } from '../../src/shell/plain-line.ts';

/** What a tree says; `args` and `redirects` only repeat `suffix`. */
const said = (tree: unknown) =>
  JSON.parse(JSON.stringify(tree, (key, value) => (key === 'args' || key === 'redirects' ? undefined : value)));
const hold = (line: string) => {
  const plain = readPlainLine(line);
  if (plain !== null) expect(said(plain)).toEqual(said(parseScript(line)));
  return plain !== null;
};

test.each([
  { line: 'git status && npm test -- --watch=false', plain: true },
  { line: 'ls -la src | head -20 ; cat a.ts||pwd', plain: true },
  { line: 'make', plain: true },
  { line: 'A=1 make', plain: false },
  { line: 'make A=1', plain: true },
  { line: 'export A=1', plain: false },
  { line: 'sleep 1 &', plain: false },
  { line: 'a |& b', plain: false },
  { line: 'if a', plain: false },
  { line: 'ls *.ts', plain: false },
  { line: 'cat ~/a', plain: false },
  { line: 'echo "a"', plain: false },
  { line: 'a > b', plain: false },
  { line: 'a\nb', plain: false },
  { line: 'a;', plain: false },
  { line: 'a && && b', plain: false },
  { line: '', plain: false },
])('$line: $plain', ({ line, plain }) => expect(hold(line)).toBe(plain));

describe('the tree is the one that the parser makes', () => {
  test('of every line of the corpus', () => {
    const lines = readFileSync('test/corpus/commands.jsonl', 'utf8').trim().split('\n');
    expect(lines.filter((line) => hold(JSON.parse(line).command)).length).toBeGreaterThan(100);
  });

  test('of whatever is put together from such pieces', () => {
    const piece = fc.constantFrom('a', 'git', '-x', '--y=z', 'if', 'then', 'fi', 'do', 'in', 'time', 'function', 'let', 'eval', 'test',
      'export', 'local', 'a=b', 'a+=b', '1', '2', './x', '.', ':', '%1', '@', 'a,b', '-', '--', ' ', '  ', '|', '||', '&&', '&', ';', ';;', '|&', '!'); // biome-ignore format: pieces
    const line = fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => pieces.join(' '));
    fc.assert(
      fc.property(
        fc.oneof(
          line,
          fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
        ),
        (text) => void hold(text),
      ),
      { numRuns: 4000 },
    );
  });
});
