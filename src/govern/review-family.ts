import { newestFirst } from '../audit/query.ts';
import type { Call } from '../policy/call.ts';
import type { Places } from '../repo/places.ts';
import type { PushedRange } from '../review/range.ts';

/** Records that are looked at for who wrote here lately. */
const LOOKED_AT = 2000;

const WRITING = ['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'Bash', 'apply_patch'];

/**
 * Whether the reviewer is of the family that seems to have written the change: the agent that pushes, or one whose session wrote in this
 * repository lately. Such a review is weaker, which its record says.
 */
export function isByOwnFamily(
  family: string,
  { commits }: PushedRange,
  { call, places }: { readonly call: Call; readonly places: Places },
): boolean {
  if (family === '' || commits.length === 0) return false;
  if (call.client === family) return true;
  let looked = 0;
  for (const { kind, effect, subject, tool = '' } of newestFirst(places.stateDir)) {
    if (++looked > LOOKED_AT) break;
    if (kind === 'decision' && effect === 'allow' && subject.client === family && WRITING.includes(tool)) return true;
  }
  return false;
}
