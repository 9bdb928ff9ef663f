import { expect, test } from 'vitest';
import { regexProblem } from '../../src/policy/regex-lint.ts';

test.each([
  { source: '(a+)+b', why: 'repeats a repetition' },
  { source: '(?:a*)*', why: 'repeats a repetition' },
  { source: '(?:a+){2,100}', why: 'repeats a repetition' },
  { source: '(a|a)*', why: 'overlap' },
  { source: '(?:\\w|\\d)+x', why: 'overlap' },
  { source: 'a*a*b', why: 'neighbouring' },
  { source: '\\d+\\w+x', why: 'neighbouring' },
  { source: '.*x.*y', why: 'neighbouring' },
  { source: '[a-z]+-?[a-z]+!', why: 'neighbouring' },
  { source: '(a)\\1', why: 'refers back' },
  { source: '(?<n>a)\\k<n>', why: 'refers back' },
  { source: '(?=a)b', why: 'looks around' },
  { source: '(?<!a)b', why: 'looks around' },
  { source: 'a{1,99999}', why: 'repeats more than' },
  { source: '(', why: 'no valid pattern' },
  { source: 'a'.repeat(601), why: 'longer' },
])('$source is refused: $why', ({ source, why }) => expect(regexProblem(source)).toContain(why));

test.each([
  'ghp_[A-Za-z0-9]{36}',
  '^acme_[a-z]+$',
  'a+b+c*',
  '(?:foo|bar)-\\d+',
  '\\bkey\\b',
  '[\\]x]{2,5}',
  '\\u0041+',
  '(?:[a-f0-9]{4}-){3}x',
])('%s is fine', (source) => expect(regexProblem(source)).toBeNull());
