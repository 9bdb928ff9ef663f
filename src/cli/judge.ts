import { randomUUID } from 'node:crypto';
import { govern, type Verdict } from '../govern/govern.ts';
import type { Call } from '../policy/call.ts';
import { type Context, UserError } from './context.ts';
import { guardedRepository, homeOf } from './repository.ts';
import { shellLine } from './shell-quote.ts';

/** A command line and what the agent hook would say to it. */
export interface Judged {
  readonly line: string;
  readonly verdict: Verdict;
}

/** Judges a command's words as the hook would judge an agent's Bash call in this folder. Runs and records nothing. */
export async function judgeWords(words: readonly string[], context: Context): Promise<Judged> {
  const places = guardedRepository(context);
  const line = shellLine(words);
  if (line.trim() === '') throw new UserError('The command is empty.', "Run: npx postern check -- 'git push --force'");
  const verdict = await govern(bashCall(line, context.cwd), places, { record: false, home: homeOf(context) });
  const { state } = verdict;
  if (state.kind === 'unreadable') throw new UserError(`Cannot judge: ${state.problem}`, state.instead);
  return { line, verdict };
}

function bashCall(command: string, cwd: string): Call {
  return {
    id: randomUUID(),
    gate: 'cli',
    tool: 'Bash',
    cwd,
    client: 'claude-code',
    assurance: 'claimed',
    session: { id: 'cli' },
    action: { kind: 'bash', command },
  };
}
