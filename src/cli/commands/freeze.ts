import { recordEvent } from '../../govern/record-event.ts';
import { readHalt, writeHalt } from '../../repo/halt.ts';
import type { Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { printable } from '../output.ts';
import { actor, statedReason } from '../reason.ts';
import { guardedRepository } from '../repository.ts';
import { quoted } from '../shell-quote.ts';

export interface FreezeOptions {
  readonly reason: string;
}

/** Stops every call of every agent, then records it: the stop does not wait for the log. Agents may do this too. */
export async function run(options: FreezeOptions, context: Context): Promise<ExitCode> {
  const places = guardedRepository(context);
  const reason = statedReason(options.reason, 'npx postern freeze --reason "<why>"');
  const halt = readHalt(places.stateDir);
  if (halt.kind === 'unreadable') {
    throw new UserError(
      `Every call is stopped already, but HALT cannot be read: ${halt.problem}`,
      'Run: npx postern doctor',
    );
  }
  if (halt.kind === 'halted') {
    context.out(`Frozen already: ${printable(halt.reason)}\n`);
    return DONE;
  }
  stop(places, reason);
  record(places, reason, context);
  context.out(
    `Frozen: every call of every agent, every commit and every push in ${printable(places.root)} is denied.\n`,
  );
  context.say('Let agents go on with: npx postern unfreeze --reason "<why>"\n');
  return DONE;
}

function stop({ stateDir }: Places, reason: string): void {
  try {
    writeHalt(stateDir, reason);
  } catch (error) {
    throw new UserError(
      `Not frozen: ${error instanceof Error ? error.message : String(error)}`,
      `Give your user write access to ${quoted(stateDir)}, then run it again.`,
    );
  }
}

function record(places: Places, reason: string, context: Context): void {
  try {
    recordEvent(places, { kind: 'freeze', by: actor(context), tool: 'postern freeze', reason });
  } catch (error) {
    throw new UserError(
      `Frozen, but that is not in the log. ${error instanceof Error ? error.message : String(error)}`,
      'The freeze stands. Run: npx postern doctor',
    );
  }
}
