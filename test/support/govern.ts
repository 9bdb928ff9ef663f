import { govern, type Verdict } from '../../src/govern/govern.ts';
import type { Action, Call } from '../../src/policy/call.ts';
import { findPlaces } from '../../src/repo/places.ts';
import { scratchFolder } from './packed.ts';

const HOME = scratchFolder('home');
let count = 0;

/** Lets an agent's hook call be judged in a real repository, as the gate does. */
export function agentCall(root: string, action: Action | string, over: Partial<Call> = {}): Promise<Verdict> {
  const places = findPlaces(root);
  if (!places) throw new Error(`${root} is no repository`);
  const call: Call = {
    id: `call-${++count}`,
    gate: 'hook',
    tool: 'Bash',
    cwd: root,
    client: 'claude-code',
    assurance: 'hook',
    session: { id: 's1' },
    action: typeof action === 'string' ? { kind: 'bash', command: action } : action,
    ...over,
  };
  return govern(call, places, { home: HOME });
}
