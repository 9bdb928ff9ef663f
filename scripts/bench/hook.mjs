import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './toolkit.mjs';

const BARE = 'node -e 0';
const LINE = 'const line = "plain code without anything to find";\n';
/** How often a case runs within one measurement of CPU, whose clock counts milliseconds. */
const RUNS = 5;

/** Whole process of the hook against bare Node, record included: what one waits for, and what the processor does meanwhile. */
export default function hook({ env, rounds, folder, guardedRepo, measure, print }) {
  const repo = guardedRepo('hook');
  const command = 'git status && npm test -- --watch=false';
  const write = (bytes) => ['Write', { file_path: join(repo, 'a.js'), content: LINE.repeat(3000).slice(0, bytes) }];
  const cases = {
    [BARE]: { argv: [process.execPath, '-e', '0'], input: '' },
    'clean Bash': before('Bash', { command }),
    'clean Read': before('Read', { file_path: join(repo, 'app.js') }),
    'clean Write of 5 KB': before(...write(5_000)),
    'clean Write of 10 KB': before(...write(10_000)),
    'clean Write of 100 KB': before(...write(100_000)),
    'denied Bash': before('Bash', { command: 'rm -rf ~' }),
    'before and after a Bash': pair(
      before('Bash', { command }),
      hookCase('PostToolUse', 'Bash', { command }, { tool_response: { stdout: 'ok\n', stderr: '' } }),
    ),
  };
  const each = (run) => Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, () => run(one)]));
  print('hook, whole process', measure(each(once)), BARE);
  printCpu(measureCpu());

  function before(tool, input) {
    return hookCase('PreToolUse', tool, input);
  }

  function hookCase(event, tool, input, more = {}) {
    const text = JSON.stringify({
      session_id: 'bench',
      cwd: repo,
      hook_event_name: event,
      tool_name: tool,
      tool_input: input,
      tool_use_id: 'bench',
      ...more,
    });
    const shim = event.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
    return { argv: [join(repo, `.claude/hooks/${shim}.sh`)], input: text };
  }

  /** Two hooks in a row, as a call that runs has them: what comes after goes by what was noted before. */
  function pair(first, second) {
    const file = join(folder, 'second');
    writeFileSync(file, second.input);
    return {
      argv: ['sh', '-c', '"$1"; exec "$2" <"$3"', 'sh', ...first.argv, ...second.argv, file],
      input: first.input,
    };
  }

  function once({ argv: [program, ...args], input }) {
    const { status, stderr } = spawnSync(program, args, { cwd: repo, env, input, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  /** CPU milliseconds per run and case, user and system together; interleaved as the times are. */
  function measureCpu() {
    const found = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
    for (let round = 0; round < Math.max(8, rounds / RUNS); round++)
      for (const [name, one] of Object.entries(cases)) found[name].push(cpuOf(one));
    return found;
  }

  function cpuOf({ argv, input }) {
    const file = join(folder, 'input');
    writeFileSync(file, input);
    const script = `TIMEFORMAT='%3U %3S'; f=$1; shift; time for i in {1..${RUNS}}; do "$@" <"$f" >/dev/null 2>&1; done`;
    const { stderr } = spawnSync('bash', ['-c', script, 'bash', file, ...argv], { cwd: repo, env, encoding: 'utf8' });
    const [user, system] = stderr.trim().split(' ').map(Number);
    return ((user + system) * 1000) / RUNS;
  }
}

function printCpu(found) {
  const bare = median(found[BARE]);
  console.log(`\nhook, CPU (median of ${found[BARE].length} times ${RUNS} runs, interleaved)`);
  for (const [name, list] of Object.entries(found)) {
    const over = name === BARE ? '' : `  +${(median(list) - bare).toFixed(1)} over bare Node`;
    console.log(`  ${name.padEnd(24)} ${median(list).toFixed(1).padStart(8)} ms${over}`);
  }
}
