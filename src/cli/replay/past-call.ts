import type { Call } from '../../policy/call.ts';

/** A call of the past, from whatever it was read. */
export interface PastCall {
  readonly call: Call;
  /** What became of it then, where that is known. */
  readonly became: 'allowed' | 'stopped';
  /** ISO 8601, `''` when unknown. */
  readonly time: string;
}

/** What was passed over while reading. */
export interface Skipped {
  /** Lines that are no JSON, or longer than any that is read. */
  lines: number;
  /** Calls whose shape is not known. */
  shapes: number;
  /** Calls that the source does not hold whole: cut, redacted, or without their content. */
  partial: number;
}
