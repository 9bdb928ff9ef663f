import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { append } from '../../src/audit/log.ts';
import type { Entry } from '../../src/audit/record.ts';
import { guardedRepo, postern, writeFiles } from './support.ts';

const DAY_MS = 86_400_000;

function entry(kind: Entry['kind'], over: Partial<Entry> = {}): Entry {
  const subject = { host: 'h', user: 'dev', client: 'claude-code', assurance: 'hook' } as const;
  return { kind, gate: 'hook', grade: 'cooperative', subject, session: { id: 's1' }, ...over };
}

function record(repo: string, daysAgo: number, entries: readonly Entry[]): void {
  append(join(repo, '.git/postern'), entries, { sync: false, now: () => new Date(Date.now() - daysAgo * DAY_MS) });
}

const skip = (reason: string) => entry('review.skipped', { gate: 'git', data: { reason, identity: 'Dev <d@x>' } });

describe('status', () => {
  test('counts seven days, canaries left out', async () => {
    const policy = 'version: 1\nextends: team\nautonomy: { level: L1, ceiling: L2 }\n';
    const repo = guardedRepo({ '.postern/policy.yaml': policy });
    record(repo, 8, [entry('decision', { effect: 'deny' }), skip('long ago')]);
    record(repo, 1, [
      entry('session.start'),
      ...Array.from({ length: 600 }, () => entry('decision', { effect: 'allow' })),
      entry('decision', { effect: 'allow', would: 'deny' }),
      entry('decision', { effect: 'deny' }),
      entry('decision', { effect: 'deny', session: { id: 'postern-canary' } }),
      skip('hotfix'),
    ]);
    const status = JSON.parse((await postern(['status', '--json'], { cwd: repo })).out);
    expect(status).toMatchObject({
      guarded: true,
      policy: { profile: 'team', mode: 'enforce', autonomy: { level: 'L1', ceiling: 'L2' }, floors: [] },
      halt: { kind: 'clear' },
      heartbeat: { session: 's1', client: 'claude-code' },
      decisions: { allow: 601, redact: 0, ask: 0, deny: 1, observed: 1 },
      skips: [{ who: 'Dev <d@x>', reason: 'hotfix' }],
      log: { records: 607 },
    });
  });

  test('tells no figures of a log that it cannot read', async () => {
    const repo = guardedRepo();
    mkdirSync(join(repo, '.git/postern/audit.jsonl'), { recursive: true });
    const { out } = await postern(['status'], { cwd: repo });
    expect(out).toContain('unreadable');
    expect(out).not.toContain('0 denied');
  });

  test('fits one screen', async () => {
    const repo = guardedRepo();
    record(
      repo,
      0,
      Array.from({ length: 50 }, (_, at) => skip(`reason ${at}`)),
    );
    const { out } = await postern(['status'], { cwd: repo });
    expect(out.split('\n').length).toBeLessThan(24);
  });

  test.each([
    { skips: 2, named: false },
    { skips: 3, named: true },
  ])('$skips skips are named: $named', async ({ skips, named }) => {
    const repo = guardedRepo();
    record(
      repo,
      0,
      Array.from({ length: skips }, (_, at) => skip(`reason ${at}`)),
    );
    const { out } = await postern(['status'], { cwd: repo });
    expect(out).toContain(`Skipped reviews  ${skips} in 7 days`);
    expect(out.includes('Dev <d@x>  reason 1')).toBe(named);
  });

  test.each([
    {
      what: 'a missing policy',
      breaks: (repo: string) => writeFiles(repo, { '.postern/manifest.json': '{}' }),
      gone: '.postern/policy.yaml',
      says: 'Policy           unreadable: ',
    },
    { what: 'missing gates', breaks: () => {}, gone: 'none', says: 'Git gate         not whole: pre-commit missing' },
    {
      what: 'an unreadable log',
      breaks: (repo: string) => mkdirSync(join(repo, '.git/postern/audit.jsonl'), { recursive: true }),
      gone: 'none',
      says: 'Log         unreadable: ',
    },
  ])('tells of $what instead of failing', async ({ breaks, gone, says }) => {
    const repo = guardedRepo();
    breaks(repo);
    rmSync(join(repo, gone), { force: true });
    const ran = await postern(['status'], { cwd: repo });
    expect(ran.code).toBe(0);
    expect(ran.out).toContain(says);
  });
});
