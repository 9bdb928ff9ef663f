import type { ExitCode } from './context.ts';

/** What each exit code of the command line means. The README shows the same table. */
export const EXIT_CODES: readonly { readonly code: ExitCode; readonly name: string; readonly meaning: string }[] = [
  { code: 0, name: 'done', meaning: 'done; nothing to object to' },
  { code: 1, name: 'found', meaning: 'found something: a failed check, a stopped call, drift, a broken log' },
  { code: 2, name: 'failed', meaning: 'could not run: wrong usage, no repository, no readable policy' },
];

export const DONE: ExitCode = 0;
export const FOUND: ExitCode = 1;
export const FAILED: ExitCode = 2;
