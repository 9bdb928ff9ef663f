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

/** The rows' own proofs (`hits`, `misses`) are for the tests: left out, the runtime starts sooner. */
const withoutProofs = {
  name: 'without-proofs',
  setup(build) {
    build.onLoad({ filter: /src\/rules\/(commands|secrets)\/.*\.ts$/ }, ({ path }) => ({
      contents: stripProofs(readFileSync(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** Removes `hits: [...]` and `misses: [...]`, whose values hold nothing but string literals and calls on them. */
function stripProofs(text) {
  const found = /[,{\s](?:hits|misses): \[/.exec(text);
  if (!found) return text;
  const rest = text.slice(found.index + found[0].length);
  return text.slice(0, found.index + 1) + stripProofs(rest.slice(lengthOfList(rest)).replace(/^\s*,/, ''));
}

/** Characters up to and with the `]` that closes a list, strings passed over. */
function lengthOfList(text) {
  let depth = 1;
  for (const token of text.matchAll(/(['"`])(?:\\.|(?!\1)[^\\])*\1|[[\]]/gs)) {
    if (token[0] === '[') depth++;
    if (token[0] === ']') depth--;
    if (depth === 0) return token.index + 1;
  }
  throw new Error('a list of proofs does not end');
}

/**
 * `proper-lockfile` loads `signal-exit`, and that `assert`, to give up locks when the process ends. Ours are held within one
 * synchronous stretch and given up in a `finally`; what a killed process leaves is taken over as stale.
 */
const withoutExitHook = {
  name: 'without-exit-hook',
  setup(build) {
    build.onResolve({ filter: /^signal-exit$/ }, ({ path }) => ({ path, namespace: 'without-exit-hook' }));
    build.onLoad({ filter: /.*/, namespace: 'without-exit-hook' }, () => ({ contents: 'module.exports = () => {};' }));
  },
};

/** The policy compiler brings zod and yaml: it is a part of its own, loaded when the policy file has changed. */
const coldApart = {
  name: 'cold-apart',
  setup(build) {
    build.onResolve({ filter: /\/policy-compile\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'postern:cold', external: true } : undefined,
    );
  },
};

const runtime = {
  ...shared,
  define,
  format: 'cjs',
  write: false,
  legalComments: 'inline',
  alias: { 'graceful-fs': 'node:fs' },
  supported: { 'dynamic-import': false },
};
const textOf = async (options) => (await build({ ...runtime, ...options })).outputFiles[0].text.trim();
const boot = await textOf({
  entryPoints: ['src/gates/hook/boot.ts'],
  minify: true,
  supported: { 'template-literal': false },
});
const hot = await textOf({ entryPoints: ['src/gates/gate.ts'], plugins: [coldApart, withoutProofs, withoutExitHook] });
const cold = await textOf({ entryPoints: ['src/repo/policy-compile.ts'] });

// The boot line runs under `node -e` only; inside the file, however it was started, it does nothing.
if (/[\r\n]/.test(boot)) throw new Error('the boot must be a single line');
writeFileSync(
  'dist/gate.cjs',
  `if (__filename === '[eval]') { ${boot} }
// Postern ${version}, the runtime, built from the npm package \`postern\` (MIT). Do not edit: \`npx postern doctor\` tells when it was.
// The line above is src/gates/hook/boot.ts. The agent hooks evaluate that line alone, so that the rest is started from V8's
// compiled form. Run as a program, which is what the git hooks do, this file starts as any other.
function cold(require, module, exports) {
//#region cold
${cold}
//#endregion
}
function hot(require, module, exports) {
//#region hot
${hot}
//#endregion
}
function load(part) {
  const loaded = { exports: {} };
  part((name) => (name === 'postern:cold' ? load(cold) : require(name)), loaded, loaded.exports);
  return loaded.exports;
}
if (require.main === module) load(hot).start(__filename, process.argv.slice(2), () => {});
`,
);
