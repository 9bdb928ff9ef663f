import { describe, expect, test } from 'vitest';
import { fingerprinter } from '../../../src/policy/fingerprint.ts';
import { freshSalt, writeSecretsBaseline } from '../../../src/repo/secrets-baseline.ts';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

const leak = () => `const x = "${fakeToken()}";\n`;
const ALLOW = `// ${['postern', 'allow'].join(':')} github-pat -- a fixture\n`;

function baseline(repo: GuardedRepo, path: string): void {
  const salt = freshSalt();
  const entry = { rule: 'github-pat', path, fingerprint: fingerprinter(salt)(fakeToken()) };
  writeSecretsBaseline(repo.root, { salt, entries: [entry] });
}

interface Row {
  readonly name: string;
  readonly old?: Readonly<Record<string, string>>;
  readonly staged: Readonly<Record<string, string>>;
  readonly baseline?: string;
  readonly policy?: string;
  readonly person: 10 | 1;
  readonly agent: 10 | 1;
  readonly says?: string;
}

const ROWS: Row[] = [
  { name: 'a secret', staged: { 'a.ts': leak() }, person: 1, agent: 1, says: 'git restore --staged -- a.ts' },
  { name: 'one with an allowance of its own', staged: { 'a.ts': ALLOW + leak() }, person: 10, agent: 1 },
  { name: 'one beside an allowance', staged: { 'a.ts': leak().trimEnd() + ALLOW }, person: 10, agent: 1 },
  { name: 'one below an allowance that was there', old: { 'a.ts': `${ALLOW}let a;\n` }, staged: { 'a.ts': ALLOW + leak() }, person: 10, agent: 10 },
  { name: 'one of two below an allowance', staged: { 'a.ts': ALLOW + leak() + leak() }, person: 1, agent: 1, says: 'a.ts:3' },
  { name: 'one that the baseline knows', staged: { 'a.ts': leak() }, baseline: 'a.ts', person: 10, agent: 10 },
  { name: 'one that the baseline knows elsewhere', staged: { 'a.ts': leak() }, baseline: 'b.ts', person: 1, agent: 1 },
  { name: 'one in a file that is not judged', staged: { 'a.ts': leak() }, policy: "guards: { secrets: { paths: ['*.ts'] } }\n", person: 10, agent: 10 },
]; // biome-ignore format: a table of rows

describe('a staged secret', () => {
  const each: { who: string; env: Env; code: 10 | 1; row: Row; name: string }[] = ROWS.flatMap((row) => [
    { who: 'person', env: {}, code: row.person, row, name: row.name },
    { who: 'agent', env: AGENT, code: row.agent, row, name: row.name },
  ]);
  test.each(each)('$name, by a $who -> $code', async ({ env, code, row }) => {
    const repo = new GuardedRepo(row.policy);
    for (const [path, text] of Object.entries(row.old ?? {})) repo.write(path, text);
    if (row.baseline) baseline(repo, row.baseline);
    repo.commit('Old');
    for (const [path, text] of Object.entries(row.staged)) repo.write(path, text);
    repo.git('add', '-A');
    const answer = await repo.gate('pre-commit', [], { env });
    expect(answer).toMatchObject({ code });
    if (code === 1) expect(answer.stderr).toContain(row.says ?? 'github-pat');
    expect(answer.stderr).not.toContain(fakeToken());
  });

  test('with a baseline that cannot be read is stopped, and says why', async () => {
    const repo = new GuardedRepo();
    repo.write('.postern/secrets-baseline.json', '{');
    repo.write('a.ts', leak());
    repo.git('add', 'a.ts');
    expect((await repo.gate('pre-commit')).stderr).toContain('secrets-baseline.json cannot be read');
  });
});

test.each([
  { name: 'an allowance', text: ALLOW + leak(), known: '', code: 10 },
  { name: 'the baseline', text: leak(), known: 'src/a.ts', code: 10 },
  { name: 'nothing', text: leak(), known: '', code: 1 },
])('a pushed secret that $name lets through -> $code', async ({ text, known, code }) => {
  const repo = new GuardedRepo('review: { required: never }\n');
  if (known) baseline(repo, known);
  repo.write('src/a.ts', text);
  repo.commit('Add');
  expect(await repo.push(['origin', 'main'])).toMatchObject({ code });
});
