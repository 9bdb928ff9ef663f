import type { Effect, Finding } from './finding.ts';
import type { LayerName } from './types.ts';

/** One line of the evaluator's own account, as `explain` prints it. */
export interface TraceStep {
  readonly stage: 'halt' | 'policy' | 'guard' | 'rule' | 'mode' | 'fold';
  readonly layer?: LayerName;
  readonly text: string;
}

/** The answer to a call. */
export interface Decision {
  /** What the gate does. */
  readonly effect: Effect;
  /** What enforcing everything would have done; differs from `effect` only where a mode is `observe`. */
  readonly would: Effect;
  readonly mode: 'enforce' | 'observe';
  /** `guard/rule` or `policy/<rule id>` that decided; empty when nothing objected. */
  readonly rule: string;
  readonly reason: string;
  readonly instead: string;
  readonly findings: readonly Finding[];
  readonly policyDigest: string;
  /** Script files that the command line would run and whose text was judged: path and the beginning of its sha256, each. */
  readonly scripts?: string;
  /** How much of commands and paths the record keeps. */
  readonly content: 'redacted' | 'none';
  readonly trace: readonly TraceStep[];
  /** Id of the snapshot that holds the uncommitted work which the call would have lost. */
  readonly snapshot?: string;
  /** What a person gives to `postern allow-once`; missing where nothing can be allowed so. */
  readonly approvable?: string;
}
