import type { Places } from '../../repo/places.ts';
import { compilePolicy, type Problem } from '../../repo/policy-compile.ts';
import { explainPolicy, type PolicyRow } from '../../repo/policy-explain.ts';
import type { PolicySource } from '../../repo/policy-source.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { columns, count, paints, printable, printJson } from '../output.ts';
import { proofProblems } from '../policy-proofs.ts';
import { compileAll, policySources } from '../policy-sources.ts';
import { guardedRepository, homeOf } from '../repository.ts';

export interface PolicyOptions {
  readonly action: 'lint' | 'show';
  readonly effective?: boolean;
  readonly json?: boolean;
}

/** `policy lint` and `policy show`. */
export async function run(options: PolicyOptions, context: Context): Promise<ExitCode> {
  const places = guardedRepository(context);
  const sources = policySources(places, context);
  if (options.action === 'lint') return lint(sources, places, options, context);
  return options.effective ? showEffective(sources, options, context) : showFiles(sources, options, context);
}

function lint(sources: readonly PolicySource[], places: Places, { json }: PolicyOptions, context: Context): ExitCode {
  const compilation = compileAll(sources);
  const problems =
    compilation.kind === 'bad' ? compilation.problems : proofProblems(compilation, places, homeOf(context));
  const names = sources.map(({ name }) => name);
  if (json) printJson(context, { files: names, problems });
  else if (problems.length === 0) context.out(`No problems in ${names.join(', ')}.\n`);
  else context.out(problems.map((problem) => `${problemLine(problem)}\n`).join(''));
  if (!json && problems.length > 0) context.say(`${count(problems.length, 'problem')}. ${consequence(sources)}\n`);
  return problems.length === 0 ? DONE : FOUND;
}

/** Names of rules that nothing has are found here only: the hook does not load every table to compare them. */
function consequence(sources: readonly PolicySource[]): string {
  const denies = compilePolicy(sources).kind === 'bad';
  return denies ? 'Every call is denied until they are fixed.' : 'The rest of the policy holds.';
}

function problemLine({ source, line, column, message }: Problem): string {
  return `${source}:${line}:${column} ${printable(message, 400)}`;
}

function showFiles(sources: readonly PolicySource[], { json }: PolicyOptions, context: Context): ExitCode {
  const { dim } = paints(context);
  if (json) printJson(context, sources);
  else
    context.out(
      sources.map(({ layer, name, text }) => `${dim(`# ${layer}: ${name}`)}\n${text.trimEnd()}\n`).join('\n'),
    );
  return DONE;
}

function showEffective(sources: readonly PolicySource[], { json }: PolicyOptions, context: Context): ExitCode {
  const compilation = compileAll(sources);
  if (compilation.kind === 'bad') {
    throw new UserError(
      `The policy has ${count(compilation.problems.length, 'problem')}, first ${problemLine(compilation.problems[0]!)}.`,
      'Run: npx postern policy lint',
    );
  }
  const values = explainPolicy(compilation);
  const layers = sources.map(({ layer, path }) => ({ layer, path }));
  if (json) printJson(context, { digest: compilation.digest, layers, values });
  else context.out(columns(values.flatMap((row) => rowLines(row, context))));
  return DONE;
}

/** A list takes a line per entry. */
function rowLines({ key, value, layer }: PolicyRow, context: Context): string[][] {
  const { dim, bold } = paints(context);
  const entries = typeof value === 'object' ? (value.length === 0 ? ['(none)'] : value) : [String(value)];
  return entries.map((entry, at) => [at === 0 ? bold(key) : '', dim(layer), printable(entry)]);
}
