import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOOK_ENTRIES, hookGroup } from '../../src/clients/claude-settings.ts';
import { personEnv, scratchFolder, scratchRepo } from './packed.ts';

/** A repository with the built runtime, the hooks and a policy, laid out by hand: what the gates need and nothing else. */
export interface GuardedRepo {
  readonly root: string;
  /** A home folder of its own, so that the machine's floors and settings play no part. */
  readonly home: string;
  readonly stateDir: string;
}

export function guardedRepo(policy = 'version: 1\nextends: team\n', folder = scratchFolder('guarded')): GuardedRepo {
  if (!existsSync('dist/gate.cjs')) throw new Error('run `npm run build` first');
  const root = scratchRepo(folder);
  for (const path of ['.postern', '.claude/hooks', '.husky']) mkdirSync(join(root, path), { recursive: true });
  cpSync('dist/gate.cjs', join(root, '.postern/gate.cjs'));
  copyScripts('hooks', join(root, '.claude/hooks'));
  copyScripts('husky', join(root, '.husky'));
  writeFileSync(join(root, '.postern/policy.yaml'), policy);
  const hooks = Object.fromEntries(HOOK_ENTRIES.map((entry) => [entry.event, [hookGroup(entry)]]));
  writeFileSync(join(root, '.claude/settings.json'), JSON.stringify({ hooks }, null, 2));
  spawnSync('git', ['config', 'core.hooksPath', '.husky'], { cwd: root });
  return { root, home: scratchFolder('home'), stateDir: join(root, '.git/postern') };
}

function copyScripts(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    cpSync(join(from, name), join(to, name));
    chmodSync(join(to, name), 0o755);
  }
}

/** Sends an event through an installed hook, as the client does. `input` is sent as it is when it is no object. */
export function sendHook(
  repo: GuardedRepo,
  script: string,
  input: Record<string, unknown> | string | Buffer,
  env: Record<string, string> = {},
): SpawnSyncReturns<string> {
  const text = typeof input === 'string' || Buffer.isBuffer(input) ? input : JSON.stringify(input);
  return spawnSync(join(repo.root, '.claude/hooks', script), {
    cwd: repo.root,
    env: personEnv({ HOME: repo.home, CLAUDE_PROJECT_DIR: repo.root, ...env }),
    input: text,
    encoding: 'utf8',
  });
}

/** A PreToolUse event; `over` replaces whole fields. */
export function toolEvent(repo: GuardedRepo, tool: string, input: unknown, over: Record<string, unknown> = {}) {
  return {
    session_id: 's1',
    cwd: repo.root,
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: `${tool}-1`,
    ...over,
  };
}

/** What the hook decided: '' for silence, `failed` for exit 2. */
export function decisionOf(answer: SpawnSyncReturns<string>): string {
  if (answer.status !== 0) return answer.status === 2 ? 'failed' : `exit ${answer.status}`;
  return answer.stdout === '' ? '' : JSON.parse(answer.stdout).hookSpecificOutput.permissionDecision;
}

/** The records of the log, oldest first. */
export function records(repo: GuardedRepo): Record<string, unknown>[] {
  return readFileSync(join(repo.stateDir, 'audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
