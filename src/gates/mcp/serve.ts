import { randomUUID } from 'node:crypto';
import type { ServerEntry } from '../../repo/registry.ts';
import { Desk } from './desk.ts';
import { fromClient, type Gateway, makeGateway } from './gateway.ts';
import { type Keeper, startKeeper } from './keeper.ts';
import { readLines } from './lines.ts';
import type { Log } from './log.ts';
import { openerOf, type Where } from './open.ts';

/** Serves the client on stdin and stdout until it goes away. */
export async function serve(servers: readonly ServerEntry[], where: Where, log: Log): Promise<void> {
  const { stdin, stdout } = process;
  const gateway = gatewayOf(servers, where, log, (text) => {
    stdout.write(`${text}\n`);
    if (stdout.writableLength > MAX_UNREAD_BYTES) hold(gateway, true);
  });
  stdout.on('drain', () => hold(gateway, false));
  for (const server of gateway.servers.values()) server.start();
  await new Promise<void>((resolve) => {
    readLines(stdin, (line) => fromClient(gateway, line));
    for (const event of ['end', 'close', 'error']) stdin.on(event, () => resolve());
    stdout.on('error', () => resolve());
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  await endAll(gateway);
}

/** Bytes that may wait for a client that does not read before servers are read no further. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024;

function hold({ servers }: Gateway, yes: boolean): void {
  for (const server of servers.values()) server.hold(yes);
}

/** A gateway of these servers that says `toClient` what the client is to hear. */
export function gatewayOf(
  servers: readonly ServerEntry[],
  where: Where,
  log: Log,
  toClient: (text: string) => void,
): Gateway {
  const keeper = startKeeper();
  const sessionId = where.env['CLAUDE_CODE_SESSION_ID'] || `mcp-${randomUUID()}`;
  const desk = new Desk(where.places, { client: 'mcp-client', sessionId });
  return makeGateway({
    servers: servers.map((entry) => makerOf(entry, where, keeper)),
    desk,
    log,
    version: where.version,
    toClient,
  });
}

export async function endAll({ servers }: Gateway): Promise<void> {
  await Promise.all([...servers.values()].map((server) => server.end()));
}

const START_SECONDS = 20;
const CALL_SECONDS = 300;

function makerOf(entry: ServerEntry, where: Where, keeper: Keeper) {
  return {
    name: entry.name,
    startTimeoutMs: (entry.start_timeout_seconds ?? START_SECONDS) * 1000,
    callTimeoutMs: (entry.timeout_seconds ?? CALL_SECONDS) * 1000,
    open: openerOf(entry, where, keeper),
  };
}
