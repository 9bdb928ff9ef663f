import { type Drift, mergeDrift, unifiedDiff } from '../install/drift.ts';
import { shownPath } from '../install/locate.ts';
import type { Answer, Answers } from '../install/plan-file.ts';
import type { Situation } from '../install/situation.ts';
import type { Step } from '../install/step.ts';
import type { Context } from './context.ts';
import { answered, ON_STDERR } from './init-wizard.ts';
import { paints } from './output.ts';

/** What happens to changed and retired files when nobody is asked: they stay, or with `force` the shipped state wins. */
export function answersByRule(steps: readonly Step[], drift: readonly Drift[], force: boolean): Answers {
  if (!force) return new Map();
  const retired = steps.filter(({ label }) => label === 'offer').map(({ path }) => [path, { kind: 'delete' }] as const);
  return new Map<string, Answer>([...drift.map(({ path }) => [path, { kind: 'overwrite' }] as const), ...retired]);
}

/** Shows each changed file and asks what is to become of it. */
export async function askAnswers(
  steps: readonly Step[],
  drift: readonly Drift[],
  situation: Situation,
  context: Context,
): Promise<Answers> {
  const answers = new Map<string, Answer>();
  for (const one of drift) answers.set(one.path, await askDrift(one, situation, context));
  for (const { path } of steps.filter(({ label }) => label === 'offer')) {
    const { confirm } = await import('@clack/prompts');
    const shown = shownPath(path, situation.hooks.shown);
    const gone = answered(
      await confirm({ message: `${shown} is no longer shipped. Delete it?`, initialValue: false, ...ON_STDERR }),
    );
    answers.set(path, { kind: gone ? 'delete' : 'keep' });
  }
  return answers;
}

/** The diff of a changed file, coloured where that is wanted. */
export function shownDiff(drift: Drift, { hooks, payload }: Situation, context: Pick<Context, 'color'>): string {
  const { red, green, bold, dim } = paints(context);
  const paint = (line: string) => {
    if (/^(---|\+\+\+) /.test(line)) return bold(line);
    if (line.startsWith('@@')) return dim(line);
    return line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line;
  };
  const lines = unifiedDiff(drift, shownPath(drift.path, hooks.shown), payload.version).split('\n');
  return lines.map(paint).join('\n');
}

async function askDrift(drift: Drift, situation: Situation, context: Context): Promise<Answer> {
  const { log, select } = await import('@clack/prompts');
  const shown = shownPath(drift.path, situation.hooks.shown);
  const merge = mergeDrift(drift);
  context.say(`\n${shownDiff(drift, situation, context)}`);
  if (merge?.kind === 'conflict')
    log.info(`${shown} cannot be merged: both sides change it near line ${merge.line}.`, ON_STDERR);
  const choice = answered(
    await select({
      message: `You changed ${shown}.`,
      ...ON_STDERR,
      options: [
        { value: 'keep', label: 'keep', hint: 'your text stays' },
        { value: 'overwrite', label: 'overwrite', hint: 'yours is kept aside in .git/postern/replaced' },
        ...(merge?.kind === 'clean'
          ? [{ value: 'merge', label: 'merge', hint: 'the new text with your changes' }]
          : []),
      ],
    }),
  );
  if (choice === 'merge' && merge?.kind === 'clean') return { kind: 'merge', text: merge.text };
  return { kind: choice === 'overwrite' ? 'overwrite' : 'keep' };
}
