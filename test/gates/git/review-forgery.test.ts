import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seal } from '../../../src/audit/chain.ts';
import { ensureHostKey, hostKeyPath } from '../../../src/audit/host-key.ts';
import type { AuditRecord } from '../../../src/audit/record.ts';
import { AGENT, type Env, fakeToken, GuardedRepo } from './guarded-repo.ts';

const PUSH = ['origin', 'main'];

/** A repository with a reviewer that runs `body`, a Node script with `input`, `say(findings)` and a count of its `calls`. */
function reviewed(body: string, policy = '') {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-reviewer-')));
  const script = join(folder, 'reviewer.cjs');
  writeFileSync(
    script,
    `const fs = require('node:fs');
const input = JSON.parse(fs.readFileSync(0, 'utf8'));
fs.appendFileSync(${JSON.stringify(join(folder, 'seen'))}, input.diff);
fs.appendFileSync(${JSON.stringify(join(folder, 'env'))}, JSON.stringify(process.env) + '\\n');
const calls = fs.readFileSync(${JSON.stringify(join(folder, 'env'))}, 'utf8').trim().split('\\n').length;
const say = (...findings) => console.log(JSON.stringify({ findings }));
${body}\n`,
  );
  const command = `  command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(script)}]`;
  const repo = new GuardedRepo(`review:\n  required: always\n  reviewer: command\n${command}\n${policy}`);
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  return {
    repo,
    folder,
    push: (env: Env = {}) => repo.push(PUSH, { env }),
    seen: () => text('seen'),
    envs: (): Env[] =>
      text('env')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

const P1 = `{ severity: 'P1', file: 'src/a.ts', line: 1, title: 'Loses data', why: 'w', fix: 'f' }`;

function change(repo: GuardedRepo, path = 'src/a.ts', text = 'let a = 1;\n'): void {
  repo.write(path, text);
  repo.commit(`Change ${path}`);
}

describe('a verdict cannot be had by', () => {
  test('pushing once more after findings', async () => {
    const { repo, push, envs } = reviewed(`calls === 1 ? say(${P1}) : say();`);
    change(repo);
    expect(await push()).toMatchObject({ code: 1 });
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('Loses data') });
    expect(envs()).toHaveLength(1);
  });

  test.each([
    { broken: 'with an edited line', breaks: (text: string) => text.replace('"P1":1', '"P1":0') },
    { broken: 'with a line taken out', breaks: (text: string) => text.split('\n').slice(1).join('\n') },
    { broken: 'with a line of nonsense', breaks: (text: string) => `${text}x\n` },
  ])('breaking the log that holds one: $broken', async ({ breaks }) => {
    const { repo, push, envs } = reviewed(`calls === 1 ? say(${P1}) : say();`);
    change(repo);
    await push();
    const log = join(repo.root, '.git/postern/audit.jsonl');
    writeFileSync(log, breaks(readFileSync(log, 'utf8')));
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('npx postern doctor') });
    expect(envs()).toHaveLength(1);
    expect(await push({ POSTERN_SKIP_REVIEW: 'read by Ada and Bob' })).toMatchObject({ code: 10 });
  });

  test.each([
    { by: 'XDG_STATE_HOME', variables: (home: string) => ({ XDG_STATE_HOME: join(home, '.local/state') }) },
    { by: 'HOME', variables: (home: string) => ({ HOME: home }) },
  ])('an agent with a key of its own, by $by', async ({ variables }) => {
    const { repo, push } = reviewed(`say(${P1});`);
    change(repo);
    await push(AGENT);
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'postern-own-key-')));
    const key = ensureHostKey(hostKeyPath({}, home));
    const log = join(repo.root, '.git/postern/audit.jsonl');
    const records = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);
    const last = records.at(-1)!;
    const { seal: _, ...verdict } = records.findLast(({ kind }) => kind === 'review.verdict')!;
    const forged = { ...verdict, findings: [], data: { ...verdict.data, result: 'pass', P1: 0 } };
    const sign = (bytes: Uint8Array) => `${key.id}:${key.sign(bytes).toString('base64')}`;
    const { line } = seal(forged, last.hash, last.seq + 1, new Date().toISOString(), sign);
    writeFileSync(log, `${readFileSync(log, 'utf8')}${line}\n`);
    rmSync(join(repo.root, '.git/postern/audit.head'));
    expect(await push({ ...AGENT, ...variables(home) })).toMatchObject({ code: 1 });
  });

  test.each(['ANTHROPIC_BASE_URL', 'OPENAI_BASE_URL', 'CODEX_HOME', 'CLAUDE_CONFIG_DIR', 'NODE_OPTIONS'])(
    'an agent that names another model by %s',
    async (name) => {
      const { repo, push, envs } = reviewed('say();');
      change(repo);
      await push({ ...AGENT, [name]: '--no-warnings' });
      expect(envs()[0]).not.toHaveProperty(name);
    },
  );

  test('a finding about a file that is not in the diff, whatever its severity', async () => {
    const { repo, push } = reviewed(`say(${P1.replace('P1', 'P3').replace('src/a.ts', 'nowhere.ts')});`);
    change(repo);
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('nowhere.ts') });
  });

  test('lines behind a carriage return that look like the next file', async () => {
    const { repo, push, seen } = reviewed('say();');
    change(repo, 'src/a.ts', 'one\rdiff --git a/none b/none\nhidden();\n');
    await push();
    expect(seen()).toContain('hidden();');
  });

  test('bytes behind a carriage return that look like a place in the file', async () => {
    const { repo, push, envs } = reviewed('say();');
    change(repo, 'src/a.ts', 'one\r@@ -1 +1 @@ harmless();\n');
    await push();
    change(repo, 'src/a.ts', 'one\r@@ -1 +1 @@ harmful();\n');
    await push();
    expect(envs()).toHaveLength(2);
  });

  test('the same lines at another place of the file', async () => {
    const block = `${'same();\n'.repeat(30)}`;
    const { repo, push, envs } = reviewed('say();');
    change(repo, 'src/a.ts', `checks();\n${block}${block}`);
    repo.git('push', '-q', '--no-verify', 'origin', 'main');
    change(repo, 'src/a.ts', `checks();\n${'same();\n'.repeat(15)}return;\n${'same();\n'.repeat(45)}`);
    await push();
    change(repo, 'src/a.ts', `checks();\n${'same();\n'.repeat(45)}return;\n${'same();\n'.repeat(15)}`);
    await push();
    expect(envs()).toHaveLength(2);
  });

  test('a review under another policy', async () => {
    const { repo, push, envs } = reviewed('say();');
    change(repo);
    await push();
    const policy = join(repo.root, '.postern/policy.yaml');
    writeFileSync(policy, `${readFileSync(policy, 'utf8')}commits: { conventional: true }\n`);
    await push();
    expect(envs()).toHaveLength(2);
  });
});

