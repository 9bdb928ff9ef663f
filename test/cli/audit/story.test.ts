import { beforeAll, describe, expect, test } from 'vitest';
import { audit, storyRepo } from './support.ts';

let repo: string;

beforeAll(() => {
  repo = storyRepo();
});

describe('audit summary', () => {
  test('counts calls, rules, programs, sessions and skips', async () => {
    const summary = JSON.parse((await audit(repo, 'summary', '--json')).out);
    expect(summary).toMatchObject({
      records: 10,
      decisions: { allow: 3, redact: 0, ask: 1, deny: 1 },
      observed: 1,
      failed: 1,
      rules: [
        { name: 'dangerous-commands/git-reset-hard', stopped: 1 },
        { name: 'dangerous-commands/terraform-apply', stopped: 1 },
      ],
      skips: [{ seq: 10 }],
    });
    expect(summary.commands.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['npm', 'git', 'terraform', 'Read', 'Write']),
    );
    expect(summary.sessions).toHaveLength(2);
    expect(summary.sessions.find(({ name }: { name: string }) => name === 'aaaa-1')).toMatchObject({
      calls: 4,
      stopped: 2,
    });
    expect(summary.days).toEqual([expect.objectContaining({ calls: 5, stopped: 2 })]);
  });

  test('a person reads it', async () => {
    const { out } = await audit(repo, 'summary');
    for (const row of [
      /^Calls +3 allowed, 1 asked, 1 denied, 1 only observed, 1 failed$/m,
      /^ +1 +dangerous-commands\/git-reset-hard$/m,
      /Dev <d@x> +a <b>hotfix<\/b> +record 10$/m,
    ])
      expect(out).toMatch(row);
  });

  test('of a time without records', async () => {
    expect(await audit(repo, 'summary', '--until', '30d')).toMatchObject({
      code: 0,
      out: 'Nothing was recorded in that time.\n',
    });
  });
});

describe('audit timeline', () => {
  test('tells a session with its subagent, in order and with outcomes', async () => {
    const { out, code } = await audit(repo, 'timeline', 'aaaa');
    expect(code).toBe(0);
    expect(out).toMatch(/^Session aaaa-1\nclaude-code for \S+ on \S+, .*: 4 calls, 1 stopped, 1 failed\.\n/);
    const sentences = out
      .trimEnd()
      .split('\n')
      .slice(3)
      .map((line) => line.replace(/^\S+ +/, ''));
    expect(sentences).toEqual([
      'The session began.',
      'Read src/app.js.',
      'Ran `CI=1 npm test`. It failed (2.1 s): Exit code 1',
      'Subagent 1: Stopped: wanted to run `git reset --hard`, which discards uncommitted work: app.js (dangerous-commands/git-reset-hard).',
      'Ran `terraform apply`. A person was asked and allowed it (dangerous-commands/terraform-apply).',
    ]);
  });

  test('the last session that began, when none is named', async () => {
    expect((await audit(repo, 'timeline')).out).toMatch(/^Session aaaa-1$/m);
  });

  test('--json has every step with its ending', async () => {
    const steps = JSON.parse((await audit(repo, 'timeline', 'bbbb', '--json')).out);
    expect(steps).toMatchObject([{ kind: 'call', record: { seq: 9 }, ending: { kind: 'unknown' } }]);
  });

  test.each([
    { id: 'zzzz', said: 'No session is `zzzz`' },
    { id: '', said: 'sessions begin with' },
  ])('`$id` is not one session', async ({ id, said }) => {
    const ran = await audit(repo, 'timeline', id);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.said).toContain(said);
  });
});
