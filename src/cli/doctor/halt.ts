import { readHalt } from '../../repo/halt.ts';
import { printable } from '../output.ts';
import { type Check, failed, note, ok } from './check.ts';

/** The kill switch. A frozen repository is in order, but people should know. */
export const halt: Check = {
  id: 'freeze',
  async run({ places }) {
    const state = readHalt(places.stateDir);
    switch (state.kind) {
      case 'clear':
        return [ok('not frozen')];
      case 'halted':
        return [
          note(`Frozen, every call is denied: ${printable(state.reason)} (npx postern unfreeze --reason "<why>")`),
        ];
      case 'unreadable':
        return [
          failed(
            `HALT cannot be read, so every call is denied: ${state.problem}`,
            'npx postern unfreeze --reason "<why>"',
          ),
        ];
    }
  },
};
