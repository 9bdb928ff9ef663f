// Measures what people wait for, as ratios within one run: cases are interleaved and medians compared.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const rounds = Number(process.env.POSTERN_BENCH_ROUNDS ?? 40);
const cli = resolve('dist/cli.js');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-bench-')));
const {
  NODE_EXTRA_CA_CERTS: _certs,
  NODE_OPTIONS: _options,
  CLAUDECODE: _mark,
  AI_AGENT: _agent,
  ...env
} = process.env;
const only = process.argv[2];

spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (!only || only === 'hook') hook();
if (!only || only === 'evaluate') evaluate();
if (!only || only === 'init') init();
rmSync(folder, { recursive: true, force: true });

/** Whole process of the hook against bare Node, record included. */
function hook() {
  const repo = guardedRepo('hook');
  const shim = join(repo, '.claude/hooks/pre-tool-use.sh');
  const text = 'const line = "plain code without anything to find";\n'.repeat(100).slice(0, 5000);
  const cases = {
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
    'clean Bash': () => send(shim, repo, 'Bash', { command: 'git status && npm test -- --watch=false' }),
    'clean Write of 5 KB': () => send(shim, repo, 'Write', { file_path: join(repo, 'a.js'), content: text }),
    'clean Read': () => send(shim, repo, 'Read', { file_path: join(repo, 'app.js') }),
    'denied Bash': () => send(shim, repo, 'Bash', { command: 'rm -rf ~' }),
  };
  print('hook, whole process', measure(cases), 'node -e 0');
}

/** The decision alone, in process, for a command line of 2 KB. */
function evaluate() {
  const entry = join(folder, 'evaluate.mjs');
  buildSync({
    entryPoints: ['scripts/bench-evaluate.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: entry,
    logLevel: 'error',
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  spawnSync(process.execPath, [entry], { stdio: 'inherit', env });
}

/** `init --yes` in a fresh repository. */
function init() {
  let count = 0;
  const cases = {
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
    'init --yes': () => guardedRepo(`init${count++}`),
  };
  print('init --yes in a fresh repository', measure(cases, Math.min(rounds, 8)), 'node -e 0');
}

function guardedRepo(name) {
  const repo = join(folder, name);
  mkdirSync(repo);
  writeFileSync(join(repo, 'app.js'), '');
  spawnSync('git', ['init', '-q', repo], { env });
  const { status, stderr } = spawnSync(process.execPath, [cli, 'init', '--yes'], { cwd: repo, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return repo;
}

function send(shim, repo, tool, input) {
  const event = {
    session_id: 'bench',
    cwd: repo,
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: 'bench',
  };
  const { status, stderr } = spawnSync(shim, { cwd: repo, env, input: JSON.stringify(event), encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
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

function print(title, times, base) {
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
  console.log(`\n${title} (median of ${times[base].length}, interleaved)`);
  for (const [name, list] of Object.entries(times)) {
    console.log(
      `  ${name.padEnd(24)} ${median(list).toFixed(1).padStart(8)} ms  ${(median(list) / median(times[base])).toFixed(2)}x`,
    );
  }
}
