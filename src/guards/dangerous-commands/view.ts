import type { Command, Run } from '../../policy/reading.ts';
import type { Target, View } from '../../rules/commands/row.ts';
import { type Operand, parseArgs } from '../../shell/grammar.ts';
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
  const words = run.words;
  const parsed = parseArgs(command.program, words);
  const here = run.place === 'here';
  const ground: Ground = { cwd: run.cwd, home: run.home, root: here ? root : '' };
  const texts = words.map((word) => word.text);
  const given = new Set(parsed.flags.map((flag) => flag.value));
  const long = words.filter((word) => /^-\w{2}/.test(word.text) && !given.has(word)).map((word) => word.text);
  const matching = (flags: readonly string[]) => parsed.flags.filter((flag) => flags.some((name) => isFlag(flag.name, name)) );
  const build = (operands: readonly Operand[]): CommandView => ({
    command: index,
    program: command.program,
    text: command.text,
    place: run.place,
    inScript: run.inScript,
    args: texts,
    operands: operands.map((word) => word.text),
    env: run.env,
    stdin: run.stdin,
    forked: run.forked,
    get outputs(): readonly Target[] {
      return run.outputs.map((text) => placeTarget(text, false, ground));
    },
    has: (...flags) => matching(flags).length > 0 || long.some((text) => flags.includes(text)),
    value: (...flags) => valuesIn(matching(flags), texts, flags)[0] ?? null,
    values: (...flags) => valuesIn(matching(flags), texts, flags),
    target: (text) => placeTarget(text, words.some((word) => word.text === text && word.glob), ground),
    get targets(): readonly Target[] {
      return operands.map((word) => placeTarget(word.text, word.glob, ground));
    },
    under: (sub) => {
      const rest = afterSub(operands, sub.split(' '));
      return rest === null ? null : build(rest);
    },
    cancelled: isCancelled(texts),
  });
  return build(parsed.operands);
}

/** Whether `given` is the option `name`, or an abbreviation of it that is long enough to be meant. */
function isFlag(given: string, name: string): boolean {
  return given === name || (given.startsWith('--') && given.length > 3 && name.startsWith(given));
}

function valuesIn(flags: readonly { value: { text: string } | null }[], texts: readonly string[], names: readonly string[]): string[] {
  const found = flags.flatMap((flag) => (flag.value ? [flag.value.text] : []));
  if (found.length > 0) return found;
  return texts.flatMap((text, at) => (names.includes(texts[at - 1] ?? '') ? [text] : []));
}

/** Operands after the subcommands of `steps`. An operand that may be an unknown option's value can be passed over. */
function afterSub(operands: readonly Operand[], steps: readonly string[]): readonly Operand[] | null {
  let at = 0;
  for (const step of steps) {
    while (at < operands.length && operands[at]!.text !== step && operands[at]!.loose) at++;
    if (operands[at]?.text !== step) return null;
    at++;
  }
  return operands.slice(at);
}

const cancels = /^(--help|--dry-run|--dryrun|--dry_run|--dry-run=(client|server|true|all)|-dry-run|--just-print|--what-if|-WhatIf|--no-act|--simulate|--pretend)$/;

function isCancelled(texts: readonly string[]): boolean {
  if (texts.length === 1 && /^(--version|-V)$/.test(texts[0]!)) return true;
  const end = texts.indexOf('--');
  return (end < 0 ? texts : texts.slice(0, end)).some((text) => cancels.test(text));
}
