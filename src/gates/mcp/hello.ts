import type { Gateway } from './gateway.ts';
import {
  asMembers,
  errorLine,
  METHOD_NOT_FOUND,
  paramsOf,
  type Request,
  type Response,
  resultLine,
} from './message.ts';
import type { Server } from './server.ts';

type Members = Readonly<Record<string, unknown>>;

/** How long the first answer waits for servers that are slow to start; they are listed when they are up. */
const PATIENCE_MS = 10_000;

/** Greets every server in the client's own words and answers for all of them. */
export async function answerHello(gateway: Gateway, request: Request): Promise<void> {
  gateway.greeting.hello = request;
  const { clientInfo, protocolVersion } = paramsOf(request);
  const { name } = asMembers(clientInfo);
  if (typeof name === 'string' && name !== '') gateway.desk.visitor.client = name.slice(0, 100);
  const answers = await patiently(gateway, (server) => server.greet());
  const asked = typeof protocolVersion === 'string' ? protocolVersion : '';
  gateway.toClient(resultLine(request.id, JSON.stringify(merged(answers, asked, gateway.version))));
}

/** Only where every server knows the newer way of beginning does the gateway know it too; else the client says `initialize`. */
export async function answerDiscover(gateway: Gateway, request: Request): Promise<void> {
  const answers = await patiently(gateway, async (server) => {
    const answer = await server.ask(request.text, { timeoutMs: PATIENCE_MS });
    return answer.kind === 'answered' ? answer.response : null;
  });
  const isKnown = answers.length > 0 && answers.every(({ response }) => response?.body['result'] !== undefined);
  const line = isKnown
    ? resultLine(request.id, JSON.stringify(merged(answers, '', gateway.version)))
    : errorLine(request.id, METHOD_NOT_FOUND, 'Method not found');
  gateway.toClient(line);
}

interface Greeted {
  readonly name: string;
  readonly response: Response | null;
}

function patiently({ servers }: Gateway, ask: (server: Server) => Promise<Response | null>): Promise<Greeted[]> {
  return Promise.all(
    [...servers.values()].map(async (server) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS, null);
      });
      const response = await Promise.race([ask(server), late]);
      clearTimeout(timer);
      return { name: server.name, response };
    }),
  );
}

/** The one answer for all servers: what any of them can do, and the newest version that one of them speaks. */
function merged(answers: readonly Greeted[], asked: string, ownVersion: string): Members {
  const results = answers.map(({ name, response }) => ({ name, result: asMembers(response?.body['result']) }));
  const all = results.reduce<Members>((sum, { result }) => union(sum, result), {});
  const versions = texts(results.map(({ result }) => result['protocolVersion']));
  const version = versions.sort().at(-1) ?? asked;
  const instructions = results.flatMap(({ name, result }) =>
    texts([result['instructions']]).map((text) => `## ${name}\n${text}`),
  );
  return {
    ...all,
    ...(version === '' ? {} : { protocolVersion: version }),
    capabilities: union({ tools: { listChanged: true } }, asMembers(all['capabilities'])),
    serverInfo: { name: 'postern', version: ownVersion },
    ...(instructions.length > 0 ? { instructions: instructions.join('\n\n') } : {}),
  };
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

/** Of two values that are no objects the first stays, but `true` wins. */
function union(a: Members, b: Members): Members {
  const sum: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = sum[key];
    if (isMap(before) && isMap(value)) sum[key] = union(before, value);
    else if (before === undefined || value === true) sum[key] = value;
  }
  return sum;
}

function isMap(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
