import { spawn } from 'node:child_process';

/** How a program ended. `code` is -1 when it could not be started, was stopped or took too long. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
}

const TIMEOUT_MS = 30_000;

/** Runs a program to its end, at most 30 seconds. */
export function start(program: string, args: readonly string[], options: StartOptions): Promise<Ended> {
  const { cwd, env, stdin = '' } = options;
  const child = spawn(program, args, { cwd, env: { ...env } });
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  // A program that ends without reading its input is no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return new Promise<Ended>((resolve) => {
    child.on('error', (error) => resolve({ code: -1, ...texts, stderr: texts.stderr + error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, ...texts }));
  }).finally(() => clearTimeout(timer));
}

/** The first line of what a program complained. */
export function complaintOf({ stdout, stderr }: Ended): string {
  const line = `${stderr}\n${stdout}`.split('\n').find((text) => text.trim() !== '');
  return line?.trim().slice(0, 200) ?? 'it said nothing';
}
