import { verify } from '../../audit/verify.ts';
import { count, printable } from '../output.ts';
import { quoted } from '../shell-quote.ts';
import { type Check, failed, note, ok, type Result } from './check.ts';

/** The log's chain. */
export const log: Check = {
  id: 'log',
  async run({ places }) {
    const verdict = verify(places.stateDir);
    switch (verdict.kind) {
      case 'empty':
        return [note('The log is empty: nothing has been recorded yet.')];
      case 'unreadable':
        return [failed(verdict.problem, 'npx postern audit verify')];
      case 'intact':
        return verdict.headFile === 'missing' || verdict.headFile === 'torn'
          ? [
              note(
                `${count(verdict.records, 'record')} intact, but the head file is ${verdict.headFile}: a cut end cannot be told.`,
              ),
            ]
          : [ok(`${count(verdict.records, 'record')}, chain intact`)];
      case 'broken':
        return [brokenLog(verdict.line, verdict.detail, places.stateDir)];
    }
  },
};

/** A broken log is evidence: people set it aside, we never touch it. */
function brokenLog(line: number, detail: string, stateDir: string): Result {
  const text = `The log is broken at line ${line}: ${printable(detail, 300)}`;
  const aside = `mkdir ${quoted(`${stateDir}/broken-log`)} && mv ${quoted(stateDir)}/audit.* ${quoted(`${stateDir}/broken-log`)}`;
  return failed(text, `Find out who changed it, then begin a new log: ${aside}`);
}
