import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import type { Places } from '../repo/places.ts';
import { type Approval, callDigest, isApprovable, takeApproval } from './approval.ts';
import { describeAction } from './describe.ts';
import { type Judged, keepWork } from './keep-work.ts';
import { recordDecision } from './record-decision.ts';
import type { EventEntry } from './record-event.ts';

/**
 * What happens to a call that something objects to: uncommitted work that it would lose is kept, a person's approval of
 * this very call is used up and lets it through, and the outcome is recorded with the way out that people are offered.
 */
export function offerWayOut(call: Call, places: Places, judged: Judged): Decision {
  const snapshot = keepWork(call, judged, places);
  const stopped: Decision = snapshot === null ? judged.decision : { ...judged.decision, snapshot };
  const kept = snapshot === null ? {} : { snapshot };
  if (!isApprovable(call, stopped) || hasOrgFloor(judged))
    return recordDecision(call, places, stopped, snapshot === null ? {} : { data: kept }).decision;
  const approval = takeApproval(call, stopped, places.stateDir, Date.now());
  if (approval) {
    const used = [usedEntry(call, stopped, approval, judged.facts)];
    const data = { ...kept, approval: approval.granted };
    return recordDecision(call, places, { ...stopped, effect: 'allow' }, { first: used, data }).decision;
  }
  const data = { ...kept, digest: callDigest(call) };
  const { decision, seq } = recordDecision(call, places, stopped, { data });
  return seq === undefined ? decision : { ...decision, approvable: String(seq) };
}

/** What an organisation's floor stops, nobody at this machine lets through. */
function hasOrgFloor({ state }: Judged): boolean {
  return state.kind === 'ok' && state.policy.layers.some(({ name }) => name === 'org');
}

function usedEntry(
  call: Call,
  { rule, content }: Decision,
  { granted, digest }: Approval,
  { knownValues }: Judged['facts'],
): EventEntry {
  return {
    kind: 'approval.used',
    by: call,
    call: call.id,
    gate: call.gate,
    session: { id: call.session.id, ...(call.session.parent ? { parent: call.session.parent } : {}) },
    tool: call.tool,
    ...(content === 'none' ? {} : { what: describeAction(call.action, knownValues) }),
    rule,
    data: { granted, digest },
  };
}
