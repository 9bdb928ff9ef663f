import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratchFolder } from '../../support/packed.ts';
import { guardedRepo, postern } from '../support.ts';

/** A client that asks the model, reads the file that it is told to, runs its hook and tells the model `said`. */
const client = (said: string) => `#!/usr/bin/env node
const { readFileSync } = require('node:fs');
const { execSync } = require('node:child_process');
const ask = async (messages) =>
  (await fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages?beta=true', {
    method: 'POST',
    body: JSON.stringify({ tools: [{ name: 'Read' }], messages }),
  })).text();
(async () => {
  if (process.argv[2] === '--version') return console.log('2.1.999');
  const asked = await ask([]);
  const path = JSON.parse(JSON.parse(/"partial_json":("(?:[^"\\\\]|\\\\.)*")/.exec(asked)[1])).file_path;
  const response = { file: { content: readFileSync(path, 'utf8') } };
  const { hooks } = JSON.parse(readFileSync(process.env.CLAUDE_CONFIG_DIR + '/settings.json', 'utf8'));
  const { command } = hooks.PostToolUse[0].hooks[0];
  const hook = JSON.parse(execSync(command, { input: JSON.stringify({ tool_response: response }) }).toString());
  const replaced = hook.hookSpecificOutput.updatedToolOutput;
  const said = ${said};
  if (said) await ask([{ content: [{ type: 'tool_result', content: said }] }]);
})();
`;

test.each([
  { name: 'honours the hook', said: 'replaced.file.content', kind: 'ok', text: 'what the hook made of a result' },
  {
    name: 'ignores the hook',
    said: 'response.file.content',
    kind: 'failed',
    text: 'secrets in results are not masked',
  },
  { name: 'drops the result', said: '"(empty)"', kind: 'failed', text: 'did not hand the result on' },
  { name: 'never answers', said: 'null', kind: 'failed', text: 'did not run the canary call' },
  { name: 'is not there', said: null, kind: 'note', text: 'not on the PATH' },
])('a client that $name -> $kind', async ({ said, kind, text }) => {
  const program = join(scratchFolder('client'), 'claude');
  if (said !== null) {
    writeFileSync(program, client(said));
    chmodSync(program, 0o755);
  }
  const ran = await postern(['doctor', '--client', '--json'], { cwd: guardedRepo(), env: { CLAUDE_BIN: program } });
  const { checks } = JSON.parse(ran.out) as { checks: { id: string; results: { kind: string; text: string }[] }[] };
  const results = checks.find(({ id }) => id === 'masked outputs')?.results;
  expect(results).toMatchObject([{ kind, text: expect.stringContaining(text) }]);
});
