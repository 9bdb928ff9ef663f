import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';

/** A native event, parsed. */
export type ClientEvent =
  | { readonly kind: 'call'; readonly call: Call }
  | {
      readonly kind: 'outcome';
      readonly call: Call;
      readonly ok: boolean;
      readonly error: string;
      readonly durationMs: number | null;
      /** What the tool returned, in its own shape. */
      readonly result: unknown;
    }
  | { readonly kind: 'session-start'; readonly call: Call; readonly source: string }
  | { readonly kind: 'stop'; readonly call: Call }
  | { readonly kind: 'config-change'; readonly call: Call; readonly source: string; readonly file: string };

/** What a hook process answers with. */
export interface NativeAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: 0 | 2;
}

/** Two texts for two readers. */
export interface Notice {
  readonly model: string;
  readonly person: string;
}

/** The answer that says nothing: an explicit allow would skip the person's own permission prompt. */
export const SILENCE: NativeAnswer = { stdout: '', stderr: '', code: 0 };

/** One agent client: how its JSON becomes an event, and how our answer becomes its JSON. */
export interface Client {
  readonly id: string;
  /** Throws `ShapeError` when the input is not what this client sends. */
  parse(input: unknown): ClientEvent;
  /** The answer to a decision on a call. */
  answer(call: Call, decision: Decision): NativeAnswer;
  /** Tells both readers something about an event that cannot be stopped any more (outcome, session start). */
  tell(event: ClientEvent, notice: Notice): NativeAnswer;
  /** A call's result with each text that the model reads changed; the very same value when none was. */
  mapResult(call: Call, result: unknown, change: (text: string) => string): unknown;
  /** Lets the model read `result` instead of what the tool returned, and tells both readers what else there is to tell. */
  replace(result: unknown, notice: { readonly model?: string; readonly person: string }): NativeAnswer;
  /** Refuses an event outright. */
  refuse(message: string): NativeAnswer;
}

/** The input does not have the shape that the client documents. */
export class ShapeError extends Error {}

/** `value[key]` when it is a string; throws `ShapeError` when it is missing or something else. */
export function text(value: Readonly<Record<string, unknown>>, key: string): string {
  const found = value[key];
  if (typeof found !== 'string')
    throw new ShapeError(`\`${key}\` is ${found === undefined ? 'missing' : 'not a string'}`);
  return found;
}

/** `value` as an object; throws `ShapeError` otherwise. */
export function object(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ShapeError(`\`${name}\` is not an object`);
  return value as Readonly<Record<string, unknown>>;
}

/** `value[key]` when it is a string, else `fallback`. */
export function textOr(value: Readonly<Record<string, unknown>>, key: string, fallback: string): string {
  const found = value[key];
  return typeof found === 'string' ? found : fallback;
}
