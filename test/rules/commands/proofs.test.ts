import { describe, expect, test } from 'vitest';
import { commandEffect } from '../../../src/rules/commands/does.ts';
import { allRows } from '../../../src/rules/commands/index.ts';
import { findingsOf, rulesOf } from '../../guards/commands.ts';

const rows = allRows();

describe.each(rows)('$id', (row) => {
  test.each(row.hits)('hits %j', (line) => expect(rulesOf(line)).toContain(row.id));
  test.each(row.misses)('misses %j', (line) => expect(rulesOf(line)).not.toContain(row.id));
  test('has proof both ways, a reason and a way out', () => {
    expect(row.hits.length).toBeGreaterThan(0);
    expect(row.misses.length).toBeGreaterThan(0);
    expect(row.why.length).toBeGreaterThan(10);
    expect(row.instead.length).toBeGreaterThan(10);
  });
});

test('ids are unique and kebab-case', () => {
  const ids = rows.map((row) => row.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test.each(
  rows.flatMap((row) => [...row.instead.matchAll(/`([^`]+)`/g)].map((found) => ({ id: row.id, line: found[1]! }))),
)('what $id suggests is allowed: $line', ({ line }) =>
  expect(findingsOf(line).map((finding) => finding.rule)).toEqual([]),
);

test.each(rows.flatMap((row) => row.misses.map((line) => ({ id: row.id, line }))))(
  'a miss of $id is a pass altogether or another row says why: $line',
  ({ line }) => expect(findingsOf(line).every((finding) => finding.why !== '')).toBe(true),
);

test('every rule says what its commands do', () => {
  expect(allRows().filter(({ id }) => commandEffect(id) === null)).toEqual([]);
});
