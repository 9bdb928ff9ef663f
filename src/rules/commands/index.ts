import { AREAS, type Area, rowsOf } from './areas.ts';
import { programTable } from './programs.ts';
import type { Row } from './row.ts';

/** Every row, area by area. */
export function allRows(): readonly Row[] {
  return AREAS.flatMap(rowsOf);
}

const byProgram = new Map<string, readonly Row[]>();

/** Rows about a program, and those about whatever is run. */
export function rowsAbout(program: string): readonly Row[] {
  const known = byProgram.get(program);
  if (known) return known;
  const areas = [...new Set([...areasAbout(program), ...areasAbout('*')])];
  const rows = areas.flatMap(rowsOf).filter((row) => row.program === '*' || [row.program].flat().includes(program));
  byProgram.set(program, rows);
  return rows;
}

/** The row about a signal of the line. */
export function rowOfSignal(id: string): Row | undefined {
  return areasAbout(`:${id}`)
    .flatMap(rowsOf)
    .find((row) => row.signal === id);
}

let table: string | undefined;

function areasAbout(key: string): readonly Area[] {
  if (/[\t\n]/.test(key)) return [];
  table ??= programTable();
  const at = table.indexOf(`\n${key}\t`);
  if (at < 0) return [];
  return table.slice(at + key.length + 2, table.indexOf('\n', at + 1)).split(' ') as Area[];
}
