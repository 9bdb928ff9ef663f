import { AuditError } from '../audit/error.ts';
import { InstallProblem } from '../install/problem.ts';
import { type Context, type ExitCode, UserError } from './context.ts';
import { FAILED } from './exit-codes.ts';
import { runProgram } from './program.ts';

const context = processContext();
process.stdout.on('error', ignoreClosedPipe);
process.exitCode = await outcome();

/** The process as commands see it. */
function processContext(): Context {
  const { env, stdin, stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    env,
    out: (text) => void stdout.write(text),
    say: (text) => void stderr.write(text),
    interactive: Boolean(stdin.isTTY && stderr.isTTY && !env['CI']),
    color: wantsColor(env, stdout.isTTY),
  };
}

function wantsColor(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return terminal && env['TERM'] !== 'dumb';
}

async function outcome(): Promise<ExitCode> {
  try {
    return await runProgram(process.argv.slice(2), context);
  } catch (error) {
    context.say(`postern: ${complaint(error)}\n`);
    return FAILED;
  }
}

function complaint(error: unknown): string {
  if (error instanceof UserError || error instanceof InstallProblem) return `${error.message}\n  ${error.instead}`;
  if (error instanceof AuditError) return error.message;
  return `unexpected failure: ${error instanceof Error && context.env['POSTERN_DEBUG'] ? error.stack : error}`;
}

/** `postern audit tail | head -1` closes the pipe early, which is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
