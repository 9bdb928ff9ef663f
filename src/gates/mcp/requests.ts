import { askServer } from './calls.ts';
import type { Gateway } from './gateway.ts';
import { answerDiscover, answerHello } from './hello.ts';
import { answerList, LISTS } from './lists.ts';
import {
  asMembers,
  errorLine,
  INTERNAL_ERROR,
  INVALID_PARAMS,
  METHOD_NOT_FOUND,
  paramsOf,
  type Request,
  resultLine,
} from './message.ts';
import { splitName, splitUri, type Target } from './names.ts';

/** Answers a client's request: by itself, or through the servers that it concerns. */
export function answerRequest(gateway: Gateway, request: Request): void {
  answer(gateway, request).catch((error: unknown) => {
    gateway.log.error({ method: request.method, error: String(error) });
    const why = 'Postern failed at this request; whether a server got it is not known.';
    gateway.toClient(errorLine(request.id, INTERNAL_ERROR, why));
  });
}

async function answer(gateway: Gateway, request: Request): Promise<void> {
  if (Object.hasOwn(LISTS, request.method)) return answerList(gateway, request);
  switch (request.method) {
    case 'ping':
      return gateway.toClient(resultLine(request.id, '{}'));
    case 'initialize':
      return answerHello(gateway, request);
    case 'server/discover':
      return answerDiscover(gateway, request);
    case 'logging/setLevel':
      return setLevel(gateway, request);
    default:
      return askTarget(gateway, request);
  }
}

/** Where a request names its target, and how. */
interface Naming {
  readonly path: readonly string[];
  readonly split: (text: unknown) => Target | null;
}

const BY_NAME: Naming = { path: ['name'], split: splitName };
const BY_URI: Naming = { path: ['uri'], split: splitUri };

function namingOf(request: Request): Naming | null {
  switch (request.method) {
    case 'tools/call':
    case 'prompts/get':
      return BY_NAME;
    case 'resources/read':
    case 'resources/subscribe':
    case 'resources/unsubscribe':
      return BY_URI;
    case 'completion/complete': {
      const isPrompt = asMembers(paramsOf(request)['ref'])['type'] === 'ref/prompt';
      return isPrompt ? { path: ['ref', 'name'], split: splitName } : { path: ['ref', 'uri'], split: splitUri };
    }
    default:
      return null;
  }
}

async function askTarget(gateway: Gateway, request: Request): Promise<void> {
  const naming = namingOf(request);
  if (!naming) return askUnnamed(gateway, request);
  const text = naming.path.reduce<unknown>((part, key) => asMembers(part)[key], paramsOf(request));
  const target = naming.split(text);
  const server = target ? gateway.servers.get(target.server) : undefined;
  if (target && server)
    await askServer(gateway, { server, request, renamed: { path: ['params', ...naming.path], name: target.name } });
  else gateway.toClient(errorLine(request.id, INVALID_PARAMS, `Unknown: ${String(text).slice(0, 200)}`));
}

/** A method that is not known here goes to the server that knows its task, else to the first one that knows the method. */
async function askUnnamed(gateway: Gateway, request: Request): Promise<void> {
  const owner = gateway.tasks.get(String(paramsOf(request)['taskId']));
  const servers = owner ? [owner] : [...gateway.servers.values()];
  for (const [at, server] of servers.entries()) {
    const passOver = at < servers.length - 1 ? METHOD_NOT_FOUND : undefined;
    if ((await askServer(gateway, { server, request, passOver })) === 'told') return;
  }
  if (servers.length === 0) gateway.toClient(errorLine(request.id, METHOD_NOT_FOUND, 'Method not found'));
}

/** Every server is told; one that has no logging says so, which is no failure. */
async function setLevel({ servers, toClient }: Gateway, request: Request): Promise<void> {
  await Promise.all([...servers.values()].map((server) => server.ask(request.text)));
  toClient(resultLine(request.id, '{}'));
}
