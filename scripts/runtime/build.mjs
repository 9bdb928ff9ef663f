import { relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { doorOf, doorsOf, doorText, entryText } from './doors.mjs';
import { assignParts, PARTS } from './parts.mjs';
import { withProgramTable } from './program-table.mjs';
import { withoutProofs } from './strip-proofs.mjs';

const ENTRY = 'src/gates/gate.ts';

/** The text of the runtime. `shared` are esbuild's options for everything that is built. */
export async function runtimeText(shared, version) {
  const options = {
    ...shared,
    format: 'cjs',
    write: false,
    legalComments: 'inline',
    supported: { 'dynamic-import': false },
    logOverride: { 'import-is-undefined': 'error' },
  };
  const { inputs } = (await build({ ...options, entryPoints: [ENTRY], metafile: true })).metafile;
  const parts = assignParts(inputs, ENTRY);
  const texts = await Promise.all(
    ['core', ...Object.keys(PARTS)].map(async (part) => [part, await partText(part, inputs, parts, options)]),
  );
  return assemble(texts, version, (define) => bootText(options, define));
}

/**
 * A part as an expression, which the boot gives to V8 as it stands in the file, and which as a piece of a program is compiled
 * only when it is called. In ASCII, where a character is a byte: what esbuild leaves as it is stands in comments and in patterns, which know `\u` too.
 */
async function partText(part, inputs, parts, options) {
  const more = part === 'core' ? `export { start } from './${ENTRY}';` : '';
  const stdin = { contents: entryText(doorsOf(part, inputs, parts), more), resolveDir: '.', sourcefile: `${part}.js` };
  const plugins = [withDoors(part, inputs, parts), withProgramTable, withoutProofs];
  const text = (await build({ ...options, stdin, plugins })).outputFiles[0].text.trim();
  const ascii = text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `0 || function (require, module, exports) {\n${ascii}\n}`;
}

/** Lets what belongs to other parts be imported through their doors. */
function withDoors(part, inputs, parts) {
  return {
    name: 'with-doors',
    setup(build) {
      build.onResolve({ filter: /^postern:/ }, ({ path }) => ({ path, external: true }));
      build.onResolve({ filter: /./ }, ({ path, importer, kind }) => {
        const file = inputs[relative('.', importer)]?.imports.find(({ original }) => original === path)?.path;
        const owner = parts.get(file);
        if (!owner || owner === part) return undefined;
        if (kind === 'dynamic-import') return { path: `postern:${owner}#${doorOf(file)}`, external: true };
        return { path: file, namespace: 'door' };
      });
      build.onLoad({ filter: /./, namespace: 'door' }, ({ path }) => ({
        contents: doorText(path, parts.get(path)),
        resolveDir: resolve('.'),
      }));
    },
  };
}

async function bootText(options, define) {
  const boot = await build({
    ...options,
    entryPoints: ['src/gates/hook/boot.ts'],
    define,
    minify: true,
    supported: { 'template-literal': false },
  });
  const text = boot.outputFiles[0].text.trim();
  if (/[\r\n]/.test(text)) throw new Error('the boot must be a single line');
  return text;
}

/** The parts as functions of one file, behind the boot line, which knows where in the file each of them stands. */
async function assemble(texts, version, bootText) {
  const body = `// Postern ${version}, the runtime, built from the npm package \`postern\` (MIT). Do not edit: \`npx postern doctor\` tells when it was.
// The line above is src/gates/hook/boot.ts. The agent hooks evaluate that line alone, so that of the rest only those parts are
// read that a call needs, and they are started from V8's compiled form. Run as a program, which is what the git hooks do,
// this file starts as any other.
const parts = {${texts.map(([part, text]) => `\n  ${part}:\n//#region ${part}\n${text}\n//#endregion\n  ,`).join('')}
};
const loaded = {};
function load(path) {
  const [part, door] = path.split('#');
  if (!loaded[part]) {
    loaded[part] = { exports: {} };
    parts[part]((name) => (name.startsWith('postern:') ? load(name.slice(8)) : require(name)), loaded[part], loaded[part].exports);
  }
  return door ? loaded[part].exports.doors[door] : loaded[part].exports;
}
if (require.main === module) load('core').start(__filename, process.argv.slice(2), () => {});
`;
  const places = texts.map(([part, text]) => [part, [body.length - body.indexOf(text), text.length]]);
  const boot = await bootText({ POSTERN_PARTS: JSON.stringify(Object.fromEntries(places)) });
  return `if (__filename === '[eval]') { ${boot} }\n${body}`;
}
