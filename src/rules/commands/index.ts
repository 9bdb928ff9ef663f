import { files } from './files.ts';
import { git } from './git.ts';
import { hooks } from './hooks.ts';
import { line } from './line.ts';
import type { Row } from './row.ts';

const areas: readonly (readonly Row[])[] = [files, git, hooks, line];

/** Every row, area by area. */
export function allRows(): readonly Row[] {
  return areas.flat();
}
