import type { Verdict } from '../../audit/verify.ts';
import type { Context } from '../context.ts';
import { count, paints, printable } from '../output.ts';

/** What the proof of the log came to, in a line or two. */
export function verdictText(verdict: Verdict, context: Context): string {
  const { green, red, yellow } = paints(context);
  switch (verdict.kind) {
    case 'unreadable':
      return `${red('Unreadable')}: ${printable(verdict.problem, 400)}`;
    case 'empty':
      return 'Empty: nothing has been recorded yet.';
    case 'intact': {
      const first = `${green('Intact')}: ${count(verdict.records, 'record')}, head ${verdict.head.hash.slice(0, 12)}.`;
      const unproved = verdict.headFile === 'missing' || verdict.headFile === 'torn';
      const note = `${yellow('Note')}: the head file is ${verdict.headFile}; whether the end was cut off cannot be told.`;
      return unproved ? `${first}\n${note}` : first;
    }
    case 'broken': {
      const record = verdict.seq === undefined ? '' : ` (record ${verdict.seq})`;
      return `${red('Broken')} at line ${verdict.line}${record}: ${verdict.what}. ${printable(verdict.detail, 400)}`;
    }
  }
}
