import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GateAnswer } from '../../../src/gates/git/answer.ts';
import { runGitGate } from '../../../src/gates/git/main.ts';

export type Env = Record<string, string>;

/** What an agent's shell adds to the environment. */
export const AGENT: Env = { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'session-1' };

const HOME = mkdtempSync(join(tmpdir(), 'postern-home-'));
const PERSON: Env = {
  PATH: process.env['PATH'] ?? '',
  HOME,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** A repository with a policy, one pushed commit on `main`, and a bare remote called `origin`. */
export class GuardedRepo {
  readonly root: string;
  readonly remote: string;

  constructor(policy = '', name = 'work') {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-git-')));
    this.root = join(folder, name);
    this.remote = join(folder, 'remote.git');
    execFileSync('git', ['init', '-q', '--bare', '-b', 'main', this.remote], { env: PERSON });
    execFileSync('git', ['init', '-q', '-b', 'main', this.root], { env: PERSON });
    this.git('config', 'user.name', 'Jane Doe');
    this.git('config', 'user.email', 'jane@example.org');
    this.git('remote', 'add', 'origin', this.remote);
    this.write('.postern/policy.yaml', `version: 1\nextends: team\n${policy}`);
    this.write('readme.md', 'hello\n');
    this.commit('Start');
    this.git('push', '-q', 'origin', 'main');
  }

  git(...args: string[]): string {
    return this.run(args, {}, this.root);
  }

  run(args: string[], env: Env, cwd: string): string {
    return execFileSync('git', args, { cwd, env: { ...PERSON, ...env }, encoding: 'utf8', stdio: 'pipe' }).trim();
  }

  write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Commits everything; no hooks are installed, so none run. */
  commit(message: string): string {
    this.git('add', '-A', '-f');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  gate(hook: string, args: string[] = [], how: { stdin?: string; env?: Env; cwd?: string } = {}): Promise<GateAnswer> {
    const { stdin = '', env = {}, cwd = this.root } = how;
    return runGitGate(hook, args, { cwd, accountHome: HOME, env: { ...PERSON, ...env }, stdin: () => stdin });
  }

  /** Starts a real `git push`, takes what git hands to its hook, and asks the gate about it. The push itself does not happen. */
  async push(args: string[], how: { env?: Env; cwd?: string } = {}): Promise<GateAnswer> {
    const hook = join(this.root, '.git', 'hooks', 'pre-push');
    const seen = join(dirname(this.root), 'seen');
    writeFileSync(`${seen}.args`, '');
    writeFileSync(hook, `#!/bin/sh\nprintf '%s\\n' "$@" >'${seen}.args'\ncat >'${seen}.stdin'\nexit 1\n`);
    chmodSync(hook, 0o755);
    try {
      this.run(['push', ...args], how.env ?? {}, how.cwd ?? this.root);
    } catch {
      // The hook refuses every push: only its input is wanted.
    }
    const [remote = '', url = ''] = readFileSync(`${seen}.args`, 'utf8').split('\n');
    return this.gate('pre-push', [remote, url], { ...how, stdin: readFileSync(`${seen}.stdin`, 'utf8') });
  }

  /** Records of the audit log, oldest first. */
  records(): {
    kind: string;
    effect?: string;
    rule?: string;
    data?: Record<string, unknown>;
    gate: string;
    what: string;
  }[] {
    const log = join(this.root, '.git', 'postern', 'audit.jsonl');
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }
}

/** A token of the right shape that opens nothing. */
export function fakeToken(): string {
  return `ghp${'_'}${'x7Kd0Qm2Zr9Tb4Wn6Ys1Vc3Hf5Lg8Pj0Ra2E'}`;
}
