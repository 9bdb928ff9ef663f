// Measures what people wait for, as ratios within one run: `npm run bench`, or `npm run bench <area>` for one file of scripts/bench/.
// An area is a module whose default export measures and prints; it gets the toolkit of scripts/bench/toolkit.mjs, and what
// follows the areas as `args`: `npm run bench -- secrets cases.jsonl --misses`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { toolkit } from './bench/toolkit.mjs';

spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
const areas = readdirSync('scripts/bench')
  .filter((name) => name.endsWith('.mjs') && !name.includes('-') && name !== 'toolkit.mjs')
  .map((name) => name.slice(0, -4));
const given = process.argv.slice(2);
const cut = given.findIndex((word) => /[-./]/.test(word));
const wanted = cut < 0 ? given : given.slice(0, cut);
const args = cut < 0 ? [] : given.slice(cut);
const unknown = wanted.filter((area) => !areas.includes(area));
if (unknown.length > 0) {
  console.error(`No area ${unknown.join(', ')}. There are: ${areas.join(', ')}`);
  process.exit(2);
}
const kit = toolkit();
try {
  for (const area of wanted.length > 0 ? wanted : areas)
    await (await import(`./bench/${area}.mjs`)).default({ ...kit, args });
} finally {
  kit.end();
}
