import { parseLine } from '../../audit/chain.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { isWanted, type Wanted } from '../../audit/select.ts';
import { UserError } from '../context.ts';
import { BATCH_ROWS, connect, databaseProblem } from './database.ts';

/** The wanted records of every log that was shipped, in the order of their times. Some hundred rows are held at once. */
export async function* shippedRecords(address: string, wanted: Wanted): AsyncGenerator<AuditRecord, void, void> {
  const client = await connect(address).catch((error: unknown) => {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `The database cannot be read: ${databaseProblem(error)}`,
      'Check the address and that the server runs.',
    );
  });
  try {
    let [time, log, seq] = ['-infinity', '', '0'];
    for (;;) {
      const { rows } = await client.query<{ time: string; log: string; seq: string; line: string }>(
        `SELECT time::text, log, seq, line FROM postern_records
         WHERE (time, log, seq) > ($1::timestamptz, $2, $3::bigint)
           AND ($4::timestamptz IS NULL OR time >= $4) AND ($5::timestamptz IS NULL OR time < $5)
           AND ($6::text[] IS NULL OR effect = ANY($6)) AND ($7::text IS NULL OR starts_with(session, $7))
         ORDER BY time, log, seq LIMIT ${BATCH_ROWS}`,
        [time, log, seq, wanted.from ?? null, wanted.to ?? null, wanted.effects ?? null, wanted.session ?? null],
      );
      for (const row of rows) {
        const record = parseLine(Buffer.from(row.line));
        if (record && isWanted(record, wanted)) yield record;
      }
      const last = rows.at(-1);
      if (!last || rows.length < BATCH_ROWS) return;
      [time, log, seq] = [last.time, last.log, last.seq];
    }
  } finally {
    await client.end().catch(() => {});
  }
}
