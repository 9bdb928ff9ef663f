import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { tail } from '../../src/audit/query.ts';
import { LOSES_WORK } from '../../src/govern/keep-work.ts';
import { KEPT_SNAPSHOTS, listSnapshots, snapshotRef } from '../../src/govern/snapshot-store.ts';
import { modelMessage, personMessage } from '../../src/policy/message.ts';
import { allRows } from '../../src/rules/commands/index.ts';
import { git, guardedRepo, writeFiles } from '../cli/support.ts';
import { agentCall } from '../support/govern.ts';
import { scratchFolder, scratchRepo } from '../support/packed.ts';

let repo: string;
beforeEach(() => {
  repo = guardedRepo();
  git(repo, 'add', '-A');
  git(repo, 'commit', '-qm', 'Guard');
});

const stateDir = () => join(repo, '.git/postern');
const kept = () => listSnapshots(stateDir());
const dirty = () => writeFileSync(join(repo, 'app.js'), 'work in progress\n');
const policy = (text: string) => {
  writeFileSync(join(repo, '.postern/policy.yaml'), `version: 1\nextends: team\n${text}`);
  git(repo, 'commit', '-qam', 'Policy');
};

test('every rule about work in git is one that snapshots know, and there is no other', () => {
  const rows = new Set(allRows().map(({ id }) => id));
  expect(LOSES_WORK.filter((id) => !rows.has(id))).toEqual([]);
  const inWorktree = allRows().filter(({ softenedBy }) => softenedBy === 'worktree');
  expect(inWorktree.map(({ id }) => id).filter((id) => !LOSES_WORK.includes(id))).toEqual([]);
});

describe('work is kept before', () => {
  test.each([
    ['git reset --hard'],
    ['git reset --hard HEAD~1'],
    ['git checkout -- .'],
    ['git checkout -f main'],
    ['git restore app.js'],
    ['git -C . reset --hard'],
    ['mkdir -p src; cd src && git -C .. reset --hard'],
    ['echo start && sudo git reset --hard'],
    ['git stash drop'],
  ])('%s', async (line) => {
    dirty();
    const { decision } = await agentCall(repo, line);
    expect(decision.effect).toMatch(/ask|deny/);
    expect(kept()).toMatchObject([{ id: decision.snapshot, why: line, root: repo }]);
    expect(git(repo, 'show', `${snapshotRef(kept()[0]!.id)}:app.js`)).toBe('work in progress\n');
  });

  test('from a subfolder, and in a worktree of its own', async () => {
    const tree = join(scratchFolder('trees'), 'tree');
    git(repo, 'worktree', 'add', '-q', tree);
    writeFiles(tree, { 'app.js': 'in the worktree\n', 'sub/x': '' });
    await agentCall(tree, 'git reset --hard', { cwd: join(tree, 'sub') });
    expect(kept()).toMatchObject([{ root: tree }]);
    expect(git(repo, 'show', `${snapshotRef(kept()[0]!.id)}:app.js`)).toBe('in the worktree\n');
  });

  test('the message says how to bring it back', async () => {
    dirty();
    const { decision } = await agentCall(repo, 'git reset --hard');
    expect(modelMessage(decision).split('\n')).toContain(`Recover: npx postern undo ${decision.snapshot}`);
    expect(personMessage(decision)).toContain(`npx postern undo ${decision.snapshot}`);
    expect(tail(stateDir(), 1)).toMatchObject([{ kind: 'decision', data: { snapshot: decision.snapshot } }]);
  });

  test('a git clean: untracked files are copied, ignored ones only for -x', async () => {
    writeFiles(repo, { '.gitignore': '*.db\ncache/\n', 'notes/a b.txt': 'note', 'local.db': 'rows', 'cache/x': 'x' });
    chmodSync(join(repo, 'notes/a b.txt'), 0o755);
    await agentCall(repo, 'git clean -fd');
    expect(kept().map(({ untracked }) => [...untracked].sort())).toEqual([['.gitignore', 'notes/a b.txt']]);
    const copy = join(stateDir(), 'snapshots', kept()[0]!.id, 'untracked/notes/a b.txt');
    expect(readFileSync(copy, 'utf8')).toBe('note');
    expect(statSync(copy).mode & 0o777).toBe(0o755);
    await agentCall(repo, 'git clean -fdx');
    expect([...kept()[1]!.untracked].sort()).toEqual(['.gitignore', 'local.db', 'notes/a b.txt']);
  });

  test('untracked files are bounded in number and size, and what is left is told', async () => {
    writeFiles(repo, Object.fromEntries(Array.from({ length: 230 }, (_, at) => [`many/${at}.txt`, `${at}`])));
    writeFileSync(join(repo, 'huge.bin'), Buffer.alloc(6 * 1024 * 1024));
    await agentCall(repo, 'git clean -fd');
    expect(kept()[0]).toMatchObject({ left: 31 });
    expect(kept()[0]!.untracked).toHaveLength(200);
  });

  test('a reset in the middle of a merge', async () => {
    git(repo, 'checkout', '-qb', 'other');
    writeFileSync(join(repo, 'app.js'), 'theirs\n');
    git(repo, 'commit', '-qam', 'theirs');
    git(repo, 'checkout', '-q', 'main');
    writeFileSync(join(repo, 'app.js'), 'ours\n');
    git(repo, 'commit', '-qam', 'ours');
    expect(() => git(repo, 'merge', 'other')).toThrow();
    writeFileSync(join(repo, 'app.js'), 'half resolved\n');
    await agentCall(repo, 'git reset --hard');
    expect(git(repo, 'show', `${snapshotRef(kept()[0]!.id)}:app.js`)).toBe('half resolved\n');
    expect(git(repo, 'ls-files', '-u')).not.toBe('');
  });

  test('a reset before the first commit', async () => {
    const fresh = scratchFolder('fresh');
    git(fresh, 'init', '-q');
    writeFiles(fresh, { '.postern/policy.yaml': 'version: 1\n', 'a.txt': 'first' });
    git(fresh, 'add', 'a.txt');
    const { decision } = await agentCall(fresh, 'git reset --hard');
    expect(git(fresh, 'show', `${snapshotRef(decision.snapshot!)}:a.txt`)).toBe('first');
  });

  test('a stash drop keeps the entries', async () => {
    dirty();
    git(repo, 'stash', '-q');
    await agentCall(repo, 'git stash clear');
    expect(kept()).toMatchObject([{ work: null, stashes: [{ message: expect.stringContaining('WIP on main') }] }]);
    git(repo, 'stash', 'clear');
    git(repo, '-c', 'gc.pruneExpire=now', 'gc', '-q');
    expect(git(repo, 'cat-file', '-t', kept()[0]!.stashes[0]!.sha)).toBe('commit\n');
  });

  test('a call that is only observed', async () => {
    policy('mode: observe\n');
    dirty();
    expect((await agentCall(repo, 'git reset --hard')).decision.effect).toBe('allow');
    expect(kept()).toHaveLength(1);
  });
});

