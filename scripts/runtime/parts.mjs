/**
 * The parts of the runtime. What a call does not use is neither read from the disk nor evaluated: the boot starts `core`,
 * and each other part is loaded when one of its functions is first called. A file belongs to the first part that names it
 * or its folder, else to `core` where that needs it, else to the one part that does. So what is added to a folder lands
 * where the folder's files are, and code of another part cannot slip into `core`.
 */
export const PARTS = {
  parser: ['src/shell/parse.ts', 'node_modules/unbash/'],
  commands: ['src/shell/', 'src/rules/commands/', 'src/guards/dangerous-commands/'],
  scanner: ['src/guards/secrets/', 'src/rules/secrets/anchors.ts', 'src/rules/secrets/named.ts'],
  catalogue: ['src/rules/secrets/'],
  events: ['outcome', 'session-start', 'config-change'].map((name) => `src/gates/hook/${name}.ts`),
  policy: ['src/repo/policy-compile.ts'],
  log: [
    'src/govern/checkpoint.ts',
    'src/audit/checkpoints.ts',
    'src/audit/query.ts',
    'src/audit/lines.ts',
    'src/audit/verify.ts',
    'src/audit/seal.ts',
    'src/audit/host-key.ts',
  ],
  git: ['src/gates/git/', 'src/review/', 'src/govern/review-'],
  asking: ['src/repo/git.ts'],
  objection: ['src/govern/way-out.ts', 'src/govern/answers.ts', 'src/govern/put-back.ts'],
};

/** Tells the part of every file in esbuild's `inputs`; throws where that is not clear. */
export function assignParts(inputs, entry) {
  const named = (file) => Object.keys(PARTS).find((part) => PARTS[part].some((path) => file.startsWith(path)));
  const core = reach(inputs, [entry], (file) => !named(file));
  const parts = new Map([...core].map((file) => [file, 'core']));
  for (const part of Object.keys(PARTS)) {
    const own = Object.keys(inputs).filter((file) => named(file) === part);
    for (const file of reach(inputs, own, (to) => !core.has(to) && [undefined, part].includes(named(to)))) {
      const other = parts.get(file);
      if (other) throw new Error(`${file} is needed by ${other} and ${part}: name it in scripts/runtime/parts.mjs`);
      parts.set(file, part);
    }
  }
  for (const [file, { imports }] of Object.entries(inputs))
    for (const { path, kind } of imports)
      if (kind === 'dynamic-import' && !named(path))
        throw new Error(`${file} loads ${path} late, but scripts/runtime/parts.mjs does not name its part`);
  return parts;
}

/** What `starts` import, directly or not, through files that `follows` lets through. */
function reach(inputs, starts, follows) {
  const seen = new Set(starts);
  for (const file of seen)
    for (const { path, kind, external } of inputs[file].imports)
      if (!external && kind !== 'dynamic-import' && follows(path)) seen.add(path);
  return seen;
}
