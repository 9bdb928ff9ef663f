import { type GateAnswer, unjudged } from './answer.ts';
import { readCommitMessage } from './commit-msg.ts';
import { findGatePlaces } from './gate-places.ts';
import { judgeStaged } from './pre-commit.ts';
import { judgePush } from './pre-push.ts';
import { markCommit } from './prepare-commit-msg.ts';
import type { GateInput, Scene } from './scene.ts';

const GATES: Readonly<Record<string, (scene: Scene) => Promise<GateAnswer>>> = {
  'pre-commit': judgeStaged,
  'prepare-commit-msg': markCommit,
  'commit-msg': readCommitMessage,
  'pre-push': judgePush,
};

/** Judges one run of a git hook. Never throws: whatever keeps it from judging is code 2 and one clear line. */
export async function runGitGate(hook: string, args: readonly string[], io: GateInput): Promise<GateAnswer> {
  if (io.env['POSTERN_CANARY'] === '1') return { stdout: '', stderr: `postern canary ${hook}\n`, code: 1 };
  try {
    const gate = Object.hasOwn(GATES, hook) ? GATES[hook] : undefined;
    if (!gate) return unjudged(hook, 'Postern does not know this git hook', 'npx postern upgrade');
    const places = findGatePlaces(io.cwd, io.env);
    if (places.kind === 'lost') return unjudged(hook, places.problem, places.instead);
    return await gate({ hook, args, io, places: places.places });
  } catch (error) {
    const problem = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    return unjudged(hook, problem, 'npx postern doctor');
  }
}
