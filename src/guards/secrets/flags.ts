import type { Candidate } from './match.ts';
import type { Setting } from './setting.ts';

/** Reads a command line whose program stands at `at`; credentials given by its flags are secrets. */
export function readFlags(_text: string, _at: number, _program: string, _setting: Setting): readonly Candidate[] | null {
  return null;
}
