import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

const HOME = realpathSync(mkdtempSync(join(tmpdir(), 'postern-home-')));

/** A reviewer program: what it does with its input, as the body of a Node script that has `input` and `say(findings)`. */
function reviewer(
  body: string,
  policy = '',
): { repo: GuardedRepo; push: (env?: Env, args?: string[]) => Promise<Answer> } {
  const script = join(mkdtempSync(join(tmpdir(), 'postern-reviewer-')), 'reviewer.cjs');
  writeFileSync(
    script,
    `const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
require('node:fs').appendFileSync(${JSON.stringify(`${script}.seen`)}, input.diff);
const say = (...findings) => console.log(JSON.stringify({ findings }));
${body}\n`,
  );
  const lines = [
    'review:',
    '  required: always',
    '  reviewer: command',
    `  command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(script)}]`,
  ];
  const repo = new GuardedRepo(`${lines.join('\n')}\n${policy}`);
  const env = { HOME };
  return {
    repo,
    push: async (more = {}, args = ['origin', 'main']) => {
      const { code, stderr } = await repo.push(args, { env: { ...env, ...more } });
      const seen = existsSync(`${script}.seen`) ? readFileSync(`${script}.seen`, 'utf8') : '';
      return { code, stderr, seen };
    },
  };
}

interface Answer {
  readonly code: number;
  readonly stderr: string;
  /** Every diff that the reviewer was given. */
  readonly seen: string;
}

const finding = (severity: string, over: object = {}) =>
  JSON.stringify({
    severity,
    file: 'src/a.ts',
    line: 1,
    title: 'Loses data',
    why: 'It does.',
    fix: 'Do not.',
    ...over,
  });
const CLEAN = 'say();';

function change(repo: GuardedRepo, path = 'src/a.ts', text = 'export const a = 1;\n'): void {
  repo.write(path, text);
  repo.commit(`Change ${path}`);
}

const verdicts = (repo: GuardedRepo) => repo.records().filter(({ kind }) => kind === 'review.verdict');

