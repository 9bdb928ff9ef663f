import type { Command, PathUse, Place, Signal } from '../policy/reading.ts';
import type { Scope } from './scope.ts';
import type { Stream } from './word.ts';

/** Where a line is read from. `scripts` holds the text of script files by absolute path, as far as the caller read them. */
export interface Where {
  readonly cwd: string;
  readonly home: string;
  readonly scripts?: ReadonlyMap<string, string>;
}

/** Everything that reading a line finds, and the budget that keeps it bounded. */
export interface Trail {
  readonly where: Where;
  readonly commands: Command[];
  readonly uses: PathUse[];
  readonly signals: Signal[];
  readonly scripts: Set<string>;
  /** Symbolic links that the line made, with what they point to. */
  readonly links: Map<string, string>;
  readonly problems: Set<string>;
  /** Texts of the commands whose output went into the words that are being expanded. */
  origins: string[];
  /** What runs when the line ends: the bodies of `trap … EXIT`. */
  readonly atExit: (() => void)[];
  steps: number;
}

/** One point of execution: what is known there and what is being read. */
export interface Frame {
  readonly trail: Trail;
  readonly scope: Scope;
  readonly stdin: Stream | null;
  readonly place: Place;
  readonly inScript: boolean;
  readonly depth: number;
  /** Names of the functions that are running, innermost last. */
  readonly active: readonly string[];
  /** True inside a pipeline or a background job. */
  readonly forked: boolean;
  /** Files that standard output goes to. */
  readonly outputs: readonly string[];
  /** Assignments and exported variables that the command itself sees. */
  readonly env: ReadonlyMap<string, string>;
  /** Folders of this machine that the container sees. */
  readonly mounts?: readonly Mount[];
}

/** A folder of this machine under the name that it has inside a container. */
export interface Mount {
  readonly outside: string;
  readonly inside: string;
}

export const LIMITS = { bytes: 65_536, steps: 4_000, depth: 40, valueBytes: 16_384, loops: 12 };

export function newTrail(where: Where): Trail {
  return {
    where,
    commands: [],
    uses: [],
    signals: [],
    scripts: new Set(),
    links: new Map(),
    problems: new Set(),
    origins: [],
    atExit: [],
    steps: 0,
  };
}

/** Counts one step of work; false when the budget is used up, which is itself a problem of the line. */
export function mayGoOn(frame: Frame): boolean {
  if (frame.depth > LIMITS.depth) frame.trail.problems.add('too deeply nested');
  else if (++frame.trail.steps > LIMITS.steps) frame.trail.problems.add('too much work');
  else return true;
  return false;
}

/** Notes something about the line itself that no single command shows, such as a download piped into a shell. */
export function signal(frame: Frame, id: string, text: string): void {
  if (frame.trail.signals.some((known) => known.id === id && known.text === text)) return;
  frame.trail.signals.push({ id, text: text.slice(0, 200), command: Math.max(frame.trail.commands.length - 1, 0) });
}
