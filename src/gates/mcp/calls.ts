import type { Verdict } from '../../govern/govern.ts';
import type { Call } from '../../policy/call.ts';
import { modelMessage } from '../../policy/message.ts';
import type { Asked } from './desk.ts';
import type { Gateway } from './gateway.ts';
import { spanAt, splice } from './json-spans.ts';
import {
  asMembers,
  errorLine,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  paramsOf,
  type Request,
  type Response,
  resultLine,
  withId,
} from './message.ts';
import { CANCELLED } from './notifications.ts';
import { withResourceNames } from './resource-names.ts';
import type { Answer, Server } from './server.ts';

/** A client's request and the server that it is meant for. */
export interface Errand {
  readonly server: Server;
  readonly request: Request;
  /** Where the request names its target, and the name that the server knows. */
  readonly renamed?: { readonly path: readonly string[]; readonly name: string };
  /** An error with this code is not told to the client: another server may know better. */
  readonly passOver?: number | undefined;
}

type Told = 'told' | 'passed over';

/** Has a request judged, sends it, and gives what comes back to the client as the chain lets it through. */
export async function askServer(gateway: Gateway, errand: Errand): Promise<Told> {
  const { desk, counts } = gateway;
  const began = performance.now();
  counts.calls++;
  const call = desk.callOf(askedOf(errand));
  const verdict = await desk.judge(call);
  const { effect } = verdict.decision;
  if (effect === 'deny' || effect === 'ask') {
    counts.denied++;
    gateway.toClient(refusal(errand.request, modelMessage(verdict.decision)));
    return 'told';
  }
  const sent = performance.now();
  const answer = await send(gateway, errand, outgoing(gateway, errand, verdict));
  const received = performance.now();
  const durationMs = Math.round(received - sent);
  const told: Told =
    answer.kind === 'failed'
      ? tellFailure(gateway, errand, { call, durationMs, why: answer.why })
      : tellAnswer(gateway, errand, { call, durationMs, verdict, response: answer.response });
  counts.ownSeconds += (sent - began + performance.now() - received) / 1000;
  return told;
}

/** What is judged: a tool by its name and arguments, anything else by its method and all of its params. */
function askedOf({ server, request, renamed }: Errand): Asked {
  const { _meta, ...params } = paramsOf(request);
  const isTool = request.method === 'tools/call';
  const named = renamed?.path.length === 2 ? { [renamed.path[1]!]: renamed.name } : {};
  return {
    server: server.name,
    tool: isTool ? renamed!.name : request.method.replaceAll('/', '_'),
    input: isTool ? params['arguments'] : { ...params, ...named },
    meta: asMembers(_meta),
  };
}

/** The request as the server gets it: its own name in it, and masked where the policy says `redact`. */
function outgoing({ desk }: Gateway, { request, renamed }: Errand, verdict: Verdict): string {
  const name = renamed ? JSON.stringify(renamed.name) : '';
  const text = splice(request.text, renamed ? [[spanAt(request.text, renamed.path), name]] : []);
  if (verdict.decision.effect !== 'redact') return text;
  const at = spanAt(text, ['params', 'arguments']) ?? spanAt(text, ['params']);
  return at
    ? splice(text, [[at, JSON.stringify(desk.masked(JSON.parse(text.slice(at.start, at.end)), verdict))]])
    : text;
}

async function send({ counts, flights }: Gateway, { server, request }: Errand, text: string): Promise<Answer> {
  let flight = { server, id: 0 };
  counts.running++;
  const answer = await server.ask(text, {
    sent(id) {
      flight = { server, id };
      flights.depart(request, flight);
    },
  });
  flights.land(request, flight);
  counts.running--;
  return answer;
}

interface Ended {
  readonly call: Call;
  readonly durationMs: number;
}

/** The client is told, but for what it cancelled itself. */
function tellFailure(
  gateway: Gateway,
  { server, request }: Errand,
  { call, durationMs, why }: Ended & { why: string },
): Told {
  gateway.desk.close(call, { durationMs, ok: false, error: why, masked: [] });
  if (why === CANCELLED) return 'told';
  gateway.counts.failed++;
  const next = 'go on without it, or ask the person to run: npx postern serve --check';
  const text = `Postern: the MCP server \`${server.name}\` ${why}.\nInstead: ${next}`;
  gateway.toClient(
    request.method === 'tools/call' ? refusal(request, text) : errorLine(request.id, INTERNAL_ERROR, text),
  );
  return 'told';
}

function tellAnswer(
  gateway: Gateway,
  { server, request, passOver }: Errand,
  { call, durationMs, verdict, response }: Ended & { verdict: Verdict; response: Response },
): Told {
  const error = asMembers(response.body['error']);
  const result = asMembers(response.body['result']);
  const ok = !('error' in response.body) && result['isError'] !== true;
  if (passOver !== undefined && error['code'] === passOver) {
    gateway.desk.close(call, { durationMs, ok, masked: [] });
    return 'passed over';
  }
  const key = 'error' in response.body ? 'error' : 'result';
  const seen = gateway.desk.inspect(call, verdict, response.body[key]);
  const changed =
    seen.result === response.body[key] ? [] : [[spanAt(response.text, [key]), JSON.stringify(seen.result)] as const];
  const taskId = asMembers(result['task'])['taskId'];
  if (typeof taskId === 'string') gateway.tasks.set(taskId, server);
  gateway.counts.masked += seen.masked.length;
  gateway.toClient(withId(withResourceNames(server, splice(response.text, changed)), request.id));
  gateway.desk.close(call, { durationMs, ok, masked: seen.masked });
  return 'told';
}

/**
 * The answer to a request that is not sent. A tool's failure is a result of its own kind, which the model is shown; other
 * requests know only errors.
 */
function refusal(request: Request, text: string): string {
  if (request.method !== 'tools/call') return errorLine(request.id, INVALID_REQUEST, text);
  return resultLine(request.id, JSON.stringify({ content: [{ type: 'text', text }], isError: true }));
}
