import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { git, postern } from '../support.ts';
import { audit, storyRepo } from './support.ts';

let repo: string;
let folder: string;

beforeEach(() => {
  repo = storyRepo();
  folder = mkdtempSync(join(tmpdir(), 'postern-proof-'));
});

describe('audit checkpoint', () => {
  test('prints a signed note, and verify tells how far the log is signed', async () => {
    const { out, code } = await audit(repo, 'checkpoint');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^postern\.local\/[0-9a-f]{16}\/[0-9a-f]{16}\n10\n[\w+/]{43}=\n\n— postern\.local\/[0-9a-f]{16} [\w+/=]+\n$/,
    );
    expect((await audit(repo, 'verify')).out).toContain('signed up to record 10');
  });

  test('a broken log is not signed', async () => {
    const path = join(repo, '.git/postern/audit.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('npm test', 'npm tess'));
    expect(await audit(repo, 'checkpoint')).toMatchObject({
      code: 2,
      out: '',
      said: expect.stringContaining('broken'),
    });
  });
});

describe('audit prove', () => {
  test('a proof is checked without the log', async () => {
    await audit(repo, 'checkpoint');
    const file = join(folder, 'proof.json');
    expect(await audit(repo, 'prove', '6', '--out', file)).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(file, 'utf8')).path).toHaveLength(4);
    const elsewhere = await postern(['audit', 'verify', '--proof', file], { cwd: folder });
    expect(elsewhere).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Proved: record 6 is in the log .* of 10 records\.\n$/),
    });
  });

  test.each([
    { what: 'the record', change: (text: string) => text.replace('git reset', 'git reser') },
    {
      what: 'the path',
      change: (text: string) =>
        text.replace(/"path": \[\s+"./, (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`),
    },
    { what: 'the size', change: (text: string) => text.replace('\\n10\\n', '\\n11\\n') },
  ])('a proof in which $what was changed is refuted', async ({ change }) => {
    const file = join(folder, 'proof.json');
    await audit(repo, 'checkpoint');
    await audit(repo, 'prove', '6', '--out', file);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    expect(await audit(repo, 'verify', '--proof', file)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^Refuted: /),
    });
  });

  test('that the log only grew since an older checkpoint', async () => {
    await audit(repo, 'checkpoint');
    await postern(['freeze', '--reason', 'a pause'], { cwd: repo });
    await audit(repo, 'checkpoint');
    const file = join(folder, 'proof.json');
    await audit(repo, 'prove', '11', '--since', '10', '--out', file);
    expect((await audit(repo, 'verify', '--proof', file)).out).toContain('which grew out of that of 10 records');
  });

  test.each([
    ['prove', '99'],
    ['prove', '6', '--since', '7'],
    ['verify', '--proof', 'nothing.json'],
  ])('%s %s %s is refused', async (...argv) => {
    expect(await audit(repo, ...argv.filter(Boolean))).toMatchObject({ code: 2, out: '' });
  });
});

describe('audit anchor', () => {
  test('in a file, which verify holds the log to', async () => {
    const file = join(folder, 'anchor.txt');
    expect(await audit(repo, 'anchor', '--file', file)).toMatchObject({ code: 0, out: 'Anchored 10 records.\n' });
    expect(await audit(repo, 'verify', '--anchor', file)).toMatchObject({ code: 0 });
    const state = join(repo, '.git/postern');
    const lines = readFileSync(join(state, 'audit.jsonl'), 'utf8').split('\n');
    writeFileSync(join(state, 'audit.jsonl'), `${lines.slice(0, 8).join('\n')}\n`);
    writeFileSync(join(state, 'audit.head'), '');
    writeFileSync(join(state, 'audit.checkpoints'), '');
    expect(await audit(repo, 'verify')).toMatchObject({ code: 0 });
    expect(await audit(repo, 'verify', '--anchor', file)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Records 9 to 10 are missing'),
    });
  });

  test('as a git note, which verify finds by itself', async () => {
    expect(await audit(repo, 'anchor', '--git-note')).toMatchObject({ code: 0 });
    expect(git(repo, 'notes', '--ref=postern-anchors', 'show', 'HEAD')).toContain('— postern.local/');
    writeFileSync(join(repo, '.git/postern/audit.checkpoints'), '');
    expect((await audit(repo, 'verify')).out).toContain('signed up to record 10');
  });

  test('on the standard input of a command', async () => {
    const file = join(folder, 'piped');
    expect(await audit(repo, 'anchor', '--command', `cat > '${file}'`)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain('\n10\n');
    expect(await audit(repo, 'anchor', '--command', 'exit 3')).toMatchObject({ code: 2 });
  });

  test('nowhere, or in two places, is refused', async () => {
    expect(await audit(repo, 'anchor')).toMatchObject({ code: 2 });
    expect(await audit(repo, 'anchor', '--git-note', '--file', 'x')).toMatchObject({ code: 2 });
  });
});

describe('audit prune', () => {
  test('has nothing to take from a log of one segment, and is for people', async () => {
    expect(await audit(repo, 'prune', '--before', '1d', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No closed segment'),
    });
    const agent = await postern(['audit', 'prune', '--before', '1d'], { cwd: repo, env: { CLAUDECODE: '1' } });
    expect(agent).toMatchObject({ code: 2, out: '' });
  });
});
