import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { checkpointsPath, makeCheckpoint } from '../../src/audit/checkpoints.ts';
import { ensureHostKey, hostKeyPath } from '../../src/audit/host-key.ts';
import { append } from '../../src/audit/log.ts';
import { dropSegments, planPruning } from '../../src/audit/prune.ts';
import { find, readAll, tail } from '../../src/audit/query.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, freshDir, numbered } from './entries.ts';

const key = ensureHostKey(hostKeyPath({}, mkdtempSync(join(tmpdir(), 'postern-home-'))));
const { publicKey } = key;
const small = { sync: false, rotation: { maxBytes: 2000, maxAgeDays: 30 } };

/** A log of `count` records in several segments of a few records each. */
function segmented(count: number): string {
  const dir = freshDir();
  for (const entry of numbered(count)) append(dir, [entry], small);
  return dir;
}

const closed = (dir: string) => readdirSync(dir).filter((name) => /^audit-\d/.test(name));
const calls = (dir: string) => [...readAll(dir)].filter(({ kind }) => kind === 'decision').map(({ call }) => call);
const wanted = (count: number) => numbered(count).map(({ call }) => call);

describe('a log in segments', () => {
  test('is closed when it is large, packed, and read as one', () => {
    const dir = segmented(30);
    expect(closed(dir).length).toBeGreaterThan(3);
    expect(closed(dir).every((name) => name.endsWith('.gz'))).toBe(true);
    expect(calls(dir)).toEqual(wanted(30));
    expect(verify(dir)).toMatchObject({ kind: 'intact', headFile: 'agrees' });
    expect(tail(dir, 25)).toHaveLength(25);
    expect(find(dir, 'call-2')).toMatchObject([{ call: 'call-2' }]);
  });

  test('is closed when it is old', () => {
    const dir = freshDir();
    append(dir, [decision], { sync: false, now: () => new Date('2020-01-01') });
    append(dir, [decision], { sync: false, now: () => new Date('2090-01-01') });
    expect(closed(dir)).toHaveLength(1);
    expect(verify(dir)).toMatchObject({ kind: 'intact', records: 3 });
  });

  test.each<{ crash: string; harm: (dir: string) => void }>([
    {
      crash: 'between closing and opening',
      harm: (dir) => renameSync(`${dir}/audit.jsonl`, `${dir}/audit-000000000001.jsonl`),
    },
    {
      crash: 'between packing and removing',
      harm: (dir) => {
        renameSync(`${dir}/audit.jsonl`, `${dir}/audit-000000000001.jsonl`);
        writeFileSync(`${dir}/audit-000000000001.jsonl.gz`, gzipSync(readFileSync(`${dir}/audit-000000000001.jsonl`)));
      },
    },
    {
      crash: 'in the middle of packing',
      harm: (dir) => {
        renameSync(`${dir}/audit.jsonl`, `${dir}/audit-000000000001.jsonl`);
        writeFileSync(`${dir}/audit-000000000001.jsonl.gz.77.x`, 'half');
      },
    },
  ])('a crash $crash loses and doubles nothing', ({ harm }) => {
    const dir = freshDir();
    append(dir, numbered(5), { sync: false });
    harm(dir);
    expect(calls(dir)).toEqual(wanted(5));
    append(dir, numbered(1, 6), { sync: false });
    expect(calls(dir)).toEqual(wanted(6));
    expect(verify(dir)).toMatchObject({ kind: 'intact', records: 7 });
  });

  test.each<{ harm: string; act: (dir: string) => void; what: string }>([
    { harm: 'a segment taken away', act: (dir) => rmSync(`${dir}/${closed(dir)[1]}`), what: 'removed' },
    { harm: 'the first segment taken away', act: (dir) => rmSync(`${dir}/${closed(dir)[0]}`), what: 'removed' },
    {
      harm: 'a segment of another log put in its place',
      act: (dir) => copyFileSync(`${segmented(30)}/${closed(dir)[1]}`, `${dir}/${closed(dir)[1]}`),
      what: 'edited',
    },
    { harm: 'one byte of a packed segment', act: (dir) => edit(`${dir}/${closed(dir)[0]}`), what: 'edited' },
    { harm: 'the open segment taken away', act: (dir) => rmSync(`${dir}/audit.jsonl`), what: 'truncated' },
  ])('$harm is found', ({ act, what }) => {
    const dir = segmented(30);
    act(dir);
    expect(verify(dir)).toMatchObject({ kind: 'broken', what });
  });
});

function edit(path: string): void {
  const text = gunzipSync(readFileSync(path)).toString();
  writeFileSync(path, gzipSync(text.replace('call-2', 'call-7')));
}

