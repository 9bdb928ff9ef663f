import { govern } from '../../govern/govern.ts';
import { recordSkip } from '../../govern/record-skip.ts';
import type { Action, Call } from '../../policy/call.ts';
import type { PushReview } from '../../policy/push-review.ts';
import type { Places } from '../../repo/places.ts';
import { coverageOf } from '../../review/coverage.ts';
import { type Push, readPush } from '../../review/push.ts';
import { askedSkip } from '../../review/skip.ts';
import { answerOf, type GateAnswer, goOn, unjudged } from './answer.ts';
import { callOf, gitOf, type Scene } from './scene.ts';
import { readUpdates } from './updates.ts';

/** Judges everything that one push sends. */
export async function judgePush(scene: Scene): Promise<GateAnswer> {
  const input = readUpdates((await scene.io.stdin()).toString('utf8'));
  if (input.kind === 'malformed')
    return unjudged(scene.hook, input.problem, 'push again; if it stays: npx postern doctor');
  const ask = gitOf(scene);
  const [remote = '', url = remote] = scene.args;
  const push = readPush(input.updates, { remote, url }, ask);
  const call = (review: PushReview) => callOf(scene, 'git push', actionOf(remote, push, review));
  const plain = call(coverageOf(push.ranges));
  const skip = askedSkip(scene.io.env, plain.client, ask);
  if (!skip || !(await lacksReview(plain, scene.places)))
    return answerOf(scene.hook, await govern(plain, scene.places));
  return judgeSkip(scene, call(skip), push, skip);
}

function actionOf(remote: string, push: Push, review: PushReview): Extract<Action, { kind: 'push' }> {
  const { paths, files, unscanned } = push;
  const updates = push.ranges.map((range) => range.update);
  return { kind: 'push', remote, updates, paths, files, review, ...(unscanned === undefined ? {} : { unscanned }) };
}

/** Whether there is anything that a skip would be for; where nothing is, the variable does nothing and is not recorded. */
async function lacksReview(call: Call, places: Places): Promise<boolean> {
  const { decision } = await govern(call, places, { record: false });
  return decision.findings.some((finding) => finding.guard === 'review');
}

/** The skip stands in the log, on the disk, before git may go on. */
async function judgeSkip(scene: Scene, call: Call, push: Push, skip: PushReview): Promise<GateAnswer> {
  const verdict = await govern(call, scene.places);
  const answer = answerOf(scene.hook, verdict);
  if (answer.code !== 10 || skip.kind !== 'skipped') return answer;
  recordSkip(call, scene.places, {
    reason: skip.reason,
    identity: skip.identity,
    remote: scene.args[0] ?? '',
    heads: [...new Set(push.ranges.flatMap(({ head }) => head || []))],
    refs: push.ranges.map(({ update }) => update.remoteRef),
    files: push.paths.length,
  });
  return goOn(`pushed without a review, which is on record: ${skip.reason}`);
}
