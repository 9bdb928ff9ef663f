import { setTimeout as wait } from 'node:timers/promises';
import { recordsAfter } from '../../audit/query.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { isWanted, type Wanted } from '../../audit/select.ts';
import type { Places } from '../../repo/places.ts';
import { CSV_HEADER, csvRow } from '../audit/csv.ts';
import { loggedRepository, wantedRecords } from '../audit/log.ts';
import { type WantedOptions, wantedOf } from '../audit/wanted.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { columns, jsonLine } from '../output.ts';
import { recordCells } from '../record-text.ts';

export interface QueryOptions extends WantedOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly follow?: boolean;
  /** PostgreSQL address to read from instead of the log. */
  readonly from?: string;
}

/** How often `--follow` looks for new records. */
const followMs = 300;

/** Rows that are aligned together: enough to look calm, few enough to appear at once. */
const rowsTogether = 200;

/** `audit query`: the records that fit, in the order of the log, as rows, JSON lines or CSV. */
export async function run(options: QueryOptions, context: Context): Promise<ExitCode> {
  const wanted = wantedOf(options);
  if (options.csv) context.out(CSV_HEADER);
  if (options.from !== undefined) return fromDatabase(options.from, wanted, options, context);
  const places = loggedRepository(context);
  const last = print(wantedRecords(places, wanted, context), options, context);
  if (options.follow) await follow(places, wanted, last, options, context);
  return DONE;
}

async function fromDatabase(from: string, wanted: Wanted, options: QueryOptions, context: Context): Promise<ExitCode> {
  if (options.follow) throw new UserError('`--follow` reads the log of this machine.', 'Leave out --from or --follow.');
  const { databaseAddress } = await import('../ship/database.ts');
  const { shippedRecords } = await import('../ship/read.ts');
  for await (const record of shippedRecords(databaseAddress(from, context), wanted)) print([record], options, context);
  return DONE;
}

/** Prints records and gives the number of the last one, 0 when there was none. */
function print(records: Iterable<AuditRecord>, { json, csv }: QueryOptions, context: Context): number {
  let last = 0;
  let rows: string[][] = [];
  const flush = () => {
    if (rows.length > 0) context.out(columns(rows));
    rows = [];
  };
  for (const record of records) {
    last = record.seq;
    if (csv) context.out(csvRow(record));
    else if (json) context.out(jsonLine(record));
    else if (rows.push(recordCells(record, context)) >= rowsTogether) flush();
  }
  flush();
  return last;
}

/** Prints what is appended, until the person ends it. */
async function follow(places: Places, wanted: Wanted, seen: number, options: QueryOptions, context: Context) {
  for (let last = seen; ; ) {
    await wait(followMs);
    const records = recordsAfter(places.stateDir, last);
    last = records.at(-1)?.seq ?? last;
    print(
      records.filter((record) => isWanted(record, wanted)),
      options,
      context,
    );
  }
}
