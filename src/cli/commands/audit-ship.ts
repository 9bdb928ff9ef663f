import { logId } from '../../audit/pruned.ts';
import { loggedRepository } from '../audit/log.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { databaseAddress } from '../ship/database.ts';
import { ship } from '../ship/ship.ts';

export interface ShipOptions {
  readonly to?: string;
  readonly follow?: boolean;
}

/** `audit ship`: copies the log into PostgreSQL, and goes on with what is appended when it follows. */
export async function run({ to, follow = false }: ShipOptions, context: Context): Promise<ExitCode> {
  const { stateDir } = loggedRepository(context);
  const address = databaseAddress(to, context);
  const log = logId(stateDir);
  if (log === '')
    throw new UserError('The log is empty: there is nothing to ship.', 'Come back when something was recorded.');
  const last = await ship({ stateDir, log, address, follow, say: (text) => context.say(text) });
  context.out(`Shipped up to record ${last} of log ${log}.\n`);
  return DONE;
}
