import { govern } from '../../govern/govern.ts';
import { sealingKey } from '../../govern/review-key.ts';
import { type PushReviewed, reviewPush } from '../../govern/review-push.ts';
import { reviewScope, reviewTerms } from '../../govern/review-scope.ts';
import type { Call, RefUpdate } from '../../policy/call.ts';
import { type AskGit, askGit, GitFailure } from '../../repo/ask-git.ts';
import { type Push, readPush } from '../../review/push.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FAILED, FOUND } from '../exit-codes.ts';
import { refuseAgents } from '../install-command.ts';
import { count, paints, printable, printJson } from '../output.ts';
import { actor } from '../reason.ts';
import { guardedRepository, homeOf } from '../repository.ts';

export interface ReviewOptions {
  /** Commit, branch or tag from which on the change is reviewed; what the next push would send when missing. */
  readonly base?: string;
  readonly json?: boolean;
  /** Whether reviewers are asked although a verdict stands. */
  readonly again?: boolean;
  /** Prints the public key instead. */
  readonly key?: boolean;
}

/** `postern review`: has the change reviewed as the push gate would. The verdict is on record, and a push of the same diff needs no other. */
export async function run(options: ReviewOptions, context: Context): Promise<ExitCode> {
  if (options.key) return printKey(options, context);
  if (options.again) refuseAgents(context, 'review --again');
  const places = guardedRepository(context);
  const ask = askGit(places.root, context.env);
  const { push, remote } = whatWouldBePushed(options.base, ask);
  const call = callOf(push, remote, places.root, context);
  const { facts, state } = await govern(call, places, { record: false, home: homeOf(context) });
  if (state.kind === 'unreadable') throw new UserError(`Cannot judge: ${state.problem}`, state.instead);
  const terms = reviewTerms(state.policy);
  if (terms.reviewer.length === 0)
    throw new UserError(
      'The policy names no reviewer.',
      'Add to .postern/policy.yaml: review: { reviewer: [codex, claude] }',
    );
  const ranges = reviewScope(push, { facts, policy: state.policy }, ask);
  if (ranges.every(({ diff }) => diff.entries.length === 0)) {
    context.say(
      'There is nothing to review: no commit is ahead of the remote. `--base <commit>` names another start.\n',
    );
    return DONE;
  }
  const scene = { call, places, policy: state.policy, env: { ...context.env, HOME: homeOf(context) }, ask };
  const reviewed = await reviewPush(ranges, { ...scene, again: options.again === true, onSecond: progress(context) });
  if (context.interactive) context.say('\r\x1b[K');
  if (options.json) printJson(context, reviewed);
  else context.out(text(reviewed, context));
  return { covered: DONE, blocked: FOUND, failed: FAILED }[reviewed.review.kind as 'covered'];
}

/** The key that verdicts of this machine are sealed with, as the policy names those that it trusts. */
function printKey({ json }: ReviewOptions, context: Context): ExitCode {
  const env = { ...context.env, HOME: homeOf(context) };
  const { id, publicKey } = sealingKey({ env, client: actor(context).client });
  if (json) printJson(context, { id, publicKey });
  else context.out(`${publicKey}\n`);
  return DONE;
}

function progress(context: Context): (reviewer: string, seconds: number) => void {
  return (reviewer, seconds) => {
    if (context.interactive) context.say(`\r\x1b[K${reviewer} is reviewing, ${seconds} s (Ctrl-C stops it) …`);
  };
}

/** The current branch as `git push` would send it, or everything since `base`. */
function whatWouldBePushed(base: string | undefined, ask: AskGit): { push: Push; remote: string } {
  const line = (...args: string[]) => ask(args, { also: [1, 128] }).trim();
  const localRef = line('symbolic-ref', '-q', 'HEAD') || 'HEAD';
  const branch = localRef.replace(/^refs\/heads\//, '');
  const remote =
    line('config', '--get', `branch.${branch}.pushRemote`) ||
    line('config', '--get', `branch.${branch}.remote`) ||
    'origin';
  const localSha = line('rev-parse', '--verify', '-q', 'HEAD^{commit}');
  if (localSha === '') throw new UserError('There is no commit to review.', 'Commit first.');
  const tracked = line('rev-parse', '--verify', '-q', `refs/remotes/${remote}/${branch}`);
  const remoteSha = base === undefined ? tracked || '0'.repeat(localSha.length) : commitOf(base, ask);
  const update: RefUpdate = { localRef, localSha, remoteRef: `refs/heads/${branch}`, remoteSha };
  const push = readPush([update], { remote, url: remote }, ask);
  return {
    push:
      base === undefined ? push : { ...push, ranges: push.ranges.map((range) => ({ ...range, bases: [remoteSha] })) },
    remote,
  };
}

function commitOf(name: string, ask: AskGit): string {
  try {
    return ask(['rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]).trim();
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new UserError(
      `\`${printable(name)}\` is no commit.`,
      'Name a commit, branch or tag: postern review --base main',
    );
  }
}

function callOf({ ranges, paths, files }: Push, remote: string, cwd: string, context: Context): Call {
  const updates = ranges.map(({ update }) => update);
  return {
    id: globalThis.crypto.randomUUID(),
    gate: 'cli',
    tool: 'postern review',
    cwd,
    ...actor(context),
    session: { id: 'cli' },
    action: { kind: 'push', remote, updates, paths, files, review: { kind: 'missing' } },
  };
}

function text({ review, findings, known }: PushReviewed, context: Context): string {
  const { red, green, yellow } = paints(context);
  const lines = findings.map(({ severity, file, line, title, why, fix }) => {
    const place = `${printable(file)}${line > 0 ? `:${line}` : ''}`;
    return `${severity === 'P3' ? severity : red(severity)} ${place}: ${printable(title)}\n   ${printable(why, 1000)}\n   Fix: ${printable(fix, 1000)}\n`;
  });
  switch (review.kind) {
    case 'covered':
      return known
        ? 'Covered: this diff was reviewed before, and nothing held it back.\n'
        : `${lines.join('')}${green('Passed')}: ${count(findings.length, 'remark')}. A push of this diff needs no other review.\n`;
    case 'blocked':
      return `${lines.join('')}${red('Held back')}: ${count(findings.length, 'finding')}.\n`;
    default:
      return `${yellow('Not reviewed')}: ${review.kind === 'failed' ? printable(review.problem, 1000) : review.kind}\n`;
  }
}
