import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { scan } from '../../src/guards/secrets/scan.ts';

/** Every finding in sources that hold no secret; none of them should be there. */
const [folder = '.'] = process.argv.slice(2);
const found: string[] = [];
let chars = 0;
let files = 0;
const start = process.hrtime.bigint();
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || /\.(?:tgz|png|ttf|woff2?|wasm|gif|jpe?g|ico)$/.test(path)) continue;
  const text = readFileSync(path, 'utf8');
  chars += text.length;
  files++;
  for (const { rule, line, start: from, end } of scan(text, { path }))
    found.push(
      `${rule} ${relative(folder, path)}:${line}: ${JSON.stringify(text.slice(Math.max(0, from - 40), Math.min(end, from + 120)))}`,
    );
}
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(
  `\nsecrets, clean code: ${found.length} findings in ${files} files, ${(chars / 1e6).toFixed(0)} MB, ${seconds.toFixed(0)} s`,
);
for (const line of found) console.log(`  ${line}`);
