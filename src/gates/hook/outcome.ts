import type { Client, ClientEvent, NativeAnswer, Notice } from '../../clients/event.ts';
import { SILENCE } from '../../clients/event.ts';
import { describeText } from '../../govern/describe.ts';
import { mayHaveWritten, NOTHING_UNDONE, recordOutcome, undoChanges } from '../../govern/effects.ts';
import { readFacts } from '../../govern/facts.ts';
import { type OutputMask, outputMask } from '../../govern/mask-output.ts';
import type { EventEntry } from '../../govern/record-event.ts';
import { watchedFiles } from '../../govern/watched.ts';
import type { Decision } from '../../policy/decision.ts';
import { contentOf } from '../../policy/evaluate.ts';
import type { Facts } from '../../policy/facts.ts';
import type { PolicyState } from '../../policy/types.ts';
import { readHalt } from '../../repo/halt.ts';
import { homeFolder } from '../../repo/home.ts';
import type { Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import { sessionEntry } from './session-entry.ts';

/**
 * After a call: records how it ended, masks the secrets in what it returned, and undoes what it did to protected files,
 * whatever spelling or program did it.
 */
export async function answerOutcome(event: Outcome, places: Places, client: Client): Promise<NativeAnswer> {
  const { call } = event;
  const facts = readFacts(call, places, homeFolder(), readHalt(places.stateDir));
  const scene = { call, places, watched: watched(facts, places) };
  const undone = mayHaveWritten(call, facts) ? await undoChanges(scene) : NOTHING_UNDONE;
  const state = await readPolicy({ root: places.root, stateDir: places.stateDir, home: homeFolder() });
  const masked = maskResult(event, client, outputMask(call, facts, state));
  const effects = recordOutcome(
    scene,
    undone,
    outcomeEntry(event, masked, facts, contentIn(state)),
    freezesOnTamper(state),
  );
  return tell(event, client, masked, effects.kind === 'none' ? null : notice(effects.paths, effects.frozen));
}

type Outcome = Extract<ClientEvent, { kind: 'outcome' }>;

/** A result whose secrets were masked. */
interface Masked {
  readonly result: unknown;
  readonly rules: readonly string[];
}

function maskResult(event: Outcome, client: Client, mask: OutputMask | null): Masked | null {
  if (!mask || !event.ok) return null;
  const result = client.mapResult(event.call, event.result, mask.mask);
  return result === event.result ? null : { result, rules: mask.rules };
}

function contentIn(state: PolicyState): Decision['content'] {
  return state.kind === 'ok' ? contentOf(state.policy) : 'redacted';
}

function outcomeEntry(
  event: Outcome,
  masked: Masked | null,
  { knownValues }: Facts,
  content: Decision['content'],
): EventEntry {
  return {
    ...sessionEntry('outcome', event.call, knownValues, content),
    data: {
      ok: event.ok,
      durationMs: event.durationMs,
      ...(event.ok || content === 'none' ? {} : { error: describeText(event.error, knownValues) }),
      ...(masked ? { masked: masked.rules.length, rules: [...new Set(masked.rules)].join(' ') } : {}),
    },
  };
}

function tell(event: Outcome, client: Client, masked: Masked | null, notice: Notice | null): NativeAnswer {
  if (!masked) return notice ? client.tell(event, notice) : SILENCE;
  const rules = [...new Set(masked.rules)].join(', ');
  const person = `Postern masked ${rules} in what ${event.call.tool} returned, before the model read it.`;
  return client.replace(masked.result, notice ? { ...notice, person: `${notice.person}\n${person}` } : { person });
}

function watched(facts: Facts, places: Places) {
  return watchedFiles(places, facts.home, facts.hooksDir, facts.installed);
}

function freezesOnTamper(state: PolicyState): boolean {
  return (
    state.kind === 'ok' &&
    state.policy.layers.some(({ policy }) => policy.guards['protected-paths'].tamper === 'freeze')
  );
}

function notice(paths: readonly string[], frozen: boolean): Notice {
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
