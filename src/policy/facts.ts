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
  | { readonly ask: 'branch'; readonly name: string }
  | {
      /** What a file holds: in the worktree (`path` absolute), in the index, or in a commit. */
      readonly ask: 'text';
      readonly path: string;
      readonly from: 'worktree' | 'index' | { readonly commit: string };
    }
  | { readonly ask: 'secrets-baseline' };

/** Answers by `questionKey`. `unknown` when it could not be found out in time. */
export type Answer =
  | { readonly is: 'script'; readonly text: string; readonly sha256: string }
  | { readonly is: 'worktree'; readonly dirty: readonly string[]; readonly untracked: readonly string[] }
  | { readonly is: 'path'; readonly state: 'absent' | 'ignored' | 'clean' | 'dirty' | 'untracked' | 'outside' }
  | { readonly is: 'branch'; readonly exists: boolean; readonly merged: boolean; readonly pushed: boolean }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'secrets-baseline'; readonly knows: KnowsSecret }
  | { readonly is: 'unknown'; readonly why: string };

/** True when the baseline holds this secret of this repo-relative file. */
export type KnowsSecret = (secret: { readonly rule: string; readonly path: string; readonly value: string }) => boolean;

/** Keyed fingerprint of a value, the same in every call of this repository. */
export type Fingerprint = (value: string) => string;

export function questionKey(question: Question): string {
  switch (question.ask) {
    case 'branch':
      return `branch:${question.name}`;
    case 'secrets-baseline':
      return question.ask;
    case 'text': {
      const from = typeof question.from === 'string' ? question.from : question.from.commit;
      return `text:${from}:${question.path}`;
    }
    default:
      return `${question.ask}:${question.path}`;
  }
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
  /** What the files that a call edits in part hold before it, by the path that the call names. */
  readonly before?: ReadonlyMap<string, string>;
  /** Finds the values of environment and credential files, and what fits the policy's own rules. */
  readonly knownValues?: FindKnownValues;
  /** Repo-relative paths of files that Postern installed, from the manifest. */
  readonly installed: readonly string[];
  /** Text of the script files that the call would run, by absolute path. */
  readonly scripts?: ReadonlyMap<string, string>;
  /** Makes fingerprints for the record; missing where nothing is recorded. */
  readonly fingerprint?: Fingerprint;
}

/** Something that only this repository or person knows to be a secret, found in a text. */
export type KnownValue = (KnownVariable | OwnRule) & { readonly start: number; readonly end: number };

/** A value that an environment or credential file holds. */
export interface KnownVariable {
  readonly name: string;
  /** The file, as messages show it. */
  readonly file: string;
}

/** What fits a rule of the policy's own. */
export interface OwnRule {
  readonly rule: string;
  readonly kind: string;
}

export interface FindKnownValues {
  (text: string): readonly KnownValue[];
  /** True when there is nothing that could be found. */
  readonly none?: () => boolean;
}
