import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { append } from '../../src/audit/log.ts';
import { readAll } from '../../src/audit/query.ts';
import { sha256 } from '../../src/audit/sha256.ts';
import { verify } from '../../src/audit/verify.ts';
import { decision, freshDir, logged } from './entries.ts';

const lax = { sync: false } as const;
const all = (dir: string) => [...readAll(dir)];
const logOf = (dir: string) => `${dir}/audit.jsonl`;
const cut = (dir: string, bytes: number) => truncateSync(logOf(dir), statSync(logOf(dir)).size - bytes);
const dropHead = (dir: string) => rmSync(`${dir}/audit.head`);
const crashed = '{"call":"call-4","effect":"al';

test.each([
  { row: 'a line cut short by a crash', harm: (dir: string) => appendFileSync(logOf(dir), crashed), torn: crashed },
  {
    row: 'zeros left by a power cut',
    harm: (dir: string) => appendFileSync(logOf(dir), '\0'.repeat(900)),
    torn: '\0'.repeat(900),
  },
  {
    row: 'a fragment longer than one read',
    harm: (dir: string) => appendFileSync(logOf(dir), 'x'.repeat(50_000)),
    torn: 'x'.repeat(50_000),
  },
  { row: 'a lost head', harm: dropHead },
  { row: 'an emptied head', harm: (dir: string) => truncateSync(`${dir}/audit.head`) },
  { row: 'a torn head', harm: (dir: string) => truncateSync(`${dir}/audit.head`, 70) },
  { row: 'a head with something behind it', harm: (dir: string) => appendFileSync(`${dir}/audit.head`, 'x') },
])('$row is mended and told of, and no record is lost', ({ harm, torn }) => {
  const dir = logged(3);
  harm(dir);
  const [record] = append(dir, [decision], lax);
  expect(record?.seq).toBe(5);
  expect(all(dir).map(({ kind }) => kind)).toEqual(['decision', 'decision', 'decision', 'log.repaired', 'decision']);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 5, headFile: 'agrees' });
  const kept = readdirSync(dir).filter((name) => name.startsWith('audit.torn-'));
  expect(kept.map((name) => readFileSync(`${dir}/${name}`, 'utf8'))).toEqual(torn === undefined ? [] : [torn]);
  for (const name of kept) expect(statSync(`${dir}/${name}`).mode & 0o777).toBe(0o600);
});

test('a whole last record without its newline is kept as it is', () => {
  const dir = logged(3);
  cut(dir, 1);
  append(dir, [decision], lax);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 4 });
});

test('a head that is one append behind is taken as the crash that it is', () => {
  const dir = logged(3);
  const before = readFileSync(`${dir}/audit.head`);
  append(dir, [decision], lax);
  writeFileSync(`${dir}/audit.head`, before);
  append(dir, [decision], lax);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 5, headFile: 'agrees' });
});

const lines = (dir: string) => readFileSync(logOf(dir), 'utf8').split(/(?<=\n)/);
const rewrite = (dir: string, change: (all: string[]) => string[]) =>
  writeFileSync(logOf(dir), change(lines(dir)).join(''));

test.each([
  {
    row: 'records cut off the end',
    harm: (dir: string) => rewrite(dir, (all) => all.slice(0, 1)),
    line: 2,
    what: 'removed',
    told: 'Records 2 to 3 are missing.',
  },
  {
    row: 'half of an acknowledged record',
    harm: (dir: string) => cut(dir, 40),
    line: 3,
    what: 'removed',
    told: 'Record 3 is missing.',
  },
  {
    row: 'the whole log',
    harm: (dir: string) => rmSync(logOf(dir)),
    line: 1,
    what: 'removed',
    told: 'Records 1 to 3 are missing.',
  },
  {
    row: 'an edited last line',
    harm: (dir: string) => rewrite(dir, (all) => [...all.slice(0, 2), all[2]!.replace('ls', 'l')]),
    line: 3,
    what: 'edited',
  },
  {
    row: 'nonsense as the last line',
    harm: (dir: string) => rewrite(dir, (all) => [...all, 'nonsense\n']),
    line: 4,
    what: 'malformed',
  },
  {
    row: 'an empty last line',
    harm: (dir: string) => rewrite(dir, (all) => [...all, '\n']),
    line: 4,
    what: 'malformed',
  },
  {
    row: 'a last line of two megabytes',
    harm: (dir: string) => appendFileSync(logOf(dir), 'x'.repeat(2 ** 21)),
    line: 4,
    what: 'malformed',
  },
  {
    row: 'nonsense as the last line, and no head',
    harm: (dir: string) => {
      rewrite(dir, (all) => [...all, 'nonsense\n']);
      dropHead(dir);
    },
    line: 4,
    what: 'malformed',
  },
])('$row: the append goes on, and verify still finds it', ({ harm, line, what, told }) => {
  const dir = logged(3);
  harm(dir);
  append(dir, [decision], lax);
  append(dir, [decision], lax);
  const verdict = verify(dir);
  expect(verdict).toMatchObject({ kind: 'broken', line, what });
  if (told !== undefined) expect(verdict).toMatchObject({ detail: told });
  expect(
    all(dir)
      .slice(-3)
      .map(({ kind }) => kind),
  ).toEqual(['log.repaired', 'decision', 'decision']);
});

test('with no head, the record after a line that is none holds that line by its hash', () => {
  const dir = logged(1);
  rewrite(dir, (all) => [...all, 'nonsense\n']);
  dropHead(dir);
  append(dir, [decision], lax);
  expect(all(dir)[1]).toMatchObject({ kind: 'log.repaired', prev: sha256('nonsense') });
});

test('a last record longer than the first read is still found', () => {
  const dir = freshDir();
  const finding = { guard: 'secrets', rule: 'r', severity: 'high', where: '\u0001'.repeat(500) } as const;
  append(dir, [{ ...decision, findings: Array(50).fill(finding) }], lax);
  dropHead(dir);
  append(dir, [decision], lax);
  expect(verify(dir)).toMatchObject({ kind: 'intact', records: 3 });
});
