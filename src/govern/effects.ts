import type { Call } from '../policy/call.ts';
import type { Facts } from '../policy/facts.ts';
import { writeHalt } from '../repo/halt.ts';
import type { Places } from '../repo/places.ts';
import { beginCall, endCall, hasBegun, isAnyRunning } from './in-flight.ts';
import { type Baseline, changedFiles, isUntouched, keepBaseline, readBaseline } from './protected-state.ts';
import { type EventEntry, recordEvent, recordEvents } from './record-event.ts';
import type { Watched } from './watched.ts';

/** What a call did to protected files. */
export type Effects =
  | { readonly kind: 'none' }
  | { readonly kind: 'restored'; readonly paths: readonly string[]; readonly frozen: boolean };

interface Scene {
  readonly call: Call;
  readonly places: Places;
  readonly watched: readonly Watched[];
}

/** Before a call that may write runs: protected files as they are now become the baseline, unless another call is at work. */
export function beforeCall({ call, places, watched }: Scene): void {
  const baseline = readBaseline(places.stateDir);
  if (!baseline) keepBaseline(watched, places);
  else if (!isUntouched(watched, baseline) && !isAnyRunning(places.stateDir)) {
    const changed = changedFiles(watched, baseline);
    keepBaseline(watched, places);
    if (changed.length > 0)
      recordEvent(places, changeEntry('protected.changed', call, shown(changed, places), 'between calls'));
  }
  beginCall(places.stateDir, call.session.id, call.id);
}

/** Protected files that a call changed: put back, or accepted because a branch switch brought them. */
export interface Undone {
  readonly restored: readonly Watched[];
  readonly accepted: readonly Watched[];
}

export const NOTHING_UNDONE: Undone = { restored: [], accepted: [] };

/** After a call ran: what it changed in protected files is put back, before anything that they say is heard. */
export async function undoChanges(scene: Scene): Promise<Undone> {
  const { call, places } = scene;
  const baseline = readBaseline(places.stateDir);
  const watched = withKnown(scene.watched, baseline);
  endCall(places.stateDir, call.session.id, call.id);
  if (!baseline || isUntouched(watched, baseline)) return NOTHING_UNDONE;
  const { putBack } = await import('./put-back.ts');
  const undone = putBack(changedFiles(watched, baseline), baseline, places);
  keepBaseline(watched, places);
  return undone;
}

/** Records how a call ended and what was undone; freezes the repository when `freeze` says so and something was. */
export function recordOutcome(
  { call, places }: Omit<Scene, 'watched'>,
  { restored, accepted }: Undone,
  outcome: EventEntry,
  freeze: boolean,
): Effects {
  const frozen = freeze && restored.length > 0;
  if (frozen) writeHalt(places.stateDir, `an agent's call changed ${shown(restored, places)}`);
  recordEvents(places, [
    outcome,
    ...(accepted.length > 0
      ? [changeEntry('protected.changed', call, shown(accepted, places), 'by a branch switch')]
      : []),
    ...(restored.length > 0
      ? [changeEntry('tamper.restored', call, shown(restored, places), frozen ? 'frozen' : 'put back')]
      : []),
  ]);
  return restored.length > 0
    ? { kind: 'restored', paths: restored.map((file) => shown([file], places)), frozen }
    : { kind: 'none' };
}

/** A call may have moved the hooks folder: what was watched before it stays watched. */
function withKnown(watched: readonly Watched[], baseline: Baseline | null): Watched[] {
  const paths = new Set(watched.map((file) => file.path));
  return [
    ...watched,
    ...Object.keys(baseline?.looks ?? {})
      .filter((path) => !paths.has(path))
      .map((path) => ({ path })),
  ];
}

function shown(files: readonly Watched[], places: Places): string {
  return files
    .map(({ path }) => (path.startsWith(`${places.root}/`) ? path.slice(places.root.length + 1) : path))
    .join(', ');
}

function changeEntry(kind: 'protected.changed' | 'tamper.restored', call: Call, what: string, how: string): EventEntry {
  return {
    kind,
    by: call,
    call: call.id,
    gate: call.gate,
    session: { id: call.session.id },
    tool: call.tool,
    what,
    ...(kind === 'tamper.restored' ? { effect: 'deny', rule: 'protected-paths/tamper' } : {}),
    data: { how },
  };
}

/** True when the call can have changed files: it was marked before it ran, or can be seen to. */
export function mayHaveWritten(call: Call, facts: Facts): boolean {
  return hasBegun(facts.stateDir, call.session.id, call.id) || mayWrite(call, facts);
}

/** True when the call can change files at all. */
export function mayWrite(call: Call, facts: Pick<Facts, 'reading'>): boolean {
  return (
    call.action.kind !== 'read' &&
    call.action.kind !== 'prompt' &&
    call.action.kind !== 'fetch' &&
    facts.reading?.class !== 'read'
  );
}
