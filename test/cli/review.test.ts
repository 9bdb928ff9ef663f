import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { git, guardedRepo, postern, writeFiles } from './support.ts';

let repo: string;
let script: string;

beforeEach(() => {
  script = join(mkdtempSync(join(tmpdir(), 'postern-reviewer-')), 'reviewer.cjs');
  says([]);
  const command = `[${JSON.stringify(process.execPath)}, ${JSON.stringify(script)}]`;
  repo = guardedRepo({
    '.postern/policy.yaml': `version: 1\nreview: { required: always, reviewer: command, command: ${command} }\n`,
  });
  git(repo, 'add', '-A');
  git(repo, 'commit', '-qm', 'Base');
  git(repo, 'branch', 'base');
  writeFiles(repo, { 'src/a.ts': 'export const a = 1;\n' });
  git(repo, 'add', '-A');
  git(repo, 'commit', '-qm', 'Change');
});

function says(findings: unknown): void {
  writeFileSync(
    script,
    `require('node:fs').readFileSync(0); console.log(${JSON.stringify(JSON.stringify({ findings }))});\n`,
  );
}

const P1 = { severity: 'P1', file: 'src/a.ts', line: 1, title: 'Wrong', why: 'It is.', fix: 'Mend it.' };
const review = (...argv: string[]) => postern(['review', ...argv], { cwd: repo });

describe('postern review', () => {
  test('passes, and the same diff is covered from then on', async () => {
    expect(await review('--base', 'base')).toMatchObject({ code: 0, out: expect.stringMatching(/^Passed: 0 remarks/) });
    expect(await review('--base', 'base')).toMatchObject({ code: 0, out: expect.stringMatching(/^Covered/) });
  });

  test('exit 1 with the findings that hold it back', async () => {
    says([P1]);
    const ran = await review('--base', 'base');
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toBe('P1 src/a.ts:1: Wrong\n   It is.\n   Fix: Mend it.\nHeld back: 1 finding.\n');
    const json = JSON.parse((await review('--base', 'base', '--json')).out);
    expect(json).toMatchObject({ review: { kind: 'blocked' }, findings: [P1], records: [{ kind: 'review.verdict' }] });
  });

  test('exit 2 when nobody could review', async () => {
    says('no list');
    expect(await review('--base', 'base')).toMatchObject({
      code: 2,
      out: expect.stringContaining('Not reviewed: command: its answer'),
    });
  });

  test('nothing to review', async () => {
    expect(await review('--base', 'HEAD')).toMatchObject({
      code: 0,
      out: '',
      said: expect.stringContaining('nothing to review'),
    });
  });

  test.each([
    { argv: ['--base', 'no-such'], says: 'is no commit' },
    { argv: ['--base', '--help-me'], says: 'is no commit' },
  ])('$argv is refused', async ({ argv, says: words }) => {
    const ran = await review(...argv);
    expect(ran.code).toBe(2);
    expect(ran.said).toContain(words);
  });

  test('a policy without a reviewer says what to add', async () => {
    writeFiles(repo, { '.postern/policy.yaml': 'version: 1\n' });
    expect(await review()).toMatchObject({ code: 2, said: expect.stringContaining('reviewer: [codex, claude]') });
  });
});
