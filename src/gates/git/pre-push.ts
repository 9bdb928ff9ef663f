import { govern, type Verdict } from '../../govern/govern.ts';
import { recordSkip } from '../../govern/record-skip.ts';
import { sealingKey } from '../../govern/review-key.ts';
import { type ReviewScene, reviewPush } from '../../govern/review-push.ts';
import { reviewScope, reviewTerms } from '../../govern/review-scope.ts';
import type { Action, Call } from '../../policy/call.ts';
import type { Decision } from '../../policy/decision.ts';
import type { PushReview } from '../../policy/push-review.ts';
import type { EffectivePolicy } from '../../policy/types.ts';
import { SHORT_ID_CHARS } from '../../review/added.ts';
import { unmarkedCommits } from '../../review/commit-mark.ts';
import { type Push, pushedCommits, readPush } from '../../review/push.ts';
import { askedSkip } from '../../review/skip.ts';
import { answerOf, type GateAnswer, goOn, saidAfter, unjudged } from './answer.ts';
import { withFindings, withProgress } from './review-talk.ts';
import { callOf, gitOf, type Scene } from './scene.ts';
import { sendNote } from './send-note.ts';
import { readUpdates } from './updates.ts';

/** Judges everything that one push sends, and names the commits that did not pass the commit gate. */
export async function judgePush(scene: Scene): Promise<GateAnswer> {
  const input = readUpdates((await scene.io.stdin()).toString('utf8'));
  if (input.kind === 'malformed')
    return unjudged(scene.hook, input.problem, 'push again; if it stays: npx postern doctor');
  const [remote = '', url = remote] = scene.args;
  const push = readPush(input.updates, { remote, url }, gitOf(scene));
  const call = (review: PushReview) => callOf(scene, 'git push', actionOf(remote, push, review));
  const first = await govern(call({ kind: 'missing' }), scene.places, {
    record: (decision) => !concernsReview(decision),
  });
  const answer = await judge({ scene, push, call }, first);
  if (answer.code !== 10 || first.state.kind !== 'ok') return answer;
  return saidAfter(answer, namedUnmarked(scene, push, first.state.policy));
}

/** One push, and the same as a call that has this for a review. */
interface Judging {
  readonly scene: Scene;
  readonly push: Push;
  readonly call: (review: PushReview) => Call;
}

/** A push that needs a review, and that nothing else stops, gets it here, unless a verdict on the same diff stands. */
async function judge({ scene, push, call }: Judging, { decision, facts, state }: Verdict): Promise<GateAnswer> {
  const ask = gitOf(scene);
  const plain = call({ kind: 'missing' });
  const asIs = async () => answerOf(scene.hook, await govern(plain, scene.places));
  if (!concernsReview(decision)) return answerOf(scene.hook, { decision, facts, state });
  if (state.kind !== 'ok' || decision.findings.some(({ rule }) => rule === 'own-refs')) return asIs();
  const { policy } = state;
  const terms = reviewTerms(policy);
  const skip = askedSkip(scene.io.env, plain.client, ask, terms.skip_in_ci);
  if (skip) return judgeSkip(scene, call(skip), push, skip);
  const others = decision.findings.filter(({ guard, rule }) => guard !== 'review' || rule !== 'missing');
  if (terms.reviewer.length === 0 || others.length > 0) return asIs();
  const { env, accountHome } = scene.io;
  const reviewing: ReviewScene = { call: plain, places: scene.places, policy, env, accountHome, ask };
  const ranges = reviewScope(push, { facts, policy }, ask);
  const reviewed = await withProgress((onSecond) => reviewPush(ranges, { ...reviewing, onSecond }));
  const answer = answerOf(scene.hook, await govern(call(reviewed.review), scene.places));
  const key = sealingKey({ env, accountHome, client: plain.client });
  const remote = scene.args[0] ?? '';
  const sent = answer.code === 10 ? sendNote(reviewed.records, { scene, remote, terms, key }) : '';
  return saidAfter(withFindings(answer, reviewed), sent);
}

/** Whether a review, or a skip, could change the decision; where it could not, the first judgement is the one on record. */
function concernsReview({ findings }: Decision): boolean {
  return findings.some(({ guard }) => guard === 'review');
}

const MAX_NAMED = 5;

/** A line that names the commits without a mark; empty where the policy does not mark commits. */
function namedUnmarked(scene: Scene, push: Push, { layers }: EffectivePolicy): string {
  if (!layers.some(({ policy }) => policy.commits.mark)) return '';
  const commits = pushedCommits(push);
  if (commits.length === 0) return '';
  const { publicKey } = sealingKey({ ...scene.io, client: callOf(scene, '', PUSH).client });
  const keys = [publicKey, ...layers.flatMap(({ policy }) => policy.review.trusted_keys)];
  const unmarked = unmarkedCommits(commits, keys, gitOf(scene));
  if (unmarked.length === 0) return '';
  const named = unmarked.slice(0, MAX_NAMED).map((id) => id.slice(0, SHORT_ID_CHARS));
  const more = unmarked.length > MAX_NAMED ? ` and ${unmarked.length - MAX_NAMED} more` : '';
  return `postern: without a mark of the commit gate: ${named.join(' ')}${more}\n`;
}

const PUSH = { kind: 'push', remote: '', updates: [], paths: [] } as const;

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
