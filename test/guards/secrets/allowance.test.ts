import { describe, expect, test } from 'vitest';
import { allows, keptAllowances, readAllowances } from '../../../src/guards/secrets/allowance.ts';

/** The mark is spelled out here only, so that scans of this file find no allowance. */
const read = (text: string) => readAllowances(text.replaceAll('@', 'postern:'));
const said = (text: string) => read(text).map(({ rule, line, reason }) => ({ rule, line, reason }));
const one = { rule: 'github-pat', line: 1, reason: 'a fixture' };

describe('an allowance', () => {
  test.each([
    { text: '// @allow github-pat -- a fixture', found: [one] },
    { text: 'x = 1 # @allow github-pat -- a fixture\r', found: [one] },
    { text: '# @allow secrets/github-pat -- a fixture', found: [one] },
    { text: '/* @allow github-pat -- a fixture */ const x = 1', found: [{ ...one, reason: 'a fixture' }] },
    { text: '<!-- @allow github-pat -- a fixture -->', found: [one] },
    { text: '\n\n  -- @allow github-pat -- a fixture', found: [{ ...one, line: 3 }] },
    { text: '/**\n * @allow github-pat -- a fixture\n */', found: [{ ...one, line: 2 }] },
    { text: '# @allow a -- b\n\n# @allow c -- d', found: [{ rule: 'a', line: 1, reason: 'b' }, { rule: 'c', line: 3, reason: 'd' }] },
    { text: '# @allow github-pat', found: [] },
    { text: '# @allow github-pat --', found: [] },
    { text: '# @allow -- because', found: [] },
    { text: '# @allow <rule-id> -- <reason>', found: [] },
    { text: 'const x = "@allow github-pat -- a fixture"', found: [] },
    { text: '# not @allow github-pat -- a fixture', found: [] },
    { text: '@allow\u0000 '.repeat(1000), found: [] },
  ])('in $text', ({ text, found }) => expect(said(text)).toEqual(found)); // biome-ignore format: a table of lines

  test.each([
    { text: '# @allow a-b -- c\nx', line: 1, allowed: true },
    { text: '# @allow a-b -- c\nx', line: 2, allowed: true },
    { text: '# @allow a-b -- c\nx', line: 3, allowed: false },
    { text: 'x # @allow a-b -- c\ny', line: 1, allowed: true },
    { text: 'x # @allow a-b -- c\ny', line: 2, allowed: false },
    { text: '# @allow a-c -- c\nx', line: 2, allowed: false },
  ])('$text allows a-b on line $line: $allowed', ({ text, line, allowed }) => {
    expect(read(text).some((allowance) => allows(allowance, { rule: 'a-b', line }))).toBe(allowed);
  });
});

test.each([
  { before: '# @allow a -- b\n', after: 'new\n  # @allow a -- b\n', kept: [2] },
  { before: '', after: '# @allow a -- b\n', kept: [] },
  { before: '# @allow a -- b\n', after: '# @allow a -- b\n# @allow a -- b\n', kept: [1] },
  { before: '# @allow a -- b\n', after: '# @allow c -- b\n', kept: [] },
])('of $after, where $before was, the lines $kept are kept', ({ before, after, kept }) => {
  expect(keptAllowances(read(after), before.replaceAll('@', 'postern:')).map(({ line }) => line)).toEqual(kept);
});
