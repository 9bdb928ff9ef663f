import { readFileSync } from 'node:fs';

/** The name of a file among the doors of its part. */
export function doorOf(file) {
  return file.replace(/^src\//, '').replace(/\.ts$/, '');
}

/** Files of `part` that others import. */
export function doorsOf(part, inputs, parts) {
  const doors = new Set();
  for (const [file, { imports }] of Object.entries(inputs))
    for (const { path, external } of imports)
      if (!external && parts.get(file) !== part && parts.get(path) === part) doors.add(path);
  return [...doors].sort();
}

/** A part's way in: hands out what its doors export. `more` is put in front. */
export function entryText(doors, more = '') {
  const exported = doors.map((file) => [file, exportsOf(file).map(({ name }) => name)]);
  const imports = exported.map(([file, names], at) => {
    const list = names.map((name) => `${name} as ${name}_${at}`).join(', ');
    return `import { ${list} } from './${file}';`;
  });
  const table = exported.map(([file, names], at) => {
    const list = names.map((name) => `${name}: ${name}_${at}`).join(', ');
    return `  '${doorOf(file)}': { ${list} },`;
  });
  return [...imports, more, 'export const doors = {', ...table, '};'].join('\n');
}

/**
 * What stands for `file` in another part. `core` is there before all others, so its exports are taken as they are; of a part
 * that may not be loaded yet only functions can be had, which load it when they are called, and plain literals.
 * An import of anything else fails the build by "No matching export".
 */
export function doorText(file, part) {
  const door = `require('postern:${part}').doors['${doorOf(file)}']`;
  if (part === 'core')
    return [`const door = ${door};`, ...exportsOf(file).map(({ name }) => `export const ${name} = door.${name};`)].join(
      '\n',
    );
  const handed = exportsOf(file).map(({ name, kind, literal }) =>
    kind === 'function'
      ? `export function ${name}(...args) { return ${door}.${name}(...args); }`
      : literal === undefined
        ? ''
        : `export const ${name} = ${literal};`,
  );
  return ['export {};', ...handed].join('\n');
}

/** The values that a file exports. */
function exportsOf(file) {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(
    /^export (?:async )?(function|const|class)\*? (\w+)(?:: [\w<>[\]]+)?(?: = (\d[\d_]*|'[^'\\\n]*');$)?/gm,
  );
  return [...found].map(([, kind, name, literal]) => ({ kind, name, literal }));
}
