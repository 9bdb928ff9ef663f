import { join } from 'node:path';
import { injectFaults } from '../../test/audit/faults.ts';

/** Kills writers: `inject-faults <folder> <writer> <kills>`. */
const [folder = '', writer = '', kills = ''] = process.argv.slice(2);
const { acknowledged, lost, doubled, broken } = await injectFaults(writer, join(folder, 'faults'), {
  kills: Number(kills),
  together: 24,
});
console.log(
  `\n${kills} writers killed: ${acknowledged} records acknowledged, ${lost.length} lost, ${doubled.length} doubled, chain broken ${broken.length} times`,
);
