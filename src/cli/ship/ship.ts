import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { parseLine } from '../../audit/chain.ts';
import { logLines, logLinesBackwards } from '../../audit/query.ts';
import { UserError } from '../context.ts';
import { BATCH_ROWS, connect, databaseProblem, lastShipped, shipLines } from './database.ts';

export interface Shipment {
  readonly stateDir: string;
  readonly log: string;
  readonly address: string;
  readonly follow: boolean;
  /** Is told what was shipped so far, and what kept it from going on. */
  readonly say: (text: string) => void;
  readonly signal?: AbortSignal;
}

const FOLLOW_MS = 500;
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [250, 10_000];

/** Pauses without progress after which a shipment that does not follow gives up. */
const PATIENCE = 8;

/**
 * Copies what the database does not have yet, and goes on with what is appended when it follows. It asks the database where it stopped, so a
 * crash on either side, or a restart of the server, loses and doubles nothing. Gives the number of the last record.
 */
export async function ship(shipment: Shipment): Promise<number> {
  let pauseMs = FIRST_PAUSE_MS;
  let pauses = 0;
  let last = -1;
  while (!shipment.signal?.aborted) {
    let client: Client | null = null;
    try {
      client = await connect(shipment.address);
      const before = last;
      last = await shipAll(client, shipment, (seq) => {
        last = seq;
      });
      if (last !== before) [pauseMs, pauses] = [FIRST_PAUSE_MS, 0];
      if (!shipment.follow) return last;
    } catch (error) {
      if (error instanceof UserError) throw error;
      if (!shipment.follow && ++pauses > PATIENCE)
        throw new UserError(
          `The database cannot be reached: ${databaseProblem(error)}`,
          'Start it, then run this again: it goes on where it stopped.',
        );
      shipment.say(`postern: ${databaseProblem(error)}; trying again in ${pauseMs / 1000} s\n`);
      await wait(pauseMs, undefined, { signal: shipment.signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    } finally {
      await client?.end().catch(() => {});
    }
  }
  return Math.max(last, 0);
}

async function shipAll(
  client: Client,
  { stateDir, log, follow, signal }: Shipment,
  progress: (seq: number) => void,
): Promise<number> {
  const shipped = await lastShipped(client, log);
  compare(shipped, stateDir);
  for (let last = shipped.seq; ; ) {
    for (const lines of batchesAfter(stateDir, last)) {
      await shipLines(client, log, lines);
      last = parseLine(Buffer.from(lines.at(-1)!))!.seq;
      progress(last);
    }
    if (!follow || signal?.aborted) return last;
    await wait(FOLLOW_MS, undefined, { signal }).catch(() => {});
    await client.query('SELECT 1');
  }
}

/** What the database ends with must be what stands here: else one of the two was rewritten, which nothing may paper over. */
function compare({ seq, hash }: { seq: number; hash: string }, stateDir: string): void {
  if (seq === 0) return;
  for (const bytes of logLinesBackwards(stateDir)) {
    const record = parseLine(bytes);
    if (!record || record.seq > seq) continue;
    if (record.seq === seq && record.hash === hash) return;
    break;
  }
  throw new UserError(
    `Record ${seq} is another one in the database than here, or is missing here: one of the two was rewritten or cut.`,
    'Run: npx postern audit verify',
  );
}

/** The lines after record number `seq`, some hundred at a time. Near the end of the log only its end is read. */
function* batchesAfter(stateDir: string, seq: number): Generator<string[], void, void> {
  const end: string[] = [];
  for (const bytes of logLinesBackwards(stateDir)) {
    const number = parseLine(bytes)?.seq;
    if (number !== undefined && number <= seq) {
      yield* batches(end.reverse());
      return;
    }
    if (number !== undefined) end.push(bytes.toString('utf8'));
    if (end.length > BATCH_ROWS * 4) break;
  }
  if (end.length <= BATCH_ROWS * 4) yield* batches(end.reverse());
  else yield* batches(after(stateDir, seq));
}

function* after(stateDir: string, seq: number): Generator<string, void, void> {
  for (const bytes of logLines(stateDir)) if ((parseLine(bytes)?.seq ?? 0) > seq) yield bytes.toString('utf8');
}

function* batches(lines: Iterable<string>): Generator<string[], void, void> {
  let batch: string[] = [];
  for (const line of lines) {
    batch.push(line);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
