import { redact } from '../guards/secrets/redact.ts';

/** 0 done, 1 found something, 2 could not run. */
export type ExitCode = 0 | 1 | 2;

/** What a command may use of the world. */
export interface Context {
  /** Absolute folder that the command was started in. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The answer. */
  out(text: string): void;
  /** The talk: progress, warnings, hints. */
  say(text: string): void;
  /** True when a person can be asked: stdin and stderr are terminals, and CI is not set. */
  readonly interactive: boolean;
  /** True when stdout may be coloured: a terminal without NO_COLOR, or FORCE_COLOR. */
  readonly color: boolean;
}

/** A command that cannot go on: what happened, and what to do now. Secrets that were typed are not repeated. */
export class UserError extends Error {
  readonly instead: string;
  constructor(message: string, instead: string) {
    super(redact(message));
    this.instead = redact(instead);
  }
}
