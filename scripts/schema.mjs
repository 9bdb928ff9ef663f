import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Writes schema/policy.schema.json from the zod schema; with `--check` only says whether the committed one is current. */
const target = fileURLToPath(new URL('../schema/policy.schema.json', import.meta.url));
const entry = fileURLToPath(new URL('../src/policy/schema.ts', import.meta.url));

const built = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node' });
const code = Buffer.from(built.outputFiles[0].contents).toString('base64');
const { policyJsonSchema } = await import(`data:text/javascript;base64,${code}`);
const text = `${JSON.stringify(policyJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('schema/policy.schema.json is stale. Run: node scripts/schema.mjs');
  process.exitCode = 1;
}
