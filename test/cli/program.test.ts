import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { VERSION } from '../../src/cli/version.ts';
import { scratchFolder } from '../support/packed.ts';
import { git, guardedRepo, postern } from './support.ts';

const nowhere = scratchFolder('nowhere');

describe('wrong usage ends with 2 and says what is right', () => {
  test.each([
    { argv: ['docter'], said: 'Did you mean doctor?' },
    { argv: ['nonsense'], said: "unknown command 'nonsense'" },
    { argv: ['status', '--jsn'], said: 'Did you mean --json?' },
    { argv: ['freeze'], said: "required option '--reason <text>' not specified" },
    { argv: ['check'], said: "missing required argument 'command'" },
    { argv: ['audit', 'show'], said: "missing required argument 'record'" },
    { argv: ['policy', 'lnt'], said: 'Did you mean lint?' },
    { argv: ['status', 'extra'], said: 'too many arguments' },
  ])('$argv', async ({ argv, said }) => {
    const ran = await postern(argv, { cwd: nowhere });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain(said);
    expect(ran.said).toContain('npx postern --help');
  });
});

test('without a command the help goes to stderr and the code is 2', async () => {
  const ran = await postern([], { cwd: nowhere });
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.said).toContain('Usage: postern');
});

test.each([['--help'], ['help'], ['-h']])('%s goes to stdout', async (flag) => {
  const ran = await postern([flag], { cwd: nowhere });
  expect(ran).toMatchObject({ code: 0, said: '' });
  for (const { code, meaning } of EXIT_CODES) expect(ran.out).toContain(`${code}  ${meaning}`);
});

test('--version', async () => {
  expect(await postern(['--version'], { cwd: nowhere })).toEqual({ code: 0, out: `${VERSION}\n`, said: '' });
});

const EVERY_COMMAND = [
  ['doctor'],
  ['check', 'ls'],
  ['explain', 'ls'],
  ['freeze', '--reason', 'x'],
  ['policy', 'lint'],
  ['policy', 'show'],
  ['audit', 'verify'],
  ['audit', 'tail'],
  ['audit', 'show', '1'],
];

describe('outside of a repository every command ends with 2 and the next step', () => {
  test.each([...EVERY_COMMAND, ['status'], ['scan'], ['unfreeze', '--reason', 'x']].map((argv) => ({ argv })))(
    '$argv',
    async ({ argv }) => {
      const ran = await postern(argv, { cwd: nowhere });
      expect(ran).toMatchObject({ code: 2, out: '' });
      expect(ran.said).toContain('is not inside a git repository');
      expect(ran.said).toContain('git init');
    },
  );
});

describe('in a repository without Postern', () => {
  const repo = scratchFolder('bare');
  git(repo, 'init', '-q');

  test.each(EVERY_COMMAND.map((argv) => ({ argv })))('$argv ends with 2 and names init', async ({ argv }) => {
    const ran = await postern(argv, { cwd: repo });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain('npx postern init');
  });

  test('status answers that it is not guarded', async () => {
    const ran = await postern(['status'], { cwd: repo });
    expect(ran).toMatchObject({ code: 1, out: `${repo} is not guarded.\n` });
    expect(ran.said).toContain('npx postern init');
  });
});

describe('every command finds its repository', () => {
  const repo = guardedRepo();
  mkdirSync(join(repo, 'deep', 'er'), { recursive: true });
  git(repo, 'add', '-A');
  git(repo, 'commit', '-qm', 'Guard', '--no-verify');
  const worktree = join(scratchFolder('worktree'), 'tree');
  git(repo, 'worktree', 'add', '-q', worktree);

  test.each([
    { from: 'a subfolder', cwd: join(repo, 'deep', 'er'), root: repo },
    { from: 'a worktree', cwd: worktree, root: worktree },
  ])('from $from', async ({ cwd, root }) => {
    const ran = await postern(['status', '--json'], { cwd });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({
      guarded: true,
      root,
      log: { path: join(repo, '.git/postern/audit.jsonl') },
    });
  });
});
