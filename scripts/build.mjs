// Builds dist/cli.js (lazy chunks per command) and dist/gate.cjs (the runtime that lands in consumer repositories).
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { runtimeText } from './runtime/build.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  charset: 'ascii',
  // A name that the parts of the runtime do not hand out would be missing only when it is first used.
  logOverride: { 'import-is-undefined': 'error' },
  define: { POSTERN_VERSION: JSON.stringify(version) },
};

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');

await build({
  ...shared,
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  packages: 'external',
  banner: { js: '#!/usr/bin/env node' },
  chunkNames: 'chunks/[name]-[hash]',
});
chmodSync('dist/cli.js', 0o755);

writeFileSync('dist/gate.cjs', await runtimeText(shared, version));
