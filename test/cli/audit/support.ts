import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type EventEntry, recordEvents } from '../../../src/govern/record-event.ts';
import { guardedRepo, postern, type Ran } from '../support.ts';

const AGENT = { gate: 'hook', by: { client: 'claude-code', assurance: 'hook' } } as const;
const SESSION = { session: { id: 'aaaa-1' } };
const SUBAGENT = { session: { id: 'aaaa-1/sub', parent: 'aaaa-1' } };

/** Two sessions of an agent, one with a subagent, and what a person did. */
export const STORY: readonly EventEntry[] = [
  { kind: 'session.start', ...AGENT, ...SESSION },
  { kind: 'decision', ...AGENT, ...SESSION, call: 'c1', tool: 'Read', what: '<root>/src/app.js', effect: 'allow' },
  { kind: 'outcome', ...AGENT, ...SESSION, call: 'c1', tool: 'Read', data: { ok: true, durationMs: 3 } },
  { kind: 'decision', ...AGENT, ...SESSION, call: 'c2', tool: 'Bash', what: 'CI=1 npm test', effect: 'allow' },
  {
    kind: 'outcome',
    ...AGENT,
    ...SESSION,
    call: 'c2',
    tool: 'Bash',
    data: { ok: false, durationMs: 2100, error: 'Exit code 1\nmore' },
  },
  {
    kind: 'decision',
    ...AGENT,
    ...SUBAGENT,
    call: 'c3',
    tool: 'Bash',
    what: 'git reset --hard',
    effect: 'deny',
    rule: 'dangerous-commands/git-reset-hard',
    reason: '`git reset --hard` discards uncommitted work: app.js.',
    findings: [{ guard: 'dangerous-commands', rule: 'git-reset-hard', severity: 'high', where: 'git reset --hard' }],
  },
  {
    kind: 'decision',
    ...AGENT,
    ...SESSION,
    call: 'c4',
    tool: 'Bash',
    what: 'terraform apply',
    effect: 'ask',
    rule: 'dangerous-commands/terraform-apply',
    reason: '`terraform apply` changes infrastructure.',
  },
  { kind: 'outcome', ...AGENT, ...SESSION, call: 'c4', tool: 'Bash', data: { ok: true, durationMs: 1 } },
  {
    kind: 'decision',
    ...AGENT,
    session: { id: 'bbbb-2' },
    call: 'c5',
    tool: 'Write',
    what: 'notes.md',
    effect: 'allow',
    would: 'ask',
    mode: 'observe',
  },
  { kind: 'review.skipped', gate: 'git', what: 'origin', data: { reason: 'a <b>hotfix</b>', identity: 'Dev <d@x>' } },
];

/** A guarded repository whose log holds the story. */
export function storyRepo(more: readonly EventEntry[] = []): string {
  const repo = guardedRepo();
  const root = execFileSync('git', ['rev-parse', '--show-toplevel'], { cwd: repo, encoding: 'utf8' }).trim();
  const entries = [...STORY, ...more].map((entry) =>
    entry.what === undefined ? entry : { ...entry, what: entry.what.replace('<root>', root) },
  );
  recordEvents({ stateDir: join(repo, '.git', 'postern') }, entries);
  return repo;
}

/** Runs `postern audit <argv>` there. */
export function audit(repo: string, ...argv: string[]): Promise<Ran> {
  return postern(['audit', ...argv], { cwd: repo });
}