describe('what the reviewer says decides', () => {
  test.each<{ says: string; body: string; policy?: string; code: 10 | 1; tells: RegExp; result: string }>([
    { says: 'nothing to say', body: CLEAN, code: 10, tells: /reviewed, nothing holds it back/, result: 'pass' },
    {
      says: 'P1',
      body: `say(${finding('P1')});`,
      code: 1,
      tells: /P1 src\/a\.ts:1: Loses data[\s\S]*1 P1/,
      result: 'block',
    },
    { says: 'P2', body: `say(${finding('P2')});`, code: 1, tells: /1 P2/, result: 'block' },
    { says: 'P3', body: `say(${finding('P3')});`, code: 10, tells: /P3 src\/a\.ts:1[\s\S]*1 remarks/, result: 'pass' },
    {
      says: 'P2 where only P1 blocks',
      body: `say(${finding('P2')});`,
      policy: '  block_on: P1\n',
      code: 10,
      tells: /P2/,
      result: 'pass',
    },
    {
      says: 'a file that is not in the diff',
      body: `say(${finding('P1', { file: 'nowhere.ts' })});`,
      code: 1,
      tells: /nowhere\.ts/,
      result: 'failed',
    },
    { says: 'nothing at all', body: '', code: 1, tells: /command: it answered nothing/, result: 'failed' },
    { says: 'prose', body: 'console.log("LGTM");', code: 1, tells: /its answer is no JSON/, result: 'failed' },
    {
      says: 'half of a JSON',
      body: 'process.stdout.write(\'{"findings": [\');',
      code: 1,
      tells: /no JSON/,
      result: 'failed',
    },
    {
      says: 'an empty object',
      body: 'console.log("{}");',
      code: 1,
      tells: /does not follow the schema/,
      result: 'failed',
    },
    {
      says: 'an unknown severity',
      body: `say(${finding('P0')});`,
      code: 1,
      tells: /does not follow the schema/,
      result: 'failed',
    },
    {
      says: 'a field too many',
      body: `say(${finding('P3', { ok: 1 })});`,
      code: 1,
      tells: /does not follow/,
      result: 'failed',
    },
    {
      says: 'nothing, with exit 3',
      body: `${CLEAN} process.exitCode = 3;`,
      code: 1,
      tells: /it ended with 3/,
      result: 'failed',
    },
    {
      says: 'nothing, killed',
      body: 'process.kill(process.pid, "SIGKILL");',
      code: 1,
      tells: /ended by SIGKILL/,
      result: 'failed',
    },
    {
      says: 'nothing in time',
      body: 'setInterval(() => {}, 1000);',
      policy: '  timeout_seconds: 1\n',
      code: 1,
      tells: /did not answer within 1 s/,
      result: 'failed',
    },
    {
      says: '50 MB',
      body: 'const s = "x".repeat(1 << 20); for (let i = 0; i < 50; i++) process.stdout.write(s);',
      code: 1,
      tells: /more than 8 MB/,
      result: 'failed',
    },
  ])('$says -> $code', async ({ body, policy, code, tells, result }) => {
    const { repo, push } = reviewer(body, policy);
    change(repo);
    const answer = await push();
    expect(answer.stderr).toMatch(tells);
    expect(answer.code).toBe(code);
    expect(verdicts(repo)).toMatchObject([{ gate: 'git', data: { result, files: 1 } }]);
  });

  test('a reviewer that is not installed blocks and is named', async () => {
    const { repo, push } = reviewer(CLEAN, '');
    repo.write(
      '.postern/policy.yaml',
      'version: 1\nreview:\n  required: always\n  reviewer: command\n  command: [no-such-reviewer]\n',
    );
    repo.commit('Policy');
    expect(await push()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no-such-reviewer is not installed'),
    });
  });

  test('the next reviewer is asked when the first cannot', async () => {
    const { repo, push } = reviewer(CLEAN);
    const text = readFileSync(join(repo.root, '.postern/policy.yaml'), 'utf8');
    repo.write('.postern/policy.yaml', text.replace('reviewer: command', 'reviewer: [codex, command]'));
    change(repo);
    expect(await push({ PATH: '/usr/bin:/bin' })).toMatchObject({ code: 10 });
    expect(verdicts(repo)[0]!.data).toMatchObject({ reviewer: 'command' });
  });

  test('findings stand in last-review.json', async () => {
    const { repo, push } = reviewer(`say(${finding('P3')}, ${finding('P1')});`);
    change(repo);
    await push();
    const { findings } = JSON.parse(readFileSync(join(repo.root, '.git/postern/last-review.json'), 'utf8'));
    expect(findings.map(({ severity }: { severity: string }) => severity)).toEqual(['P1', 'P3']);
  });

  test('an ended reviewer leaves no child behind', async () => {
    const mark = `postern-child-${process.pid}`;
    const body = `require('node:child_process').spawn('sleep', ['300'], { argv0: '${mark}', stdio: 'ignore' }); setInterval(() => {}, 1000);`;
    const { repo, push } = reviewer(body, '  timeout_seconds: 1\n');
    change(repo);
    await push();
    expect(spawnSync('pgrep', ['-f', mark]).status).toBe(1);
  });
});

