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
      const kept = verdict.first > 1 ? ` (${verdict.first} to ${verdict.records} kept)` : '';
      const proved = verdict.proved > 0 ? `, signed up to record ${verdict.proved}` : '';
      const first = `${green('Intact')}: ${count(verdict.records, 'record')}${kept}, head ${verdict.head.hash.slice(0, 12)}${proved}.`;
      const unproved = verdict.headFile === 'missing' || verdict.headFile === 'torn';
      const note = `${yellow('Note')}: the head file is ${verdict.headFile}; whether the end was cut off cannot be told.`;
      return unproved ? `${first}\n${note}` : first;
    }
    case 'broken': {
      const record = verdict.seq === undefined ? '' : ` (record ${verdict.seq})`;
      const file = verdict.file === 'audit.jsonl' ? '' : ` of ${verdict.file}`;
      const proved = verdict.proved > 0 ? `\nRecords 1 to ${verdict.proved} are as they were signed.` : '';
      return `${red('Broken')} at line ${verdict.line}${file}${record}: ${verdict.what}. ${printable(verdict.detail, 400)}${proved}`;
    }
  }
}
