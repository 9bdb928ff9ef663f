import { verify } from '../../audit/verify.ts';
import { count, printable } from '../output.ts';
import { type Check, failed, note, ok } from './check.ts';

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
        return [
          failed(
            `The log is broken at line ${verdict.line}: ${printable(verdict.detail, 300)}`,
            'npx postern audit verify',
          ),
        ];
    }
  },
};
