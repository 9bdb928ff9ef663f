import { claudeCode } from '../../clients/claude-code.ts';
import { type Client, type ClientEvent, type NativeAnswer, ShapeError, SILENCE } from '../../clients/event.ts';
import { govern } from '../../govern/govern.ts';
import { endSession } from '../../govern/in-flight.ts';
import { recordEvent } from '../../govern/record-event.ts';
import type { Call } from '../../policy/call.ts';
import type { Places } from '../../repo/places.ts';
import { answerConfigChange } from './config-change.ts';
import { answerOutcome } from './outcome.ts';
import { sessionEntry } from './session-entry.ts';
import { answerSessionStart } from './session-start.ts';
import { watchCall } from './watch-call.ts';

/** Bytes of hook input that are accepted: clients send whole files. */
export const MAX_INPUT_BYTES = 32 * 1024 * 1024;

/** Judges one hook event. Throws when it cannot: the entry point turns that into exit 2. `kind` says what the event exercised. */
export async function runHook(
  input: Buffer,
  places: Places,
  client: Client = claudeCode,
): Promise<{ readonly answer: NativeAnswer; readonly kind: string }> {
  const event = client.parse(parseJson(input));
  return { answer: await answerEvent(event, places, client), kind: `${event.kind} ${event.call.action.kind}` };
}

async function answerEvent(event: ClientEvent, places: Places, client: Client): Promise<NativeAnswer> {
  switch (event.kind) {
    case 'call':
      return judgeCall(event.call, places, client);
    case 'outcome':
      return answerOutcome(event, places, client);
    case 'session-start':
      endSession(places.stateDir, event.call.session.id);
      return answerSessionStart(event, places, client);
    case 'config-change':
      return answerConfigChange(event, places, client);
    case 'stop':
      return recordStop(event, places);
  }
}

async function judgeCall(call: Call, places: Places, client: Client): Promise<NativeAnswer> {
  const { decision, facts } = await govern(call, places);
  if (decision.effect !== 'deny') watchCall(call, facts, places);
  return client.answer(call, decision);
}

function recordStop(event: ClientEvent, places: Places): NativeAnswer {
  if (event.call.agent === undefined) endSession(places.stateDir, event.call.session.id);
  recordEvent(places, sessionEntry('session.stop', event.call));
  return SILENCE;
}

/** Stands in a decoded text for bytes that are no UTF-8, or for itself. */
const REPLACED = '\ufffd';

function parseJson(input: Buffer): unknown {
  if (input.length === 0) throw new ShapeError('the hook input is empty');
  const text = input.toString('utf8');
  if (text.includes(REPLACED) && !process.getBuiltinModule('node:buffer').isUtf8(input))
    throw new ShapeError('the hook input is not UTF-8');
  try {
    return JSON.parse(text);
  } catch {
    throw new ShapeError('the hook input is not JSON');
  }
}
