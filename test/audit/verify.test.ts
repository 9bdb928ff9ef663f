import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append } from '../../src/audit/log.ts';
import { verify } from '../../src/audit/verify.ts';
import vectors from '../vectors/audit/vectors.json' with { type: 'json' };
import { decision, freshDir, logged } from './entries.ts';

interface Vector {
  readonly name: string;
  readonly verdict: object;
  readonly publicKey?: string;
}

const folder = join(import.meta.dirname, '../vectors/audit');

test.each(vectors)('vector $name -> $verdict.kind $verdict.what', ({ name, verdict, publicKey }: Vector) => {
  const dir = freshDir();
  mkdirSync(dir);
  copyFileSync(join(folder, `${name}.jsonl`), `${dir}/audit.jsonl`);
  const head = join(folder, `${name}.head`);
  if (existsSync(head)) copyFileSync(head, `${dir}/audit.head`);
  const checkpoints = join(folder, `${name}.checkpoints`);
  if (existsSync(checkpoints)) copyFileSync(checkpoints, `${dir}/audit.checkpoints`);
  expect(verify(dir, publicKey === undefined ? {} : { publicKey })).toMatchObject(verdict);
});

test.each(vectors)('an independent verifier says the same of vector $name', ({ name, verdict, publicKey }: Vector) => {
  const files = ['jsonl', 'head', ...(publicKey === undefined ? [] : ['checkpoints'])].map((end) =>
    join(folder, `${name}.${end}`),
  );
  const { stdout } = spawnSync(
    'python3',
    [join(folder, 'verify.py'), ...files, ...(publicKey === undefined ? [] : [publicKey])],
    { encoding: 'utf8' },
  );
  const { seq: _seq, headFile: _headFile, ...told } = verdict as Record<string, unknown>;
  expect(JSON.parse(stdout)).toMatchObject(told);
});

test.each([
  { row: 'no folder', make: freshDir, verdict: { kind: 'empty' } },
  { row: 'an empty log', make: () => emptied(logged(1)), verdict: { kind: 'empty' } },
  {
    row: 'a lost head',
    make: () => without(logged(2), 'audit.head'),
    verdict: { kind: 'intact', headFile: 'missing' },
  },
  { row: 'a torn head', make: () => withHead(logged(2), '{"seq'), verdict: { kind: 'intact', headFile: 'torn' } },
  {
    row: 'a lost log',
    make: () => without(logged(2), 'audit.jsonl'),
    verdict: { kind: 'broken', line: 1, what: 'truncated' },
  },
  { row: 'a symlinked log', make: linked, verdict: { kind: 'unreadable' } },
  { row: 'a folder in place of the log', make: foldered, verdict: { kind: 'unreadable' } },
  {
    row: 'two million bytes without a newline',
    make: () => filled('x'.repeat(2e6)),
    verdict: { kind: 'broken', what: 'torn' },
  },
  {
    row: 'a huge first line',
    make: () => filled('x'.repeat(5e6) + '\n'),
    verdict: { kind: 'broken', line: 1, what: 'malformed' },
  },
])('$row -> $verdict', ({ make, verdict }) => expect(verify(make())).toMatchObject(verdict));

function emptied(dir: string): string {
  writeFileSync(`${dir}/audit.jsonl`, '');
  return without(dir, 'audit.head');
}

function without(dir: string, name: string): string {
  rmSync(`${dir}/${name}`);
  return dir;
}

function withHead(dir: string, text: string): string {
  writeFileSync(`${dir}/audit.head`, text);
  return dir;
}

function linked(): string {
  const dir = without(logged(1), 'audit.jsonl');
  symlinkSync(`${logged(1)}/audit.jsonl`, `${dir}/audit.jsonl`);
  return dir;
}

function foldered(): string {
  const dir = freshDir();
  mkdirSync(`${dir}/audit.jsonl`, { recursive: true });
  return dir;
}

function filled(text: string): string {
  const dir = freshDir();
  mkdirSync(dir);
  writeFileSync(`${dir}/audit.jsonl`, text);
  return dir;
}

test('a log whose end and head were both rewritten by another chain is named from its first strange line', () => {
  const [ours, theirs] = [logged(4), logged(4)];
  const [a, b] = [ours, theirs].map((dir) => readFileSync(`${dir}/audit.jsonl`, 'utf8').trimEnd().split('\n'));
  writeFileSync(`${ours}/audit.jsonl`, `${[...a!.slice(0, 2), ...b!.slice(2)].join('\n')}\n`);
  copyFileSync(`${theirs}/audit.head`, `${ours}/audit.head`);
  expect(verify(ours)).toMatchObject({ kind: 'broken', line: 3, what: 'edited' });
});

test('a log that was re-hashed as a whole does not agree with its old head', () => {
  const [ours, theirs] = [logged(3), logged(3)];
  copyFileSync(`${theirs}/audit.jsonl`, `${ours}/audit.jsonl`);
  expect(verify(ours)).toMatchObject({ kind: 'broken', line: 3, what: 'edited' });
});

test('any changed byte is found', () => {
  const dir = freshDir();
  append(dir, [decision, { ...decision, what: 'wörds "and" \\ 😀' }, decision], { sync: false });
  const path = `${dir}/audit.jsonl`;
  const good = readFileSync(path);
  const places = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }));
  fc.assert(
    fc.property(places, fc.boolean(), ([at, flip], withoutHead) => {
      const bad = Buffer.from(good);
      bad[at]! ^= flip;
      writeFileSync(path, bad);
      if (withoutHead) rmSync(`${dir}/audit.head`, { force: true });
      expect(verify(dir).kind).toBe('broken');
    }),
    { numRuns: 500 },
  );
});

test('any line taken out, doubled or moved is found and named', () => {
  const dir = logged(6);
  const path = `${dir}/audit.jsonl`;
  const good = readFileSync(path, 'utf8').trimEnd().split('\n');
  const verdictOn = (lines: string[]) => {
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    return verify(dir);
  };
  const index = fc.nat(good.length - 1);
  fc.assert(
    fc.property(index, index, (from, to) => {
      const what = from === good.length - 1 ? 'truncated' : 'removed';
      expect(verdictOn(good.toSpliced(from, 1))).toMatchObject({ kind: 'broken', line: from + 1, what });
      const doubled = good.toSpliced(from, 0, good[from]!);
      expect(verdictOn(doubled)).toMatchObject({ kind: 'broken', line: from + 2, what: 'reordered' });
      const moved = good.toSpliced(from, 1).toSpliced(to, 0, good[from]!);
      const verdict =
        from === to ? { kind: 'intact' } : { kind: 'broken', line: Math.min(from, to) + 1, what: 'reordered' };
      expect(verdictOn(moved)).toMatchObject(verdict);
    }),
    { numRuns: 60 },
  );
});
