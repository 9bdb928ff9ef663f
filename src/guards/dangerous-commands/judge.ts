import type { CommandReading } from '../../policy/reading.ts';
import { rowOfSignal, rowsAbout } from '../../rules/commands/index.ts';
import type { Row, Target } from '../../rules/commands/row.ts';
import { type CommandView, viewOf } from './view.ts';

/** A row that applies to a command or a signal of the line. */
export interface Hit {
  readonly row: Row;
  /** Index of the command in the reading. */
  readonly command: number;
  /** What was stopped, in the line's own words. */
  readonly text: string;
  readonly targets: readonly Target[];
  readonly view: CommandView | null;
}

/** Walks the rows over everything that a line would run. Pure; the same reading gives the same hits. */
export function judge(reading: CommandReading, root: string): readonly Hit[] {
  const hits: Hit[] = [];
  reading.commands.forEach((command, index) => {
    if (!command.run) return;
    const rows = rowsAbout(command.program);
    if (rows.length === 0) return;
    const view = viewOf(command, command.run, index, root);
    const cancelled = view.cancelled;
    for (const row of rows) {
      const hit = cancelled && !row.always ? null : apply(row, view);
      if (hit) hits.push(hit);
    }
  });
  for (const signal of reading.signals ?? []) {
    if (reading.commands[signal.command]?.run?.inScript && signal.id.startsWith('dynamic')) continue;
    const row = rowOfSignal(signal.id);
    if (row) hits.push({ row, command: signal.command, text: signal.text, targets: [], view: null });
  }
  return hits;
}

function apply(row: Row, whole: CommandView): Hit | null {
  for (const sub of list(row.sub, '')) {
    const view = sub === '' ? whole : whole.under(sub);
    if (!view) continue;
    if (row.anyFlag && !view.has(...row.anyFlag)) continue;
    if (row.unless && view.has(...row.unless)) continue;
    const verdict = row.when ? row.when(view) : true;
    if (verdict === false || (Array.isArray(verdict) && verdict.length === 0)) continue;
    const targets = Array.isArray(verdict) ? (verdict as readonly Target[]) : [];
    if (view.inScript && targets.length > 0 && targets.every((target) => target.partial || target.zone === 'inside'))
      continue;
    return { row, command: view.command, text: whole.text, targets, view };
  }
  return null;
}

function list(value: readonly string[] | string | undefined, missing: string): readonly string[] {
  return value === undefined ? [missing] : typeof value === 'string' ? [value] : value;
}
