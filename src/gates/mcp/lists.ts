import type { Gateway } from './gateway.ts';
import { elements, members, type Span, spanAt, splice } from './json-spans.ts';
import { errorLine, INVALID_PARAMS, paramsOf, type Request, resultLine } from './message.ts';
import { joinName, joinUri, type Target } from './names.ts';
import type { Server } from './server.ts';

interface List {
  /** The key of the list in the result. */
  readonly key: string;
  /** The key that names an entry, and how it is joined with the server's name. */
  readonly named?: { readonly key: string; readonly join: (target: Target) => string };
}

/** The methods that list something, over all servers. */
export const LISTS: Readonly<Record<string, List>> = {
  'tools/list': { key: 'tools', named: { key: 'name', join: joinName } },
  'prompts/list': { key: 'prompts', named: { key: 'name', join: joinName } },
  'resources/list': { key: 'resources', named: { key: 'uri', join: joinUri } },
  'resources/templates/list': { key: 'resourceTemplates', named: { key: 'uriTemplate', join: joinUri } },
  'tasks/list': { key: 'tasks' },
};

/** A server's page, and the cursor of its next one as text. */
interface Page {
  readonly server: Server;
  readonly entries: readonly string[];
  readonly rest: readonly (readonly [key: string, value: string])[];
  readonly next: string | null;
}

/** Asks all servers at once, or those that a cursor names, and answers with the next page of each. */
export async function answerList(gateway: Gateway, request: Request): Promise<void> {
  const list = LISTS[request.method]!;
  const { cursor } = paramsOf(request);
  const wanted = cursor === undefined ? null : readCursor(cursor);
  if (cursor !== undefined && !wanted)
    return gateway.toClient(errorLine(request.id, INVALID_PARAMS, 'This cursor is not of this gateway.'));
  const asked = [...gateway.servers.values()].filter(({ name }) => !wanted || wanted.has(name));
  const pages = await Promise.all(asked.map((server) => page(server, request, list, wanted?.get(server.name) ?? null)));
  gateway.toClient(
    resultLine(
      request.id,
      merged(
        list,
        pages.flatMap((one) => one ?? []),
      ),
    ),
  );
}

/** A server that cannot list has nothing to list. */
async function page(server: Server, request: Request, list: List, cursor: string | null): Promise<Page | null> {
  const at = cursor === null ? null : spanAt(request.text, ['params', 'cursor']);
  const timeoutMs = server.options.startTimeoutMs;
  const answer = await server.ask(splice(request.text, [[at, cursor ?? '']]), { timeoutMs });
  if (answer.kind === 'failed' || answer.response.body['result'] === undefined) return null;
  const { text } = answer.response;
  const listed = spanAt(text, ['result', list.key]);
  const next = spanAt(text, ['result', 'nextCursor']);
  return {
    server,
    entries: (listed ? elements(text, listed) : []).map((span) => renamed(server, list, text, span)),
    rest: restOf(text, list),
    next: next && text[next.start] === '"' ? text.slice(next.start, next.end) : null,
  };
}

/** What a result holds besides the list, such as `_meta`. */
function restOf(text: string, list: List): (readonly [string, string])[] {
  return members(text, spanAt(text, ['result'])!).flatMap(({ key, start, end }) =>
    key === list.key || key === 'nextCursor' ? [] : [[key, text.slice(start, end)] as const],
  );
}

function renamed(server: Server, { named }: List, text: string, span: Span): string {
  const entry = text.slice(span.start, span.end);
  const at = named ? spanAt(entry, [named.key]) : null;
  if (!named || !at) return entry;
  const name = String(JSON.parse(entry.slice(at.start, at.end)));
  return splice(entry, [[at, JSON.stringify(named.join({ server: server.name, name }))]]);
}

/** The result as one JSON text; of other members with the same key the first server's stays. */
function merged({ key }: List, pages: readonly Page[]): string {
  const rest = new Map(pages.flatMap((one) => one.rest).reverse());
  const open = pages.filter(({ next }) => next !== null);
  const cursor = open.length > 0 ? [['nextCursor', JSON.stringify(writeCursor(open))] as const] : [];
  const parts = [[key, `[${pages.flatMap(({ entries }) => entries).join(',')}]`] as const, ...cursor, ...rest];
  return `{${parts.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/** The servers that have more to list, each with its own cursor. */
function writeCursor(open: readonly Page[]): string {
  return Buffer.from(JSON.stringify(open.map(({ server, next }) => [server.name, next]))).toString('base64url');
}

function readCursor(cursor: unknown): Map<string, string> | null {
  try {
    const pairs = JSON.parse(Buffer.from(String(cursor), 'base64url').toString('utf8')) as [string, string][];
    const isSound = pairs.every(([name, next]) => typeof name === 'string' && typeof JSON.parse(next) === 'string');
    return isSound ? new Map(pairs) : null;
  } catch {
    return null;
  }
}
