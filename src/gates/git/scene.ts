import { agentFromEnv } from '../../clients/agent-marks.ts';
import type { Action, Call } from '../../policy/call.ts';
import { type AskGit, askGit } from '../../repo/ask-git.ts';
import type { Places } from '../../repo/places.ts';

/** What a git gate may use of the world. */
export interface GateInput {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home folder of the account, where the system's own word does not do. */
  readonly accountHome?: string;
  /** Reads stdin to its end. */
  readonly stdin: () => string | Buffer | Promise<string | Buffer>;
}

/** One run of a git hook. */
export interface Scene {
  readonly hook: string;
  readonly args: readonly string[];
  readonly io: GateInput;
  readonly places: Places;
}

/** The native event as a call. Relative paths of the action are relative to the worktree's top. */
export function callOf({ io, places }: Scene, tool: string, action: Action): Call {
  return {
    id: globalThis.crypto.randomUUID(),
    gate: 'git',
    tool,
    cwd: places.root,
    client: agentFromEnv(io.env) ?? 'person',
    assurance: 'launch',
    session: { id: io.env['CLAUDE_CODE_SESSION_ID'] || `git-${process.ppid}` },
    action,
  };
}

/** Git, asked in the worktree that the hook runs in. */
export function gitOf({ io, places }: Scene): AskGit {
  return askGit(places.root, io.env);
}
