import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Popular packages whose published sources hold no secret of anybody's. */
const PACKAGES = [
  'typescript@5.9.3', 'aws-sdk@2.1692.0', 'lodash@4.17.21', 'react-dom@19.2.0', 'webpack@5.102.1', 'three@0.180.0',
  'monaco-editor@0.54.0', 'firebase@12.4.0', 'rxjs@7.8.2', '@angular/core@20.3.7', 'discord.js@14.24.2', 'axios@1.12.2',
]; // biome-ignore format: a list of names

/** What is found in clean code: popular packages as they are published, and this repository. `--sources` keeps them in a folder. */
export default function ledger({ args, env, folder, cli, runTypeScript }) {
  const at = args.indexOf('--sources');
  const sources = at < 0 ? join(folder, 'sources') : resolve(args[at + 1]);
  for (const name of PACKAGES) fetch(name, sources, env);
  runTypeScript('secrets-ledger', [sources]);
  const own = JSON.parse(run(process.execPath, [cli, 'scan', '--json'], process.cwd(), env));
  console.log(`  this repository: ${own.findings.length} findings, ${own.allowed} allowed with a reason`);
}

function fetch(name, sources, env) {
  const place = join(sources, name.replace('/', '+'));
  if (existsSync(place)) return;
  mkdirSync(place, { recursive: true });
  run('npm', ['pack', name, '--silent', '--pack-destination', place], place, env);
  const [archive] = readdirSync(place).filter((file) => statSync(join(place, file)).isFile());
  run('tar', ['-xzf', join(place, archive), '-C', place], place, env);
}

function run(program, words, cwd, env) {
  try {
    return execFileSync(program, words, { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if (error.stdout) return error.stdout;
    throw error;
  }
}
