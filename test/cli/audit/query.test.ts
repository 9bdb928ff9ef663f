import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/audit/record.ts';
import { recordEvents } from '../../../src/govern/record-event.ts';
import { audit, storyRepo } from './support.ts';

let repo: string;

beforeAll(() => {
  repo = storyRepo();
});

const seqs = (out: string) =>
  out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as AuditRecord).seq);

describe('audit query', () => {
  test.each<{ argv: string[]; wanted: number[] }>([
    { argv: [], wanted: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    { argv: ['--effect', 'deny'], wanted: [6] },
    { argv: ['--effect', 'deny,ask'], wanted: [6, 7] },
    { argv: ['--session', 'aaaa'], wanted: [1, 2, 3, 4, 5, 6, 7, 8] },
    { argv: ['--session', 'bbbb-2'], wanted: [9] },
    { argv: ['--guard', 'dangerous-commands'], wanted: [6, 7] },
    { argv: ['--rule', 'git-*'], wanted: [6] },
    { argv: ['--rule', 'dangerous-commands/terraform-apply'], wanted: [7] },
    { argv: ['--tool', 'Wri*'], wanted: [9] },
    { argv: ['--path', 'src/*.js'], wanted: [2] },
    { argv: ['--path', 'notes.md'], wanted: [9] },
    { argv: ['--kind', 'review.*'], wanted: [10] },
    { argv: ['--subject', 'person'], wanted: [10] },
    { argv: ['--since', '1h', '--until', '30m'], wanted: [] },
    { argv: ['--since', '1h', '--effect', 'deny'], wanted: [6] },
  ])('$argv', async ({ argv, wanted }) => {
    const ran = await audit(repo, 'query', '--json', ...argv);
    expect(ran).toMatchObject({ code: 0, said: '' });
    expect(seqs(ran.out)).toEqual(wanted);
  });

  test.each([
    { argv: ['--effect', 'maybe'], said: '`maybe` is no effect' },
    { argv: ['--since', 'soon'], said: '`--since` is a time' },
    { argv: ['--until', 'soon'], said: '`--until` is a time' },
    { argv: ['--json', '--csv'], said: 'cannot be used with' },
  ])('$argv is refused', async ({ argv, said }) => {
    const ran = await audit(repo, 'query', ...argv);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain(said);
  });

  test('CSV quotes what would break a row or run as a formula', async () => {
    const other = storyRepo([{ kind: 'decision', tool: 'Bash', what: '=1+1, "x"\ny', effect: 'allow' }]);
    const { out } = await audit(other, 'query', '--csv');
    expect(out.split('\r\n')[0]).toMatch(/^seq,time,kind,effect,would,rule,tool,what,/);
    expect(out).toContain(`,Bash,"'=1+1, ""x""\ny",`);
  });

  test('--follow prints what is appended later', async () => {
    const other = storyRepo();
    const child = spawn(
      process.execPath,
      [resolve('dist/cli.js'), 'audit', 'query', '--json', '--follow', '--tool', 'Fetch'],
      {
        cwd: other,
      },
    );
    try {
      const line = new Promise<string>((done) => child.stdout.once('data', (data) => done(String(data))));
      const append = () =>
        recordEvents({ stateDir: join(other, '.git', 'postern') }, [
          { kind: 'decision', tool: 'Bash', effect: 'allow' },
          { kind: 'decision', tool: 'Fetch', effect: 'deny', what: 'later' },
        ]);
      append();
      expect(JSON.parse((await line).split('\n')[0]!)).toMatchObject({ tool: 'Fetch', what: 'later' });
    } finally {
      child.kill();
    }
  });
});
