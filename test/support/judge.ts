import { inspectAll } from '../../src/guards/index.ts';
import { readCall } from '../../src/guards/reading.ts';
import type { Action, Call } from '../../src/policy/call.ts';
import type { Decision } from '../../src/policy/decision.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Facts } from '../../src/policy/facts.ts';
import { BUILTIN } from '../../src/policy/profiles.ts';
import type { Policy } from '../../src/policy/types.ts';

export const ROOT = '/home/dev/work/app';
export const HOME = '/home/dev';

export const FACTS: Facts = {
  root: ROOT,
  stateDir: `${ROOT}/.git/postern`,
  commonDir: `${ROOT}/.git`,
  home: HOME,
  hooksDir: `${ROOT}/.husky`,
  halt: { kind: 'clear' },
  reading: null,
  uses: [],
  answers: new Map(),
  installed: ['.postern/gate.cjs', '.claude/hooks/pre-tool-use.sh', '.claude/agents/code-reviewer.md'],
};

/** Judges an action as an agent's hook call, without a disk: `links` says where symlinks lead. */
export function judge(
  action: Action,
  {
    tool = 'Bash',
    client = 'claude-code',
    policy = BUILTIN,
    links = {} as Record<string, string>,
    facts = {} as Partial<Facts>,
  } = {},
): Decision {
  const call: Call = {
    id: 'c',
    gate: 'hook',
    tool,
    cwd: ROOT,
    client,
    assurance: 'hook',
    session: { id: 's' },
    action,
  };
  const { command, uses } = readCall(action, { cwd: ROOT, home: HOME, tool });
  const resolved = uses.map((use) => ({ ...use, real: follow(use.path, links) }));
  const known: Facts = { ...FACTS, reading: command, uses: resolved, ...facts };
  const layers = [{ name: 'repo' as const, source: 'policy.yaml', policy }];
  const state = { kind: 'ok' as const, policy: { layers, digest: 'd' } };
  return evaluate({ call, facts: known, state, inspect: (one: Policy) => inspectAll(call, known, one) });
}

function follow(path: string, links: Record<string, string>): string {
  const link = Object.keys(links).find((from) => path === from || path.startsWith(`${from}/`));
  return link ? links[link] + path.slice(link.length) : path;
}

export function bash(command: string): Action {
  return { kind: 'bash', command };
}

export function write(path: string, text = 'x'): Action {
  return { kind: 'write', files: [{ path, text, partial: false }] };
}