describe('what the reviewer is shown', () => {
  test('the diff between marks, with secrets masked and nothing of the policy left out', async () => {
    const { repo, push } = reviewer(CLEAN, 'guards:\n  secrets:\n    mode: off\n');
    change(repo, 'src/a.ts', `const token = "${fakeToken()}";\n`);
    const { seen } = await push();
    expect(seen).toContain('[secret:github-pat]');
    expect(seen).not.toContain(fakeToken());
  });

  test('generated files that the policy leaves out are not, and the record names them', async () => {
    const { repo, push } = reviewer(CLEAN, "  exclude: ['gen/**']\n");
    repo.write('gen/big.ts', 'export const generated = 1;\n');
    change(repo);
    const { seen } = await push();
    expect(seen).toContain('src/a.ts');
    expect(seen).not.toContain('generated');
    expect(verdicts(repo)[0]!.data).toMatchObject({ excluded: 1, excludedPaths: 'gen/big.ts' });
  });

  test('a push of nothing but left out files is on record as looked at by nobody', async () => {
    const { repo, push } = reviewer(CLEAN, "  exclude: ['gen/**']\n");
    change(repo, 'gen/big.ts');
    expect(await push()).toMatchObject({ code: 10, seen: '' });
    expect(verdicts(repo)[0]!.data).toMatchObject({ reviewer: 'nobody', files: 0, excludedPaths: 'gen/big.ts' });
  });

  test('what governs the guard cannot be left out', async () => {
    const { repo, push } = reviewer(CLEAN, "  exclude: ['.claude/**', '.postern/**']\n");
    change(repo, '.claude/settings.json', '{"hooks":{}}\n');
    expect((await push()).seen).toContain('.claude/settings.json');
  });

  test.each<{ change: string; prepare: (repo: GuardedRepo) => void; sees: RegExp }>([
    {
      change: 'a binary file',
      prepare: (repo) => change(repo, 'logo.png', '\0\0binary'),
      sees: /Binary files .* logo\.png|b\/logo\.png/,
    },
    {
      change: 'a file name with quotes, spaces and a line break',
      prepare: (repo) => change(repo, 'a "b"\nc.txt'),
      sees: /a \\"b\\"\\nc\.txt/,
    },
    {
      change: 'a symbolic link',
      prepare: (repo) => {
        execFileSync('ln', ['-s', '/etc/passwd', join(repo.root, 'link')]);
        repo.commit('Link');
      },
      sees: /120000[\s\S]*\/etc\/passwd/,
    },
    {
      change: 'a submodule',
      prepare: (repo) => {
        repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD')},vendor/lib`);
        repo.git('commit', '-q', '-m', 'Module');
      },
      sees: /Subproject commit/,
    },
  ])('$change', async ({ prepare, sees }) => {
    const { repo, push } = reviewer(CLEAN);
    prepare(repo);
    const { code, seen } = await push();
    expect(seen).toMatch(sees);
    expect(code).toBe(10);
  });

  test('a large change comes in several parts, none left out', async () => {
    const { repo, push } = reviewer(CLEAN);
    for (let at = 0; at < 6; at++)
      repo.write(`src/f${at}.ts`, `export const f${at} = 1; // ${'x'.repeat(70)}\n`.repeat(1000));
    repo.commit('Large');
    const { seen, code } = await push();
    expect(code).toBe(10);
    for (let at = 0; at < 6; at++) expect(seen.split(`f${at} = 1;`).length - 1).toBe(1000);
  });

  test('too large a change is refused, not waved through', async () => {
    const { repo, push } = reviewer(CLEAN);
    change(repo, 'big.txt', `${'x'.repeat(99)}\n`.repeat(45_000));
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('larger than 4 MB') });
  });
});

