import type { AuditRecord } from '../../audit/record.ts';
import type { Summary, Tally } from '../../audit/summary.ts';
import type { Context } from '../context.ts';
import { columns, count, paints, printable, shortTime } from '../output.ts';

/** Rows that each table shows; `--json` has all. */
const SHOWN = 10;

/** The summary as one or two screens. */
export function summaryText(summary: Summary, context: Context): string {
  if (summary.first === null || summary.last === null) return 'Nothing was recorded in that time.\n';
  return [
    headline(summary, context),
    section(
      'Stopped, by rule',
      tallyRows(summary.rules, ({ stopped }) => String(stopped)),
      context,
    ),
    section('Commands and tools', tallyRows(summary.commands, callsCell), context),
    section('Sessions', sessionRows(summary), context),
    section('Reviews skipped', summary.skips.map(skipRow), context),
    section('Protected files changed', summary.tampering.map(tamperRow), context),
    section('By day', dayRows(summary.days), context),
  ].join('');
}

function headline({ first, last, records, decisions, observed, failed }: Summary, context: Context): string {
  const { bold } = paints(context);
  const { allow, redact, ask, deny } = decisions;
  const more = [
    redact > 0 ? `${redact} redacted` : '',
    observed > 0 ? `${observed} only observed` : '',
    failed > 0 ? `${failed} failed` : '',
  ].filter((text) => text);
  return columns([
    [bold('From'), `${shortTime(first!)} to ${shortTime(last!)}, ${count(records, 'record')}`],
    [bold('Calls'), [`${allow} allowed`, `${ask} asked`, `${deny} denied`, ...more].join(', ')],
  ]);
}

function section(title: string, rows: readonly (readonly string[])[], context: Context): string {
  if (rows.length === 0) return '';
  const rest = rows.length > SHOWN ? `  … and ${rows.length - SHOWN} more (--json)\n` : '';
  const shown = columns(rows.slice(0, SHOWN).map((row) => ['', ...row]));
  return `\n${paints(context).bold(title)}\n${shown}${rest}`;
}

function tallyRows(tallies: readonly Tally[], cell: (tally: Tally) => string): string[][] {
  return tallies.map((tally) => [cell(tally).padStart(6), printable(tally.name, 80)]);
}

function callsCell({ calls, stopped }: Tally): string {
  return stopped > 0 ? `${calls} (${stopped} stopped)` : String(calls);
}

function sessionRows({ sessions }: Summary): string[][] {
  return sessions.map(({ name, client, user, first, last, ...tally }) => [
    shortTime(first),
    `${minutes(first, last)} min`,
    printable(client, 20),
    printable(user, 20),
    callsCell(tally as Tally),
    printable(name, 40),
  ]);
}

function minutes(first: string, last: string): number {
  return Math.max(0, Math.round((Date.parse(last) - Date.parse(first)) / 60_000));
}

function skipRow({ seq, time, subject, data = {} }: AuditRecord): string[] {
  const who = String(data['identity'] ?? subject.user);
  return [shortTime(time), printable(who, 40), printable(String(data['reason'] ?? ''), 80), `record ${seq}`];
}

function tamperRow({ seq, time, kind, what = '' }: AuditRecord): string[] {
  const became = kind === 'tamper.restored' ? 'put back' : 'changed';
  return [shortTime(time), became, printable(what, 80), `record ${seq}`];
}

/** The last days with a bar each: its length is the day's share of the busiest day. */
function dayRows(days: readonly Tally[]): string[][] {
  const most = Math.max(...days.map(({ calls }) => calls));
  return days
    .slice(-SHOWN)
    .map(({ name, calls, ...rest }) => [
      name,
      '█'.repeat(Math.max(1, Math.round((calls / most) * 30))),
      callsCell({ name, calls, ...rest }),
    ]);
}
