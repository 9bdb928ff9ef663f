import { hostname, userInfo } from 'node:os';
import type { Call, Subject } from '../policy/call.ts';

/** Who acts: the machine and its user as the system tells, the client and agent as the gate does. */
export function identify(call: Pick<Call, 'client' | 'agent' | 'assurance'>): Subject {
  return {
    host: hostname(),
    user: userName(),
    client: call.client,
    ...(call.agent === undefined ? {} : { agent: call.agent }),
    assurance: call.assurance,
  };
}

/** A user id without an entry in the password file has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
