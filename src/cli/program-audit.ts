import type { Command } from 'commander';
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
}
