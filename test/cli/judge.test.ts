import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAll } from '../../src/audit/query.ts';
import { guardedRepo, postern } from './support.ts';

const repo = guardedRepo();
mkdirSync(join(repo, 'src'));

describe.each(['check', 'explain'])('%s', (command) => {
  test.each([
    { words: ['ls -la'], code: 0, effect: 'allow' },
    { words: ['ls', '-la'], code: 0, effect: 'allow' },
    { words: ['rm -rf .postern'], code: 1, effect: 'deny' },
    { words: ['rm', '-rf', '.postern'], code: 1, effect: 'deny' },
    { words: ['echo', 'rm -rf .postern'], code: 0, effect: 'allow' },
    { words: ['cat .env'], code: 1, effect: 'deny' },
    { words: ['echo "unfinished'], code: 1, effect: 'ask' },
  ])('$words -> $effect', async ({ words, code, effect }) => {
    const ran = await postern([command, '--', ...words], { cwd: repo });
    expect(ran).toMatchObject({ code, said: '' });
    expect(ran.out.split(' ')[0]).toBe(effect);
    const json = await postern([command, '--json', '--', ...words], { cwd: repo });
    expect(json.code).toBe(code);
    expect(JSON.parse(json.out)).toMatchObject({ effect });
  });

  test('options of the command need no --', async () => {
    expect(await postern([command, 'rm', '-rf', '.postern'], { cwd: repo })).toMatchObject({ code: 1 });
    expect(JSON.parse((await postern([command, '--json', 'ls', '--json'], { cwd: repo })).out)).toMatchObject({
      command: 'ls --json',
    });
  });

  test('paths are meant from where the person stands', async () => {
    expect(await postern([command, '--', 'rm -rf ../.postern'], { cwd: join(repo, 'src') })).toMatchObject({ code: 1 });
    expect(await postern([command, '--', 'rm -rf ../.postern'], { cwd: repo })).toMatchObject({ code: 1 });
  });

  test('nothing is recorded', async () => {
    await postern([command, '--', 'rm -rf .postern'], { cwd: repo });
    expect([...readAll(join(repo, '.git/postern'))]).toEqual([]);
  });

  test('an unreadable policy: 2, and what to do', async () => {
    const ran = await postern([command, '--', 'ls'], { cwd: guardedRepo({ '.postern/policy.yaml': 'version: 9\n' }) });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain('npx postern policy lint');
  });

  test('an empty command: 2', async () => {
    expect(await postern([command, '--', ' '], { cwd: repo })).toMatchObject({ code: 2 });
  });

  test('a frozen repository stops everything', async () => {
    const frozen = guardedRepo();
    await postern(['freeze', '--reason', 'x'], { cwd: frozen });
    const ran = await postern([command, '--', 'ls'], { cwd: frozen });
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toContain('kill-switch/halted');
  });

  test('what is only observed goes on, and is told', async () => {
    const observing = guardedRepo({ '.postern/policy.yaml': 'version: 1\nextends: team\nmode: observe\n' });
    const ran = await postern([command, '--', 'cat .env'], { cwd: observing });
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain('blocked-paths/blocked-path');
  });
});

test('check tells what was stopped, why, what instead, and the rule', async () => {
  const { out } = await postern(['check', '--', 'cat .env'], { cwd: repo });
  expect(out.split('\n')).toEqual([
    'deny  cat .env',
    expect.stringMatching(/^`\.env` /),
    expect.stringMatching(/^Instead: /),
    'Rule: blocked-paths/blocked-path',
    '',
  ]);
});

describe('explain', () => {
  test('shows every step of the evaluator', async () => {
    const { out } = await postern(['explain', '--', 'cd src && cat ../.env > out.txt'], { cwd: repo });
    for (const line of [
      /^ {2}cat \.\.\/\.env/m,
      /^ {2}read +\.env$/m,
      /^ {2}write +src\/out\.txt$/m,
      /^ {2}repo +\.postern\/policy\.yaml$/m,
      /^ {2}guard +repo +blocked-paths\/blocked-path/m,
      /^ {2}fold /m,
      /^Decided by +blocked-paths/m,
    ])
      expect(out).toMatch(line);
  });

  test('stays within a screen', async () => {
    const line = Array.from({ length: 40 }, (_, at) => `cat .env.${at} > out${at}`).join('; ');
    const { out } = await postern(['explain', '--', line], { cwd: repo });
    expect(out.split('\n').length).toBeLessThan(40);
    expect(out).toContain('more (--json)');
    expect(JSON.parse((await postern(['explain', '--json', '--', line], { cwd: repo })).out).commands).toHaveLength(40);
  });
});
