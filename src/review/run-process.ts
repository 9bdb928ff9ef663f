import { type ChildProcess, spawn } from 'node:child_process';

/** How a program ended. */
export type Ran =
  | { readonly kind: 'done'; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'failed'; readonly problem: string; readonly stdout: string; readonly stderr: string };

export interface RunOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
  readonly timeoutMs: number;
  /** Called once a second with the seconds that went by. */
  readonly onSecond?: (seconds: number) => void;
}

/** The problem of a program that was ended because this process is to end. */
export const INTERRUPTED = 'it was interrupted';

/** Bytes of output that are kept; a program that prints more is ended. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

/**
 * Runs a program in a process group of its own, which ends with it: on time-out, on too much output, and when this process is told to
 * end, every process of the group is killed. Never rejects.
 */
export function runProcess([program = '', ...args]: readonly string[], options: RunOptions): Promise<Ran> {
  const { cwd, env, input, timeoutMs } = options;
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let bytes = 0;
    let problem = '';
    const child = spawn(program, args, { cwd, env: { ...env }, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const stop = (why: string) => {
      problem ||= why;
      killGroup(child);
    };
    const collect = (list: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) stop(`it printed more than ${MAX_OUTPUT_BYTES / 1024 / 1024} MB`);
      else list.push(chunk);
    };
    const ended = (why: string) => {
      clearTimeout(timer);
      clearInterval(ticker);
      for (const signal of ENDING) process.removeListener(signal, interrupted);
      killGroup(child);
      const text = (list: Buffer[]) => Buffer.concat(list).toString('utf8');
      const said = { stdout: text(out), stderr: text(err) };
      problem ||= why;
      resolve(problem === '' ? { kind: 'done', ...said } : { kind: 'failed', problem, ...said });
    };
    const interrupted = () => stop(INTERRUPTED);
    const start = Date.now();
    const timer = setTimeout(() => stop(`it did not answer within ${Math.round(timeoutMs / 1000)} s`), timeoutMs);
    const ticker = setInterval(() => options.onSecond?.(Math.round((Date.now() - start) / 1000)), 1000);
    for (const signal of ENDING) process.once(signal, interrupted);
    child.stdout.on('data', collect(out));
    child.stderr.on('data', collect(err));
    child.stdin.on('error', () => {});
    child.on('error', (error: NodeJS.ErrnoException) =>
      ended(error.code === 'ENOENT' ? `${program} is not installed` : error.message),
    );
    child.on('exit', () => setTimeout(letGo, LATE_OUTPUT_MS, child).unref());
    child.on('close', (code, signal) =>
      ended(code === 0 ? '' : signal ? `it was ended by ${signal}` : `it ended with ${code}`),
    );
    child.stdin.end(input);
  });
}

/** How long the output of an ended program is waited for when something that left its group holds it open. */
const LATE_OUTPUT_MS = 1000;

function letGo({ stdout, stderr }: ChildProcess): void {
  stdout?.destroy();
  stderr?.destroy();
}

const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
}
