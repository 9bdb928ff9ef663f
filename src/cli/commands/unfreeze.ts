import { agentFromEnv } from '../../clients/agent-marks.ts';
import { recordEvent } from '../../govern/record-event.ts';
import { clearHalt, readHalt } from '../../repo/halt.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { printable } from '../output.ts';
import { actor, statedReason } from '../reason.ts';
import { repository } from '../repository.ts';

export interface UnfreezeOptions {
  readonly reason: string;
}

/** Lets agents go on. The record comes first: where it cannot be written, the repository stays frozen. */
export async function run(options: UnfreezeOptions, context: Context): Promise<ExitCode> {
  const places = repository(context);
  const agent = agentFromEnv(context.env);
  if (agent) {
    throw new UserError(
      `Only a person may unfreeze; this was started by an agent (${agent}).`,
      'Let the person run it in a terminal of their own: npx postern unfreeze --reason "<why>"',
    );
  }
  const reason = statedReason(options.reason, 'npx postern unfreeze --reason "<why>"');
  const halt = readHalt(places.stateDir);
  if (halt.kind === 'clear') {
    context.out('Not frozen: agents may go on.\n');
    return DONE;
  }
  const was = halt.kind === 'halted' ? halt.reason : halt.problem;
  recordEvent(places, { kind: 'unfreeze', by: actor(context), tool: 'postern unfreeze', reason, data: { was } });
  clearHalt(places.stateDir);
  context.out(`Unfrozen. It was frozen because: ${printable(was)}\n`);
  return DONE;
}
