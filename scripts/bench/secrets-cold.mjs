import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './toolkit.mjs';

/** What a write of 10 KB and of 100 KB of real code adds to the hook, in fresh processes: the whole hook, and the scan alone. */
export default function cold({ env, folder, bundle, guardedRepo, measure, print, rounds }) {
  const repo = guardedRepo('secrets');
  const code = sources('src/cli') + sources('src/install');
  const texts = { '20 bytes': code.slice(0, 20), '10 KB': code.slice(0, 10_240), '100 KB': code.slice(0, 102_400) };
  const cases = Object.entries(texts).map(([name, content]) => [`Write of ${name}`, () => send(content)]);
  print('secrets, the whole hook', measure(Object.fromEntries(cases)), 'Write of 20 bytes');

  const entry = bundle('secrets-scan-once');
  console.log(`\nsecrets, CPU of one scan in a fresh process, no compiled form (median of ${rounds})`);
  for (const [name, text] of Object.entries(texts)) {
    const times = Array.from({ length: rounds }, () => scanOnce(text));
    console.log(`  ${name.padEnd(24)} ${median(times).toFixed(1).padStart(8)} ms`);
  }

  function scanOnce(text) {
    const { stdout } = spawnSync(process.execPath, [entry], { env, input: text, encoding: 'utf8', cwd: folder });
    return Number(stdout);
  }

  function send(content) {
    const event = {
      session_id: 'bench',
      cwd: repo,
      hook_event_name: 'PreToolUse',
      tool_name: 'Write',
      tool_input: { file_path: join(repo, 'a.ts'), content },
      tool_use_id: 'bench',
    };
    const shim = join(repo, '.claude/hooks/pre-tool-use.sh');
    const { status, stderr } = spawnSync(shim, { cwd: repo, env, input: JSON.stringify(event), encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
}

function sources(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}
