import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openQuestions } from '../../guards/index.ts';
import type { EffectivePolicy } from '../../policy/types.ts';
import { findPlaces, type Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { judgeCall } from '../judge-call.ts';
import { printJson } from '../output.ts';
import type { PastCall, Skipped } from '../replay/past-call.ts';
import { readRecords } from '../replay/records.ts';
import { count, emptyTally, type Tally } from '../replay/tally.ts';
import { replayJson, replayText } from '../replay/text.ts';
import { readTranscripts, transcriptFiles, transcriptFolders } from '../replay/transcripts.ts';
import { guardedRepository, homeOf } from '../repository.ts';
import { sinceOf } from '../since.ts';

export interface ReplayOptions {
  /** A file or folder; `true` for this repository's own. */
  readonly transcripts?: string | true;
  readonly audit?: boolean;
  readonly since?: string;
  readonly json?: boolean;
}

/** Runs today's policy over past calls: what it would stop, and what it lets through that was stopped. Changes nothing. */
export async function run(options: ReplayOptions, context: Context): Promise<ExitCode> {
  const places = guardedRepository(context);
  const home = homeOf(context);
  const state = await readPolicy({ ...places, home });
  if (state.kind === 'unreadable') throw new UserError(`Cannot judge: ${state.problem}`, state.instead);
  const skipped: Skipped = { lines: 0, shapes: 0, partial: 0 };
  const calls = pastCalls(places, options, skipped, context);
  const tally = await replay(calls, { places, home, policy: state.policy }, context);
  if (options.json) printJson(context, replayJson(tally, skipped));
  else context.out(replayText(tally, skipped, context));
  const changes = tally.letThrough > 0 || [...tally.stopped.values()].some(({ news }) => news > 0);
  return changes ? FOUND : DONE;
}

function pastCalls(
  places: Places,
  { transcripts, audit, since: stated }: ReplayOptions,
  skipped: Skipped,
  context: Context,
): Generator<PastCall, void, void> {
  const since = sinceOf(stated, Date.now());
  if (audit && transcripts !== undefined) {
    throw new UserError('`--audit` and `--transcripts` are two sources.', 'Run: npx postern replay --audit');
  }
  if (audit) return readRecords(places.stateDir, { since, cwd: places.root }, skipped);
  const path = typeof transcripts === 'string' ? resolve(context.cwd, transcripts) : null;
  if (path !== null && !existsSync(path)) {
    throw new UserError(`There is nothing at ${path}.`, 'Run: npx postern replay --transcripts <dir or file>');
  }
  const roots = path === null ? transcriptFolders(places.root, context) : [path];
  const files = roots.flatMap((root) => transcriptFiles(root, since));
  return readTranscripts(files, { since, inside: path === null ? places.root : null }, skipped);
}

/** Calls between two signs of life. */
const STEP = 250;

interface Ground {
  readonly places: Places;
  readonly home: string;
  readonly policy: EffectivePolicy;
}

async function replay(calls: Iterable<PastCall>, { places, home, policy }: Ground, context: Context): Promise<Tally> {
  const tally = emptyTally();
  const state = { kind: 'ok' as const, policy };
  const rootOf = rootsBelow(places);
  for (const past of calls) {
    const there = { ...places, root: rootOf(past.call.cwd) };
    const { decision, facts } = judgeCall(past.call, { places: there, home, state });
    const asks = () => policy.layers.flatMap((layer) => openQuestions(past.call, facts, layer.policy));
    count(tally, past, decision, decision.would !== 'allow' && asks().length > 0);
    if (tally.calls % STEP !== 0) continue;
    if (context.interactive) context.say(`\r${tally.calls} calls judged …`);
    await new Promise((goOn) => setImmediate(goOn));
  }
  if (context.interactive && tally.calls >= STEP) context.say('\r\x1b[K');
  return tally;
}

/** The top folder that a past call counted as its repository's: the one there now, else its working directory. */
function rootsBelow(places: Places): (cwd: string) => string {
  const known = new Map<string, string>();
  return (cwd) => {
    if (cwd === places.root || cwd.startsWith(`${places.root}/`)) return places.root;
    const root = known.get(cwd) ?? findPlaces(cwd)?.root ?? cwd;
    if (known.size < 10_000) known.set(cwd, root);
    return root;
  };
}
