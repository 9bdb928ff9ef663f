import { files } from './files.ts';
import type { Row } from './row.ts';

const areas: readonly (readonly Row[])[] = [files];

/** Every row, area by area. */
export function allRows(): readonly Row[] {
  return areas.flat();
}
