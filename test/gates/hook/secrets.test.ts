import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprinter } from '../../../src/policy/fingerprint.ts';
import { freshSalt, writeSecretsBaseline } from '../../../src/repo/secrets-baseline.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';
import { decisionOf, type GuardedRepo, guardedRepo, records, sendHook, toolEvent } from '../../support/guarded.ts';
import { removeFolder } from '../../support/packed.ts';

const token = fill('ghp_{a62*36}', seeded(5)).text;
/** A value that no rule would see for itself. */
const plain = fill('{low*6}-{low*6}-{low*4}7{low*4}', seeded(8)).text;
const ALLOW = `// ${['postern', 'allow'].join(':')} github-pat -- a fixture\n`;

let repo: GuardedRepo;
beforeAll(() => {
  repo = guardedRepo();
});
afterAll(() => [repo.root, repo.home].forEach(removeFolder));

const at = (path: string) => join(repo.root, path);
const pre = (tool: string, input: unknown) => sendHook(repo, 'pre-tool-use.sh', toolEvent(repo, tool, input));

describe('what stands in the file already', () => {
  test.each([
    { name: 'an allowance that was there', old: `${ALLOW}let a;\n`, text: `${ALLOW}t = '${token}'\n`, decision: '' },
    { name: 'an allowance of its own', old: 'let a;\n', text: `${ALLOW}t = '${token}'\n`, decision: 'deny' },
    { name: 'a new file with an allowance', old: null, text: `${ALLOW}t = '${token}'\n`, decision: 'deny' },
  ])('a Write with $name -> $decision', ({ old, text, decision }) => {
    rmSync(at('a.ts'), { force: true });
    if (old !== null) writeFileSync(at('a.ts'), old);
    expect(decisionOf(pre('Write', { file_path: at('a.ts'), content: text }))).toBe(decision);
  });

  test.each([
    {
      name: 'completes a token',
      old: `\nt = '${token.slice(0, 20)}'\n`,
      removed: "'\n",
      text: `${token.slice(20)}'\n`,
      says: 'a.ts:2',
    },
    { name: 'changes the line beside one', old: `t = '${token}'\nlet b;\n`, removed: 'let b', text: 'let c', says: '' },
  ])('an Edit that $name', ({ old, removed, text, says }) => {
    writeFileSync(at('a.ts'), old);
    const answer = pre('Edit', { file_path: at('a.ts'), old_string: removed, new_string: text });
    expect(decisionOf(answer)).toBe(says === '' ? '' : 'deny');
    expect(answer.stdout).toContain(says);
  });

  test('an Edit of every place', () => {
    writeFileSync(at('a.ts'), "a = ''\nb = ''\n");
    const answer = pre('Edit', {
      file_path: at('a.ts'),
      old_string: "''",
      new_string: `'${token}'`,
      replace_all: true,
    });
    expect(answer.stdout).toContain('a.ts:2');
  });

  test('a secret that the baseline knows in this file', () => {
    const salt = freshSalt();
    const entry = { rule: 'github-pat', path: 'known.ts', fingerprint: fingerprinter(salt)(token) };
    writeSecretsBaseline(repo.root, { salt, entries: [entry] });
    const write = (path: string) => decisionOf(pre('Write', { file_path: at(path), content: `t = '${token}'\n` }));
    expect([write('known.ts'), write('other.ts')]).toEqual(['', 'deny']);
    rmSync(at('.postern/secrets-baseline.json'));
  });
});

