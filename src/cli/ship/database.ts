import type { Client } from 'pg';
import { parseLine } from '../../audit/chain.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { type Context, UserError } from '../context.ts';
import { optional } from '../optional.ts';
import { printable } from '../output.ts';
import { MIGRATIONS } from './migrations.ts';

/** Rows that are written or read at once. */
export const BATCH_ROWS = 500;

/** The address of the database: as typed, or from POSTERN_DATABASE_URL, where no process listing shows it. */
export function databaseAddress(typed: string | undefined, { env }: Context): string {
  const address = typed ?? env['POSTERN_DATABASE_URL'] ?? '';
  if (/^postgres(ql)?:\/\//.test(address)) return address;
  throw new UserError(
    'A PostgreSQL address is needed.',
    'Set POSTERN_DATABASE_URL=postgres://…, or give --to postgres://host/database.',
  );
}

/** A connection on which the tables are as this version needs them. What the server says is told without the address. */
export async function connect(address: string): Promise<Client> {
  const { default: pg } = await optional(() => import('pg'), 'pg');
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: 5000,
    application_name: 'postern',
  });
  client.on('error', () => {});
  await client.connect();
  await migrate(client);
  return client;
}

async function migrate(client: Client): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtext('postern'))");
    await client.query(
      'CREATE TABLE IF NOT EXISTS postern_migrations (version integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ version: number }>('SELECT version FROM postern_migrations');
    const applied = new Set(rows.map(({ version }) => version));
    for (const { version, sql } of MIGRATIONS) {
      if (applied.has(version)) continue;
      await client.query(sql);
      await client.query('INSERT INTO postern_migrations (version) VALUES ($1)', [version]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** The last record of a log that the database holds; number 0 when it holds none. */
export async function lastShipped(client: Client, log: string): Promise<{ seq: number; hash: string }> {
  const sql = 'SELECT seq, hash FROM postern_records WHERE log = $1 ORDER BY seq DESC LIMIT 1';
  const { rows } = await client.query<{ seq: string; hash: string }>(sql, [log]);
  return { seq: Number(rows[0]?.seq ?? 0), hash: rows[0]?.hash ?? '' };
}

/** Writes lines of a log; those that are there already stay as they are. */
export async function shipLines(client: Client, log: string, lines: readonly string[]): Promise<void> {
  const records = lines.flatMap((line) => parseLine(Buffer.from(line)) ?? []);
  const column = <T>(pick: (record: AuditRecord) => T) => records.map(pick);
  await client.query(
    `INSERT INTO postern_records (log, seq, time, kind, effect, rule, tool, session, client, username, host, hash, line)
     SELECT $1, * FROM unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
     ON CONFLICT (log, seq) DO NOTHING`,
    [
      log,
      column(({ seq }) => seq),
      column(({ time }) => time),
      column(({ kind }) => kind),
      column(({ effect }) => effect ?? null),
      column(({ rule }) => rule ?? null),
      column(({ tool }) => tool ?? null),
      column(({ session }) => session.id),
      column(({ subject }) => subject.client),
      column(({ subject }) => subject.user),
      column(({ subject }) => subject.host),
      column(({ hash }) => hash),
      lines,
    ],
  );
}

/** What a database error says to a person; never the address, which may hold a password. */
export function databaseProblem(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return printable((message || code || String(error)).replace(/postgres(ql)?:\/\/\S+/g, 'the address'));
}
