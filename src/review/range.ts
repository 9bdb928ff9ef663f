import type { RefUpdate } from '../policy/call.ts';
import { type AskGit, emptyTree, GitFailure } from '../repo/ask-git.ts';
import { type RemoteTips, remoteTips } from './remote-tips.ts';

/** What one line of a push sends. */
export interface PushedRange {
  readonly update: RefUpdate;
  /** The commit that is pushed, tags peeled; empty for a deletion. */
  readonly head: string;
  /** Commits, or the empty tree, that `head` is compared with: what differs from all of them is what the push changes. */
  readonly bases: readonly string[];
  /** Commits that the remote does not have yet, as far as is known here; newest first. */
  readonly commits: readonly string[];
}

/** Where a push goes, as git tells its hook: the remote's name (or the URL once more), and the URL. */
export interface PushTarget {
  readonly remote: string;
  readonly url: string;
}

/** The range of each update. Throws `GitFailure` when one cannot be told. */
export function pushedRanges(updates: readonly RefUpdate[], target: PushTarget, ask: AskGit): PushedRange[] {
  if (updates.every(isDeletion)) return updates.map((update) => ({ update, head: '', bases: [], commits: [] }));
  const tips = remoteTips(target, ask);
  const peel = peeler(updates, ask);
  return updates.map((update) => rangeOf(update, { tips, peel, ask }));
}

interface Known {
  readonly tips: RemoteTips;
  readonly peel: (sha: string) => string | null;
  readonly ask: AskGit;
}

function rangeOf(update: RefUpdate, { tips, peel, ask }: Known): PushedRange {
  if (isDeletion(update)) return { update, head: '', bases: [], commits: [] };
  const head = peel(update.localSha);
  if (head === null) throw new GitFailure(`${update.remoteRef} does not lead to a commit, so it cannot be judged`);
  const remote = peel(update.remoteSha);
  const known = remote !== null && update.remoteRef === tips.defaultRef ? [] : tips.commits;
  const without = [...(remote === null ? [] : [remote]), ...known];
  const commits = newCommits(head, without, ask);
  if (commits.length === 0 && remote === null) return { update, head, bases: [head], commits };
  const fork = mergeBase(head, known, ask);
  const bases = [remote, fork].filter((base) => base !== null);
  return { update, head, bases: bases.length > 0 ? bases : [emptyTree(head)], commits };
}

/** A line whose local side is all zeros takes the ref away; nothing leaves with it. */
function isDeletion({ localSha }: RefUpdate): boolean {
  return /^0+$/.test(localSha);
}

function newCommits(head: string, without: readonly string[], ask: AskGit): string[] {
  const input = [head, ...without.map((sha) => `^${sha}`)].join('\n');
  return ask(['rev-list', '--stdin'], { input: `${input}\n` })
    .split('\n')
    .filter((line) => line !== '');
}

/** Best commit that `head` shares with the remote; `null` when there is none. */
function mergeBase(head: string, known: readonly string[], ask: AskGit): string | null {
  if (known.length === 0) return null;
  return ask(['merge-base', head, ...known], { also: [1] }).trim() || null;
}

/** Looks all ids up at once. Answers `null` for what is not here or is no commit. */
function peeler(updates: readonly RefUpdate[], ask: AskGit): (sha: string) => string | null {
  const ids = [...new Set(updates.flatMap(({ localSha, remoteSha }) => [localSha, remoteSha]))];
  const input = `${ids.map((id) => `${id}^{commit}`).join('\n')}\n`;
  const answers = ask(['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input }).split('\n');
  const commits = new Map(
    ids.map((id, at) => [id, / commit$/.test(answers[at] ?? '') ? answers[at]!.split(' ')[0]! : null]),
  );
  return (sha) => commits.get(sha) ?? null;
}
