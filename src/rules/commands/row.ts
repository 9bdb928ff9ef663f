import type { Effect, Severity } from '../../policy/finding.ts';
import type { Place } from '../../policy/reading.ts';

/** Where a path lies, as far as losing it matters. */
export type Zone =
  /** `/` itself, or everything in it. */
  | 'root'
  /** Folders of the operating system, other people's homes. */
  | 'system'
  /** The person's home folder itself. */
  | 'home'
  /** Something inside the home folder that is neither cache nor the repository. */
  | 'in-home'
  /** The repository's top folder, the working directory, or a folder above them. */
  | 'above'
  /** Git's own folder. */
  | 'git'
  /** A file or folder of the repository. */
  | 'inside'
  /** Made by tools and made again by them: `node_modules`, `dist`, logs. */
  | 'regenerable'
  | 'temp'
  | 'cache'
  /** A device node. */
  | 'device'
  | 'outside'
  /** Nothing of the path is known. */
  | 'unknown';

/** One path among a command's words. */
export interface Target {
  /** As the line says it. */
  readonly text: string;
  /** Absolute, normalised; the known folder when part of it is unknown. */
  readonly path: string;
  readonly zone: Zone;
  readonly glob: boolean;
  readonly partial: boolean;
}

/** A command as rules see it: words sorted into options and operands, paths placed. */
export interface View {
  readonly program: string;
  readonly text: string;
  readonly place: Place;
  readonly inScript: boolean;
  /** Every word after the program. Unknown parts are `\0`. */
  readonly args: readonly string[];
  /** Words that are no options and no option's values; after `sub` matched, what follows it. */
  readonly operands: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly stdin: { readonly text: string; readonly from: readonly string[] } | null;
  /** Files that its standard output is redirected to. */
  readonly outputs: readonly Target[];
  /** True inside a pipeline or a background job: what it prints goes elsewhere. */
  readonly forked: boolean;
  /** True when one of the options is given, abbreviated long options included. */
  has(...flags: readonly string[]): boolean;
  /** Value of the first of the options that is given, else `null`. */
  value(...flags: readonly string[]): string | null;
  values(...flags: readonly string[]): readonly string[];
  target(text: string): Target;
  /** The operands as paths. */
  readonly targets: readonly Target[];
}

/** What a condition says: whether the row applies, or the paths that it applies to. */
export type Verdict = boolean | readonly Target[];

/** One rule about commands, with its own proof. */
export interface Row {
  /** Kebab-case, unique among all rows. */
  readonly id: string;
  /** Base names of the programs it is about; missing for rows about signals. */
  readonly program?: readonly string[] | string;
  /** A signal of the line, see `policy/reading.ts`. */
  readonly signal?: string;
  /** Subcommands that must lead the operands, blank between levels: `repo delete`. Any of the list. */
  readonly sub?: readonly string[] | string;
  /** At least one of these options must stand there. */
  readonly anyFlag?: readonly string[];
  /** None of these options may stand there. */
  readonly unless?: readonly string[];
  readonly when?: (view: View) => Verdict;
  readonly effect: Extract<Effect, 'ask' | 'deny'>;
  readonly severity?: Severity;
  /** What the repository could say that makes the effect harmless: a clean tree, clean or ignored targets, a merged branch. */
  readonly softenedBy?: 'worktree' | 'targets' | 'branch';
  /** True when `--help` and `--dry-run` do not cancel the effect. */
  readonly always?: boolean;
  readonly why: string;
  readonly instead: string;
  readonly hits: readonly string[];
  readonly misses: readonly string[];
}
