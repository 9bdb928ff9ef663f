import type { Decision } from '../../policy/decision.ts';
import type { Context, ExitCode } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { judgeWords } from '../judge.ts';
import { effectWord, printable, printJson } from '../output.ts';

export interface CheckOptions {
  readonly words: readonly string[];
  readonly json?: boolean;
}

/** Says whether an agent could run a command line here: exit 0 when it could, 1 when it would be stopped. */
export async function run(options: CheckOptions, context: Context): Promise<ExitCode> {
  const { line, verdict } = await judgeWords(options.words, context);
  if (options.json) printJson(context, asJson(line, verdict.decision));
  else context.out(asText(line, verdict.decision, context));
  return verdict.decision.effect === 'allow' ? DONE : FOUND;
}

function asJson(command: string, { trace: _trace, ...decision }: Decision) {
  return { command, ...decision };
}

function asText(line: string, decision: Decision, context: Context): string {
  const first = `${effectWord(decision.effect, context)}  ${printable(line)}\n`;
  if (decision.would === 'allow') return first;
  const observed = decision.effect === decision.would ? '' : `Observed only; enforced it would be: ${decision.would}\n`;
  const others = decision.findings.slice(1, 4).map(({ where, why }) => `Also: \`${where}\` ${why}`);
  const lines = [decision.reason, ...new Set(others), `Instead: ${decision.instead}`, `Rule: ${decision.rule}`];
  return `${first}${observed}${lines.map((text) => `${printable(text, 400)}\n`).join('')}`;
}
