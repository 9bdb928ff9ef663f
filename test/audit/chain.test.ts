import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkLine, GENESIS, seal } from '../../src/audit/chain.ts';
import { decision, numbered, sealedLines } from './entries.ts';

const [first, second, third] = sealedLines(numbered(3)).map((line) => Buffer.from(line)) as [Buffer, Buffer, Buffer];
const afterFirst = { seq: 1, hash: JSON.parse(first.toString()).hash };

test('the hash is the sha256 of the line without its hash field', () => {
  const { record, line } = seal(decision, GENESIS.hash, 1, '2026-01-02T03:04:05.678Z');
  expect(JSON.parse(line)).toEqual(record);
  expect(Object.keys(JSON.parse(line)).at(-1)).toBe('hash');
  const body = line.replace(/,"hash":"[0-9a-f]{64}"}$/, '}');
  expect(record.hash).toBe(createHash('sha256').update(body).digest('hex'));
});

const rehashed = (line: Buffer, change: (fields: Record<string, unknown>) => void) => {
  const { hash: _, v: _v, seq, time, prev, ...entry } = JSON.parse(line.toString());
  const fields = { seq, time, prev, entry };
  change(fields);
  return Buffer.from(seal(fields.entry, fields.prev, fields.seq, fields.time).line);
};

test.each([
  { row: 'the next record', line: second, kind: 'record' },
  { row: 'a record too early', line: third, kind: 'gap' },
  { row: 'the same record again', line: first, kind: 'reordered' },
  { row: 'a changed text', line: Buffer.from(second.toString().replace('ls', 'rm')), kind: 'edited' },
  { row: 'a changed hash', line: Buffer.from(second.toString().replace(/.{3}"}$/, '000"}')), kind: 'edited' },
  { row: 'a space put in', line: Buffer.from(second.toString().replace(',"hash"', ', "hash"')), kind: 'edited' },
  {
    row: 'a re-hashed record of another chain',
    line: rehashed(second, (f) => (f['prev'] = 'f'.repeat(64))),
    kind: 'edited',
  },
  { row: 'no JSON', line: Buffer.from('nonsense'), kind: 'malformed' },
  { row: 'an empty line', line: Buffer.alloc(0), kind: 'malformed' },
  { row: 'JSON that is no record', line: Buffer.from('{"v":1,"seq":2}'), kind: 'malformed' },
  { row: 'JSON null', line: Buffer.from('null'), kind: 'malformed' },
  { row: 'zeros, as a power cut leaves them', line: Buffer.alloc(600), kind: 'malformed' },
])('$row -> $kind', ({ line, kind }) => expect(checkLine(line, afterFirst).kind).toBe(kind));

test('sealing gives the bytes of the good vector', () => {
  const vector = readFileSync(join(import.meta.dirname, '../vectors/audit/good.jsonl'), 'utf8');
  expect(sealedLines(numbered(6)).map((line) => `${line}\n`)).toEqual(vector.split(/(?<=\n)/));
});
