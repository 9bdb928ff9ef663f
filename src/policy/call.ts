import type { PushReview } from './push-review.ts';

/** What kind of thing is about to happen, whatever gate it came by. */
export type CallKind =
  | 'bash'
  | 'read'
  | 'write'
  | 'fetch'
  | 'tool'
  | 'prompt'
  | 'commit'
  | 'push'
  | 'install'
  | 'model';

/** The enforcement point a call came by. `cli` is a person asking (`check`, `explain`): judged, never recorded. */
export type Gate = 'hook' | 'git' | 'mcp' | 'cli';

/** How the subject is known: by the process that launched it, by the hook's input, by a token, or only by its word. */
export type Assurance = 'launch' | 'hook' | 'token' | 'claimed';

/** Who acts. */
export interface Subject {
  readonly host: string;
  readonly user: string;
  /** Agent client id (`claude-code`, `codex`), or `person` for git and terminal use without an agent's marks. */
  readonly client: string;
  /** The client's own id of the (sub)agent, when it tells. */
  readonly agent?: string;
  readonly assurance: Assurance;
}

/** One run of a subject. */
export interface Session {
  readonly id: string;
  readonly parent?: string;
  /** The client's permission mode (`default`, `acceptEdits`, `bypassPermissions`, `plan`), when it tells. */
  readonly mode?: string;
}

/** One file as it is about to be written. */
export interface FileWrite {
  readonly path: string;
  /** New text: the whole file, or only what is added when `partial`. */
  readonly text: string;
  readonly partial: boolean;
  /** Text that the edit takes away, when the client tells. */
  readonly removed?: string;
  /** True when the edit replaces every place where `removed` stands, not only the first. */
  readonly everywhere?: boolean;
  /** The file's own number for each line of `text`, where `text` is lines picked out of it. */
  readonly lines?: readonly number[];
  /** Short id of the commit that the text belongs to, where a push brings it. */
  readonly commit?: string;
}

/** One `<local ref> <local sha> <remote ref> <remote sha>` line of git's pre-push input. */
export interface RefUpdate {
  readonly localRef: string;
  readonly localSha: string;
  readonly remoteRef: string;
  readonly remoteSha: string;
}

/** The action itself. Paths are as the caller wrote them; relative ones are relative to the call's `cwd`. */
export type Action =
  | { readonly kind: 'bash'; readonly command: string }
  | { readonly kind: 'read'; readonly paths: readonly string[] }
  | { readonly kind: 'write'; readonly files: readonly FileWrite[] }
  | { readonly kind: 'fetch'; readonly url: string; readonly body: string }
  | { readonly kind: 'tool'; readonly input: unknown }
  | { readonly kind: 'prompt'; readonly text: string; readonly mentions: readonly string[] }
  | { readonly kind: 'commit'; readonly files: readonly FileWrite[]; readonly message?: string }
  | {
      readonly kind: 'push';
      readonly remote: string;
      readonly updates: readonly RefUpdate[];
      /** Repo-relative paths that the pushed ranges touch. */
      readonly paths: readonly string[];
      /** Text that the pushed commits add, commit by commit: what was taken out again leaves the machine all the same. */
      readonly files?: readonly FileWrite[];
      /** Why the added text could not be looked at, when it could not. */
      readonly unscanned?: string;
      /** What stands for a review of the push. */
      readonly review?: PushReview;
    };

/** One action about to happen. */
export interface Call {
  /** Joins the decision's record with the outcome's: the client's tool use id, or a fresh UUID. */
  readonly id: string;
  readonly gate: Gate;
  /** The client's own name of the tool: `Bash`, `Write`, `mcp__server__tool`, `git commit`. */
  readonly tool: string;
  /** Absolute working directory of the call. */
  readonly cwd: string;
  readonly client: string;
  readonly agent?: string;
  readonly assurance: Assurance;
  readonly session: Session;
  readonly action: Action;
}
