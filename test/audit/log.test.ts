import fs, { readdirSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { expect, test } from 'vitest';
import { GENESIS } from '../../src/audit/chain.ts';
import { append } from '../../src/audit/log.ts';
import { readAll } from '../../src/audit/query.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, freshDir, logged, numbered } from './entries.ts';

const lax = { sync: false } as const;
const all = (dir: string) => [...readAll(dir)];
const modeOf = (path: string) => statSync(path).mode & 0o777;

test.each([{ sync: true }, { sync: false }])(
  'a first append makes a private folder and log (sync: $sync)',
  (options) => {
    const dir = freshDir();
    const now = () => new Date('2026-01-02T03:04:05.678Z');
    const [record] = append(dir, [decision], { ...options, now });
    expect(record).toMatchObject({ ...decision, v: 1, seq: 1, prev: GENESIS.hash, time: '2026-01-02T03:04:05.678Z' });
    expect([modeOf(dir), modeOf(`${dir}/audit.jsonl`), modeOf(`${dir}/audit.head`)]).toEqual([0o700, 0o600, 0o600]);
    expect(readdirSync(dir).sort()).toEqual(['audit.head', 'audit.jsonl']);
    expect(all(dir)).toEqual([record]);
  },
);

test('several entries become consecutive records, and each append goes on', () => {
  const dir = freshDir();
  expect(append(dir, [], lax)).toEqual([]);
  const written = [...append(dir, numbered(3), lax), ...append(dir, numbered(2, 4), { sync: true })];
  expect(written.map((record) => record.seq)).toEqual([1, 2, 3, 4, 5]);
  expect(all(dir)).toEqual(written);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 5, headFile: 'agrees' });
});

/** Bytes that `act` reads from files. */
function bytesRead(act: () => void): number {
  const original = fs.readSync;
  let bytes = 0;
  fs.readSync = ((...args: Parameters<typeof original>) => {
    const count = original(...args);
    bytes += count;
    return count;
  }) as typeof original;
  syncBuiltinESMExports();
  try {
    act();
  } finally {
    fs.readSync = original;
    syncBuiltinESMExports();
  }
  return bytes;
}

test('an append reads no more of a long log than of a short one', () => {
  const [short, long] = [logged(40), logged(20_000)];
  const read = [short, long].map((dir) => bytesRead(() => append(dir, [decision], lax)));
  expect(read[0]).toBe(read[1]);
  expect(read[0]).toBeGreaterThan(8192);
  expect(read[0]).toBeLessThan(9000);
});
