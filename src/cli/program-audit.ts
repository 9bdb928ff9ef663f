import { type Command, Option } from 'commander';
import { type Does, JSON_HELP } from './program.ts';

const verifying = () => import('./commands/audit.ts');
const proofs = () => import('./commands/audit-proof.ts');

/** The commands that read and prove the log. */
export function auditing(root: Command, does: Does): void {
  const audit = root.command('audit').description('look at the log');
  audit
    .command('verify')
    .description('prove the log complete, or name the first broken line')
    .option('--proof <file>', 'check what `audit prove` wrote instead; no log is needed')
    .option('--anchor <file>', 'a checkpoint that `audit anchor --file` left elsewhere must hold too')
    .option('--json', JSON_HELP)
    .action((options) =>
      (options.proof === undefined ? does(verifying, { action: 'verify' }) : does(proofs, { action: 'check' }))(
        options,
      ),
    );
  audit
    .command('tail')
    .description('print the last records')
    .option('-n, --lines <count>', 'how many', '20')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/audit.ts'), { action: 'tail' }));
  audit
    .command('show <record>')
    .description('print one record whole, by its call id, number or the start of its hash')
    .option('--json', JSON_HELP)
    .action((record: string, options) =>
      does(() => import('./commands/audit.ts'), { action: 'show', record })(options),
    );
  reading(audit, does);
  proving(audit, does);
  handing(audit, does);
}

/** The commands that choose and tell records. */
function reading(audit: Command, does: Does): void {
  choosing(audit.command('query'))
    .description('print the records that fit')
    .option('--json', 'print a line of JSON per record')
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .option('-f, --follow', 'go on with what is appended, until Ctrl-C')
    .option('--from <address>', 'out of PostgreSQL, over every log that was shipped there')
    .action(does(() => import('./commands/audit-query.ts')));
  choosing(audit.command('summary'))
    .description('count: what was stopped by which rule, commands, sessions, skips, days')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/audit-summary.ts')));
  audit
    .command('timeline [session]')
    .description('tell what an agent did in a session, in order and with outcomes; the last session when none is named')
    .option('--json', JSON_HELP)
    .action((session: string | undefined, options) =>
      does(() => import('./commands/audit-timeline.ts'), session === undefined ? {} : { session })(options),
    );
  choosing(audit.command('report'))
    .description('write one self-contained HTML page')
    .requiredOption('--html <file>', 'where to; never over a file that is no report')
    .action(does(() => import('./commands/audit-report.ts')));
}

/** The commands that hand records to other systems. */
function handing(audit: Command, does: Does): void {
  choosing(audit.command('export'))
    .description('print the records as OCSF events, a JSON line each, or send them to an OpenTelemetry collector')
    .addOption(new Option('--format <format>', 'form of what is printed').choices(['ocsf', 'csv']).default('ocsf'))
    .option('--otlp <address>', 'send OTLP logs there instead, such as http://127.0.0.1:4318/v1/logs')
    .action(does(() => import('./commands/audit-export.ts')));
  audit
    .command('ship')
    .description('copy the log into PostgreSQL; it goes on where it stopped, and doubles nothing')
    .option('--to <address>', 'postgres://…; POSTERN_DATABASE_URL where it is not given')
    .option('-f, --follow', 'go on with what is appended, until Ctrl-C')
    .action(does(() => import('./commands/audit-ship.ts')));
}

/** The options that choose records. */
function choosing(command: Command): Command {
  return command
    .option('--since <time>', 'no further back than 7d, 12h, or a date')
    .option('--until <time>', 'nothing from then on')
    .option('--effect <effects>', 'allow, redact, ask, deny; several with commas')
    .option('--kind <glob>', 'kind of record, such as decision or review.*')
    .option('--guard <guard>', 'what a guard saw')
    .option('--rule <glob>', 'a rule’s id, with or without its guard')
    .option('--session <id>', 'a session with its subagents; the beginning of its id is enough')
    .option('--subject <who>', 'user, host, user@host, client or agent')
    .option('--tool <glob>', 'such as Bash or mcp__*')
    .option('--path <glob>', 'a path that the record names');
}

/** The commands that sign the log and prove what stands in it. */
function proving(audit: Command, does: Does): void {
  audit
    .command('checkpoint')
    .description('sign the log as it stands, and print the signed note')
    .option('--json', JSON_HELP)
    .action(does(proofs, { action: 'checkpoint' }));
  audit
    .command('prove <record>')
    .description('prove that a record is in the signed log, for somebody who does not have the log')
    .option('--out <file>', 'write the proof there')
    .option('--since <size>', 'prove too that the log only grew since the checkpoint of so many records')
    .action((record: string, options) => does(proofs, { action: 'prove', record })(options));
  audit
    .command('anchor')
    .description('leave the signed checkpoint where nobody on this machine can quietly take it back')
    .option('--git-note', 'as a git note on HEAD, to be pushed')
    .option('--file <path>', 'in a file')
    .option('--command <program>', 'on the standard input of a shell command')
    .action(does(proofs, { action: 'anchor' }));
  audit
    .command('prune')
    .description('take old closed segments away; a sealed record tells that they were there. For people only')
    .requiredOption('--before <time>', '30d, or a date')
    .option('-y, --yes', 'do it; without it the plan is printed')
    .option('--json', JSON_HELP)
    .action(does(proofs, { action: 'prune' }));
}
