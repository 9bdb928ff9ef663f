import { dangerousCommands } from '../../src/guards/dangerous-commands.ts';
import type { Call } from '../../src/policy/call.ts';
import type { Answer, Facts } from '../../src/policy/facts.ts';
import type { Finding } from '../../src/policy/finding.ts';
import type { Policy } from '../../src/policy/types.ts';
import { readCommand } from '../../src/shell/read.ts';

export const root = '/home/dev/work/app';
export const home = '/home/dev';

const subject = { client: 'claude-code', assurance: 'hook', session: { id: 's' }, gate: 'hook', tool: 'Bash' } as const;

export interface Given {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly answers?: ReadonlyMap<string, Answer>;
  readonly cwd?: string;
}

export function callOf(command: string, cwd = root): Call {
  return { id: 'c', cwd, action: { kind: 'bash', command }, ...subject };
}

export function factsOf(command: string, given: Given = {}): Facts {
  return {
    root,
    home,
    stateDir: `${root}/.git/postern`,
    commonDir: `${root}/.git`,
    hooksDir: `${root}/.git/hooks`,
    halt: { kind: 'clear' },
    reading: readCommand(command, { cwd: given.cwd ?? root, home }),
    uses: [],
    answers: given.answers ?? new Map(),
    installed: [],
  };
}

export function policyOf(given: Given = {}): Policy {
  const guards = { 'dangerous-commands': { mode: 'enforce', allow: given.allow ?? [], deny: given.deny ?? [] } };
  return { guards } as unknown as Policy;
}

/** What the guard finds in one command line, judged in a repository about which nothing else is known. */
export function findingsOf(command: string, given: Given = {}): readonly Finding[] {
  return dangerousCommands.inspect(callOf(command, given.cwd), factsOf(command, given), policyOf(given));
}

export function rulesOf(command: string, given: Given = {}): string[] {
  return findingsOf(command, given).map((finding) => finding.rule);
}
