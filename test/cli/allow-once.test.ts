import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readAll } from '../../src/audit/query.ts';
import { modelMessage, personMessage } from '../../src/policy/message.ts';
import { agentCall } from '../support/govern.ts';
import { guardedRepo, postern, writeFiles } from './support.ts';

const FORCE = 'git push --force';

let repo: string;
beforeEach(() => {
  repo = guardedRepo();
  mkdirSync(join(repo, 'sub'));
});

const folder = () => join(repo, '.git/postern/approvals');
const files = () => (existsSync(folder()) ? readdirSync(folder()) : []);
const records = () => [...readAll(join(repo, '.git/postern'))];
const allow = (id: string, world: object = {}) =>
  postern(['allow-once', id], { cwd: repo, interactive: true, ...world });

/** The id that the person is told. */
async function stop(...[action, over]: [Parameters<typeof agentCall>[1], Parameters<typeof agentCall>[2]?]) {
  const { decision } = await agentCall(repo, action, over);
  return decision.approvable ?? '';
}

describe('an approved call', () => {
  test('goes through once, and both are on record', async () => {
    const id = await stop(FORCE);
    const ran = await allow(id);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining(FORCE) });
    expect((await agentCall(repo, FORCE)).decision).toMatchObject({ effect: 'allow', would: 'deny' });
    expect((await agentCall(repo, FORCE)).decision.effect).toBe('deny');
    expect(records().map(({ kind, effect = '' }) => `${kind} ${effect}`.trim())).toEqual([
      'decision deny',
      'approval.granted',
      'approval.used',
      'decision allow',
      'decision deny',
    ]);
    const [, granted, used] = records();
    expect(granted).toMatchObject({ subject: { client: 'person' }, rule: 'dangerous-commands/git-push-force' });
    expect(used).toMatchObject({ data: { granted: granted!.hash }, what: FORCE });
    expect(files()).toEqual([]);
  });

  test.each([
    { name: 'by its call id', id: 'toolu_1' },
    { name: 'by the number of its record', id: '1' },
  ])('is named $name', async ({ id }) => {
    await agentCall(repo, FORCE, { id: 'toolu_1' });
    expect(await allow(id)).toMatchObject({ code: 0 });
  });

  test('by autonomy, a write', async () => {
    writeFiles(repo, { '.postern/policy.yaml': 'version: 1\nautonomy: { level: L1 }\n' });
    const write = (text: string) => ({ kind: 'write' as const, files: [{ path: 'a.ts', text, partial: false }] });
    const id = await stop(write('x'), { tool: 'Write' });
    expect(await allow(id)).toMatchObject({ code: 0 });
    expect((await agentCall(repo, write('y'), { tool: 'Write' })).decision.effect).toBe('ask');
    expect((await agentCall(repo, write('x'), { tool: 'Write' })).decision.effect).toBe('allow');
  });

  test('keeps uncommitted work first', async () => {
    writeFiles(repo, { 'app.js': 'mine' });
    await allow(await stop('git reset --hard'));
    const { decision } = await agentCall(repo, 'git reset --hard');
    expect(decision).toMatchObject({ effect: 'allow', snapshot: expect.stringMatching(/^\d{8}-/) });
  });

  test('makes room of those that were never used in time', async () => {
    await allow(await stop(`${FORCE} origin`));
    const old = files()[0]!;
    utimesSync(join(folder(), old), 1, 1);
    await allow(await stop(FORCE));
    expect(files()).toHaveLength(1);
    expect(files()).not.toContain(old);
  });

  test('lies in a file that only the person can read', async () => {
    await allow(await stop(FORCE));
    expect(statSync(join(folder(), files()[0]!)).mode & 0o777).toBe(0o600);
  });
});

