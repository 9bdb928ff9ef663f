import type { Context } from '../context.ts';
import { columns, count, effectWord, paints, printable } from '../output.ts';
import type { Skipped } from './past-call.ts';
import type { Example, RuleTally, Tally } from './tally.ts';

/** Rules that the text shows; `--json` has all. */
const MAX_RULES = 25;

/** The tally as data. */
export function replayJson(tally: Tally, skipped: Skipped) {
  const { calls, sessions, letThrough, letThroughExamples } = tally;
  return {
    calls,
    sessions: sessions.size,
    skipped,
    stopped: rows(tally),
    letThrough: { calls: letThrough, examples: letThroughExamples },
  };
}

/** The tally in a screen: what would be stopped, by rule and with examples, and what goes through that was stopped. */
export function replayText(tally: Tally, skipped: Skipped, context: Context): string {
  const stopped = rows(tally);
  return [
    `${count(tally.calls, 'call')} of ${count(tally.sessions.size, 'session')} judged${skippedText(skipped)}.\n`,
    stoppedText(stopped, context),
    ...stopped.slice(0, MAX_RULES).map((row) => ruleText(row, context)),
    stopped.length > MAX_RULES ? `… and ${count(stopped.length - MAX_RULES, 'more rule')} (--json)\n` : '',
    tally.letThrough === 0
      ? 'Newly let through: none.\n'
      : `Newly let through: ${tally.letThrough}.\n${exampleRows(tally.letThroughExamples)}`,
  ].join('');
}

function rows(tally: Tally): RuleTally[] {
  return [...tally.stopped.values()].sort((a, b) => b.calls - a.calls || (a.rule < b.rule ? -1 : 1));
}

function skippedText({ lines, shapes, partial }: Skipped): string {
  const parts = [
    lines > 0 ? `${count(lines, 'line')} unreadable` : '',
    shapes > 0 ? `${count(shapes, 'call')} of unknown shape` : '',
    partial > 0 ? `${count(partial, 'call')} not kept whole` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `; passed over: ${parts.join(', ')}`;
}

function stoppedText(stopped: readonly RuleTally[], context: Context): string {
  const sum = (of: (row: RuleTally) => number) => stopped.reduce((total, row) => total + of(row), 0);
  const by = (effect: RuleTally['effect']) => sum((row) => (row.effect === effect ? row.calls : 0));
  const { bold } = paints(context);
  const calls = sum((row) => row.calls);
  if (calls === 0) return 'Stopped: none.\n';
  const unsure = sum((row) => row.unsure);
  const hedge = unsure === 0 ? '' : ` ${unsure} of them only if the repository had something to lose then.`;
  return `${bold('Stopped')}: ${calls} (${by('deny')} denied, ${by('ask')} asked about), ${sum((row) => row.news)} of them newly.${hedge}\n`;
}

function ruleText({ rule, effect, calls, examples }: RuleTally, context: Context): string {
  return `${String(calls).padStart(6)}  ${effectWord(effect, context)}  ${rule}\n${exampleRows(examples)}`;
}

function exampleRows(examples: readonly Example[]): string {
  return columns(examples.map(({ tool, what, time }) => ['       ', time.slice(0, 10), tool, printable(what, 100)]));
}
