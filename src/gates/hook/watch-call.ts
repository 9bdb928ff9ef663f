import { beforeCall, mayWrite } from '../../govern/effects.ts';
import { watchedFiles } from '../../govern/watched.ts';
import type { Call } from '../../policy/call.ts';
import type { Facts } from '../../policy/facts.ts';
import type { Places } from '../../repo/places.ts';

/** Before a call that may write: remembers what the protected files look like. */
export function watchCall(call: Call, facts: Facts, places: Places): void {
  if (!mayWrite(call, facts)) return;
  beforeCall({ call, places, watched: watchedFiles(places, facts.home, facts.hooksDir, facts.installed) });
}