describe('checkpoints', () => {
  test('tell what was signed, and go on from one another', () => {
    const dir = segmented(20);
    const first = makeCheckpoint(dir, key)!;
    append(dir, numbered(3, 21), small);
    const second = makeCheckpoint(dir, key)!;
    expect(second.size).toBeGreaterThan(first.size);
    expect(verify(dir, { publicKey })).toMatchObject({ kind: 'intact', proved: second.size });
    const fresh = freshDir();
    mkdirSync(fresh);
    for (const name of readdirSync(dir))
      if (!name.endsWith('checkpoints')) copyFileSync(`${dir}/${name}`, `${fresh}/${name}`);
    expect(makeCheckpoint(fresh, key)).toMatchObject({ size: second.size, root: second.root });
  });

  test('an attacker without the key who hashes everything anew is found out', () => {
    const dir = freshDir();
    append(dir, numbered(6), { sync: false });
    makeCheckpoint(dir, key);
    const forged = freshDir();
    append(forged, numbered(6, 100), { sync: false });
    for (const name of ['audit.jsonl', 'audit.head']) copyFileSync(`${forged}/${name}`, `${dir}/${name}`);
    expect(verify(dir)).toMatchObject({ kind: 'intact' });
    expect(verify(dir, { publicKey })).toMatchObject({ kind: 'broken', what: 'rewritten', proved: 0 });
  });

  test('a tail that was cut off together with the head is found out', () => {
    const dir = freshDir();
    append(dir, numbered(3), { sync: false });
    makeCheckpoint(dir, key);
    const [log, head] = [readFileSync(`${dir}/audit.jsonl`), readFileSync(`${dir}/audit.head`)];
    append(dir, numbered(3, 4), { sync: false });
    makeCheckpoint(dir, key);
    writeFileSync(`${dir}/audit.jsonl`, log);
    writeFileSync(`${dir}/audit.head`, head);
    expect(verify(dir, { publicKey })).toMatchObject({ kind: 'broken', what: 'truncated', proved: 3, seq: 4 });
  });

  test('where the checkpoints were taken away too, an anchor tells', () => {
    const dir = freshDir();
    append(dir, numbered(3), { sync: false });
    const [log, head] = [readFileSync(`${dir}/audit.jsonl`), readFileSync(`${dir}/audit.head`)];
    append(dir, numbered(3, 4), { sync: false });
    const { note } = makeCheckpoint(dir, key)!;
    writeFileSync(`${dir}/audit.jsonl`, log);
    writeFileSync(`${dir}/audit.head`, head);
    rmSync(checkpointsPath(dir));
    expect(verify(dir, { publicKey })).toMatchObject({ kind: 'intact' });
    expect(verify(dir, { publicKey, anchors: [note] })).toMatchObject({ kind: 'broken', what: 'truncated' });
  });

  test('of a lost key prove nothing and break nothing', () => {
    const dir = freshDir();
    append(dir, numbered(3), { sync: false });
    makeCheckpoint(dir, key);
    const other = ensureHostKey(hostKeyPath({}, mkdtempSync(join(tmpdir(), 'postern-home-'))));
    expect(verify(dir, { publicKey: other.publicKey })).toMatchObject({ kind: 'intact', proved: 0 });
    expect(makeCheckpoint(dir, other)).toMatchObject({ size: 3 });
  });
});

describe('pruning', () => {
  function pruned(seal: boolean): string {
    const dir = segmented(30);
    makeCheckpoint(dir, key);
    const plan = planPruning(dir, '2999-01-01', publicKey)!;
    append(dir, [{ ...decision, kind: 'log.pruned', data: plan.data }], {
      sync: true,
      ...(seal ? { sealWith: key } : {}),
    });
    dropSegments(plan);
    return dir;
  }

  test('leaves a log that still verifies, and whose checkpoints go on', () => {
    const dir = pruned(true);
    expect(closed(dir)).toEqual([]);
    const before = verify(dir, { publicKey });
    expect(before).toMatchObject({ kind: 'intact', first: expect.any(Number) });
    append(dir, numbered(3, 31), { sync: false });
    const { size } = makeCheckpoint(dir, key)!;
    expect(verify(dir, { publicKey })).toMatchObject({ kind: 'intact', proved: size });
  });

  test('without the seal is a removal', () => {
    expect(verify(pruned(false), { publicKey })).toMatchObject({ kind: 'broken', what: 'removed' });
  });
});

test('a packed segment is gone only when its packed form is whole', () => {
  const dir = segmented(10);
  for (const name of closed(dir)) expect(existsSync(`${dir}/${name.replace('.gz', '')}`)).toBe(!name.endsWith('.gz'));
});
