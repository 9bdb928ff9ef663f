/**
 * What a step does to a path. `keep` leaves what is the person's own, `drift` leaves a changed file of ours, `offer` a
 * file that is no longer shipped; `blocked` stands in the way of the whole plan.
 */
export type Label =
  | 'create'
  | 'update'
  | 'merge'
  | 'chain'
  | 'set'
  | 'restore'
  | 'remove'
  | 'keep'
  | 'drift'
  | 'offer'
  | 'same'
  | 'blocked';

/** One line of a plan. */
export interface Step {
  readonly label: Label;
  /** Relative to the repository; `hooks:<name>` for git hooks; a key for git settings. */
  readonly path: string;
  readonly note?: string;
  /** What to do about a `blocked` step. */
  readonly instead?: string;
  readonly acts: readonly Act[];
}

/** One change that is made whole or not at all. Paths are those of steps. */
export type Act =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly text: string;
      readonly mode?: number;
      /** The text that was there goes to `<state>/replaced/` first. */
      readonly saveOld?: boolean;
    }
  /** A copy beside the original, link for link and with its mode. */
  | { readonly kind: 'copy'; readonly path: string; readonly to: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'config'; readonly key: string; readonly value: string | null };

/** True when a plan changes anything. */
export function changesAnything(steps: readonly Step[]): boolean {
  return steps.some((step) => step.acts.length > 0);
}
