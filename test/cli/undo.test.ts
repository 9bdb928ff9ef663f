import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { tail } from '../../src/audit/query.ts';
import { agentCall } from '../support/govern.ts';
import { git, guardedRepo, postern, writeFiles } from './support.ts';

const LINES = Array.from({ length: 30 }, (_, at) => `line ${at}\n`);
const lines = (changes: Record<number, string>) => LINES.map((line, at) => changes[at] ?? line).join('');

let repo: string;
beforeEach(() => {
  repo = guardedRepo({ 'a.txt': lines({}), 'b.txt': 'b\n', 'sub/c.txt': 'c\n' });
  git(repo, 'add', '-A');
  git(repo, 'commit', '-qm', 'Guard');
});

const read = (name: string) => readFileSync(join(repo, name), 'utf8');
const write = (files: Record<string, string>) => writeFiles(repo, files);
const undo = (...argv: string[]) => postern(['undo', ...argv], { cwd: repo });

/** An agent wants to run the line; a person runs it all the same. */
async function lose(line = 'git reset --hard'): Promise<string> {
  const { decision } = await agentCall(repo, line);
  git(repo, ...line.split(' ').slice(1));
  return decision.snapshot ?? '';
}

describe('undo brings back', () => {
  test('changed, added and deleted files', async () => {
    write({ 'a.txt': lines({ 3: 'mine\n' }), 'sub/new.txt': 'staged\n' });
    git(repo, 'add', 'sub/new.txt');
    rmSync(join(repo, 'b.txt'));
    const id = await lose();
    expect([read('a.txt'), existsSync(join(repo, 'b.txt')), existsSync(join(repo, 'sub/new.txt'))]).toEqual([
      lines({}),
      true,
      false,
    ]);
    const ran = await undo(id);
    expect(ran.code).toBe(0);
    expect(ran.out.split('\n')).toEqual([
      'Brought back from before `git reset --hard`:',
      '  a.txt',
      '  b.txt (deleted)',
      '  sub/new.txt',
      '',
    ]);
    expect([read('a.txt'), existsSync(join(repo, 'b.txt')), read('sub/new.txt')]).toEqual([
      lines({ 3: 'mine\n' }),
      false,
      'staged\n',
    ]);
    expect(tail(join(repo, '.git/postern'), 1)).toMatchObject([
      { kind: 'snapshot.restored', data: { snapshot: id, restored: 3, conflicts: 0 }, subject: { client: 'person' } },
    ]);
  });

  test('untracked files that were cleaned', async () => {
    write({ 'notes/x.txt': 'note' });
    symlinkSync('x.txt', join(repo, 'notes/link'));
    const id = await lose('git clean -fd');
    expect(existsSync(join(repo, 'notes'))).toBe(false);
    expect(await undo(id)).toMatchObject({ code: 0 });
    expect(read('notes/x.txt')).toBe('note');
    expect(lstatSync(join(repo, 'notes/link')).isSymbolicLink()).toBe(true);
  });

  test('dropped stash entries, in their order', async () => {
    for (const text of ['one\n', 'two\n']) {
      write({ 'b.txt': text });
      git(repo, 'stash', '-q');
    }
    const before = git(repo, 'stash', 'list', '--format=%H');
    const id = await lose('git stash clear');
    expect(await undo(id)).toMatchObject({ code: 0 });
    expect(git(repo, 'stash', 'list', '--format=%H')).toBe(before);
  });

  test('work that was reset together with commits, and tells where HEAD was', async () => {
    write({ 'a.txt': lines({ 20: 'committed\n' }) });
    git(repo, 'commit', '-qam', 'second');
    const head = git(repo, 'rev-parse', 'HEAD').trim();
    write({ 'a.txt': lines({ 3: 'mine\n', 20: 'committed\n' }) });
    const id = await lose('git reset --hard HEAD~1');
    const ran = await undo(id);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('a.txt (merged)') });
    expect(ran.said).toContain(`git log ${head.slice(0, 12)}`);
    expect(read('a.txt')).toBe(lines({ 3: 'mine\n' }));
  });
});

