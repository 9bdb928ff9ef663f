import { appendFileSync, existsSync, mkdirSync, readFileSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { agentCall } from '../support/govern.ts';
import { scratchFolder } from '../support/packed.ts';
import { guardedRepo, postern, writeFiles } from './support.ts';

let repo: string;
let home: string;
beforeEach(() => {
  repo = guardedRepo();
  home = scratchFolder('home');
});

const replay = (...argv: string[]) => postern(['replay', ...argv], { cwd: repo, env: { HOME: home } });
const json = async (...argv: string[]) => JSON.parse((await replay(...argv, '--json')).out);

let uses = 0;

/** A line of a transcript, as the client writes it. */
function use(tool: string, input: object, over: Record<string, unknown> = {}) {
  const id = `toolu_${++uses}`;
  const content = [
    { type: 'text', text: 'I will do it.' },
    { type: 'tool_use', id, name: tool, input },
  ];
  const time = { timestamp: '2026-01-02T03:04:05.000Z' };
  return {
    type: 'assistant',
    sessionId: 's1',
    cwd: repo,
    ...time,
    message: { role: 'assistant', content },
    id,
    ...over,
  };
}

function result(id: string, text: string) {
  const content = [{ type: 'tool_result', tool_use_id: id, is_error: true, content: text }];
  return { type: 'user', sessionId: 's1', cwd: repo, message: { role: 'user', content } };
}

const bash = (command: string, over = {}) => use('Bash', { command }, over);

function transcript(lines: readonly unknown[], file = 's1.jsonl', root = repo): string {
  const path = join(home, '.claude/projects', root.replace(/[^A-Za-z0-9]/g, '-'), file);
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return path;
}

describe('over transcripts', () => {
  test('counts what would be stopped, by rule and with examples', async () => {
    transcript([bash('ls'), bash('git push --force'), bash('git push -f origin x'), bash('terraform apply')]);
    const ran = await replay();
    expect(ran).toMatchObject({ code: 1, said: '' });
    expect(ran.out).toMatch(
      /^4 calls of 1 session judged\.\nStopped: 3 \(2 denied, 1 asked about\), 3 of them newly\./,
    );
    expect(ran.out).toContain('     2  deny  dangerous-commands/git-push-force\n');
    expect(ran.out).toMatch(/2026-01-02 {2}Bash {2}git push -f origin x\n/);
    expect(ran.out).toContain('Newly let through: none.\n');
  });

  test.each([
    { name: 'a read', line: () => use('Read', { file_path: join(repo, '.env') }), rule: 'blocked-paths/blocked-path' },
    {
      name: 'a write',
      line: () => use('Write', { file_path: '.postern/policy.yaml', content: '' }),
      rule: 'protected-paths/policy',
    },
    {
      name: 'a command in a subfolder',
      line: () => bash('git push -f', { cwd: join(repo, 'sub') }),
      rule: '/git-push-',
    },
  ])('judges $name', async ({ line, rule }) => {
    transcript([line()]);
    expect((await json()).stopped).toMatchObject([{ rule: expect.stringContaining(rule), calls: 1, news: 1 }]);
  });

  test('nothing to stop: exit 0', async () => {
    transcript([bash('ls'), use('TodoWrite', { todos: [] })]);
    expect(await replay()).toMatchObject({ code: 0, out: expect.stringContaining('Stopped: none.') });
  });

  test('no transcripts at all: exit 0', async () => {
    expect(await replay()).toMatchObject({ code: 0, out: expect.stringMatching(/^0 calls of 0 sessions/) });
  });

  test('what was stopped and is no more is newly let through', async () => {
    const [stopped, still] = [bash('make all'), bash('git push --force')];
    const words = 'Blocked: `x` is not done here.\nInstead: ask.\nRule: policy/no-make';
    transcript([stopped, result(stopped.id, words), still, result(still.id, words), result('unknown', words)]);
    const ran = await replay();
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/Newly let through: 1\.\n +2026-01-02 {2}Bash {2}make all\n$/);
    expect(ran.out).toContain('0 of them newly');
  });

  test('a call counts once, however many transcripts repeat it', async () => {
    const line = bash('git push --force');
    transcript([line, line]);
    transcript([line], 's2.jsonl');
    expect(await json()).toMatchObject({ calls: 1 });
  });

  test('subagents and sessions started in subfolders count, other repositories do not', async () => {
    transcript([bash('ls', { isSidechain: true, agentId: 'a1' })], 's1/subagents/agent-a1.jsonl');
    transcript([bash('ls', { cwd: join(repo, 'sub') })], 's3.jsonl', join(repo, 'sub'));
    transcript([bash('ls', { cwd: `${repo}-other` })], 's4.jsonl', `${repo}-other`);
    expect(await json()).toMatchObject({ calls: 2 });
  });

  test('bad lines and unknown shapes are counted and hide nothing', async () => {
    transcript(['', '{"half', '[1]', 'null', use('Bash', { cmd: 'x' }), { message: 7 }, bash('git push --force')]);
    const ran = await json();
    expect(ran).toMatchObject({ calls: 1, skipped: { lines: 2, shapes: 1 } });
    expect((await replay()).out).toContain('passed over: 2 lines unreadable, 1 call of unknown shape');
  });

  test('--since leaves older calls out', async () => {
    const now = new Date().toISOString();
    transcript([bash('ls'), bash('ls -a', { timestamp: now })]);
    expect(await json('--since', '7d')).toMatchObject({ calls: 1 });
    expect(await json('--since', '2026-01-01')).toMatchObject({ calls: 2 });
    const old = transcript([], 's1.jsonl');
    utimesSync(old, 1, 1);
    expect(await json('--since', '7d')).toMatchObject({ calls: 0 });
  });

  test('--transcripts takes a file or a folder, of any repository', async () => {
    const file = transcript(
      [bash('rm -rf src', { cwd: '/nowhere/at/all' }), bash('ls')],
      's1.jsonl',
      '/nowhere/at/all',
    );
    for (const path of [file, dirname(file)]) expect(await json('--transcripts', path)).toMatchObject({ calls: 2 });
  });

  test('what only the repository could have told is said to be unsure', async () => {
    transcript([bash('git reset --hard')]);
    expect((await json()).stopped).toMatchObject([{ rule: 'dangerous-commands/git-reset-hard', unsure: 1 }]);
    expect((await replay()).out).toContain('1 of them only if the repository had something to lose then.');
  });

  test('prints no secret', async () => {
    const token = ['ghp', 'k7Qz2mXw9Lp4Rt8Vb3Nc6Hs1Jd5Yf0GaEuKo'].join('_');
    transcript([bash(`curl -H 'Authorization: Bearer ${token}' https://example.test`)]);
    const { out } = await replay();
    expect(out).toContain('secrets/');
    expect(out).not.toContain(token);
  });

  test('runs and records nothing, and is not stopped by a freeze', async () => {
    transcript([bash('touch made'), bash('git push --force')]);
    await postern(['freeze', '--reason', 'x'], { cwd: repo });
    const log = readFileSync(join(repo, '.git/postern/audit.jsonl'), 'utf8');
    expect((await json()).stopped).toHaveLength(1);
    expect(existsSync(join(repo, 'made'))).toBe(false);
    expect(readFileSync(join(repo, '.git/postern/audit.jsonl'), 'utf8')).toBe(log);
  });

  test('on a terminal long replays show that they are alive', async () => {
    transcript(Array.from({ length: 600 }, (_, at) => bash(`ls ${at}`)));
    const { said } = await postern(['replay'], { cwd: repo, env: { HOME: home }, interactive: true });
    expect(said).toContain('\r500 calls judged');
  });
});

