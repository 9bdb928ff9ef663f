import type { Action, Call, RefUpdate } from '../policy/call.ts';
import type { Finding } from '../policy/finding.ts';
import { matchGlob } from '../policy/glob.ts';
import {
  MIN_REASON_CHARS,
  type PushReview,
  REVIEW_SEVERITIES,
  type ReviewFinding,
  type SkipProblem,
} from '../policy/push-review.ts';
import type { Policy } from '../policy/types.ts';
import type { Guard } from './guard.ts';
import { type GovernanceFacts, governancePaths } from './protected-paths.ts';

/** Holds a push back that needs a review and has none, and one whose text could not be scanned for secrets. */
export const review: Guard = {
  name: 'review',
  inspect(call, facts, policy) {
    if (call.action.kind !== 'push') return [];
    const { action } = call;
    if (action.updates.some(({ remoteRef }) => remoteRef.startsWith(OWN_REFS))) return [ownRefs()];
    if (action.updates.length > 0 && action.updates.every(({ remoteRef }) => remoteRef === NOTES_REF)) return [];
    const needed = pathsToReview(action.paths, facts, policy);
    const unscanned = policy.guards.secrets.mode === 'off' ? undefined : action.unscanned;
    if (needed.length === 0 && unscanned === undefined) return [];
    const state = stateOf(call, action.review);
    switch (state.kind) {
      case 'skipped':
        return [];
      case 'skip-refused':
        return [refusedSkip(state.problem)];
      case 'covered':
        return unscanned === undefined ? [] : [tooLarge(call, action, unscanned)];
      case 'blocked':
        return [blocked(call, action, state.findings)];
      case 'failed':
        return [failed(call, action, state.problem)];
      case 'missing':
        return [
          ...(needed.length > 0 ? [missing(call, action, needed)] : []),
          ...(unscanned === undefined ? [] : [tooLarge(call, action, unscanned)]),
        ];
    }
  },
};

/** The notes in which verdicts travel: they are looked through for secrets, and are themselves what a review leaves. */
export const NOTES_REF = 'refs/notes/postern';

/** Where snapshots of uncommitted work are kept. */
const OWN_REFS = 'refs/postern/';

function ownRefs(): Finding {
  const why = 'holds snapshots of work that was never committed.';
  return finding('own-refs', OWN_REFS, why, "push branches and tags only: git push origin 'refs/heads/*' --tags");
}

type Push = Extract<Action, { kind: 'push' }>;

/** Repo-relative paths among `paths` whose change this policy wants reviewed before it leaves. */
export function pathsToReview(paths: readonly string[], facts: GovernanceFacts, policy: Policy): string[] {
  const { required, paths: globs } = policy.review;
  if (required === 'never') return [];
  if (required === 'always') return [...paths];
  const governing = new Set(governancePaths(paths, facts, policy));
  return paths.filter((path) => governing.has(path) || globs.some((glob) => matchGlob(glob, path)));
}

/** Whatever the gate says: nobody but a person skips. */
function stateOf(call: Call, said: PushReview = { kind: 'missing' }): PushReview {
  return said.kind === 'skipped' && call.client !== 'person' ? { kind: 'skip-refused', problem: 'agent' } : said;
}

function missing(call: Call, action: Push, needed: readonly string[]): Finding {
  const [first, ...others] = needed;
  const more = others.length === 0 ? '' : `and ${others.length} more ${others.length === 1 ? 'file' : 'files'} `;
  const verb = others.length === 0 ? 'is' : 'are';
  return finding(
    'missing',
    first!,
    `${more}${verb} in this push and nobody has reviewed the change.`,
    wayOut(call, action),
  );
}

function blocked(call: Call, { paths }: Push, findings: readonly ReviewFinding[]): Finding {
  const counts = REVIEW_SEVERITIES.map(
    (one) => [one, findings.filter(({ severity }) => severity === one).length] as const,
  );
  const told = counts.flatMap(([severity, count]) => (count > 0 ? `${count} ${severity}` : [])).join(', ');
  const first = findings[0];
  const where = first ? `${first.file}:${first.line}` : (paths[0] ?? 'this push');
  const skip =
    call.client === 'person' ? ' A person can go on on the record: POSTERN_SKIP_REVIEW="why this is safe".' : '';
  return finding(
    'findings',
    where,
    `and the rest of this push were reviewed and are held back: ${told}.`,
    `mend what the review found, commit and push again; the findings are in .git/postern/last-review.json.${skip}`,
  );
}

function failed(call: Call, action: Push, problem: string): Finding {
  const instead = `mend that and push again, or ${wayOut(call, action)}`;
  return finding('failed', 'this push', `needs a review and could not be reviewed: ${problem}.`, instead);
}

function tooLarge(call: Call, action: Push, why: string): Finding {
  const instead = `push fewer commits at a time (git push ${action.remote} <older commit>:<branch>), or ${wayOut(call, action)}`;
  return finding('unscanned', 'this push', `${why}, which is too large to scan for secrets.`, instead);
}

function wayOut(call: Call, action: Push): string {
  if (call.client !== 'person') return 'ask the person to look at the change and to push it from their own terminal.';
  return `look at the change, then push with a reason that goes on record: POSTERN_SKIP_REVIEW="why this is safe" git push ${operands(action)}`;
}

/** The push as it can be typed again; an ellipsis where it cannot be told. */
function operands({ remote, updates }: Push): string {
  const words = [remote, ...updates.map(refspec)];
  return words.length <= 4 && words.every((word) => /^[\w./:@+-]+$/.test(word)) ? words.join(' ') : '…';
}

function refspec({ localRef, remoteRef, localSha }: RefUpdate): string {
  const [local, remote] = [localRef, remoteRef].map((ref) => ref.replace(/^refs\/heads\//, ''));
  if (/^0+$/.test(localSha)) return `:${remote}`;
  return local === remote ? local! : `${local}:${remote}`;
}

const SKIP_PROBLEMS: Readonly<Record<SkipProblem, readonly [rule: string, why: string, instead: string]>> = {
  agent: [
    'skip-by-agent',
    'was set where an agent works; only a person may skip a review.',
    'unset it, and ask the person to look at the change and to push it from their own terminal.',
  ],
  ci: [
    'skip-in-ci',
    'is set in CI, where nobody answers for it.',
    'push from a terminal, where the skip is recorded with your name.',
  ],
  reason: [
    'skip-without-reason',
    `is shorter than ${MIN_REASON_CHARS} characters.`,
    'say in a few words why this push is safe: POSTERN_SKIP_REVIEW="why this is safe" git push …',
  ],
  identity: [
    'skip-without-identity',
    'needs to know who you are.',
    'set git config user.name and git config user.email, then push again.',
  ],
};

function refusedSkip(problem: SkipProblem): Finding {
  const [rule, why, instead] = SKIP_PROBLEMS[problem];
  return finding(rule, 'POSTERN_SKIP_REVIEW', why, instead);
}

function finding(rule: string, where: string, why: string, instead: string): Finding {
  return { guard: 'review', rule, severity: 'high', effect: 'deny', where, why, instead };
}
