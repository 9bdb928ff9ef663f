import type { Ran, RunOptions } from '../run-process.ts';

/** Runs a program; see `runProcess`. */
export type Run = (words: readonly string[], options: Pick<RunOptions, 'input'>) => Promise<Ran>;

/** What a reviewer needs to look at one part of a diff. */
export interface ReviewRequest {
  readonly prompt: string;
  /** The part of the diff alone, for programs that are not asked in words. */
  readonly diff: string;
  /** JSON Schema of the answer, as text. */
  readonly schema: string;
  /** An empty folder of its own, outside of the repository: nothing in there can configure the reviewer. */
  readonly folder: string;
  readonly run: Run;
}

/** The text in which findings are to be looked for, or why there is none. `raw` is kept for debugging. */
export type Reviewed =
  | { readonly kind: 'answered'; readonly text: string; readonly raw: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly raw: string };

/** A program that reviews a diff. */
export interface Reviewer {
  readonly name: string;
  /** Agent client whose model it is, `''` for others: a review by the family that wrote the code is weaker. */
  readonly family: string;
  review(request: ReviewRequest): Promise<Reviewed>;
}
