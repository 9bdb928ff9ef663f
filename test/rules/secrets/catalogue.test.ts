import { describe, expect, test } from 'vitest';
import { scan } from '../../../src/guards/secrets/scan.ts';
import { unboundedProblem } from '../../../src/policy/regex-lint.ts';
import { ANCHORS } from '../../../src/rules/secrets/anchors.ts';
import { catalogue, type Provider, rowsOf } from '../../../src/rules/secrets/catalogue.ts';
import { NAME_HEADS } from '../../../src/rules/secrets/named.ts';
import { fill, seeded } from './template.ts';

const hits = catalogue().flatMap((row) => row.hits.map((hit) => ({ row, hit, id: row.id })));
const misses = catalogue().flatMap((row) => (row.misses ?? []).map((miss) => ({ row, miss, id: row.id })));

describe('every row proves itself', () => {
  test.each(hits.filter(({ row }) => row.public !== true))('$id sees $hit', ({ row, hit }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { text, secrets } = fill(hit, seeded(seed * 7919));
      const found = scan(text).filter((match) => match.rule === row.id);
      expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(secrets);
    }
  });

  test.each(hits.filter(({ row }) => row.public === true))('$id lets $hit be', ({ hit }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { text } = fill(hit, seeded(seed));
      expect(scan(`apiKey: "${text}"`)).toEqual([]);
    }
  });

  test.each(misses)('$id lets $miss be', ({ row, miss }) => {
    const { text } = fill(miss, seeded(1));
    expect(scan(text).filter((match) => match.rule === row.id)).toEqual([]);
  });
});

describe('the catalogue', () => {
  test.each(Object.entries(ANCHORS))('the anchors of %s are those of its rows', (provider, texts) => {
    const anchors = new Set(rowsOf(provider as Provider).flatMap((row) => row.anchors));
    expect(texts.split('\n').sort()).toEqual([...anchors].sort());
  });

  test.each(Object.entries(NAME_HEADS))('the heads of the names of %s are those of its rows', (provider, heads) => {
    const rows = rowsOf(provider as Provider).flatMap((row) => row.names ?? []);
    expect(heads).toBe([...new Set(rows.map((words) => words[0]?.slice(0, 3)))].join(' '));
  });

  test('knows at least two hundred kinds, each by one id', () => {
    const ids = catalogue().map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(200);
  });

  test.each(catalogue().map((row) => ({ id: row.id, row })))('$id can be searched for in linear time', ({ row }) => {
    expect(unboundedProblem(row.pattern().source)).toBeNull();
    expect(row.pattern().sticky).toBe(true);
    expect(row.anchors.length > 0 || row.names !== undefined).toBe(true);
    for (const anchor of row.anchors) expect(anchor.length).toBeGreaterThanOrEqual(3);
  });
});
