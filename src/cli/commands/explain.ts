import type { Command } from '../../policy/reading.ts';
import type { Context, ExitCode } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { type Judged, judgeWords } from '../judge.ts';
import { columns, effectWord, paints, printable, printJson } from '../output.ts';
import { quoted } from '../shell-quote.ts';

export interface ExplainOptions {
  readonly words: readonly string[];
  readonly json?: boolean;
}

/** Rows that a section shows; the whole account stays within a screen, `--json` has all of it. */
const MAX_ROWS = 6;

/** Shows how a judgement comes about: what was read, what was found, what each layer said. Exit codes as `check`. */
export async function run(options: ExplainOptions, context: Context): Promise<ExitCode> {
  const judged = await judgeWords(options.words, context);
  if (options.json) printJson(context, asJson(judged));
  else context.out(asText(judged, context));
  return judged.verdict.decision.effect === 'allow' ? DONE : FOUND;
}

function asJson({ line, verdict: { decision, facts, state } }: Judged) {
  const layers = state.kind === 'ok' ? state.policy.layers.map(({ name, source }) => ({ name, source })) : [];
  const commands = facts.reading?.commands.map(({ run: _run, ...command }) => command) ?? [];
  const { class: actionClass = null, problems = [] } = facts.reading ?? {};
  return { command: line, class: actionClass, problems, commands, uses: facts.uses, layers, ...decision };
}

function asText({ line, verdict: { decision, facts, state } }: Judged, context: Context): string {
  const { bold } = paints(context);
  const layers = state.kind === 'ok' ? state.policy.layers : [];
  const shown = (path: string) => (path.startsWith(`${facts.root}/`) ? path.slice(facts.root.length + 1) : path);
  const section = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? '' : `${bold(title)}\n${columns(capped(rows))}`;
  const uses = facts.uses.map((use) => [use.access, printable(shown(use.path)), throughLink(use, shown)]);
  return [
    `${effectWord(decision.effect, context)}  ${printable(line)}\n`,
    section('Read as', (facts.reading?.commands ?? []).map(commandRow)),
    section(
      'Not understood',
      (facts.reading?.problems ?? []).map((problem) => [problem]),
    ),
    section('Paths', distinct(uses)),
    section(
      'Layers',
      layers.map(({ name, source }) => [name, printable(shown(source))]),
    ),
    section(
      'Judged',
      decision.trace.map((step) => [step.stage, step.layer ?? '', printable(step.text, 160)]),
    ),
    decision.rule === '' ? '' : `${bold('Decided by')}  ${decision.rule}\n${bold('Instead')}  ${decision.instead}\n`,
  ].join('');
}

function commandRow({ program, args, text }: Command): string[] {
  const words = args.map((word) => (word === null ? '?' : quoted(word))).join(' ');
  const read = program === '' ? '?' : `${program} ${words}`;
  return [printable(read.trim(), 120), read.trim() === text.trim() ? '' : `from: ${printable(text, 60)}`];
}

function throughLink(
  use: { path: string; real: string; recursive?: boolean; partial?: boolean },
  shown: (path: string) => string,
): string {
  return [
    use.real === use.path ? '' : `is ${printable(shown(use.real))}`,
    use.recursive ? 'and all below' : '',
    use.partial ? 'and more that cannot be known' : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function distinct(rows: readonly string[][]): string[][] {
  return [...new Map(rows.map((row) => [row.join('\0'), row])).values()];
}

function capped(rows: readonly (readonly string[])[]): (readonly string[])[] {
  const indented = rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]);
  if (rows.length <= MAX_ROWS) return indented;
  return [...indented.slice(0, MAX_ROWS - 1), [`  … and ${rows.length - MAX_ROWS + 1} more (--json)`]];
}