describe('what is there now is never lost', () => {
  test('other lines of the same file are merged, and what was there is kept', async () => {
    write({ 'a.txt': lines({ 3: 'mine\n' }) });
    const id = await lose();
    write({ 'a.txt': lines({ 20: 'later\n' }) });
    const ran = await undo(id);
    expect(ran.out).toContain('a.txt (merged)');
    expect(read('a.txt')).toBe(lines({ 3: 'mine\n', 20: 'later\n' }));
    const [, second = ''] = /npx postern undo (\S+)/.exec(ran.said) ?? [];
    expect(git(repo, 'show', `refs/postern/snapshots/${second}:a.txt`)).toBe(lines({ 20: 'later\n' }));
  });

  test.each([
    { what: 'the same line', now: () => write({ 'a.txt': lines({ 3: 'other\n' }) }), path: 'a.txt' },
    {
      what: 'a folder in its place',
      now: () => {
        rmSync(join(repo, 'a.txt'));
        write({ 'a.txt/inner': 'x' });
      },
      path: 'a.txt/inner',
    },
    {
      what: 'a link in its place',
      now: () => {
        rmSync(join(repo, 'a.txt'));
        symlinkSync('b.txt', join(repo, 'a.txt'));
      },
      path: 'a.txt',
    },
  ])('$what is a conflict: left alone and told', async ({ now, path }) => {
    write({ 'a.txt': lines({ 3: 'mine\n' }) });
    const id = await lose();
    now();
    const before = read(path);
    const ran = await undo(id);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain(`a.txt  kept as: git show refs/postern/snapshots/${id}:a.txt`);
    expect(read(path)).toBe(before);
    expect(git(repo, 'show', `refs/postern/snapshots/${id}:a.txt`)).toBe(lines({ 3: 'mine\n' }));
  });

  test('an untracked file that is another now', async () => {
    write({ 'note.txt': 'then' });
    const id = await lose('git clean -fd');
    write({ 'note.txt': 'now' });
    const ran = await undo(id);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('Left alone') });
    expect(read('note.txt')).toBe('now');
  });

  test('what a link in the way leads to', async () => {
    write({ 'sub/c.txt': 'mine\n' });
    const id = await lose();
    const outside = guardedRepo({ 'c.txt': 'outside\n' });
    rmSync(join(repo, 'sub'), { recursive: true });
    symlinkSync(outside, join(repo, 'sub'));
    expect(await undo(id)).toMatchObject({ code: 1 });
    expect(readFileSync(join(outside, 'c.txt'), 'utf8')).toBe('outside\n');
    expect(lstatSync(join(repo, 'sub')).isSymbolicLink()).toBe(true);
  });

  test('undo twice finds everything there already', async () => {
    write({ 'a.txt': lines({ 3: 'mine\n' }) });
    const id = await lose();
    await undo(id);
    expect(await undo(id)).toMatchObject({ code: 0, out: 'Nothing had to be brought back.\nThere already: 1.\n' });
  });
});

describe('the list', () => {
  test.each([[[]], [['--list']]])('undo %s', async (argv) => {
    writeFileSync(join(repo, 'a.txt'), 'mine');
    const { decision } = await agentCall(repo, 'git reset --hard');
    const ran = await undo(...argv);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(new RegExp(`^${decision.snapshot}  .*Z  tracked files  git reset --hard\n$`));
    expect(JSON.parse((await undo(...argv, '--json')).out)).toMatchObject([{ id: decision.snapshot, root: repo }]);
  });

  test('an empty one says so', async () => expect(await undo()).toMatchObject({ code: 0, out: '' }));

  test('holds no secret of a command', async () => {
    writeFileSync(join(repo, 'a.txt'), 'mine');
    const token = ['ghp', 'k7Qz2mXw9Lp4Rt8Vb3Nc6Hs1Jd5Yf0GaEuKo'].join('_');
    await agentCall(repo, `T=${token} git reset --hard`);
    const { out } = await undo('--json');
    expect(out).toContain('git reset --hard');
    expect(out).not.toContain(token);
  });
});

describe('refused', () => {
  test.each([['20260101-000000-0000'], ['../../x'], ['nonsense']])('an unknown id: %s', async (id) => {
    expect(await undo(id)).toMatchObject({ code: 2, said: expect.stringContaining('npx postern undo --list') });
  });

  test('an agent may list, and not restore', async () => {
    writeFileSync(join(repo, 'a.txt'), 'mine');
    const id = await lose();
    const asAgent = (...argv: string[]) => postern(['undo', ...argv], { cwd: repo, env: { CLAUDECODE: '1' } });
    expect(await asAgent('--list')).toMatchObject({ code: 0 });
    expect(await asAgent(id)).toMatchObject({ code: 2, said: expect.stringContaining('An agent (claude-code)') });
    expect(read('a.txt')).toBe(lines({}));
  });
});
