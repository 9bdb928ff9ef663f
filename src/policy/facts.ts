import type { CommandReading, PathUse } from './reading.ts';

/** The kill switch as found on disk. */
export type Halt =
  | { readonly kind: 'clear' }
  | { readonly kind: 'halted'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly problem: string };

/** A path that a call uses, with what the file system says about it. */
export interface ResolvedUse extends PathUse {
  /** `path` with symlinks resolved as far as the path exists. */
  readonly real: string;
}

/** Something a guard may want to know about the repository before it speaks. Read once, only when asked. */
export type Question =
  | { readonly ask: 'script'; readonly path: string }
  | { readonly ask: 'worktree'; readonly path: string }
  | { readonly ask: 'path'; readonly path: string }
  | { readonly ask: 'branch'; readonly name: string };

/** Answers by `questionKey`. `unknown` when it could not be found out in time. */
export type Answer =
  | { readonly is: 'script'; readonly text: string; readonly sha256: string }
  | { readonly is: 'worktree'; readonly dirty: readonly string[]; readonly untracked: readonly string[] }
  | { readonly is: 'path'; readonly state: 'absent' | 'ignored' | 'clean' | 'dirty' | 'untracked' | 'outside' }
  | { readonly is: 'branch'; readonly exists: boolean; readonly merged: boolean; readonly pushed: boolean }
  | { readonly is: 'unknown'; readonly why: string };

export function questionKey(question: Question): string {
  return `${question.ask}:${'path' in question ? question.path : question.name}`;
}

/** Everything that judging a call may look at. Read once by `govern`; guards never read anything themselves. */
export interface Facts {
  /** Real path of the worktree's top folder. */
  readonly root: string;
  /** Real path of `<git common dir>/postern`. */
  readonly stateDir: string;
  /** Real path of the git common directory. */
  readonly commonDir: string;
  /** The person's home folder. */
  readonly home: string;
  /** Real path of the active git-hooks directory, whatever decides it. */
  readonly hooksDir: string;
  readonly halt: Halt;
  /** The command line, read; `null` for calls that are not shell commands. */
  readonly reading: CommandReading | null;
  /** Every path the call uses, shell commands included. */
  readonly uses: readonly ResolvedUse[];
  readonly answers: ReadonlyMap<string, Answer>;
  /** Repo-relative paths of files that Postern installed, from the manifest. */
  readonly installed: readonly string[];
}