describe('around a reviewer', () => {
  test('a push that a secret holds back is sent to no reviewer', async () => {
    const { repo, push, envs } = reviewed('say();');
    change(repo, 'src/a.ts', `const t = "${fakeToken()}";\n`);
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('secrets/') });
    expect(() => envs()).toThrow();
  });

  test('a private key is masked whole, line by line', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));
    const { repo, push, seen } = reviewed('say();', 'guards: { secrets: { mode: off } }\n');
    change(repo, 'key.pem', pem);
    await push();
    for (const line of pem.trim().split('\n').slice(1, -1)) expect(seen()).not.toContain(line);
  });

  test('an agent cannot have the raw answers written to a file of its choice', async () => {
    const { repo, push, folder } = reviewed('say();');
    change(repo);
    await push({ ...AGENT, POSTERN_REVIEW_LOG: join(folder, 'written') });
    expect(() => readFileSync(join(folder, 'written'))).toThrow();
  });

  test('what a reviewer left running in a group of its own does not hold the push', async () => {
    const body = `const child = require('node:child_process').spawn('sleep', ['60'], { detached: true, stdio: 'inherit' });
fs.writeFileSync(${JSON.stringify('PIDFILE')}.replace('PIDFILE', __dirname + '/pid'), String(child.pid)); child.unref(); say();`;
    const { repo, push, folder } = reviewed(body, '');
    change(repo);
    try {
      expect(await push()).toMatchObject({ code: 10 });
    } finally {
      process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    }
  }, 20_000);
});
