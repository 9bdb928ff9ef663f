import { describe, expect, test } from 'vitest';
import { columns, count, paints, printable, shortTime } from '../../src/cli/output.ts';
import { quoted, shellLine } from '../../src/cli/shell-quote.ts';

describe('printable', () => {
  test.each([
    { of: 'plain text', is: 'plain text' },
    { of: 'a\nb', is: 'a⏎b' },
    { of: 'red \x1b[31m', is: 'red \\u{1b}[31m' },
    { of: 'turned \u202e round', is: 'turned \\u{202e} round' },
    { of: '\x9b2J', is: '\\u{9b}2J' },
    { of: 'ünïcode 🙂', is: 'ünïcode 🙂' },
  ])('$of', ({ of, is }) => expect(printable(of)).toBe(is));

  test('cuts long texts between characters', () => expect(printable('🙂'.repeat(9), 5)).toBe('🙂🙂🙂🙂…'));
});

test('columns align by what is seen, colours and wide texts included', () => {
  const { red } = paints({ color: true });
  expect(
    columns([
      [red('ab'), 'x'],
      ['abc', 'y'],
      ['', 'z'],
    ]),
  ).toBe(`${red('ab')}   x\nabc  y\n     z\n`);
});

test('no colour without a terminal', () => expect(paints({ color: false }).red('x')).toBe('x'));

test.each([
  { amount: 0, is: '0 files' },
  { amount: 1, is: '1 file' },
  { amount: 2, is: '2 files' },
])('$is', ({ amount, is }) => expect(count(amount, 'file')).toBe(is));

test('times are read without fractions', () =>
  expect(shortTime('2026-11-21T02:40:57.123Z')).toBe('2026-11-21 02:40:57Z'));

describe('shell lines', () => {
  test.each([
    { word: 'git', is: 'git' },
    { word: '--flag=a/b', is: '--flag=a/b' },
    { word: 'two words', is: "'two words'" },
    { word: '$HOME', is: "'$HOME'" },
    { word: "it's", is: "'it'\\''s'" },
    { word: '', is: "''" },
    { word: '~', is: "'~'" },
  ])('$word is quoted as $is', ({ word, is }) => expect(quoted(word)).toBe(is));

  test('one word is the line itself', () => expect(shellLine(['rm -rf / && ls'])).toBe('rm -rf / && ls'));
  test('several words are quoted', () => expect(shellLine(['echo', 'a b'])).toBe("echo 'a b'"));
});