describe('over the log', () => {
  test('shows what changed since', async () => {
    for (const line of ['git push --force', 'make all', 'cat .env']) await agentCall(repo, line);
    const rules = 'rules: [{ id: no-make, match: { program: make }, effect: deny, reason: is not done here. }]';
    const guards = 'guards: { dangerous-commands: { allow: [git-push-force] } }';
    writeFiles(repo, { '.postern/policy.yaml': `version: 1\n${rules}\n${guards}\n` });
    const ran = await json('--audit');
    expect(ran).toMatchObject({ calls: 3, letThrough: { calls: 1, examples: [{ what: 'git push --force' }] } });
    expect(ran.stopped).toMatchObject([
      { rule: 'blocked-paths/blocked-path', calls: 1, news: 0 },
      { rule: 'policy/no-make', calls: 1, news: 1 },
    ]);
  });

  test('what was only observed counts as stopped', async () => {
    writeFiles(repo, { '.postern/policy.yaml': 'version: 1\nmode: observe\n' });
    await agentCall(repo, 'git push --force');
    expect((await json('--audit')).stopped).toMatchObject([{ news: 0 }]);
  });

  test('what the log does not hold whole is counted, not judged', async () => {
    await agentCall(repo, `echo ${'x'.repeat(600)}`);
    await agentCall(repo, `echo ${['ghp', 'k7Qz2mXw9Lp4Rt8Vb3Nc6Hs1Jd5Yf0GaEuKo'].join('_')}`);
    expect(await json('--audit')).toMatchObject({ calls: 0, skipped: { partial: 2 } });
  });
});

describe('wrong usage', () => {
  test.each([
    { argv: ['--since', 'yesterday'], said: 'is a time such as' },
    { argv: ['--transcripts', 'nowhere'], said: 'There is nothing at' },
    { argv: ['--audit', '--transcripts'], said: 'are two sources' },
  ])('$argv', async ({ argv, said }) => {
    expect(await replay(...argv)).toMatchObject({ code: 2, out: '', said: expect.stringContaining(said) });
  });
});