describe('an approval does not cover', () => {
  test.each([
    { name: 'another command', line: `${FORCE} origin`, over: {} },
    { name: 'another spelling', line: `${FORCE} `, over: {} },
    { name: 'another folder', line: FORCE, over: { cwd: 'sub' } },
    { name: 'another tool', line: FORCE, over: { tool: 'Monitor' } },
    { name: 'another client', line: FORCE, over: { client: 'codex' } },
  ])('$name', async ({ line, over }) => {
    await allow(await stop(FORCE));
    const there = 'cwd' in over ? { ...over, cwd: join(repo, 'sub') } : over;
    expect((await agentCall(repo, line, there)).decision.effect).toBe('deny');
    expect((await agentCall(repo, FORCE)).decision.effect).toBe('allow');
  });

  test('a script that does something else by now', async () => {
    writeFiles(repo, { 'x.sh': `${FORCE}\n` });
    await allow(await stop('sh x.sh'));
    writeFiles(repo, { 'x.sh': `${FORCE}\nrm -rf /etc\n` });
    expect((await agentCall(repo, 'sh x.sh')).decision.effect).toBe('deny');
  });

  test('a frozen repository', async () => {
    await allow(await stop(FORCE));
    await postern(['freeze', '--reason', 'x'], { cwd: repo });
    expect((await agentCall(repo, FORCE)).decision).toMatchObject({ effect: 'deny', rule: 'kill-switch/halted' });
  });

  test.each([
    {
      name: 'a time after it expired',
      change: (approval: Record<string, unknown>) => ({ ...approval, expires: Date.now() - 1 }),
    },
    {
      name: 'a longer time than any is given',
      change: (approval: Record<string, unknown>) => ({ ...approval, expires: Date.now() + 3_600_000 }),
    },
    {
      name: 'what no person granted',
      change: (approval: Record<string, unknown>) => ({ ...approval, granted: 'f'.repeat(64) }),
    },
  ])('$name', async ({ change }) => {
    await allow(await stop(FORCE));
    const path = join(folder(), files()[0]!);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
    expect((await agentCall(repo, FORCE)).decision.effect).toBe('deny');
  });

  test('a second use, even when its file is put back', async () => {
    await allow(await stop(FORCE));
    const path = join(folder(), files()[0]!);
    copyFileSync(path, join(repo, 'copy.json'));
    expect((await agentCall(repo, FORCE)).decision.effect).toBe('allow');
    copyFileSync(join(repo, 'copy.json'), path);
    expect((await agentCall(repo, FORCE)).decision.effect).toBe('deny');
  });

  test('two calls at the same time', async () => {
    await allow(await stop(FORCE));
    const both = await Promise.all([agentCall(repo, FORCE), agentCall(repo, FORCE)]);
    expect(both.map(({ decision }) => decision.effect).sort()).toEqual(['allow', 'deny']);
  });
});

test('a call that cannot be recorded is denied, approved or not', async () => {
  await allow(await stop(FORCE));
  const { rmSync } = await import('node:fs');
  const log = join(repo, '.git/postern/audit.jsonl');
  const head = readdirSync(join(repo, '.git/postern')).filter((name) => name.startsWith('audit'));
  for (const name of head) rmSync(join(repo, '.git/postern', name), { recursive: true });
  mkdirSync(log);
  expect((await agentCall(repo, FORCE)).decision).toMatchObject({ effect: 'deny', rule: 'audit/append-failed' });
});

describe('cannot be approved', () => {
  test.each([
    { name: 'secrets', line: `echo ${['ghp', 'k7Qz2mXw9Lp4Rt8Vb3Nc6Hs1Jd5Yf0GaEuKo'].join('_')}` },
    { name: 'protected paths', line: 'rm .postern/policy.yaml' },
    { name: 'blocked paths', line: 'cat .env' },
    { name: 'protected paths together with a dangerous command', line: `rm .postern/policy.yaml; ${FORCE}` },
  ])('$name', async ({ line }) => {
    const { decision } = await agentCall(repo, line);
    expect(decision.effect).toBe('deny');
    expect(decision.approvable).toBeUndefined();
    expect(personMessage(decision)).not.toContain('allow-once');
    const ran = await allow('1');
    expect(ran).toMatchObject({ code: 2, said: expect.stringContaining('cannot be set aside') });
    expect(files()).toEqual([]);
  });

  test('a rule of the policy', async () => {
    const rule = '{ id: r, match: { program: make }, effect: deny, reason: is not done here. }';
    writeFiles(repo, { '.postern/policy.yaml': `version: 1\nrules: [${rule}]\n` });
    expect(await stop('make all')).toBe('');
  });

  test('what was not stopped', async () => {
    await agentCall(repo, 'ls');
    expect(await allow('1')).toMatchObject({ code: 2, said: expect.stringContaining('was not stopped') });
  });

  test('what never was', async () => {
    expect(await allow('77')).toMatchObject({ code: 2, said: expect.stringContaining('No decision is') });
  });
});

describe('only a person at a terminal approves', () => {
  test.each([
    { name: 'an agent', world: { env: { CLAUDECODE: '1' } }, said: 'An agent (claude-code)' },
    { name: 'a script', world: { interactive: false }, said: 'typed by a person at a terminal' },
  ])('not $name', async ({ world, said }) => {
    const id = await stop(FORCE);
    expect(await allow(id, world)).toMatchObject({ code: 2, out: '', said: expect.stringContaining(said) });
    expect(files()).toEqual([]);
    expect(records().map(({ kind }) => kind)).toEqual(['decision']);
  });

  test('the command is told to the person, never to the model', async () => {
    const { decision } = await agentCall(repo, FORCE);
    expect(personMessage(decision)).toContain('npx postern allow-once 1');
    expect(modelMessage(decision)).not.toContain('allow-once');
  });
});
