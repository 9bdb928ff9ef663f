import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { seal } from '../../src/audit/chain.ts';
import type { AuditRecord } from '../../src/audit/record.ts';
import { personEnv, removeFolder, scratchFolder } from '../support/packed.ts';

const CLIENTS = resolve('../shared/clients');

/** A client that reviews, the mock of its model's API, and how both are told of each other. */
interface Client {
  readonly name: 'codex' | 'claude';
  readonly program: string | undefined;
  readonly mock: string;
  /** The mock's script for a model that answers with these findings, or with an error of this status, or not at all. */
  readonly script: (says: Says) => object;
  readonly env: (home: string, port: string) => Record<string, string>;
}

type Says = { findings: object[] } | { text: string } | { status: number } | { delayMs: number };

const codex: Client = {
  name: 'codex',
  program: process.env['CODEX_BIN'],
  mock: 'mock-openai.mjs',
  script: (says) => ({ turns: [codexTurn(says)] }),
  env: (home, port) => {
    mkdirSync(join(home, '.codex'), { recursive: true });
    writeFileSync(
      join(home, '.codex/config.toml'),
      [
        ...['model = "mock-model"', 'model_provider = "mock"', 'check_for_update_on_startup = false'],
        ...['[model_providers.mock]', 'name = "mock"', `base_url = "http://127.0.0.1:${port}/v1"`],
        ...['env_key = "MOCK_API_KEY"', 'wire_api = "responses"', 'request_max_retries = 0', 'stream_max_retries = 0'],
        ...['[analytics]', 'enabled = false', ''],
      ].join('\n'),
    );
    return { CODEX_HOME: join(home, '.codex'), MOCK_API_KEY: 'dummy' };
  },
};

function codexTurn(says: Says): object {
  if ('findings' in says) return { text: JSON.stringify(says) };
  return 'delayMs' in says ? { text: '' } : 'status' in says ? { ...says, times: 99 } : says;
}

