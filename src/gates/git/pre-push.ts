import { govern } from '../../govern/govern.ts';
import { recordSkip } from '../../govern/record-skip.ts';
import { sealingKey } from '../../govern/review-key.ts';
import { type ReviewScene, reviewPush } from '../../govern/review-push.ts';
import { reviewScope, reviewTerms } from '../../govern/review-scope.ts';
import type { Action, Call } from '../../policy/call.ts';
import type { PushReview } from '../../policy/push-review.ts';
import { type Push, readPush } from '../../review/push.ts';
import { askedSkip } from '../../review/skip.ts';
import { answerOf, type GateAnswer, goOn, saidAfter, unjudged } from './answer.ts';
import { withFindings, withProgress } from './review-talk.ts';
import { callOf, gitOf, type Scene } from './scene.ts';
import { sendNote } from './send-note.ts';
import { readUpdates } from './updates.ts';

/** Judges everything that one push sends. A push that needs a review gets it here, unless the log holds one of the same diff. */
export async function judgePush(scene: Scene): Promise<GateAnswer> {
  const input = readUpdates((await scene.io.stdin()).toString('utf8'));
  if (input.kind === 'malformed')
    return unjudged(scene.hook, input.problem, 'push again; if it stays: npx postern doctor');
  const ask = gitOf(scene);
  const [remote = '', url = remote] = scene.args;
  const push = readPush(input.updates, { remote, url }, ask);
  const call = (review: PushReview) => callOf(scene, 'git push', actionOf(remote, push, review));
  const plain = call({ kind: 'missing' });
  const { decision, facts, state } = await govern(plain, scene.places, { record: false });
  const lacksReview = decision.findings.some(({ guard, rule }) => guard === 'review' && rule !== 'own-refs');
  if (!lacksReview || state.kind !== 'ok') return answerOf(scene.hook, await govern(plain, scene.places));
  const { policy } = state;
  const terms = reviewTerms(policy);
  const skip = askedSkip(scene.io.env, plain.client, ask, terms.skip_in_ci);
  if (skip) return judgeSkip(scene, call(skip), push, skip);
  if (terms.reviewer.length === 0 || decision.findings.every(({ rule }) => rule !== 'missing'))
    return answerOf(scene.hook, await govern(plain, scene.places));
  const { env, accountHome } = scene.io;
  const reviewing: ReviewScene = { call: plain, places: scene.places, policy, env, accountHome, ask };
  const ranges = reviewScope(push, { facts, policy }, ask);
  const reviewed = await withProgress((onSecond) => reviewPush(ranges, { ...reviewing, onSecond }));
  const answer = answerOf(scene.hook, await govern(call(reviewed.review), scene.places));
  const key = sealingKey({ env, accountHome, client: plain.client });
  const sent = answer.code === 10 ? sendNote(reviewed.records, { scene, remote, terms, key }) : '';
  return saidAfter(withFindings(answer, reviewed), sent);
}

function actionOf(remote: string, push: Push, review: PushReview): Extract<Action, { kind: 'push' }> {
  const { paths, files, unscanned } = push;
  const updates = push.ranges.map((range) => range.update);
  return { kind: 'push', remote, updates, paths, files, review, ...(unscanned === undefined ? {} : { unscanned }) };
}

/** The skip stands in the log, sealed and on the disk, before git may go on. */
async function judgeSkip(scene: Scene, call: Call, push: Push, skip: PushReview): Promise<GateAnswer> {
  const verdict = await govern(call, scene.places);
  const answer = answerOf(scene.hook, verdict);
  if (answer.code !== 10 || skip.kind !== 'skipped') return answer;
  const key = sealingKey({ ...scene.io, client: call.client });
  const remote = scene.args[0] ?? '';
  const { reason, identity } = skip;
  const about = { reason, identity, remote, ranges: push.ranges, files: push.paths.length, key };
  const records = recordSkip(call, scene.places, about, gitOf(scene));
  const going = goOn(`pushed without a review, which is on record: ${skip.reason}`);
  if (verdict.state.kind !== 'ok') return going;
  return saidAfter(going, sendNote(records, { scene, remote, terms: reviewTerms(verdict.state.policy), key }));
}
