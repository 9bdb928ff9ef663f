import { CSV_HEADER, csvRow } from '../audit/csv.ts';
import { loggedRepository, wantedRecords } from '../audit/log.ts';
import { ocsfEvent } from '../audit/ocsf.ts';
import { type WantedOptions, wantedOf } from '../audit/wanted.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { count, jsonLine } from '../output.ts';

export interface ExportOptions extends WantedOptions {
  readonly format?: string;
  /** A collector's OTLP address for logs. */
  readonly otlp?: string;
}

/** `audit export`: the records in forms that other systems read; to stdout, or to an OpenTelemetry collector. */
export async function run(options: ExportOptions, context: Context): Promise<ExitCode> {
  const records = wantedRecords(loggedRepository(context), wantedOf(options), context);
  if (options.otlp !== undefined) {
    const { sendOtlp } = await import('../audit/otlp.ts');
    context.out(`Sent ${count(await sendOtlp(records, httpAddress(options.otlp)), 'record')}.\n`);
    return DONE;
  }
  if (options.format === 'csv') context.out(CSV_HEADER);
  for (const record of records) context.out(options.format === 'csv' ? csvRow(record) : jsonLine(ocsfEvent(record)));
  return DONE;
}

function httpAddress(text: string): string {
  if (/^https?:\/\/\S+$/.test(text)) return text;
  throw new UserError('`--otlp` needs an http or https address.', 'Such as: --otlp http://127.0.0.1:4318/v1/logs');
}