describe('nothing is kept', () => {
  test.each([
    { name: 'for a clean tree', line: 'git reset --hard', before: () => {} },
    { name: 'for a command that loses nothing', line: 'git status', before: dirty },
    { name: 'for another danger', line: 'git push --force', before: dirty },
    {
      name: 'when the policy does not want it',
      line: 'git reset --hard',
      before: () => {
        policy('guards: { dangerous-commands: { snapshot: false } }\n');
        dirty();
      },
    },
    {
      name: 'when the rule is allowed',
      line: 'git reset --hard',
      before: () => {
        policy('guards: { dangerous-commands: { allow: [git-reset-hard] } }\n');
        dirty();
      },
    },
  ])('$name', async ({ line, before }) => {
    before();
    await agentCall(repo, line);
    expect(kept()).toEqual([]);
    expect(git(repo, 'for-each-ref', 'refs/postern')).toBe('');
  });

  test('of another repository', async () => {
    const other = scratchRepo();
    writeFileSync(join(other, 'app.js'), 'x');
    await agentCall(repo, `git -C '${other}' reset --hard`);
    expect(kept()).toEqual([]);
    expect(git(other, 'for-each-ref', 'refs/postern')).toBe('');
  });
});

test('a snapshot touches neither files nor index nor stash', async () => {
  dirty();
  writeFiles(repo, { 'new.txt': 'staged', 'other.txt': 'untracked' });
  git(repo, 'add', 'new.txt');
  const look = () => [git(repo, 'status', '--porcelain'), git(repo, 'stash', 'list'), readdirSync(repo).join()];
  const before = look();
  const index = readFileSync(join(repo, '.git/index'));
  await agentCall(repo, 'git reset --hard');
  expect(kept()).toHaveLength(1);
  expect(readFileSync(join(repo, '.git/index')).equals(index)).toBe(true);
  expect(look()).toEqual(before);
  expect(readdirSync(join(repo, '.git')).filter((name) => name.includes('lock'))).toEqual([]);
});

test('no hook of the repository runs', async () => {
  const mark = join(scratchFolder('mark'), 'ran');
  for (const name of ['post-index-change', 'reference-transaction', 'pre-commit']) {
    writeFileSync(join(repo, '.git/hooks', name), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
  }
  dirty();
  await agentCall(repo, 'git reset --hard');
  expect(kept()).toHaveLength(1);
  expect(existsSync(mark)).toBe(false);
});

test('the same work is kept once, whenever it is looked at', async () => {
  dirty();
  const first = await agentCall(repo, 'git reset --hard');
  await new Promise((goOn) => setTimeout(goOn, 1100));
  const second = await agentCall(repo, 'git checkout -- .');
  expect(second.decision.snapshot).toBe(first.decision.snapshot);
  writeFileSync(join(repo, 'app.js'), 'more\n');
  await agentCall(repo, 'git reset --hard');
  expect(kept()).toHaveLength(2);
});

test('the oldest are pruned, with their refs', async () => {
  for (let at = 0; at < KEPT_SNAPSHOTS + 3; at++) {
    writeFileSync(join(repo, 'app.js'), `${at}\n`);
    await agentCall(repo, 'git reset --hard');
  }
  expect(kept()).toHaveLength(KEPT_SNAPSHOTS);
  expect(git(repo, 'for-each-ref', 'refs/postern').trim().split('\n')).toHaveLength(KEPT_SNAPSHOTS);
});

test('that nothing can be kept changes nothing about the decision', async () => {
  dirty();
  mkdirSync(stateDir(), { recursive: true });
  writeFileSync(join(stateDir(), 'snapshots'), 'in the way');
  const { decision } = await agentCall(repo, 'git reset --hard');
  expect(decision).toMatchObject({ effect: 'deny', rule: 'dangerous-commands/git-reset-hard' });
  expect(decision.snapshot).toBeUndefined();
});
