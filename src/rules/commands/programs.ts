import { AREAS, rowsOf } from './areas.ts';

/**
 * A line per program: its name and the areas with rows about it, `\ngit\tgit hooks\n`; signals stand as `:<id>`. It is read off
 * the rows here, and once and for all where the runtime is built, so that a call makes only the tables that it needs.
 */
export function programTable(): string {
  const areas = new Map<string, string[]>();
  for (const area of AREAS) {
    for (const { program, signal } of rowsOf(area)) {
      const keys = signal === undefined ? [program ?? []].flat() : [`:${signal}`];
      for (const key of keys) if (!areas.get(key)?.includes(area)) areas.set(key, [...(areas.get(key) ?? []), area]);
    }
  }
  return `\n${[...areas].map(([key, names]) => `${key}\t${names.join(' ')}\n`).join('')}`;
}
