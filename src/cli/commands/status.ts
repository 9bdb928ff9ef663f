import type { Context, ExitCode } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { printable, printJson } from '../output.ts';
import { isGuarded, repository } from '../repository.ts';
import { readStatus } from '../status.ts';
import { statusText } from '../status-text.ts';

export interface StatusOptions {
  readonly json?: boolean;
}

/** One screen: what is guarded, how strictly, and what happened lately. Exit 1 when the repository is not guarded. */
export async function run({ json }: StatusOptions, context: Context): Promise<ExitCode> {
  const places = repository(context);
  if (!isGuarded(places)) {
    if (json) printJson(context, { guarded: false, root: places.root });
    else context.out(`${printable(places.root)} is not guarded.\n`);
    context.say('Guard it with: npx postern init\n');
    return FOUND;
  }
  const status = readStatus(places, context);
  if (json) printJson(context, status);
  else context.out(statusText(status, context));
  return DONE;
}
