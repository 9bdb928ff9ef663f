import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Check, type Checkup, failed, note, ok, type Result } from './check.ts';
import { loopbackModel } from './loopback-model.ts';
import { start } from './start.ts';

/**
 * Whether the installed client lets a hook replace what a tool returned: masked secrets depend on it. The client is started in an
 * empty folder, with settings of its own and a model on this machine, and reads a file whose text a hook replaces.
 */
export const maskedOutputs: Check = {
  id: 'masked outputs',
  async run(checkup) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-client-')));
    try {
      return [await prove(folder, checkup)];
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  },
};

const PLAIN = 'postern-canary-as-it-stands';
const MASKED = 'postern-canary-masked';

/** The hook: hands back the tool's own result with the text replaced. */
const HOOK = `let s="";process.stdin.on("data",(d)=>s+=d).on("end",()=>{const updatedToolOutput=JSON.parse(JSON.stringify(JSON.parse(s).tool_response).replaceAll("${PLAIN}","${MASKED}"));console.log(JSON.stringify({hookSpecificOutput:{hookEventName:"PostToolUse",updatedToolOutput}}))})\n`;

async function prove(folder: string, { context }: Checkup): Promise<Result> {
  const work = join(folder, 'work');
  const config = join(folder, 'config');
  for (const made of [work, config, join(folder, 'tmp')]) mkdirSync(made, { mode: 0o700 });
  const file = join(work, 'canary.txt');
  writeFileSync(file, `${PLAIN}\n`);
  writeFileSync(join(folder, 'hook.cjs'), HOOK);
  const command = `"${process.execPath}" "${join(folder, 'hook.cjs')}"`;
  const settings = { hooks: { PostToolUse: [{ matcher: '*', hooks: [{ type: 'command', command }] }] } };
  writeFileSync(join(config, 'settings.json'), JSON.stringify(settings));
  const trusted = { hasCompletedOnboarding: true, projects: { [work]: { hasTrustDialogAccepted: true } } };
  writeFileSync(join(config, '.claude.json'), JSON.stringify(trusted));
  const model = await loopbackModel({ name: 'Read', input: { file_path: file } });
  try {
    const env = clientEnv(context.env, folder, model.url);
    const program = context.env['CLAUDE_BIN'] || 'claude';
    const ended = await start(program, ['-p', 'Read canary.txt'], { cwd: work, env });
    return verdict(model.requests, ended.code);
  } finally {
    model.close();
  }
}

/** Nothing of the person's: no key, no settings, no session goes to the client that is started here. */
function clientEnv(env: Checkup['context']['env'], folder: string, url: string) {
  return {
    PATH: env['PATH'],
    HOME: folder,
    TERM: 'dumb',
    CLAUDE_CONFIG_DIR: join(folder, 'config'),
    CLAUDE_CODE_TMPDIR: join(folder, 'tmp'),
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'none',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
  };
}

function verdict(requests: readonly string[], code: number): Result {
  const answers = requests.filter((body) => body.includes('"tool_result"'));
  if (requests.length === 0 && code === -1) return note('Claude Code is not on the PATH, so nothing could be proved.');
  if (answers.length === 0)
    return failed('The client did not run the canary call.', 'Run claude by hand and see what it says.');
  if (answers.some((body) => body.includes(PLAIN))) {
    return failed(
      'The client shows the model what a tool returned although a hook replaced it: secrets in results are not masked.',
      'claude update',
    );
  }
  return answers.some((body) => body.includes(MASKED))
    ? ok('the client gives the model what the hook made of a result')
    : failed('The client did not hand the result on.', 'claude update');
}
