import { homedir } from 'node:os';
import type { Client, ClientEvent, NativeAnswer } from '../../clients/event.ts';
import { SILENCE } from '../../clients/event.ts';
import { describeText } from '../../govern/describe.ts';
import { afterCall, beforeCall, mayWrite } from '../../govern/effects.ts';
import { readFacts } from '../../govern/facts.ts';
import { recordEvent } from '../../govern/record-event.ts';
import { watchedFiles } from '../../govern/watched.ts';
import type { Call } from '../../policy/call.ts';
import type { Facts } from '../../policy/facts.ts';
import { readHalt } from '../../repo/halt.ts';
import type { Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import { sessionEntry } from './session-entry.ts';

/** Before a call that may write: remembers what the protected files look like. */
export function watchCall(call: Call, facts: Facts, places: Places): void {
  if (mayWrite(call, facts)) beforeCall({ call, places, watched: watched(facts, places) });
}

/** After a call: records how it ended, and undoes what it did to protected files, whatever spelling or program did it. */
export async function answerOutcome(
  event: Extract<ClientEvent, { kind: 'outcome' }>,
  places: Places,
  client: Client,
): Promise<NativeAnswer> {
  const { call } = event;
  const entry = {
    ...sessionEntry('outcome', call),
    data: {
      ok: event.ok,
      durationMs: event.durationMs,
      ...(event.ok ? {} : { error: describeText(event.error) }),
    },
  };
  const facts = readFacts(call, places, homedir(), readHalt(places.stateDir));
  if (!mayWrite(call, facts)) {
    recordEvent(places, entry);
    return SILENCE;
  }
  const scene = { call, places, watched: watched(facts, places) };
  const effects = await afterCall(scene, entry, await freezesOnTamper(places));
  return effects.kind === 'none' ? SILENCE : client.tell(event, notice(effects.paths, effects.frozen));
}

function watched(facts: Facts, places: Places) {
  return watchedFiles(places, facts.home, facts.hooksDir, facts.installed);
}

async function freezesOnTamper(places: Places): Promise<boolean> {
  const input = { root: places.root, stateDir: places.stateDir, home: homedir() };
  const state = await readPolicy(input);
  return (
    state.kind === 'ok' &&
    state.policy.layers.some(({ policy }) => policy.guards['protected-paths'].tamper === 'freeze')
  );
}

function notice(paths: readonly string[], frozen: boolean) {
  const files = paths.join(', ');
  const after = frozen ? ' The repository is frozen until the person runs: npx postern unfreeze --reason "…"' : '';
  return {
    model: [
      `Undone: this call changed ${files}, which agents may not change. The files were put back.${after}`,
      'Instead: tell the person what you would change and why; they can edit it in a plain editor.',
      'Rule: protected-paths/tamper',
    ].join('\n'),
    person: `Postern undid a change of ${files} by an agent's call; what it wrote is kept under <git common dir>/postern/undone.${after}`,
  };
}
