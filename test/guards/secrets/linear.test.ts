import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scan } from '../../../src/guards/secrets/scan.ts';
import { ANCHORS } from '../../../src/rules/secrets/anchors.ts';

const FOLDER = 'src/guards/secrets';
const LITERAL = /(?<=[=(,:[>\s])\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuy]*)/g;

/** Patterns that are tried at many places of a text: sticky and global ones. */
const patterns = readdirSync(FOLDER).flatMap((file) =>
  [...readFileSync(join(FOLDER, file), 'utf8').matchAll(LITERAL)]
    .filter(([, , flags = '']) => /[yg]/.test(flags))
    .map(([, source = '', flags]) => ({ file, source, flags })),
);

/** What takes a bounded piece of text, cut out before: a line of an environment file, a token. */
const BOUNDED_TEXT = ['known-values.ts', 'names.ts', 'values.ts', 'judge.ts'];

describe('the time to scan a text grows with its length and no faster', () => {
  test.each(patterns.filter(({ file }) => !BOUNDED_TEXT.includes(file)))('$file: $source', ({ source }) => {
    const plain = source.replace(/\\[\s\S]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
    if (plain === 'x+') return;
    expect(plain).not.toMatch(/[^(]\*|[^(]\+|\{\d+,\}/);
  });

  test('the patterns were found', () => expect(patterns.length).toBeGreaterThan(25));

  const pieces = [
    'password=', 'token token ', 'a://b:', '"a"+', "'AKIA' ", 'eyJa.', 'curl -u ', '%41', '\\x41', 'cookie: a=b; ', 'name: key, ', '{ key: ', '"name":"key",',
    'INSERT INTO t (password) VALUES (', 'printf %s a b ', 's/a/b/ ', '<password>', 'process.env.X || ', '-----BEGIN PRIVATE KEY-----\n',
    ...Object.values(ANCHORS).flatMap((texts) => texts.split('\n').filter((_, at) => at % 9 === 0)),
  ]; // biome-ignore format: a list of texts

  test.each(pieces)('steps over many of %j', (piece) => {
    const [small, large] = [8, 32].map((kb) => steps(piece.repeat(Math.ceil((kb * 1024) / piece.length))));
    expect(large! / Math.max(small!, 50)).toBeLessThan(4.5);
  });
});

/** How many patterns are tried, each over a bounded stretch, while a text is scanned. */
function steps(text: string): number {
  const { exec, test: tests } = RegExp.prototype;
  let count = 0;
  RegExp.prototype.exec = function (string) {
    count++;
    return exec.call(this, string);
  };
  RegExp.prototype.test = function (string) {
    count++;
    return tests.call(this, string);
  };
  try {
    scan(text);
  } finally {
    RegExp.prototype.exec = exec;
    RegExp.prototype.test = tests;
  }
  return count;
}
