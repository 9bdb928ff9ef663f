import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** What every area measures with: a scratch folder, guarded repositories, interleaved rounds and medians. */
export function toolkit() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bench-')));
  const cli = resolve('dist/cli.js');
  const env = cleanEnv();
  const rounds = Number(process.env.POSTERN_BENCH_ROUNDS ?? 40);

  /** A fresh repository under the scratch folder, guarded by `init --yes`. */
  function guardedRepo(name) {
    const repo = join(folder, name);
    mkdirSync(repo);
    writeFileSync(join(repo, 'app.js'), '');
    spawnSync('git', ['init', '-q', repo], { env });
    const { status, stderr } = spawnSync(process.execPath, [cli, 'init', '--yes'], {
      cwd: repo,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return repo;
  }

  /** Makes one script of a TypeScript file of `scripts/bench/`. */
  function bundle(name) {
    const entry = join(folder, `${name}.mjs`);
    buildSync({
      entryPoints: [`scripts/bench/${name}.ts`],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: entry,
      logLevel: 'error',
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    });
    return entry;
  }

  /** Runs a TypeScript file of `scripts/bench/` in a process of its own and shows what it prints. */
  function runTypeScript(name, args = []) {
    spawnSync(process.execPath, [bundle(name), ...args], { stdio: 'inherit', env });
  }

  /** The program that appends records in a process of its own; the answer is its path. */
  function auditWriter() {
    const outfile = join(folder, 'writer.cjs');
    const options = { bundle: true, platform: 'node', format: 'cjs', alias: { 'graceful-fs': 'node:fs' } };
    buildSync({ entryPoints: ['test/audit/writer.ts'], outfile, ...options });
    return outfile;
  }

  return { auditWriter, folder, cli, env, rounds, guardedRepo, bundle, runTypeScript, measure, print, end };

  function end() {
    rmSync(folder, { recursive: true, force: true });
  }

  /** Milliseconds per case: three unmeasured rounds, then interleaved ones. */
  function measure(cases, count = rounds) {
    const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
    for (let round = -3; round < count; round++) {
      for (const [name, run] of Object.entries(cases)) {
        const start = process.hrtime.bigint();
        run();
        if (round >= 0) times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
      }
    }
    return times;
  }
}

/** The environment without what would change the start of Node, or would mark the bench as an agent's. */
function cleanEnv() {
  const {
    NODE_EXTRA_CA_CERTS: _certs,
    NODE_OPTIONS: _options,
    CLAUDECODE: _mark,
    AI_AGENT: _agent,
    ...env
  } = process.env;
  return env;
}

export function median(list) {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

/** A line per case: its median, and the ratio to the case named `base`. */
function print(title, times, base) {
  console.log(`\n${title} (median of ${times[base].length}, interleaved)`);
  for (const [name, list] of Object.entries(times)) {
    const ratio = (median(list) / median(times[base])).toFixed(2);
    console.log(`  ${name.padEnd(24)} ${median(list).toFixed(1).padStart(8)} ms  ${ratio}x`);
  }
}
