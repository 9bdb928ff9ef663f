import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Whole process of the hook against bare Node, record included. */
export default function hook({ env, guardedRepo, measure, print }) {
  const repo = guardedRepo('hook');
  const text = 'const line = "plain code without anything to find";\n'.repeat(100).slice(0, 5000);
  const cases = {
    'node -e 0': () => spawnSync(process.execPath, ['-e', '0'], { env }),
    'clean Bash': () => send('Bash', { command: 'git status && npm test -- --watch=false' }),
    'clean Write of 5 KB': () => send('Write', { file_path: join(repo, 'a.js'), content: text }),
    'clean Read': () => send('Read', { file_path: join(repo, 'app.js') }),
    'denied Bash': () => send('Bash', { command: 'rm -rf ~' }),
  };
  print('hook, whole process', measure(cases), 'node -e 0');

  function send(tool, input) {
    const event = {
      session_id: 'bench',
      cwd: repo,
      hook_event_name: 'PreToolUse',
      tool_name: tool,
      tool_input: input,
      tool_use_id: 'bench',
    };
    const shim = join(repo, '.claude/hooks/pre-tool-use.sh');
    const { status, stderr } = spawnSync(shim, { cwd: repo, env, input: JSON.stringify(event), encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
}
