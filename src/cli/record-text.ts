import type { AuditRecord } from '../audit/record.ts';
import { CANARY_SESSION } from './canary.ts';
import type { Context } from './context.ts';
import { effectWord, paints, printable, shortTime } from './output.ts';

/** A record as one row of `audit tail`: number, time, what became of it, tool, what it was, which rule. */
export function recordCells(record: AuditRecord, context: Context): string[] {
  const { dim } = paints(context);
  const what = [record.what, kindReason(record)].filter((text) => text).join(': ');
  const notes = [record.rule ?? '', record.session.id === CANARY_SESSION ? 'canary of doctor' : ''].filter(
    (text) => text,
  );
  const said = notes.length > 0 ? dim(` (${notes.map((text) => printable(text)).join(', ')})`) : '';
  return [
    dim(String(record.seq)),
    shortTime(record.time),
    outcome(record, context),
    printable(record.tool ?? '', 30),
    `${printable(what, 100)}${said}`,
  ];
}

/** Why a person or the guard did it; a decision is told by its rule. */
function kindReason({ kind, reason, data }: AuditRecord): string {
  return kind === 'decision' ? '' : String(reason ?? data?.['reason'] ?? data?.['how'] ?? '');
}

/** The effect of a decision, the kind of anything else. */
function outcome({ kind, effect, would, data }: AuditRecord, context: Context): string {
  const { yellow } = paints(context);
  if (kind === 'outcome') return data?.['ok'] === false ? yellow('failed') : 'done';
  if (kind !== 'decision' || effect === undefined) return kind;
  return would === undefined ? effectWord(effect, context) : `${effectWord(effect, context)} (${would})`;
}

/** Everything that a record holds, as labelled rows. */
export function recordDetails(record: AuditRecord, context: Context): string[][] {
  const { bold } = paints(context);
  const { subject, session, findings = [], data = {} } = record;
  const rows: (readonly [label: string, value: string | undefined])[] = [
    ['record', `${record.seq}, ${record.kind}`],
    ['time', shortTime(record.time)],
    ['effect', record.effect],
    ['would be', record.would],
    ['mode', record.mode],
    ['tool', record.tool],
    ['what', record.what],
    ['reason', record.reason],
    ['rule', record.rule],
    ...findings.map(({ guard, rule, where }) => ['finding', `${guard}/${rule}: ${where}`] as const),
    ['more', record.moreFindings === undefined ? undefined : `${record.moreFindings} findings not kept`],
    ...Object.entries(data).map(([key, value]) => [key, String(value)] as const),
    ['who', `${subject.user}@${subject.host}, ${subject.client}${subject.agent ? `/${subject.agent}` : ''}`],
    ['known by', subject.assurance],
    ['session', session.parent ? `${session.id} of ${session.parent}` : session.id],
    ['gate', `${record.gate} (${record.grade})`],
    ['call', record.call],
    ['policy', record.policy],
    ['hash', record.hash],
    ['follows', record.prev],
  ];
  return rows.flatMap(([label, value]) => (value ? [[bold(printable(label, 40)), printable(value, 600)]] : []));
}
