import type { FunctionNode } from './parse.ts';
import { type Stream, UNKNOWN } from './word.ts';

/** What a shell knows at one point of a line: variables, functions, aliases, where it stands and which files it wrote. */
export interface Scope {
  cwd: string;
  oldCwd: string;
  /** Scalars are arrays of one. A name that is missing has an unknown value, an empty array is unset. */
  readonly vars: Map<string, readonly string[]>;
  readonly exported: Set<string>;
  readonly functions: Map<string, FunctionNode>;
  readonly aliases: Map<string, string>;
  readonly gitAliases: Map<string, string>;
  /** Text of the files that the line itself wrote, by absolute path. */
  readonly files: Map<string, Stream>;
  /** Positional parameters, `null` when unknown. */
  args: readonly string[] | null;
}

export function newScope(cwd: string, home: string): Scope {
  const user = home.slice(home.lastIndexOf('/') + 1);
  const known: [string, string][] = [
    ['HOME', home],
    ['PWD', cwd],
    ['USER', user],
    ['LOGNAME', user],
    ['TMPDIR', '/tmp'],
    ['PPID', 'PPID'],
    ['SHELL', '/bin/bash'],
  ];
  return {
    cwd,
    oldCwd: UNKNOWN,
    vars: new Map(known.map(([name, value]) => [name, [value]])),
    exported: new Set(),
    functions: new Map(),
    aliases: new Map(),
    gitAliases: new Map(),
    files: new Map(),
    args: null,
  };
}

/** A copy for a subshell: what happens in it does not come back, except the files it wrote. */
export function subScope(scope: Scope): Scope {
  return {
    ...scope,
    vars: new Map(scope.vars),
    exported: new Set(scope.exported),
    functions: new Map(scope.functions),
    aliases: new Map(scope.aliases),
  };
}

/** Keeps in `scope` only what both ways through a branch agree on; everything else becomes unknown. */
export function mergeScope(scope: Scope, other: Scope): void {
  for (const name of new Set([...scope.vars.keys(), ...other.vars.keys()])) {
    const ours = scope.vars.get(name);
    const theirs = other.vars.get(name);
    if (ours?.join(UNKNOWN) !== theirs?.join(UNKNOWN)) scope.vars.delete(name);
  }
  for (const [name, body] of other.functions) scope.functions.set(name, body);
  for (const [name, text] of other.aliases) scope.aliases.set(name, text);
  if (scope.cwd !== other.cwd) scope.cwd = UNKNOWN;
}

export function setVar(scope: Scope, name: string, values: readonly string[]): void {
  scope.vars.set(name, values);
}
