import type { FileWrite } from '../../policy/call.ts';
import { type AskGit, GitFailure } from '../../repo/ask-git.ts';
import type { Places } from '../../repo/places.ts';
import { addedText, MAX_PATCH_BYTES } from '../../review/diff.ts';
import { pushedMessages } from '../../review/messages.ts';
import { readStaged } from '../../review/staged.ts';
import { UserError } from '../context.ts';
import { printable } from '../output.ts';
import { type Piece, type Scope, type Unread, wholePiece } from './piece.ts';

/** What the index would add with the next commit. */
export function stagedScope({ gitDir }: Places, ask: AskGit): Scope {
  const { files } = readStaged(gitDir, ask);
  return {
    name: 'staged',
    whole: false,
    total: files.length,
    unit: 'file',
    complete: new Set(),
    *pieces() {
      for (const file of files) {
        yield pieceOf(file, ask);
        yield null;
      }
    },
  };
}

/** What the commits of a range like `main..HEAD` add, each one's for itself. */
export function rangeScope(range: string, ask: AskGit): Scope {
  if (!/^[^-\s][^\s]*$|^$/.test(range) || !range.includes('..')) {
    throw new UserError(`\`${printable(range)}\` is not a range.`, 'Run: npx postern scan --range main..HEAD');
  }
  return commitsScope(range, revisions([range], ask), ask);
}

/** What commits add that `base` does not have, their messages included; all up to `head` where `base` is `null`. */
export function pushedScope(base: string | null, head: string, ask: AskGit): Scope {
  const commits = revisions([head, ...(base === null ? [] : [`^${base}`])], ask);
  const scope = commitsScope(`${base ?? ''}..${head}`, commits, ask);
  return {
    ...scope,
    *pieces() {
      yield* scope.pieces();
      for (const { path, text, commit } of pushedMessages(commits, [], ask)) {
        yield { ...wholePiece(path, text), ...(commit === undefined ? {} : { commit }) };
      }
    },
  };
}

/** What any commit of any branch, tag or stash adds. */
export function historyScope(ask: AskGit): Scope {
  return commitsScope('history', revisions(['--all'], ask), ask);
}

function revisions(which: readonly string[], ask: AskGit): string[] {
  try {
    return ask(['rev-list', '--topo-order', '--reverse', ...which, '--'])
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    throw new UserError(printable(error.message), 'Name two commits, branches or tags: A..B');
  }
}

function commitsScope(name: string, commits: readonly string[], ask: AskGit): Scope {
  return {
    name,
    whole: false,
    total: commits.length,
    unit: 'commit',
    complete: new Set(),
    *pieces() {
      for (let at = 0; at < commits.length; at += BATCH) yield* batch(commits.slice(at, at + BATCH), ask);
    },
  };
}

/** Commits whose text is read at once. */
const BATCH = 64;

/** Halves what adds more than is read at once; a single commit that does is told. */
function* batch(commits: readonly string[], ask: AskGit): Generator<Piece | Unread | null> {
  const files = textOf(commits, ask);
  if (files !== null) {
    for (const file of files) yield pieceOf(file, ask);
    for (const _ of commits) yield null;
  } else if (commits.length > 1) {
    const half = commits.length >> 1;
    yield* batch(commits.slice(0, half), ask);
    yield* batch(commits.slice(half), ask);
  } else {
    const why = `adds more than ${MAX_PATCH_BYTES / 1024 / 1024} MB of text, which is not read.`;
    yield { kind: 'unread', path: '(all files)', commit: commits[0]!.slice(0, 10), why };
    yield null;
  }
}

function textOf(commits: readonly string[], ask: AskGit): FileWrite[] | null {
  try {
    return addedText(commits, ask);
  } catch (error) {
    if (error instanceof GitFailure && error.tooMuch) return null;
    throw error;
  }
}

function pieceOf({ path, text, lines, commit }: FileWrite, ask: AskGit): Piece {
  const name = commit === undefined ? `:0:${path}` : `${commit}:${path}`;
  return {
    kind: 'piece',
    path,
    text,
    ...(commit === undefined ? {} : { commit }),
    lineOf: (line) => lines?.[line - 1] ?? line,
    columnsBefore: 0,
    from: 0,
    to: Number.POSITIVE_INFINITY,
    whole: () => blob(name, ask),
  };
}

/** What git holds under a name; `null` when it is gone or too large. */
function blob(name: string, ask: AskGit): string | null {
  try {
    return ask(['cat-file', 'blob', name], { maxBytes: 8 * 1024 * 1024 });
  } catch (error) {
    if (error instanceof GitFailure) return null;
    throw error;
  }
}
