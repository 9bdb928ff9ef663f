import type { AuditRecord } from '../../audit/record.ts';
import type { Summary } from '../../audit/summary.ts';
import { shortTime } from '../output.ts';
import { barTable, dayChart } from './charts.ts';
import { type Html, html } from './html.ts';
import { REPORT_STYLE } from './report-style.ts';

/** What stands at the head of every report, so that one is never written over anything else. */
export const REPORT_MARK = '<!doctype html><!-- postern audit report -->';

/** Rows of the long tables; what is left out is said. */
const SHOWN = 100;

/** What a report tells. */
export interface Report {
  readonly summary: Summary;
  /** The last stopped calls, the latest first. */
  readonly stopped: readonly AuditRecord[];
  readonly repository: string;
  /** What `audit verify` says of the log. */
  readonly proof: string;
  /** ISO 8601, UTC. */
  readonly made: string;
}

/** One self-contained page: no script, no network, readable in print. */
export function reportHtml({ summary, stopped, repository, proof, made }: Report): string {
  const { decisions, failed, observed, skips, tampering, days, rules, commands } = summary;
  const total = decisions.allow + decisions.redact + decisions.ask + decisions.deny;
  const page = html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Postern audit report: ${repository}</title><style>${{ html: REPORT_STYLE }}</style></head><body>
<header><h1>Audit report</h1><p>${repository}, ${span(summary)}.<br>${proof} Made ${shortTime(made)}.</p></header>
<section class="tiles">${tile(total, 'calls judged')}${tile(decisions.deny, 'denied')}${tile(decisions.ask, 'asked about')}${tile(failed, 'failed')}${tile(observed, 'only observed')}${tile(skips.length, 'reviews skipped')}${tile(tampering.length, 'protected files changed')}</section>
<section><h2>Calls per day</h2>${dayChart(days)}</section>
<div class="two">${barTable('Stopped, by rule', rules.slice(0, 20), (one) => one.stopped)}${barTable('Commands and tools', commands.slice(0, 20), (one) => one.calls)}</div>
${table('Reviews skipped', ['When', 'Who', 'Reason', 'Record'], skips, skipCells)}
${table('Protected files', ['When', 'What', 'File', 'Record'], tampering, tamperCells)}
${table('Stopped calls', ['When', 'Effect', 'Tool', 'What', 'Why', 'Record'], stopped, stoppedCells)}
${table('Sessions', ['First call', 'Last call', 'Client', 'User', 'Calls', 'Stopped', 'Session'], summary.sessions, sessionCells)}
</body></html>`;
  return `${REPORT_MARK}\n${page.html}\n`;
}

function span({ first, last, records }: Summary): string {
  return first === null || last === null
    ? 'nothing recorded'
    : `${shortTime(first)} to ${shortTime(last)}, ${records} records`;
}

function tile(value: number, label: string): Html {
  return html`<div><b>${value.toLocaleString('en')}</b>${label}</div>`;
}

function table<T>(
  title: string,
  heads: readonly string[],
  rows: readonly T[],
  cells: (row: T) => readonly (string | number)[],
): Html {
  const shown = rows.slice(0, SHOWN).map((row) => html`<tr>${cells(row).map((cell) => html`<td>${cell}</td>`)}</tr>`);
  const rest = rows.length > SHOWN ? html`<p>${rows.length - SHOWN} more are not shown here.</p>` : html``;
  if (rows.length === 0) return html`<section><h2>${title}</h2><p>None.</p></section>`;
  return html`<section><h2>${title}</h2><table class="wide"><thead><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead><tbody>${shown}</tbody></table>${rest}</section>`;
}

function skipCells({ seq, time, subject, data = {} }: AuditRecord) {
  return [shortTime(time), String(data['identity'] ?? subject.user), String(data['reason'] ?? ''), seq];
}

function tamperCells({ seq, time, kind, what = '' }: AuditRecord) {
  return [shortTime(time), kind === 'tamper.restored' ? 'put back' : 'changed', what, seq];
}

function stoppedCells({ seq, time, effect, tool = '', what = '', reason = '', rule = '' }: AuditRecord) {
  return [shortTime(time), effect ?? '', tool, what, `${reason} (${rule})`, seq];
}

function sessionCells({ first, last, client, user, calls, stopped, name }: Summary['sessions'][number]) {
  return [shortTime(first), shortTime(last), client, user, calls, stopped, name];
}
