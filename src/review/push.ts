import type { FileWrite, RefUpdate } from '../policy/call.ts';
import { type AskGit, GitFailure } from '../repo/ask-git.ts';
import { addedText, changedPaths, MAX_PATCH_BYTES, touchedPaths } from './diff.ts';
import { pushedMessages } from './messages.ts';
import { type PushedRange, type PushTarget, pushedRanges } from './range.ts';

/** Everything that leaves the machine with one push. */
export interface Push {
  readonly ranges: readonly PushedRange[];
  /** Repo-relative paths that the ranges change, or that any of their commits touches. */
  readonly paths: readonly string[];
  /** Text that any of the commits adds, and the messages of commits and tags. */
  readonly files: readonly FileWrite[];
  /** Why `files` are missing, when there is too much of it. */
  readonly unscanned?: string;
}

/** Ids of all commits that a push sends. */
export function pushedCommits({ ranges }: Pick<Push, 'ranges'>): string[] {
  return [...new Set(ranges.flatMap((range) => range.commits))];
}

/** Reads what a push sends out of the repository. Throws `GitFailure` when that cannot be told. */
export function readPush(updates: readonly RefUpdate[], target: PushTarget, ask: AskGit): Push {
  const ranges = pushedRanges(updates, target, ask);
  const commits = pushedCommits({ ranges });
  const changed = ranges.filter(({ head }) => head !== '').flatMap(({ head, bases }) => changedIn(head, bases, ask));
  const paths = [...new Set([...changed, ...touchedPaths(commits, ask)])].sort();
  return { ranges, paths, ...readText(commits, updates, ask) };
}

function changedIn(head: string, bases: readonly string[], ask: AskGit): string[] {
  return bases.includes(head) ? [] : changedPaths(head, bases, ask);
}

function readText(
  commits: readonly string[],
  updates: readonly RefUpdate[],
  ask: AskGit,
): Pick<Push, 'files' | 'unscanned'> {
  try {
    return { files: [...addedText(commits, ask), ...pushedMessages(commits, updates, ask)] };
  } catch (error) {
    if (!(error instanceof GitFailure && error.tooMuch)) throw error;
    return { files: [], unscanned: `adds more than ${MAX_PATCH_BYTES / 1024 / 1024} MB of text` };
  }
}
