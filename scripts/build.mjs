// Builds dist/cli.js (lazy chunks per command) and dist/gate.cjs (the runtime that lands in consumer repositories).
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const shared = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', charset: 'ascii' };
const define = { POSTERN_VERSION: JSON.stringify(version) };

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');

await build({
  ...shared,
  define,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  packages: 'external',
  banner: { js: '#!/usr/bin/env node' },
  chunkNames: 'chunks/[name]-[hash]',
});
chmodSync('dist/cli.js', 0o755);

const runtime = { ...shared, define, format: 'cjs', write: false, alias: { 'graceful-fs': 'node:fs' } };
const boot = await build({
  ...runtime,
  entryPoints: ['src/gates/hook/boot.ts'],
  minify: true,
  supported: { 'template-literal': false },
});
const gate = await build({ ...runtime, entryPoints: ['src/gates/gate.ts'], legalComments: 'inline' });

const notice = `// Postern ${version}, the runtime: made from https://www.npmjs.com/package/postern by its build, MIT licensed. Do not edit;
// \`npx postern doctor\` tells when it was. The line above is src/gates/hook/boot.ts: the agent hooks evaluate it alone, so that
// the rest of this file is started from V8's compiled form. Run as a program, this file starts as any other.
`;
// The boot line runs under `node -e` only; inside the file, however it was started, it does nothing.
const bootCode = boot.outputFiles[0].text.trim();
if (/[\r\n]/.test(bootCode)) throw new Error('the boot must be a single line');
const bootLine = `if(__filename==='[eval]'&&typeof POSTERN_BOOTED==='undefined'){(()=>{${bootCode}})()}`;
writeFileSync('dist/gate.cjs', `${bootLine}\n${notice}${gate.outputFiles[0].text}`);
