import type { CommandReading } from '../policy/reading.ts';
import { classOf } from './class.ts';
import { newScope } from './scope.ts';
import { type Frame, LIMITS, newTrail, type Where } from './trail.ts';
import { runText } from './walk.ts';

export type { Where } from './trail.ts';

/** Reads what a shell line would do: its commands with wrappers taken off, the paths they use, and what it could not read. */
export function readCommand(line: string, where: Where): CommandReading {
  const trail = newTrail(where);
  if (line.length > LIMITS.bytes) trail.problems.add('too long');
  const frame: Frame = {
    trail,
    scope: newScope(where.cwd, where.home),
    stdin: null,
    place: 'here',
    inScript: false,
    depth: 0,
    active: [],
    forked: false,
    outputs: [],
    env: new Map(),
  };
  runText(line.slice(0, LIMITS.bytes).replaceAll('\0', ''), frame);
  for (const run of trail.atExit) run();
  const problems = [...trail.problems];
  return {
    commands: trail.commands,
    uses: trail.uses,
    class: classOf(trail.commands, trail.uses, problems.length, trail.signals.length),
    problems,
    scripts: [...trail.scripts],
    signals: trail.signals,
  };
}
