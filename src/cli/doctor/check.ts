import type { Places } from '../../repo/places.ts';
import type { Context } from '../context.ts';

/** What a check may look at. */
export interface Checkup {
  readonly places: Places;
  readonly context: Context;
}

/** One thing that a check found out. */
export type Result =
  | { readonly kind: 'ok'; readonly text: string }
  /** Nothing is wrong, but people should know. */
  | { readonly kind: 'note'; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly text: string;
      /** The command, or the step, that mends it. */
      readonly mend: string;
      /** What `--fix` does about it, where that is safe. */
      readonly fix?: () => void | Promise<void>;
    };

/** One question that `doctor` asks. */
export interface Check {
  readonly id: string;
  run(checkup: Checkup): Promise<readonly Result[]>;
}

export const FIX = 'npx postern doctor --fix';

export function ok(text: string): Result {
  return { kind: 'ok', text };
}

export function note(text: string): Result {
  return { kind: 'note', text };
}

export function failed(text: string, mend: string, fix?: () => void | Promise<void>): Result {
  return fix ? { kind: 'failed', text, mend, fix } : { kind: 'failed', text, mend };
}
