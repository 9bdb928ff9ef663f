import { appendFileSync, mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AuditError } from '../../src/audit/error.ts';
import { append } from '../../src/audit/log.ts';
import { find, readAll, tail } from '../../src/audit/query.ts';
import { freshDir, numbered } from './entries.ts';

const dir = freshDir();
const records = [...write(numbered(3)), ...writeAfterNonsense()];

function write(entries: ReturnType<typeof numbered>) {
  return append(dir, entries, { sync: false });
}

/** Two lines that are no records, then three records whose first tells of the repair. */
function writeAfterNonsense() {
  appendFileSync(`${dir}/audit.jsonl`, 'nonsense\n{"v":1}\n');
  const written = write(numbered(2, 3));
  return [...[...readAll(dir)].filter(({ kind }) => kind === 'log.repaired'), ...written];
}

test('every record is read and the other lines are counted', () => {
  const skipped = { lines: 0 };
  expect([...readAll(dir, skipped)]).toEqual(records);
  expect(skipped.lines).toBe(2);
});

test.each([0, 1, 2, 4, 6, 100])('the last %i records, oldest first', (count) => {
  expect(tail(dir, count)).toEqual(count === 0 ? [] : records.slice(-count));
});

test.each([
  { row: 'a call id, which a decision and its outcome share', wanted: 'call-3', seqs: [3, 5] },
  { row: 'a sequence number', wanted: '2', seqs: [2] },
  { row: 'a whole hash', wanted: records[0]!.hash, seqs: [1] },
  { row: 'the beginning of a hash', wanted: records[5]!.hash.slice(0, 12), seqs: [6] },
  { row: 'too little of a hash', wanted: records[5]!.hash.slice(0, 3).replace(/^\d+$/, 'abc'), seqs: [] },
  { row: 'nothing of ours', wanted: 'call-99', seqs: [] },
])('find $row', ({ wanted, seqs }) => expect(find(dir, wanted).map(({ seq }) => seq)).toEqual(seqs));

test('a log that does not exist has no records', () => {
  expect([[...readAll(freshDir())], tail(freshDir(), 5), find(freshDir(), '1')]).toEqual([[], [], []]);
});

test('a log that cannot be read is an error, not an empty log', () => {
  const broken = freshDir();
  mkdirSync(`${broken}/audit.jsonl`, { recursive: true });
  expect(() => tail(broken, 5)).toThrow(AuditError);
});

test('the end of a log is read over the edges of chunks', () => {
  const long = freshDir();
  const written = append(long, numbered(2000), { sync: false });
  expect(tail(long, 1500)).toEqual(written.slice(-1500));
  expect([...readAll(long)]).toEqual(written);
});
