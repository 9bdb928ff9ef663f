import { find } from '../../audit/query.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { APPROVAL_MINUTES, grantApproval } from '../../govern/approval.ts';
import type { Places } from '../../repo/places.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { refuseAgents } from '../install-command.ts';
import { columns, printable } from '../output.ts';
import { actor } from '../reason.ts';
import { guardedRepository } from '../repository.ts';

export interface AllowOnceOptions {
  /** Number, call id or start of the hash of a decision's record. */
  readonly record: string;
}

/** Lets one call through that was stopped: this very call, once, within minutes. For people at a terminal only. */
export async function run({ record: wanted }: AllowOnceOptions, context: Context): Promise<ExitCode> {
  const places = guardedRepository(context);
  refuseAgents(context, `allow-once ${wanted}`, 'may not approve their own calls');
  if (!context.interactive) {
    throw new UserError(
      'An approval is typed by a person at a terminal, and this is none.',
      `Open a terminal there and run: npx postern allow-once ${printable(wanted, 80)}`,
    );
  }
  const record = stopped(wanted, places);
  grantApproval(places, record, actor(context), Date.now());
  context.out(`Allowed once, within ${APPROVAL_MINUTES} minutes, if the agent makes the very same call again:\n`);
  context.out(columns([[`  ${printable(record.tool ?? '', 40)}`, printable(record.what ?? '', 500)]]));
  context.say(`It was stopped by ${record.rule}. Tell the agent to try again.\n`);
  return DONE;
}

function stopped(wanted: string, { stateDir }: Places): AuditRecord {
  const decision = find(stateDir, wanted).findLast(({ kind }) => kind === 'decision');
  const shown = printable(wanted, 80);
  if (!decision) throw new UserError(`No decision is \`${shown}\`.`, 'Look for its number: npx postern audit tail');
  if (decision.effect === 'allow') {
    throw new UserError(`\`${shown}\` was not stopped.`, 'Look for its number: npx postern audit tail');
  }
  if (typeof decision.data?.['digest'] !== 'string' || decision.moreFindings !== undefined) {
    throw new UserError(
      `${decision.rule ?? 'What stopped it'} cannot be set aside for once.`,
      'Only what dangerous-commands and autonomy stop can be. Do it yourself, or change the policy.',
    );
  }
  return decision;
}
