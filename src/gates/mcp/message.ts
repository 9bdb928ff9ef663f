import { elements, findAmbiguity, spanAt, splice } from './json-spans.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a message says, and its text as it came. */
interface Spoken {
  readonly text: string;
  readonly body: Members;
}

/** `id` is the text of the id, so that it goes back as it came. */
export type Request = Spoken & { readonly kind: 'request'; readonly id: string; readonly method: string };
export type Notification = Spoken & { readonly kind: 'notification'; readonly method: string };
export type Response = Spoken & { readonly kind: 'response'; readonly id: string };

/** One JSON-RPC message. */
export type Message =
  | Request
  | Notification
  | Response
  | { readonly kind: 'batch'; readonly texts: readonly string[] }
  | { readonly kind: 'bad'; readonly id: string; readonly code: number; readonly why: string };

export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** Reads a line. Whatever two readers could read differently is `bad`. */
export function parseMessage(text: string): Message {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return bad('null', PARSE_ERROR, 'the line is not JSON');
  }
  const ambiguity = findAmbiguity(text);
  if (Array.isArray(body) && ambiguity === null)
    return { kind: 'batch', texts: elements(text).map(({ start, end }) => text.slice(start, end)) };
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return bad('null', INVALID_REQUEST, 'a message is a JSON object');
  const id = idOf(text, body as Members);
  if (ambiguity !== null) return bad(id ?? 'null', INVALID_REQUEST, `the message has ${ambiguity}`);
  return kindOf(text, body as Members, id);
}

function kindOf(text: string, body: Members, id: string | null): Message {
  const { method } = body;
  if (method !== undefined && typeof method !== 'string')
    return bad(id ?? 'null', INVALID_REQUEST, '`method` is not a text');
  if (!('id' in body))
    return method === undefined
      ? bad('null', INVALID_REQUEST, 'the message has neither `id` nor `method`')
      : { kind: 'notification', text, method, body };
  if (id === null) return bad('null', INVALID_REQUEST, '`id` is neither a text nor a number');
  if (method !== undefined) return { kind: 'request', text, id, method, body };
  if ('result' in body === 'error' in body)
    return bad(id, INVALID_REQUEST, 'a response has either `result` or `error`');
  return { kind: 'response', text, id, body };
}

function bad(id: string, code: number, why: string): Message {
  return { kind: 'bad', id, code, why };
}

/** The text of an id that a request may have. */
function idOf(text: string, { id }: Members): string | null {
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  const { start, end } = spanAt(text, ['id'])!;
  return text.slice(start, end);
}

/** The same for equal ids, however they are spelled. */
export function idKey(id: unknown): string {
  return JSON.stringify(id);
}

/** The message's text with another id. */
export function withId(text: string, id: string): string {
  return splice(text, [[spanAt(text, ['id']), id]]);
}

/** The params of a message, when they are an object. */
export function paramsOf({ body }: { readonly body: Members }): Members {
  return asMembers(body['params']);
}

/** A value as an object; an empty one when it is none. */
export function asMembers(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** The line of an answer. `id` and `result` are JSON texts. */
export function resultLine(id: string, result: string): string {
  return `{"jsonrpc":"2.0","id":${id},"result":${result}}`;
}

export function errorLine(id: string, code: number, message: string): string {
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message })}}`;
}
