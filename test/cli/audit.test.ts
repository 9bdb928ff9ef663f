import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../src/audit/record.ts';
import { type EventEntry, recordEvents } from '../../src/govern/record-event.ts';
import { guardedRepo, postern } from './support.ts';

const ENTRIES: readonly EventEntry[] = [
  { kind: 'session.start', gate: 'hook', session: { id: 's1' }, by: { client: 'claude-code', assurance: 'hook' } },
  { kind: 'decision', gate: 'hook', call: 'c1', tool: 'Bash', what: 'ls \x1b[2J', effect: 'allow' },
  {
    kind: 'decision',
    gate: 'hook',
    call: 'c2',
    tool: 'Bash',
    what: 'git push --force',
    effect: 'deny',
    rule: 'dangerous-commands/git-push-force',
    reason: '`git push --force` overwrites what others pushed.',
    findings: [{ guard: 'dangerous-commands', rule: 'git-push-force', severity: 'high', where: 'git push --force' }],
  },
  {
    kind: 'decision',
    gate: 'hook',
    call: 'c3',
    tool: 'Bash',
    what: 'rm x',
    effect: 'allow',
    would: 'ask',
    mode: 'observe',
  },
  { kind: 'outcome', gate: 'hook', call: 'c1', tool: 'Bash', what: 'ls', data: { ok: false, durationMs: 12 } },
  {
    kind: 'review.skipped',
    gate: 'git',
    tool: 'git push',
    what: 'origin refs/heads/main',
    data: { reason: 'a hotfix', identity: 'Dev <d@x>' },
  },
];

let repo: string;
let stateDir: string;
let records: AuditRecord[];

beforeEach(() => {
  repo = guardedRepo();
  stateDir = join(repo, '.git', 'postern');
  records = recordEvents({ stateDir }, ENTRIES);
});

const log = () => join(stateDir, 'audit.jsonl');
const ask = (...argv: string[]) => postern(['audit', ...argv], { cwd: repo });

function changeLines(change: (lines: string[]) => string[]): void {
  writeFileSync(log(), `${change(readFileSync(log(), 'utf8').trimEnd().split('\n')).join('\n')}\n`);
}

describe('audit verify', () => {
  test('an intact log', async () => {
    expect(await ask('verify')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Intact: 6 records, head [0-9a-f]{12}\.\n$/),
    });
  });

  test.each([
    { what: 'edited', at: 3, change: (lines: string[]) => lines.map((line) => line.replace('--force', '--farce')) },
    { what: 'removed', at: 2, change: (lines: string[]) => lines.toSpliced(1, 1) },
    { what: 'reordered', at: 2, change: (lines: string[]) => [lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)] },
    { what: 'truncated', at: 5, change: (lines: string[]) => lines.slice(0, 4) },
    { what: 'malformed', at: 1, change: (lines: string[]) => ['{', ...lines.slice(1)] },
  ])('$what: exit 1 and the first broken line', async ({ what, at, change }) => {
    changeLines(change);
    const ran = await ask('verify');
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(new RegExp(`^Broken at line ${at}\\b.*: ${what}\\. `));
    expect(JSON.parse((await ask('verify', '--json')).out)).toMatchObject({ kind: 'broken', line: at, what });
  });

  test('a log without its head file is intact with a note', async () => {
    rmSync(join(stateDir, 'audit.head'));
    const ran = await ask('verify');
    expect(ran.code).toBe(0);
    expect(ran.out).toContain('the head file is missing');
  });

  test('an empty log', async () => {
    rmSync(stateDir, { recursive: true });
    expect(await ask('verify')).toMatchObject({ code: 0, out: 'Empty: nothing has been recorded yet.\n' });
  });

  test('the log outlives an uninstall', async () => {
    rmSync(join(repo, '.postern'), { recursive: true });
    expect(await ask('verify')).toMatchObject({ code: 0 });
  });
});

describe('audit tail', () => {
  test('one row per record, nothing that steers the terminal', async () => {
    const ran = await ask('tail');
    expect(ran.code).toBe(0);
    expect(ran.out).not.toContain('\x1b');
    const rows = ran.out
      .trimEnd()
      .split('\n')
      .map((row) => row.replace(/^(\d) +\S+ \S+ +/, '$1 ').replace(/ {2,}/g, ' | '));
    expect(rows).toEqual([
      '1 session.start',
      '2 allow | Bash | ls \\u{1b}[2J',
      '3 deny | Bash | git push --force (dangerous-commands/git-push-force)',
      '4 allow (ask) | Bash | rm x',
      '5 failed | Bash | ls',
      '6 review.skipped | git push | origin refs/heads/main: a hotfix',
    ]);
  });

  test('-n takes the last', async () => {
    const ran = await ask('tail', '-n', '2', '--json');
    expect(JSON.parse(ran.out).map(({ seq }: AuditRecord) => seq)).toEqual([5, 6]);
  });

  test.each(['0', '-1', 'many', '1.5'])('-n %s is refused', async (lines) => {
    expect(await ask('tail', '-n', lines)).toMatchObject({ code: 2, out: '' });
  });
});

describe('audit show', () => {
  test.each([
    { by: 'number', wanted: () => '3', seqs: [3] },
    { by: 'call id, with its outcome', wanted: () => 'c1', seqs: [2, 5] },
    { by: 'start of its hash', wanted: () => records[5]!.hash.slice(0, 8), seqs: [6] },
  ])('by $by', async ({ wanted, seqs }) => {
    const ran = await ask('show', wanted(), '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).map(({ seq }: AuditRecord) => seq)).toEqual(seqs);
  });

  test('prints everything that is known', async () => {
    const { out } = await ask('show', 'c2');
    for (const row of [
      /^record +3, decision$/m,
      /^effect +deny$/m,
      /^what +git push --force$/m,
      /^finding +dangerous-commands\/git-push-force: git push --force$/m,
    ])
      expect(out).toMatch(row);
    expect(out).toContain(records[2]!.hash);
  });

  test('what is not there', async () => {
    const ran = await ask('show', 'nothing');
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.said).toContain('No record is `nothing`');
  });
});
