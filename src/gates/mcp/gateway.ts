import type { Desk } from './desk.ts';
import { Flights } from './flights.ts';
import { fromServer } from './from-server.ts';
import type { Line } from './lines.ts';
import type { Log } from './log.ts';
import { asMembers, errorLine, INVALID_REQUEST, type Message, PARSE_ERROR, parseMessage } from './message.ts';
import { forwardNotification } from './notifications.ts';
import { answerRequest } from './requests.ts';
import { type Greeting, Server, type ServerOptions, type ServerState } from './server.ts';

/** Everything that a running gateway consists of. */
export interface Gateway {
  readonly servers: ReadonlyMap<string, Server>;
  readonly desk: Desk;
  readonly log: Log;
  readonly greeting: Greeting;
  readonly flights: Flights;
  /** Which server is at work on a task, by the task's id. */
  readonly tasks: Map<string, Server>;
  readonly counts: Counts;
  /** Postern's own version. */
  readonly version: string;
  toClient(text: string): void;
}

/** What happened since the start. */
export interface Counts {
  calls: number;
  denied: number;
  failed: number;
  /** Secrets that were masked in results. */
  masked: number;
  /** Messages of the client that were none. */
  bad: number;
  /** Calls under way. */
  running: number;
  /** Seconds that the gateway itself took for calls, without the servers' own time. */
  ownSeconds: number;
}

export interface GatewayOptions {
  readonly servers: readonly Pick<ServerOptions, 'name' | 'open' | 'startTimeoutMs' | 'callTimeoutMs'>[];
  readonly desk: Desk;
  readonly log: Log;
  readonly version: string;
  toClient(text: string): void;
}

/** Puts the parts together; nothing is started yet. */
export function makeGateway({ servers, desk, log, version, toClient }: GatewayOptions): Gateway {
  const greeting: Greeting = { hello: null, done: null };
  const counts = { calls: 0, denied: 0, failed: 0, masked: 0, bad: 0, running: 0, ownSeconds: 0 };
  const made = new Map<string, Server>();
  const gateway = {
    servers: made,
    desk,
    log,
    greeting,
    counts,
    flights: new Flights(),
    tasks: new Map(),
    version,
    toClient,
  };
  for (const maker of servers) {
    const server = new Server({
      ...maker,
      greeting,
      onMessage: (from, message) => fromServer(gateway, from, message),
      onState: (from, state, why) => tellState(gateway, from, state, why),
      onNote: (from, note) => log.debug({ server: from.name, note }),
    });
    made.set(maker.name, server);
  }
  return gateway;
}

/** Takes a line from the client. */
export function fromClient(gateway: Gateway, line: Line): void {
  if (line.kind === 'text') take(gateway, parseMessage(line.text));
  else refuse(gateway, 'null', PARSE_ERROR, `the line ${line.why}`);
}

function take(gateway: Gateway, message: Message): void {
  if (message.kind === 'request') answerRequest(gateway, message);
  else if (message.kind === 'notification') forwardNotification(gateway, message);
  else if (message.kind === 'response') gateway.flights.answer(message);
  else if (message.kind === 'batch') refuseBatch(gateway, message.texts);
  else refuse(gateway, message.id, message.code, message.why);
}

/** Each request of a batch is refused by itself, so that none waits for ever. */
function refuseBatch(gateway: Gateway, texts: readonly string[]): void {
  const ids = texts.map(parseMessage).flatMap((one) => (one.kind === 'request' ? [one.id] : []));
  for (const id of ids.length > 0 ? ids : ['null'])
    refuse(gateway, id, INVALID_REQUEST, 'a batch is no message of MCP: send one message a line');
}

function refuse({ counts, toClient }: Gateway, id: string, code: number, why: string): void {
  counts.bad++;
  toClient(errorLine(id, code, `Postern: ${why}`));
}

/** Says in the log what became of a server, and to the client that there is something new to list. */
function tellState(
  { log, greeting, flights, toClient }: Gateway,
  server: Server,
  state: ServerState,
  why: string,
): void {
  log[state === 'down' || state === 'broken' ? 'warn' : 'info']({ server: server.name, state, why });
  if (state !== 'up') flights.leave(server);
  const isNews = state === 'up' ? server.restarts > 0 || server.hello !== null : state === 'down' || state === 'broken';
  if (greeting.done === null || !isNews) return;
  for (const kind of ['tools', 'resources', 'prompts'])
    if (state !== 'up' || capabilities(server)[kind] !== undefined)
      toClient(JSON.stringify({ jsonrpc: '2.0', method: `notifications/${kind}/list_changed` }));
}

function capabilities({ hello }: Server): Readonly<Record<string, unknown>> {
  return asMembers(asMembers(hello?.body['result'])['capabilities']);
}
