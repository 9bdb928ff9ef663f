import { writeSync } from 'node:fs';
import { append } from '../../src/audit/log.ts';
import { decision } from './entries.ts';

/** A process of its own: appends `count` records to the log in `dir` and prints the number of each once it is written. */
const [dir = '', name = '', count = '', sync = '', maxBytes = ''] = process.argv.slice(2);
const rotation = maxBytes === '' ? {} : { rotation: { maxBytes: Number(maxBytes), maxAgeDays: 30 } };

try {
  for (let index = 1; index <= Number(count); index++) {
    const [record] = append(dir, [{ ...decision, call: `${name}-${index}` }], { sync: sync === 'sync', ...rotation });
    writeSync(1, `${record?.seq}\n`);
  }
} catch (error) {
  writeSync(2, (error as Error).message);
  process.exitCode = 3;
}
