import { describeAction } from '../../govern/describe.ts';
import type { EventEntry } from '../../govern/record-event.ts';
import type { Call } from '../../policy/call.ts';
import type { Decision } from '../../policy/decision.ts';
import type { FindKnownValues } from '../../policy/facts.ts';

/** The record of a hook event that is not a decision. */
export function sessionEntry(
  kind: EventEntry['kind'],
  call: Call,
  find?: FindKnownValues,
  content: Decision['content'] = 'redacted',
): EventEntry {
  const what = content === 'none' ? '' : describeAction(call.action, find);
  return {
    kind,
    by: call,
    call: call.id,
    gate: 'hook',
    session: { id: call.session.id, ...(call.session.parent ? { parent: call.session.parent } : {}) },
    tool: call.tool,
    ...(what ? { what } : {}),
  };
}