describe("the person's credential files", () => {
  const mine = fill('{low*6}-{low*6}-{low*4}4{low*4}', seeded(11)).text;
  const home = (name: string) => join(repo.home, name);
  beforeAll(() => {
    mkdirSync(home('.aws'), { recursive: true });
    writeFileSync(home('.aws/credentials'), `[default]\naws_secret_access_key = ${mine}\n`);
  });

  test('their values are denied by name and masked, and only keyed hashes are kept', () => {
    const answer = pre('Bash', { command: `./deploy ${mine}` });
    expect(answer.stdout).toContain(
      'credential of this person: this is `aws_secret_access_key` from ~/.aws/credentials.',
    );
    const result = { stdout: `x ${mine}`, stderr: '', interrupted: false, isImage: false };
    const more = { hook_event_name: 'PostToolUse', tool_response: result };
    const after = sendHook(repo, 'post-tool-use.sh', toolEvent(repo, 'Bash', { command: 'make' }, more));
    expect(after.stdout).toContain('x [secret:known-value]');
    expect(after.stdout).not.toContain(mine);
    expect(readFileSync(join(repo.stateDir, 'known-values.json'), 'utf8')).not.toContain(mine);
  });

  test('a changed file is read anew', () => {
    const next = fill('{low*6}-{low*6}-{low*4}5{low*4}', seeded(12)).text;
    writeFileSync(home('.aws/credentials'), `[default]\naws_secret_access_key = ${next}\n`);
    const decide = (value: string) => decisionOf(pre('Bash', { command: `./deploy ${value}` }));
    expect([decide(mine), decide(next)]).toEqual(['', 'deny']);
    rmSync(home('.aws/credentials'));
    expect(decide(next)).toBe('');
  });
});

describe('the values of .env', () => {
  const said = (answer: ReturnType<typeof pre>) =>
    JSON.parse(answer.stdout).hookSpecificOutput.permissionDecisionReason;
  beforeAll(() => {
    writeFileSync(at('.env'), `API_TOKEN=${plain}\nGH_TOKEN=${token}\nNODE_ENV=production\n`);
  });

  test.each([
    { tool: 'Write', input: { file_path: 'a.ts', content: `connect("${plain}")` } },
    { tool: 'Bash', input: { command: `./deploy ${plain}` } },
    { tool: 'Bash', input: { command: `./deploy "${plain.slice(0, 9)}"'${plain.slice(9)}'` } },
    { tool: 'Bash', input: { command: `echo ${Buffer.from(plain).toString('base64')} | base64 -d` } },
    { tool: 'WebFetch', input: { url: `https://example.test/?q=${plain}`, prompt: 'x' } },
    { tool: 'mcp__a__b', input: { q: [`say ${plain}`] } },
  ])('$tool $input is denied by name', ({ tool, input }) => {
    const answer = pre(tool, input);
    expect(said(answer)).toContain('contains a secret of this repository: this is `$API_TOKEN` from .env.');
    expect(answer.stdout).not.toContain(plain);
  });

  test('a rule that sees it too names it', () => {
    expect(said(pre('Bash', { command: `./deploy ${token}` }))).toContain(
      'contains a GitHub personal access token: this is `$GH_TOKEN` from .env.',
    );
  });

  test('a prompt is stopped', () => {
    const prompt = { session_id: 's1', cwd: repo.root, hook_event_name: 'UserPromptSubmit', prompt: `use ${plain}` };
    expect(sendHook(repo, 'user-prompt-submit.sh', prompt)).toMatchObject({ status: 2 });
  });

  test('a result is masked', () => {
    const result = { stdout: `x ${plain}`, stderr: '', interrupted: false, isImage: false };
    const event = toolEvent(
      repo,
      'Bash',
      { command: 'make' },
      { hook_event_name: 'PostToolUse', tool_response: result },
    );
    const answer = sendHook(repo, 'post-tool-use.sh', event);
    expect(JSON.parse(answer.stdout).hookSpecificOutput.updatedToolOutput.stdout).toBe('x [secret:known-value]');
  });

  test('nothing of them is kept', () => {
    const store = readFileSync(join(repo.stateDir, 'known-values.json'), 'utf8');
    expect(store).not.toContain(plain);
    expect(store).not.toContain(token);
    expect(statSync(join(repo.stateDir, 'known-values.json')).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(records(repo))).not.toContain(plain);
  });

  test('a changed file is read anew, and what is gone is forgotten', () => {
    const next = fill('{low*6}-{low*6}-{low*4}3{low*4}', seeded(9)).text;
    writeFileSync(at('.env'), `API_TOKEN=${next}\n`);
    utimesSync(at('.env'), 1, 1);
    const decide = (value: string) => decisionOf(pre('Bash', { command: `./deploy ${value}` }));
    expect([decide(plain), decide(next)]).toEqual(['', 'deny']);
    rmSync(at('.env'));
    expect(decide(next)).toBe('');
  });

  test('examples are no secrets', () => {
    writeFileSync(at('.env.example'), `API_TOKEN=${plain}\n`);
    expect(decisionOf(pre('Bash', { command: `./deploy ${plain}` }))).toBe('');
  });
});
