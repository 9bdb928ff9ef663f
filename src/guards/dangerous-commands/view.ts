import type { Command, Place, Run } from '../../policy/reading.ts';
import type { Target, View } from '../../rules/commands/row.ts';
import { type Flag, type Operand, parseArgs } from '../../shell/grammar.ts';
import { type Ground, placeTarget } from './zones.ts';

/** A command's view with what the row walker needs besides. */
export interface CommandView extends View {
  readonly command: number;
  /** The same command with its operands cut after `sub`, or `null` when they do not begin with it. */
  under(sub: string): CommandView | null;
  readonly cancelled: boolean;
}

/** Sees a command as the rules do. `root` is the repository's top folder. */
export function viewOf(command: Command, run: Run, index: number, root: string): CommandView {
  const { flags, operands } = parseArgs(command.program, run.words);
  const ground: Ground = { cwd: run.cwd, home: run.home, root: run.place === 'here' ? root : '' };
  return new SeenCommand({ command, run, index, ground, flags, args: run.words.map((word) => word.text) }, operands);
}

const maxTargets = 1_000;

/** What all views of one command share. */
interface Seen {
  readonly command: Command;
  readonly run: Run;
  readonly index: number;
  readonly ground: Ground;
  readonly flags: readonly Flag[];
  readonly args: readonly string[];
}

class SeenCommand implements CommandView {
  private readonly seen: Seen;
  private readonly words: readonly Operand[];
  private readonly subs = new Map<string, CommandView | null>();
  private placed: readonly Target[] | null = null;
  private texts: readonly string[] | null = null;

  constructor(seen: Seen, words: readonly Operand[]) {
    this.seen = seen;
    this.words = words;
  }

  get command(): number {
    return this.seen.index;
  }
  get program(): string {
    return this.seen.command.program;
  }
  get text(): string {
    return this.seen.command.text;
  }
  get place(): Place {
    return this.seen.run.place;
  }
  get inScript(): boolean {
    return this.seen.run.inScript;
  }
  get forked(): boolean {
    return this.seen.run.forked;
  }
  get args(): readonly string[] {
    return this.seen.args;
  }
  get env(): ReadonlyMap<string, string> {
    return this.seen.run.env;
  }
  get stdin(): View['stdin'] {
    return this.seen.run.stdin;
  }
  get cancelled(): boolean {
    return isCancelled(this.seen.args);
  }
  get operands(): readonly string[] {
    this.texts ??= this.words.map((word) => word.text);
    return this.texts;
  }
  get targets(): readonly Target[] {
    this.placed ??= this.words.slice(0, maxTargets).map((word) => placeTarget(word.text, word.glob, this.seen.ground));
    return this.placed;
  }
  get outputs(): readonly Target[] {
    return this.seen.run.outputs.map((text) => placeTarget(text, false, this.seen.ground));
  }

  has(...flags: readonly string[]): boolean {
    return this.given(flags).length > 0 || this.seen.run.words.some((word) => this.isLongFlag(word, flags));
  }

  value(...flags: readonly string[]): string | null {
    return this.values(...flags)[0] ?? null;
  }

  values(...flags: readonly string[]): readonly string[] {
    const found = this.given(flags).flatMap((flag) => (flag.value ? [flag.value.text] : []));
    if (found.length > 0) return found;
    return this.seen.args.filter((_text, at) => at > 0 && flags.includes(this.seen.args[at - 1]!));
  }

  target(text: string): Target {
    return placeTarget(
      text,
      this.seen.run.words.some((word) => word.text === text && word.glob),
      this.seen.ground,
    );
  }

  under(sub: string): CommandView | null {
    const known = this.subs.get(sub);
    if (known !== undefined) return known;
    const rest = afterSub(this.words, stepsOf(sub));
    const view = rest === null ? null : new SeenCommand(this.seen, rest);
    this.subs.set(sub, view);
    return view;
  }

  private given(flags: readonly string[]): readonly Flag[] {
    return this.seen.flags.filter((flag) => flags.some((name) => isFlag(flag.name, name)));
  }

  /** `-auto-approve` and its like, which parsing by clusters has taken apart. */
  private isLongFlag(word: Run['words'][number], flags: readonly string[]): boolean {
    return (
      /^-\w{2}/.test(word.text) && flags.includes(word.text) && !this.seen.flags.some((flag) => flag.value === word)
    );
  }
}

/** Whether `given` is the option `name`, or an abbreviation of it that is long enough to be meant. */
function isFlag(given: string, name: string): boolean {
  return given === name || (given.length > 3 && given[1] === '-' && name.startsWith(given));
}

const steps = new Map<string, readonly string[]>();

/** `repo delete` as its words; split once per process. */
function stepsOf(sub: string): readonly string[] {
  const known = steps.get(sub);
  if (known) return known;
  const split = sub.split(' ');
  steps.set(sub, split);
  return split;
}

/** Operands after the subcommands of `path`. An operand that may be an unknown option's value can be passed over. */
function afterSub(operands: readonly Operand[], path: readonly string[]): readonly Operand[] | null {
  let at = 0;
  for (const step of path) {
    while (at < operands.length && operands[at]!.text !== step && operands[at]!.loose) at++;
    if (operands[at]?.text !== step) return null;
    at++;
  }
  return operands.slice(at);
}

const cancels =
  /^(--help|--dry-run|--dryrun|--dry_run|--dry-run=(client|server|true|all)|-dry-run|--just-print|--what-if|-WhatIf|--no-act|--simulate|--pretend)$/;

function isCancelled(texts: readonly string[]): boolean {
  if (texts.length === 1 && /^(--version|-V)$/.test(texts[0]!)) return true;
  const end = texts.indexOf('--');
  return texts.some((text, at) => text[0] === '-' && (end < 0 || at < end) && cancels.test(text));
}