const claude: Client = {
  name: 'claude',
  program: process.env['CLAUDE_BIN'],
  mock: 'mock-anthropic.mjs',
  script: (says) => ({ conversations: [{ match: '', noTools: true, turns: [claudeTurn(says), { text: 'end' }] }] }),
  env: (home, port) => ({
    ...{ ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`, ANTHROPIC_API_KEY: 'dummy', CLAUDE_CODE_MAX_RETRIES: '0' },
    ...{ CLAUDE_CONFIG_DIR: join(home, '.claude'), CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1' },
    ...{ DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1', DISABLE_AUTOUPDATER: '1', CLAUDE_CODE_TMPDIR: home },
  }),
};

function claudeTurn(says: Says): object {
  if ('findings' in says) return { tools: [{ name: 'StructuredOutput', input: says }] };
  return 'status' in says ? { ...says, times: 99 } : 'delayMs' in says ? { hang: true } : says;
}

const finding = { severity: 'P1', file: 'src/a.ts', line: 1, title: 'Loses data', why: 'Always.', fix: 'Do not.' };

describe.each([codex, claude])('the real $name reviews a real push', (client) => {
  const canRun = Boolean(client.program) && existsSync(join(CLIENTS, client.mock)) && existsSync('dist/gate.cjs');
  if (!canRun) console.log(`skipped: the real ${client.name} cannot be had here (its *_BIN, ${CLIENTS}, a build)`);
  const folder = scratchFolder(`review ${client.name}`);
  const home = join(folder, 'home');
  const mocks: ChildProcess[] = [];
  let repo = '';
  let remote = '';
  let number = 0;

  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repo, env: personEnv({ HOME: home }), encoding: 'utf8', stdio: 'pipe' }).trim();
  const onRemote = () => execFileSync('git', ['-C', remote, 'rev-parse', 'main'], { encoding: 'utf8' }).trim();
  const log = () => join(repo, '.git/postern/audit.jsonl');
  const records = () =>
    readFileSync(log(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditRecord);

  const clientPath = () => `${dirname(client.program!)}:${process.env['PATH']}`;

  /** Starts a model that says this, and pushes. */
  async function push(says: Says, env: Record<string, string> = {}) {
    const { port, asked } = await startMock(client.script(says));
    const own = personEnv({ HOME: home, PATH: clientPath(), ...client.env(home, port), ...env });
    const { status, stderr } = spawnSync('git', ['push', '-q', 'origin', 'main'], {
      cwd: repo,
      env: own,
      encoding: 'utf8',
    });
    return { passed: status === 0, stderr, asked: asked() };
  }

  async function startMock(script: object): Promise<{ port: string; asked: () => number }> {
    const base = join(folder, `mock-${++number}`);
    writeFileSync(`${base}.json`, JSON.stringify(script));
    const mock = spawn(process.execPath, [join(CLIENTS, client.mock), `${base}.json`, `${base}.log`, `${base}.port`]);
    mocks.push(mock);
    while (!existsSync(`${base}.port`) || readFileSync(`${base}.port`, 'utf8') === '')
      await new Promise((go) => setTimeout(go, 20));
    const asked = () => (existsSync(`${base}.log`) ? readFileSync(`${base}.log`, 'utf8').trim().split('\n').length : 0);
    return { port: readFileSync(`${base}.port`, 'utf8'), asked };
  }

  beforeAll(() => {
    mkdirSync(home, { recursive: true });
  });

  /** Each test pushes from a repository of its own, guarded by the built runtime and the shipped hooks. */
  function guard(policy = '') {
    repo = join(folder, `repo ${++number}`);
    remote = join(folder, `remote-${number}.git`);
    mkdirSync(repo);
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote]);
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.org');
    git('remote', 'add', 'origin', remote);
    mkdirSync(join(repo, '.postern'));
    writeFileSync(join(repo, '.postern/gate.cjs'), readFileSync('dist/gate.cjs'));
    const review = `review: { required: always, reviewer: ${client.name}${policy} }`;
    writeFileSync(join(repo, '.postern/policy.yaml'), `version: 1\nextends: team\n${review}\n`);
    commit('Start');
    git('push', '-q', 'origin', 'main');
    for (const name of ['pre-commit', 'commit-msg', 'pre-push'])
      writeFileSync(join(repo, '.git/hooks', name), readFileSync(join('husky', name)), { mode: 0o755 });
    write('src/a.ts', 'export const a = 1;\n');
  }

  function write(path: string, text: string) {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
    commit(`Change ${path}`);
  }

  function commit(message: string) {
    git('add', '-A', '-f');
    git('commit', '-q', '-m', message);
  }

  afterEach(() => {
    for (const mock of mocks.splice(0)) mock.kill();
  });
  afterAll(() => removeFolder(folder));

  test.runIf(canRun)(
    'a P1 blocks, with the finding, and nothing arrives',
    async () => {
      guard();
      const before = onRemote();
      const answer = await push({ findings: [finding] });
      expect(answer).toMatchObject({ passed: false, stderr: expect.stringContaining('P1 src/a.ts:1: Loses data') });
      expect(onRemote()).toBe(before);
      const { findings } = JSON.parse(readFileSync(join(repo, '.git/postern/last-review.json'), 'utf8'));
      expect(findings).toEqual([finding]);
    },
    60_000,
  );

  test.runIf(canRun)(
    'a clean answer lets it pass, and says who gave it',
    async () => {
      guard();
      expect(await push({ findings: [] })).toMatchObject({ passed: true });
      expect(onRemote()).toBe(git('rev-parse', 'HEAD'));
      const verdict = records().find(({ kind }) => kind === 'review.verdict');
      expect(verdict).toMatchObject({
        seal: expect.any(String),
        data: { result: 'pass', reviewer: client.name, P1: 0 },
      });
    },
    60_000,
  );

  test.runIf(canRun).each<{ model: string; says: Says; tells: RegExp }>([
    { model: 'an error', says: { status: 400 }, tells: /mock error/ },
    { model: 'nobody who is logged in', says: { status: 401 }, tells: /401/ },
    { model: 'prose', says: { text: 'Looks good to me.' }, tells: /no JSON|not follow the schema/ },
    {
      model: 'findings by another schema',
      says: { text: '{"findings":[{"ok":true}]}' },
      tells: /not follow the schema/,
    },
  ])(
    '$model blocks',
    async ({ says, tells }) => {
      guard();
      const before = onRemote();
      const answer = await push(says);
      expect(answer.asked).toBeGreaterThan(0);
      expect(answer).toMatchObject({ passed: false, stderr: expect.stringMatching(tells) });
      expect(onRemote()).toBe(before);
    },
    60_000,
  );

  test.runIf(canRun)(
    'a model that does not answer in time blocks, and leaves no client behind',
    async () => {
      guard(', timeout_seconds: 2');
      const { port } = await startHanging();
      const own = personEnv({
        HOME: home,
        PATH: clientPath(),
        ...client.env(home, port),
      });
      const answer = spawnSync('git', ['push', '-q', 'origin', 'main'], { cwd: repo, env: own, encoding: 'utf8' });
      expect(answer.status).not.toBe(0);
      expect(answer.stderr).toContain('did not answer within 2 s');
      expect(running()).toEqual([]);
    },
    60_000,
  );

  test.runIf(canRun)(
    'Ctrl-C ends the push and the client, asks no other reviewer, and leaves nothing behind',
    async () => {
      guard(', timeout_seconds: 60');
      const policy = join(repo, '.postern/policy.yaml');
      const other = client.name === 'codex' ? 'claude' : 'codex';
      const both = `reviewer: [${client.name}, ${other}]`;
      writeFileSync(policy, readFileSync(policy, 'utf8').replace(`reviewer: ${client.name}`, both));
      const { port, asked } = await startHanging();
      const env = personEnv({ HOME: home, PATH: clientPath(), ...client.env(home, port) });
      const pushing = spawn('git', ['push', '-q', 'origin', 'main'], { cwd: repo, env, detached: true });
      let said = '';
      pushing.stderr.on('data', (text) => {
        said += text;
      });
      const closed = new Promise((go) => pushing.on('close', go));
      await asked;
      expect(running().length).toBeGreaterThan(1);
      process.kill(-pushing.pid!, 'SIGINT');
      await closed;
      await vi.waitFor(() => expect(running()).toEqual([]), { timeout: 10_000 });
      const reviews = records().filter(({ kind }) => kind === 'review.verdict');
      expect(reviews.filter(({ data }) => data?.['result'] !== 'failed')).toEqual([]);
      expect(said).not.toContain(other);
    },
    60_000,
  );

  /** Processes that were started with this home: the client, and whatever it started. */
  function running(): string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${home}`);
      } catch {
        return false;
      }
    });
  }

  /** A server that takes requests and never answers; `asked` is done with the first one. */
  async function startHanging(): Promise<{ port: string; asked: Promise<unknown> }> {
    const code =
      "require('node:http').createServer(() => console.log('asked')).listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
    const server = spawn(process.execPath, ['-e', code], { env: { PATH: process.env['PATH'] ?? '' } });
    mocks.push(server);
    const next = () => new Promise<string>((go) => server.stdout.once('data', (text) => go(String(text).trim())));
    const port = await next();
    return { port, asked: next() };
  }

  test.runIf(canRun)(
    'a skip is recorded, sealed, passes, and nobody is asked',
    async () => {
      guard();
      const answer = await push({ findings: [finding] }, { POSTERN_SKIP_REVIEW: 'read by Ada and Bob' });
      expect(answer).toMatchObject({ passed: true, asked: 0 });
      const skip = records().find(({ kind }) => kind === 'review.skipped');
      expect(skip).toMatchObject({ seal: expect.any(String), data: { reason: 'read by Ada and Bob' } });
    },
    60_000,
  );

  test.runIf(canRun)(
    'a forged line in the log does not pass',
    async () => {
      guard();
      expect(await push({ findings: [finding] })).toMatchObject({ passed: false });
      const last = records().at(-1)!;
      const verdict = records().find(({ kind }) => kind === 'review.verdict')!;
      const forged = { ...verdict, findings: [], data: { ...verdict.data, result: 'pass', P1: 0 } };
      const { line } = seal(forged, last.hash, last.seq + 1, new Date().toISOString(), () => verdict.seal!);
      writeFileSync(log(), `${readFileSync(log(), 'utf8')}${line}\n`);
      expect(await push({ findings: [finding] })).toMatchObject({ passed: false });
    },
    60_000,
  );

  test.runIf(canRun)(
    'a rebase without a changed diff needs no second review',
    async () => {
      guard();
      git('checkout', '-q', '-b', 'topic');
      git('checkout', '-q', 'main');
      expect(await push({ findings: [] })).toMatchObject({ passed: true });
      const reviews = () =>
        records().filter(({ kind, data }) => kind === 'review.verdict' && !data?.['keptFrom']).length;
      git('reset', '-q', '--hard', 'HEAD~1');
      write('elsewhere.md', 'other\n');
      git('push', '-q', '--no-verify', '--force', 'origin', 'main');
      git('rebase', '-q', 'main', 'topic');
      git('checkout', '-q', '-B', 'main', 'topic');
      expect(await push({ findings: [finding] })).toMatchObject({ passed: true, asked: 0 });
      expect(reviews()).toBe(1);
    },
    60_000,
  );
});
