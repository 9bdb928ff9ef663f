import { basename, resolve } from 'node:path';
import type { AuditRecord } from '../../audit/record.ts';
import { isStopped, summarize } from '../../audit/summary.ts';
import { verify } from '../../audit/verify.ts';
import { errorCode, readBounded, writeAtomic } from '../../repo/files.ts';
import { loggedRepository, wantedRecords } from '../audit/log.ts';
import { REPORT_MARK, reportHtml } from '../audit/report-html.ts';
import { verdictText } from '../audit/verdict-text.ts';
import { type WantedOptions, wantedOf } from '../audit/wanted.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE } from '../exit-codes.ts';
import { plain, printable } from '../output.ts';

export interface ReportOptions extends WantedOptions {
  /** The file that is written. */
  readonly html: string;
}

/** Stopped calls that a report lists. */
const LISTED = 100;

const maxReportBytes = 64 * 1024 * 1024;

/** `audit report`: writes the log's summary and its last stopped calls as one HTML page. */
export async function run(options: ReportOptions, context: Context): Promise<ExitCode> {
  const places = loggedRepository(context);
  const file = resolve(context.cwd, options.html);
  refuseForeign(file);
  const stopped: AuditRecord[] = [];
  const summary = summarize(collectStopped(wantedRecords(places, wantedOf(options), context), stopped));
  const proof = verdictText(verify(places.stateDir), plain(context));
  const made = new Date().toISOString();
  const repository = basename(places.root);
  writeAtomic(file, reportHtml({ summary, stopped: stopped.reverse(), repository, proof, made }));
  context.out(`Wrote ${printable(file)}\n`);
  return DONE;
}

/** Passes records on and keeps the last stopped ones. */
function* collectStopped(records: Iterable<AuditRecord>, stopped: AuditRecord[]): Generator<AuditRecord, void, void> {
  for (const record of records) {
    if (isStopped(record) && stopped.push(record) > LISTED) stopped.shift();
    yield record;
  }
}

/** A file that is no report is somebody's. */
function refuseForeign(file: string): void {
  try {
    if (readBounded(file, maxReportBytes).toString('latin1').startsWith(REPORT_MARK)) return;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
  }
  throw new UserError(`${printable(file)} is there and is no report.`, 'Name another file, or move that one away.');
}
