/** Whether an action only looks, changes things, or destroys what cannot be brought back. */
export type ActionClass = 'read' | 'write' | 'destructive';

/** How a command uses a path. `meta` changes mode, owner, times or links; `run` executes the file. */
export type Access = 'read' | 'write' | 'delete' | 'meta' | 'run';

/** One use of a path by a shell command or a tool. */
export interface PathUse {
  /** Absolute and normalised, `~` and known variables expanded, symlinks not resolved. May be a glob when `glob`. */
  readonly path: string;
  readonly access: Access;
  /** True when everything below the path is used too (`rm -r`, `cp -r`, `chmod -R`, `find`). */
  readonly recursive?: boolean;
  readonly glob?: boolean;
  /** True when part of the path could not be known; `path` is then the longest known prefix. */
  readonly partial?: boolean;
  /** The known end of a partial path, such as `/.env` of `$DIR/.env`. */
  readonly tail?: string;
  /** Index into `CommandReading.commands`. */
  readonly command?: number;
}

/** One command that a shell line would run, wrappers (`sudo`, `env`, `sh -c`, `xargs` …) already taken off. */
export interface Command {
  /** Base name of the program, `''` when it cannot be known. */
  readonly program: string;
  /** First operand for programs that have subcommands (`git push` -> `push`), else `''`. */
  readonly subcommand: string;
  /** Evaluated words after the program. A word that cannot be known is `null`. */
  readonly args: readonly (string | null)[];
  /** The command as the reader would recognise it, at most 200 characters. */
  readonly text: string;
  /** What else rules look at; missing only where a command was not read from a shell line. */
  readonly run?: Run;
}

/** Whether a command runs on this machine, on another one, or inside a container. */
export type Place = 'here' | 'remote' | 'container';

/** The surroundings of one command. Values hold `\0` for each part that cannot be known. */
export interface Run {
  /** Evaluated words after the program; `glob` when unquoted wildcards stand in it. */
  readonly words: readonly { readonly text: string; readonly glob: boolean }[];
  /** Working directory, `''` when unknown. */
  readonly cwd: string;
  readonly home: string;
  /** Variables that the line sets for the command. */
  readonly env: ReadonlyMap<string, string>;
  /** What the command reads on its standard input and the programs that it came through; `null` for none. */
  readonly stdin: { readonly text: string; readonly from: readonly string[] } | null;
  readonly place: Place;
  /** Files that its standard output is redirected to, as the line names them. */
  readonly outputs: readonly string[];
  /** True inside a pipeline or a background job. */
  readonly forked: boolean;
  /** True when the command stands in a script file that the line runs, not in the line. */
  readonly inScript: boolean;
}

/** Something about the line itself that no single command shows: `download-to-shell`, `dynamic-command`. */
export interface Signal {
  readonly id: string;
  readonly text: string;
  /** Index into `CommandReading.commands`. */
  readonly command: number;
}

/** What a shell line would do, as far as its text tells. */
export interface CommandReading {
  readonly commands: readonly Command[];
  readonly uses: readonly PathUse[];
  readonly class: ActionClass;
  /** Why the line could not be read completely (`unterminated quote`, `too deeply nested`); empty when it could. */
  readonly problems: readonly string[];
  /** Absolute paths of script files that the line would run, for the caller to read and judge with it. */
  readonly scripts?: readonly string[];
  readonly signals?: readonly Signal[];
}
