import { type Command, Option } from 'commander';
import { type Does, JSON_HELP } from './program.ts';

/** The commands that read and prove the log. */
export function auditing(root: Command, does: Does): void {
  const audit = root.command('audit').description('look at the log');
  audit
    .command('verify')
    .description('prove the log complete, or name the first broken line')
    .option('--json', JSON_HELP)
    .action(does(() => import('./commands/audit.ts'), { action: 'verify' }));
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
}

/** The commands that choose and tell records. */
function reading(audit: Command, does: Does): void {
  choosing(audit.command('query'))
    .description('print the records that fit')
    .option('--json', 'print a line of JSON per record')
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .option('-f, --follow', 'go on with what is appended, until Ctrl-C')
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
