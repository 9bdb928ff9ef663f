import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordEvents } from '../../../src/govern/record-event.ts';
import { Postgres } from '../../support/postgres.ts';
import { postern } from '../support.ts';
import { audit, storyRepo } from './support.ts';

let server: Postgres;

beforeAll(async () => {
  server = await Postgres.start();
});
afterAll(() => server.down());

const stateDir = (repo: string) => join(repo, '.git', 'postern');
const more = (repo: string, count: number) =>
  recordEvents(
    { stateDir: stateDir(repo) },
    Array.from(
      { length: count },
      (_, at) => ({ kind: 'decision', tool: 'Bash', what: `ls ${at}`, effect: 'allow' }) as const,
    ),
  );
const logged = (repo: string) => readFileSync(join(stateDir(repo), 'audit.jsonl'), 'utf8').trimEnd();
const shipped = (repo: string) => {
  const log = JSON.parse(logged(repo).split('\n')[0]!).hash.slice(0, 16);
  return server.ask(`SELECT line FROM postern_records WHERE log = '${log}' ORDER BY seq`);
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !attempt(holds); tries++) await wait(100);
  expect(holds()).toBe(true);
}

/** A server that is down at the moment answers nothing. */
function attempt(holds: () => boolean): boolean {
  try {
    return holds();
  } catch {
    return false;
  }
}

describe('audit ship', () => {
  test('copies the log byte for byte, and again copies nothing', async () => {
    const repo = storyRepo();
    more(repo, 1200);
    expect(await audit(repo, 'ship', '--to', server.address)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Shipped up to record 1210 /),
    });
    expect(shipped(repo)).toBe(logged(repo));
    more(repo, 3);
    await audit(repo, 'ship', '--to', server.address);
    expect(shipped(repo)).toBe(logged(repo));
  });

  test('the address may stand in the environment, and is told to nobody', async () => {
    const repo = storyRepo();
    const address = `postgres://someone:${['hunter', '22'].join('')}@127.0.0.1:1/nowhere`;
    const ran = await postern(['audit', 'query', '--from', address], { cwd: repo });
    expect(ran.code).toBe(2);
    expect(`${ran.out}${ran.said}`).not.toContain('hunter');
    expect(
      await postern(['audit', 'ship'], { cwd: repo, env: { POSTERN_DATABASE_URL: server.address } }),
    ).toMatchObject({ code: 0 });
    expect(await audit(repo, 'ship')).toMatchObject({ code: 2, said: expect.stringContaining('POSTERN_DATABASE_URL') });
  });

  test.each([
    { harm: 'a record that is another one in the database', sql: "UPDATE postern_records SET hash = 'other'" },
    { harm: 'a record that is in the database and no more here', sql: 'UPDATE postern_records SET seq = seq + 5' },
  ])('$harm is said, and nothing is papered over', async ({ sql }) => {
    const repo = storyRepo();
    await audit(repo, 'ship', '--to', server.address);
    const log = JSON.parse(logged(repo).split('\n')[0]!).hash.slice(0, 16);
    server.ask(`${sql} WHERE log = '${log}' AND seq = 10`);
    more(repo, 1);
    const ran = await audit(repo, 'ship', '--to', server.address);
    expect(ran).toMatchObject({ code: 2, out: '', said: expect.stringContaining('one of the two was rewritten') });
    expect(server.ask(`SELECT count(*) FROM postern_records WHERE log = '${log}'`)).toBe('10');
  });

  test('follows through a crash of the server and a crash of its own', async () => {
    const repo = storyRepo();
    const follow = () =>
      spawn(process.execPath, [resolve('dist/cli.js'), 'audit', 'ship', '--follow'], {
        cwd: repo,
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], POSTERN_DATABASE_URL: server.address },
        stdio: 'ignore',
      });
    let child: ChildProcess = follow();
    try {
      await until(() => shipped(repo) === logged(repo));
      more(repo, 700);
      await server.down('SIGQUIT');
      more(repo, 700);
      await wait(300);
      await server.up();
      await until(() => shipped(repo) === logged(repo));
      more(repo, 1500);
      child.kill('SIGKILL');
      await once(child, 'exit');
      more(repo, 5);
      child = follow();
      await until(() => shipped(repo) === logged(repo));
    } finally {
      child.kill();
    }
  });
});

describe('audit query --from', () => {
  test('answers over every log that was shipped', async () => {
    const [one, two] = [storyRepo(), storyRepo()];
    await audit(one, 'ship', '--to', server.address);
    await audit(two, 'ship', '--to', server.address);
    const logs = [one, two].map((repo) => JSON.parse(logged(repo).split('\n')[5]!).hash);
    const { out, code } = await audit(
      one,
      'query',
      '--from',
      server.address,
      '--effect',
      'deny',
      '--rule',
      'git-*',
      '--json',
    );
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).hash),
    ).toEqual(expect.arrayContaining(logs));
  });

  test.each([['--follow'], ['--since', 'soon']])('with %s %s is refused', async (...argv) => {
    expect(await audit(storyRepo(), 'query', '--from', server.address, ...argv.filter(Boolean))).toMatchObject({
      code: 2,
    });
  });
});
