import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../src/audit/query.ts';
import { git, guardedRepo, postern } from './support.ts';

const AGENT = { CLAUDECODE: '1' };

function state(repo: string): string {
  return join(repo, '.git', 'postern');
}

function kinds(repo: string): string[] {
  return [...readAll(state(repo))].map(({ kind, subject }) => `${kind} by ${subject.client}`);
}

describe('freeze and unfreeze', () => {
  test('stop every call, let it go on, and are both in the log', async () => {
    const repo = guardedRepo();
    expect(await postern(['freeze', '--reason', 'odd  pushes\nseen'], { cwd: repo })).toMatchObject({ code: 0 });
    expect(readFileSync(join(state(repo), 'HALT'), 'utf8')).toBe('odd pushes seen\n');
    const lifted = await postern(['unfreeze', '--reason', 'looked into it'], { cwd: repo });
    expect(lifted).toMatchObject({ code: 0, out: 'Unfrozen. It was frozen because: odd pushes seen\n' });
    const records = [...readAll(state(repo))];
    expect(records).toMatchObject([
      { kind: 'freeze', reason: 'odd pushes seen', subject: { client: 'person' } },
      { kind: 'unfreeze', reason: 'looked into it', data: { was: 'odd pushes seen' } },
    ]);
  });

  test('a second freeze keeps the first reason', async () => {
    const repo = guardedRepo();
    await postern(['freeze', '--reason', 'first'], { cwd: repo });
    expect(await postern(['freeze', '--reason', 'second'], { cwd: repo })).toMatchObject({
      code: 0,
      out: 'Frozen already: first\n',
    });
  });

  test('unfreezing what is not frozen changes and records nothing', async () => {
    const repo = guardedRepo();
    expect(await postern(['unfreeze', '--reason', 'x'], { cwd: repo })).toMatchObject({ code: 0 });
    expect(kinds(repo)).toEqual([]);
  });

  test('an agent may freeze and may not unfreeze', async () => {
    const repo = guardedRepo();
    expect(await postern(['freeze', '--reason', 'help'], { cwd: repo, env: AGENT })).toMatchObject({ code: 0 });
    const refused = await postern(['unfreeze', '--reason', 'done'], { cwd: repo, env: AGENT });
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.said).toContain('Only a person may unfreeze');
    expect(kinds(repo)).toEqual(['freeze by claude-code']);
  });

  test.each([['freeze'], ['unfreeze']])('%s needs more than blanks for a reason', async (command) => {
    const ran = await postern([command, '--reason', ' \n'], { cwd: guardedRepo() });
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.said).toContain(`npx postern ${command} --reason`);
  });

  test('no secret of a reason is kept', async () => {
    const repo = guardedRepo();
    const secret = ['ghp', 'k7Qz2mXw9Lp4Rt8Vb3Nc6Hs1Jd5Yf0GaEuKo'].join('_');
    await postern(['freeze', '--reason', `leaked ${secret}`], { cwd: repo });
    expect(readFileSync(join(state(repo), 'HALT'), 'utf8')).not.toContain(secret);
    expect(readFileSync(join(state(repo), 'audit.jsonl'), 'utf8')).not.toContain(secret);
  });

  test('all worktrees share one freeze', async () => {
    const repo = guardedRepo();
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'Guard');
    git(repo, 'worktree', 'add', '-q', join(repo, 'tree'));
    await postern(['freeze', '--reason', 'x'], { cwd: join(repo, 'tree') });
    expect(JSON.parse((await postern(['status', '--json'], { cwd: repo })).out).halt).toEqual({
      kind: 'halted',
      reason: 'x',
    });
  });

  test('a freeze that cannot be recorded stands and says so', async () => {
    const repo = guardedRepo();
    mkdirSync(join(state(repo), 'audit.jsonl'), { recursive: true });
    const ran = await postern(['freeze', '--reason', 'x'], { cwd: repo });
    expect(ran.code).toBe(2);
    expect(ran.said).toContain('Frozen, but that is not in the log');
    expect(readFileSync(join(state(repo), 'HALT'), 'utf8')).toBe('x\n');
  });

  test('a folder in the place of HALT is moved aside, whatever it holds', async () => {
    const repo = guardedRepo();
    mkdirSync(join(state(repo), 'HALT', 'x'), { recursive: true });
    expect(await postern(['unfreeze', '--reason', 'looked into it'], { cwd: repo })).toMatchObject({ code: 0 });
    expect(JSON.parse((await postern(['status', '--json'], { cwd: repo })).out).halt).toEqual({ kind: 'clear' });
    expect(readdirSync(state(repo)).some((name) => name.startsWith('HALT.was-a-folder'))).toBe(true);
  });

  test('an unfreeze that cannot be recorded does not happen', async () => {
    const repo = guardedRepo();
    mkdirSync(join(state(repo), 'audit.jsonl'), { recursive: true });
    writeFileSync(join(state(repo), 'HALT'), 'x\n');
    await expect(postern(['unfreeze', '--reason', 'y'], { cwd: repo })).rejects.toThrow('Cannot write the audit log');
    expect(readFileSync(join(state(repo), 'HALT'), 'utf8')).toBe('x\n');
  });
});
