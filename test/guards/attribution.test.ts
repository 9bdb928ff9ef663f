import { describe, expect, test } from 'vitest';
import { isConventional, matchesLine, signatureIn } from '../../src/guards/attribution.ts';
import { ATTRIBUTION } from '../../src/rules/attribution.ts';

describe.each(ATTRIBUTION)('$id', (row) => {
  test.each(row.hits)('speaks of: %s', (line) => expect(matchesLine(row, line)).toBe(true));
  test.each(row.misses)('is silent on: %s', (line) => expect(signatureIn(line)).toBeNull());
});

test.each([
  { subject: 'feat: x', is: true },
  { subject: 'fix(a b)!: x', is: true },
  { subject: 'build-2: x', is: true },
  { subject: 'feat:x', is: false },
  { subject: 'feat : x', is: false },
  { subject: 'Feat: x', is: false },
  { subject: 'feat(): x', is: false },
  { subject: 'squash! x', is: true },
  { subject: 'amend! x', is: true },
  { subject: 'Merge pull request #1', is: true },
  { subject: 'Merged it', is: false },
])('$subject -> $is', ({ subject, is }) => expect(isConventional(`\n${subject}\n\nbody: more\n`)).toBe(is));
