import { UserError } from './context.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * The moment that `7d`, `12h`, `30m`, `2w` (ago) or a date stands for, in milliseconds since 1970; 0 when nothing is
 * stated. `option` is the name under which it was typed.
 */
export function sinceOf(stated: string | undefined, now: number, option = '--since'): number {
  if (stated === undefined) return 0;
  const [, amount, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(stated) ?? [];
  if (amount !== undefined) return now - Number(amount) * UNITS[unit]!;
  const date = /^\d{4}-\d\d-\d\d/.test(stated) ? Date.parse(stated) : Number.NaN;
  if (!Number.isNaN(date)) return date;
  throw new UserError(`\`${option}\` is a time such as \`7d\`, \`12h\` or \`2026-01-31\`.`, `Try: ${option} 7d`);
}
