// The checks that are no tests: types, lint and format, shell files, unused code, package shape, the generated schema.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const bin = (name) => join('node_modules', '.bin', name);
const files = (folder) => readdirSync(folder).map((name) => join(folder, name));
const has = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

const checks = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint and format', bin('biome'), ['ci', '.']],
  ['build', process.execPath, ['scripts/build.mjs']],
  ['schema is up to date', process.execPath, ['scripts/schema.mjs', '--check']],
  ['unused files and dependencies', bin('knip'), ['--include', 'files,dependencies,unlisted,unresolved']],
  ['package shape', bin('publint'), ['--strict']],
  ...(has('shellcheck')
    ? [['shell files', 'shellcheck', ['-s', 'sh', ...files('hooks'), ...files('husky'), 'templates/ci/pre-receive']]]
    : []),
];

const failed = checks.filter(([name, command, args]) => {
  console.log(`check: ${name}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status !== 0;
});
for (const [name] of failed) console.error(`check failed: ${name}`);
process.exitCode = failed.length === 0 ? 0 : 1;