describe('a verdict counts for the diff that it was given', () => {
  async function reviewed() {
    const { repo, push } = reviewer(CLEAN);
    change(repo);
    expect((await push()).code).toBe(10);
    const again = async () => {
      await push();
      return verdicts(repo).filter(({ data }) => data?.['keptFrom'] === undefined).length - 1;
    };
    return { repo, again };
  }

  test.each<{ after: string; act: (repo: GuardedRepo) => void; reviews: number }>([
    { after: 'the same push again', act: () => {}, reviews: 0 },
    {
      after: 'an amended message',
      act: (repo) => void repo.git('commit', '-q', '--amend', '-m', 'Better words'),
      reviews: 0,
    },
    {
      after: 'a rebase that leaves the change as it was',
      act: (repo) => {
        repo.git('checkout', '-q', '-b', 'topic');
        repo.git('checkout', '-q', '-B', 'main', 'origin/main');
        change(repo, 'other.md', 'elsewhere\n');
        repo.git('push', '-q', '--no-verify', 'origin', 'main');
        repo.git('checkout', '-q', 'topic');
        repo.git('rebase', '-q', 'main');
        repo.git('branch', '-qf', 'main', 'topic');
        repo.git('checkout', '-q', 'main');
      },
      reviews: 0,
    },
    { after: 'one byte more', act: (repo) => change(repo, 'src/a.ts', 'export const a = 12;\n'), reviews: 1 },
    { after: 'another file', act: (repo) => change(repo, 'src/b.ts'), reviews: 1 },
    {
      after: 'other terms of the policy',
      act: (repo) => {
        const path = join(repo.root, '.postern/policy.yaml');
        writeFileSync(path, `${readFileSync(path, 'utf8')}  block_on: P1\n`);
      },
      reviews: 1,
    },
    {
      after: 'a forged line instead of the log',
      act: (repo) => {
        const path = join(repo.root, '.git/postern/audit.jsonl');
        const { seal: _, ...record } = JSON.parse(
          readFileSync(path, 'utf8')
            .split('\n')
            .find((line) => line.includes('review.verdict'))!,
        );
        writeFileSync(path, `${JSON.stringify(record)}\n`);
        writeFileSync(join(repo.root, '.git/postern/audit.head'), '');
      },
      reviews: 0,
    },
  ])('$after: $reviews more', async ({ act, reviews }) => {
    const { repo, again } = await reviewed();
    act(repo);
    expect(await again()).toBe(reviews);
  });

  test('a line written by hand is no verdict, and neither is a sealed one in a broken chain', async () => {
    const { repo, push } = reviewer(`say(${finding('P1')});`);
    change(repo);
    await push();
    const path = join(repo.root, '.git/postern/audit.jsonl');
    const forged = readFileSync(path, 'utf8').replace('"result":"block"', '"result":"pass"');
    writeFileSync(path, forged);
    expect((await push()).code).toBe(1);
  });

  test('a lost key: old verdicts stop counting, and the push is reviewed again', async () => {
    const { repo, push } = reviewer(CLEAN);
    change(repo);
    const elsewhere = { HOME: realpathSync(mkdtempSync(join(tmpdir(), 'postern-home-'))) };
    await push();
    expect((await push(elsewhere)).code).toBe(10);
    expect(verdicts(repo)).toHaveLength(2);
  });

  test('several refs in one push are reviewed each', async () => {
    const { repo, push } = reviewer(CLEAN);
    change(repo);
    repo.git('checkout', '-q', '-b', 'topic');
    change(repo, 'src/topic.ts');
    expect((await push({}, ['origin', 'main', 'topic'])).code).toBe(10);
    expect(verdicts(repo).map(({ what }) => what)).toEqual(['refs/heads/main', 'refs/heads/topic']);
  });
});

describe('around the review', () => {
  test('observe records what would have been held back and lets the push go on', async () => {
    const { repo, push } = reviewer(`say(${finding('P1')});`, '  mode: observe\n');
    change(repo);
    expect(await push()).toMatchObject({ code: 10, stderr: expect.stringContaining('only observing') });
    expect(repo.records().at(-1)).toMatchObject({ effect: 'allow', would: 'deny' });
  });

  test('a skip is recorded, sealed, and not reviewed', async () => {
    const { repo, push } = reviewer(CLEAN);
    change(repo);
    const { code, seen } = await push({ POSTERN_SKIP_REVIEW: 'read by Ada and Bob' });
    expect({ code, seen }).toEqual({ code: 10, seen: '' });
    const skip = repo.records().find(({ kind }) => kind === 'review.skipped');
    expect(skip).toMatchObject({ seal: expect.stringMatching(/^[0-9a-f]{8}:/) });
    change(repo, 'src/b.ts');
    expect((await push()).seen).not.toBe('');
  });

  test.each([
    { who: 'an agent', env: AGENT, policy: '', code: 1 },
    { who: 'CI', env: { CI: 'true' }, policy: '', code: 1 },
    { who: 'CI where the policy allows it', env: { CI: 'true' }, policy: '  skip_in_ci: true\n', code: 10 },
  ])('a skip by $who -> $code', async ({ env, policy, code }) => {
    const { repo, push } = reviewer(CLEAN, policy);
    change(repo);
    expect((await push({ ...env, POSTERN_SKIP_REVIEW: 'read by Ada and Bob' })).code).toBe(code);
  });

  test('POSTERN_REVIEW_LOG keeps what the reviewer printed, without secrets', async () => {
    const { repo, push } = reviewer(`console.error("raw ${fakeToken()}"); ${CLEAN}`);
    change(repo);
    const log = join(mkdtempSync(join(tmpdir(), 'postern-log-')), 'review.log');
    await push({ POSTERN_REVIEW_LOG: log });
    expect(readFileSync(log, 'utf8')).toContain('raw [secret:github-pat]');
  });

  test('a review by the family that wrote the code is marked as weaker', async () => {
    const { repo, push } = reviewer(CLEAN);
    change(repo);
    await push(AGENT);
    expect(verdicts(repo)[0]!.data).toMatchObject({ degraded: false, reviewer: 'command' });
  });
});
