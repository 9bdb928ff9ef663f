import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { append } from '../../src/audit/log.ts';
import { readAll, tail } from '../../src/audit/query.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, freshDir } from './entries.ts';
import { injectFaults } from './faults.ts';

const writer = join(mkdtempSync(join(tmpdir(), 'postern-writer-')), 'writer.cjs');

beforeAll(() => {
  buildSync({
    entryPoints: [join(import.meta.dirname, 'writer.ts')],
    outfile: writer,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    alias: { 'graceful-fs': 'node:fs' },
  });
});

const callsOf = (dir: string, name: string) =>
  [...readAll(dir)].map(({ call = '' }) => call).filter((call) => call.startsWith(`${name}-`));

test('eight processes that write at once make one chain, and none of their records is lost or doubled', async () => {
  const dir = freshDir();
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const runs = names.map((name, index) => [writer, dir, name, '50', index % 4 === 0 ? 'sync' : '']);
  await Promise.all(runs.map((run) => promisify(execFile)(process.execPath, run)));
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 400, headFile: 'agrees' });
  const expected = Array.from({ length: 50 }, (_, index) => index + 1);
  for (const name of names) expect(callsOf(dir, name)).toEqual(expected.map((index) => `${name}-${index}`));
});

/** The output of a process once it has printed `count` lines and was killed on the spot. */
async function killedAfter(child: ChildProcess, count: number): Promise<string> {
  let output = '';
  child.stdout!.on('data', (text) => {
    output += text;
    if (output.split('\n').length > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return output;
}

test('writers killed at any point lose nothing that they were told is written', async () => {
  const dir = freshDir();
  for (const count of [1, 20, 3, 57, 9]) {
    const name = `killed${count}`;
    const output = await killedAfter(spawn(process.execPath, [writer, dir, name, '1000000']), count);
    const acknowledged = output.split('\n').filter((line) => line !== '').length;
    append(dir, [decision], { sync: false });
    const calls = callsOf(dir, name);
    expect(calls).toEqual(calls.map((_, index) => `${name}-${index + 1}`));
    expect([acknowledged, acknowledged + 1]).toContain(calls.length);
    expect(verify(dir)).toMatchObject({ kind: 'intact', headFile: 'agrees' });
  }
});

test('the lock of a dead process does not hold others up', () => {
  const dir = freshDir();
  mkdirSync(`${dir}/audit.jsonl.lock`, { recursive: true });
  utimesSync(`${dir}/audit.jsonl.lock`, 1, 1);
  const run = spawnSync(process.execPath, [writer, dir, 'late', '3'], { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 0, stdout: '1\n2\n3\n', stderr: '' });
});

test('many processes that find the lock of a dead one still make one chain', async () => {
  const dir = freshDir();
  mkdirSync(`${dir}/audit.jsonl.lock`, { recursive: true });
  utimesSync(`${dir}/audit.jsonl.lock`, 1, 1);
  const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [writer, dir, name, '5']);
  await Promise.all(runs.map((run) => promisify(execFile)(process.execPath, run)));
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 30 });
});

test('a write that the system stops half-way is taken back', () => {
  const dir = freshDir();
  const script = `trap '' XFSZ; ulimit -f 8; exec "$0" "$@"`;
  const args = ['-c', script, process.execPath, writer, dir, 'limited', '100'];
  const run = spawnSync('sh', args, { encoding: 'utf8' });
  expect(run).toMatchObject({ status: 3, stderr: expect.stringMatching(/larger than this process may write/) });
  const acknowledged = run.stdout.trimEnd().split('\n').length;
  expect(readFileSync(`${dir}/audit.jsonl`, 'utf8')).toMatch(/"}\n$/);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: acknowledged, headFile: 'agrees' });
  append(dir, [decision], { sync: false });
  expect(tail(dir, 1)).toMatchObject([{ kind: 'decision', seq: acknowledged + 1 }]);
});

test('writers that are killed at random moments lose, double and break nothing, while segments are closed and packed', async () => {
  const dir = freshDir();
  const faults = await injectFaults(writer, dir, { kills: 60, together: 12, checkEvery: 12 });
  expect(faults).toMatchObject({ lost: [], doubled: [], broken: [] });
  expect(faults.acknowledged).toBeGreaterThan(60);
  append(dir, [decision], { sync: false });
  expect(verify(dir)).toMatchObject({ kind: 'intact', headFile: 'agrees' });
});

test('two hundred writers at once make one chain; one that has no turn in time says so', async () => {
  const dir = freshDir();
  const runs = Array.from({ length: 200 }, (_, at) => [writer, dir, `w${at}`, '1']);
  const ended = await Promise.allSettled(runs.map((run) => promisify(execFile)(process.execPath, run)));
  const refused = ended.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  for (const { reason } of refused) expect(reason.stderr).toContain('another process holds its lock');
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 200 - refused.length });
});
