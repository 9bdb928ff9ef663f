import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { GENESIS, seal } from '../../src/audit/chain.ts';
import { makeCheckpoint } from '../../src/audit/checkpoints.ts';
import { ensureHostKey } from '../../src/audit/host-key.ts';
import { append } from '../../src/audit/log.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, numbered } from '../../test/audit/entries.ts';

/** `audit-in-process <scratch folder> <writer program>` */
const [folder = '', writer = ''] = process.argv.slice(2);
const key = ensureHostKey(join(folder, 'key/host.key'));

/** Microseconds per call: median, 99th of a hundred. */
function timed(count: number, act: (at: number) => void): string {
  const times = Array.from({ length: count }, (_, at) => {
    const start = process.hrtime.bigint();
    act(at);
    return Number(process.hrtime.bigint() - start) / 1000;
  }).sort((a, b) => a - b);
  return `p50 ${times[count >> 1]!.toFixed(0).padStart(6)} us  p99 ${times[Math.floor(count * 0.99)]!.toFixed(0).padStart(6)} us`;
}

function median(count: number, act: () => void): number {
  const times = Array.from({ length: count }, () => {
    const start = process.hrtime.bigint();
    act();
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return times.sort((a, b) => a - b)[count >> 1]!;
}

/** A log of `count` sealed records in one file; with `sparse`, as if so many more stood before it. */
function filled(name: string, count: number): string {
  const dir = join(folder, name);
  mkdirSync(dir);
  const fd = openSync(`${dir}/audit.jsonl`, 'w', 0o600);
  let { seq, hash } = GENESIS;
  let text = '';
  for (let at = 0; at < count; at++) {
    const sealed = seal({ ...decision, call: `call-${at}` }, hash, ++seq, '2026-01-02T03:04:05.678Z');
    hash = sealed.record.hash;
    text += `${sealed.line}\n`;
    if (text.length < 4_000_000 && at < count - 1) continue;
    writeSync(fd, text);
    text = '';
  }
  closeSync(fd);
  const { size } = statSync(`${dir}/audit.jsonl`);
  writeFileSync(`${dir}/audit.head`, `${JSON.stringify({ hash, seq, size }).padEnd(159)}\n`);
  return dir;
}

const forever = { rotation: { maxBytes: Number.MAX_SAFE_INTEGER, maxAgeDays: 1e6 } };
const small = join(folder, 'small');
append(small, [decision], { sync: false });
console.log('\naudit log, one process');
console.log(`  append                   ${timed(2000, () => append(small, [decision], { sync: false }))}`);
console.log(`  append, on the disk      ${timed(300, () => append(small, [decision], { sync: true }))}`);
console.log(`  append of 20 at once     ${timed(500, () => append(small, numbered(20), { sync: false }))}`);

const records = Number(process.env['POSTERN_BENCH_RECORDS'] ?? 1_000_000);
const big = filled('big', records);
const tiny = join(folder, 'tiny');
append(tiny, [decision], { sync: false });
const ratios = Array.from({ length: 15 }, () => {
  const one = median(60, () => append(tiny, [decision], { sync: false, ...forever }));
  return median(60, () => append(big, [decision], { sync: false, ...forever })) / one;
}).sort((a, b) => a - b);
console.log(`  append at ${records} records against at 1: ${ratios[7]!.toFixed(2)}x`);

for (const [name, options] of [
  ['the chain', {}],
  ['the chain and the signed tree', { publicKey: key.publicKey }],
] as const) {
  if ('publicKey' in options) makeCheckpoint(big, key);
  const start = process.hrtime.bigint();
  const verdict = verify(big, options);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const perSecond = Math.round(records / seconds / 1000);
  console.log(
    `  verify ${name}: ${verdict.kind}, ${perSecond} thousand records a second, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
  );
}

const shared = join(folder, 'shared');
const start = process.hrtime.bigint();
await Promise.all(
  Array.from({ length: 8 }, (_, at) =>
    once(spawn(process.execPath, [writer, shared, `p${at}`, '250'], { stdio: 'ignore' }), 'close'),
  ),
);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(`  8 processes at once: ${Math.round(2000 / seconds)} records a second, chain ${verify(shared).kind}`);
