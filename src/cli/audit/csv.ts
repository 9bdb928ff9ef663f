import type { AuditRecord } from '../../audit/record.ts';
import { redact } from '../../guards/secrets/redact.ts';

const COLUMNS: readonly (readonly [name: string, value: (record: AuditRecord) => unknown])[] = [
  ['seq', ({ seq }) => seq],
  ['time', ({ time }) => time],
  ['kind', ({ kind }) => kind],
  ['effect', ({ effect }) => effect],
  ['would', ({ would }) => would],
  ['rule', ({ rule }) => rule],
  ['tool', ({ tool }) => tool],
  ['what', ({ what }) => what],
  ['reason', ({ reason }) => reason],
  ['user', ({ subject }) => subject.user],
  ['host', ({ subject }) => subject.host],
  ['client', ({ subject }) => subject.client],
  ['agent', ({ subject }) => subject.agent],
  ['session', ({ session }) => session.id],
  ['gate', ({ gate }) => gate],
  ['grade', ({ grade }) => grade],
  ['call', ({ call }) => call],
  ['hash', ({ hash }) => hash],
];

/** The header line of `csvRow`'s columns (RFC 4180, CRLF). */
export const CSV_HEADER = `${COLUMNS.map(([name]) => name).join(',')}\r\n`;

/** A record as one CSV line. Texts that a spreadsheet would run as a formula are kept from it by a leading quote mark. */
export function csvRow(record: AuditRecord): string {
  return `${COLUMNS.map(([, value]) => cell(value(record))).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = redact(String(value ?? ''));
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
