import { summarize } from '../../audit/summary.ts';
import { loggedRepository, wantedRecords } from '../audit/log.ts';
import { summaryText } from '../audit/summary-text.ts';
import { type WantedOptions, wantedOf } from '../audit/wanted.ts';
import type { Context, ExitCode } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { printJson } from '../output.ts';

/** `audit summary`: denials by rule, commands, sessions, skips and the days, counted. */
export async function run(options: WantedOptions & { readonly json?: boolean }, context: Context): Promise<ExitCode> {
  const summary = summarize(wantedRecords(loggedRepository(context), wantedOf(options), context));
  if (options.json) printJson(context, summary);
  else context.out(summaryText(summary, context));
  return DONE;
}
