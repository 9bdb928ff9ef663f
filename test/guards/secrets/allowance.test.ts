import { describe, expect, test } from 'vitest';
import { allows, keptAllowances, readAllowances } from '../../../src/guards/secrets/allowance.ts';

const said = (text: string) => readAllowances(text).map(({ rule, line, reason }) => ({ rule, line, reason }));
const one = { rule: 'github-pat', line: 1, reason: 'a fixture' };

describe('an allowance', () => {
  test.each([
    { text: '// postern:allow github-pat -- a fixture', found: [one] },
    { text: 'x = 1 # postern:allow github-pat -- a fixture\r', found: [one] },
    { text: '# postern:allow secrets/github-pat -- a fixture', found: [one] },
    { text: '/* postern:allow github-pat -- a fixture */ const x = 1', found: [{ ...one, reason: 'a fixture' }] },
    { text: '<!-- postern:allow github-pat -- a fixture -->', found: [one] },
    { text: '\n\n  -- postern:allow github-pat -- a fixture', found: [{ ...one, line: 3 }] },
    { text: '/**\n * postern:allow github-pat -- a fixture\n */', found: [{ ...one, line: 2 }] },
    { text: '# postern:allow a -- b\n\n# postern:allow c -- d', found: [{ rule: 'a', line: 1, reason: 'b' }, { rule: 'c', line: 3, reason: 'd' }] },
    { text: '# postern:allow github-pat', found: [] },
    { text: '# postern:allow github-pat --', found: [] },
    { text: '# postern:allow -- because', found: [] },
    { text: '# postern:allow <rule-id> -- <reason>', found: [] },
    { text: 'const x = "postern:allow github-pat -- a fixture"', found: [] },
    { text: '# not postern:allow github-pat -- a fixture', found: [] },
    { text: 'postern:allow\u0000 '.repeat(1000), found: [] },
  ])('in $text', ({ text, found }) => expect(said(text)).toEqual(found)); // biome-ignore format: a table of lines

  test.each([
    { text: '# postern:allow a-b -- c\nx', line: 1, allowed: true },
    { text: '# postern:allow a-b -- c\nx', line: 2, allowed: true },
    { text: '# postern:allow a-b -- c\nx', line: 3, allowed: false },
    { text: 'x # postern:allow a-b -- c\ny', line: 1, allowed: true },
    { text: 'x # postern:allow a-b -- c\ny', line: 2, allowed: false },
    { text: '# postern:allow a-c -- c\nx', line: 2, allowed: false },
  ])('$text allows a-b on line $line: $allowed', ({ text, line, allowed }) => {
    expect(readAllowances(text).some((allowance) => allows(allowance, { rule: 'a-b', line }))).toBe(allowed);
  });
});

test.each([
  { before: '# postern:allow a -- b\n', after: 'new\n  # postern:allow a -- b\n', kept: [2] },
  { before: '', after: '# postern:allow a -- b\n', kept: [] },
  { before: '# postern:allow a -- b\n', after: '# postern:allow a -- b\n# postern:allow a -- b\n', kept: [1] },
  { before: '# postern:allow a -- b\n', after: '# postern:allow c -- b\n', kept: [] },
])('of $after, where $before was, the lines $kept are kept', ({ before, after, kept }) => {
  expect(keptAllowances(readAllowances(after), before).map(({ line }) => line)).toEqual(kept);
});
