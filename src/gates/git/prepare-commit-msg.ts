import { resolve } from 'node:path';
import { govern } from '../../govern/govern.ts';
import { sealingKey } from '../../govern/review-key.ts';
import { MARK, markedBytes, stagedEntries } from '../../review/commit-mark.ts';
import { amendedBase, headOf, readAmended, readStaged } from '../../review/staged.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { commitOf } from './pre-commit.ts';
import { callOf, gitOf, type Scene } from './scene.ts';

const GO_ON: GateAnswer = { stdout: '', stderr: '', code: 10 };

/**
 * Marks a commit whose content passes, with a trailer that the host key signs. `--no-verify` does not skip this hook, so the content is
 * judged here once more, whoever was asked before. It holds nothing up but in a frozen repository: a commit without a mark is seen when it
 * is pushed.
 */
export async function markCommit(scene: Scene): Promise<GateAnswer> {
  try {
    return await mark(scene);
  } catch {
    return GO_ON;
  }
}

async function mark(scene: Scene): Promise<GateAnswer> {
  const [file, source, from] = scene.args;
  const ask = gitOf(scene);
  const isAmended = source === 'commit' && from === 'HEAD';
  const change = isAmended ? readAmended(ask) : readStaged(scene.places.gitDir, ask);
  const call = commitOf(scene, change);
  const verdict = await govern(call, scene.places, { record: false });
  const { decision, state } = verdict;
  if (decision.rule === 'kill-switch/halted') return answerOf(scene.hook, await govern(call, scene.places));
  const isWanted = state.kind === 'ok' && state.policy.layers.some(({ policy }) => policy.commits.mark);
  if (!file || source === 'merge' || decision.would !== 'allow' || !isWanted) return GO_ON;
  const key = sealingKey({ ...scene.io, client: callOf(scene, '', call.action).client });
  const entries = stagedEntries(isAmended ? amendedBase(ask) : headOf(ask), ask);
  const seal = `${key.id}:${key.sign(markedBytes(entries)).toString('base64')}`;
  const how = ['--in-place', '--no-divider', '--if-exists', 'replace', '--trailer', `${MARK}: ${seal}`];
  ask(['interpret-trailers', ...how, resolve(scene.io.cwd, file)]);
  return GO_ON;
}
