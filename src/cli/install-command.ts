import { agentFromEnv } from '../clients/agent-marks.ts';
import { forgetBaseline } from '../govern/protected-state.ts';
import { recordEvent } from '../govern/record-event.ts';
import { InstallProblem } from '../install/problem.ts';
import { changesAnything, type Step } from '../install/step.ts';
import type { Places } from '../repo/places.ts';
import { type Context, type ExitCode, UserError } from './context.ts';

/** Runs a command that changes the guard; what stands in its way becomes a line for the person. */
export async function asCommand(act: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof InstallProblem) throw new UserError(error.message, error.instead);
    if (isFromDisk(error))
      throw new UserError(error.message, 'Mend that and run this again: it goes on where it stopped.');
    throw error;
  }
}

/** A refusal of the operating system: no permission, no space, something in the way. */
function isFromDisk(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Agents may not change what guards them. */
export function refuseAgents({ env }: Context, command: string, what = 'may not change their guard'): void {
  const agent = agentFromEnv(env);
  if (agent === null) return;
  throw new UserError(
    `An agent (${agent}) started this, and agents ${what}.`,
    `Ask the person to run it in a terminal of their own: npx postern ${command}`,
  );
}

/** Tells the log, before it happens, that the guard itself is changed. Without a log nothing is changed.
 * What the protected files looked like is forgotten, so that a call that is running now does not put them back. */
export function recordChange(places: Places, command: string, version: string, steps: readonly Step[]): void {
  if (!changesAnything(steps)) return;
  const files = steps.filter(({ acts }) => acts.length > 0).length;
  recordEvent(places, { kind: 'install', what: `postern ${command}`, data: { command, version, files } });
  forgetBaseline(places.stateDir);
}

/** Words that wait: shown on a terminal only. */
export function progress({ interactive, say }: Context, text: string): void {
  if (interactive) say(`${text}\n`);
}
