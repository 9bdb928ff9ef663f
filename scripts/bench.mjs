// Measures what people wait for, as ratios within one run: `npm run bench`, or `npm run bench <area>` for one file of scripts/bench/.
// An area is a module whose default export measures and prints; it gets the toolkit of scripts/bench/toolkit.mjs.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { toolkit } from './bench/toolkit.mjs';

spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const areas = readdirSync('scripts/bench')
  .filter((name) => name.endsWith('.mjs') && name !== 'toolkit.mjs')
  .map((name) => name.slice(0, -4));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((area) => !areas.includes(area));
if (unknown.length > 0) {
  console.error(`No area ${unknown.join(', ')}. There are: ${areas.join(', ')}`);
  process.exit(2);
}
const kit = toolkit();
try {
  for (const area of wanted.length > 0 ? wanted : areas) await (await import(`./bench/${area}.mjs`)).default(kit);
} finally {
  kit.end();
}
