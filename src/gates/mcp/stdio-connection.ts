import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Connection, ConnectionEvents } from './connection.ts';
import type { Keeper } from './keeper.ts';
import { readLines } from './lines.ts';

/** A program to start, with its whole environment. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How long a server may take after its input ended, and again after SIGTERM. */
const GRACE_MS = 1000;
/** How long what a server wrote before it ended is waited for: a grandchild may keep the pipe open. */
const LAST_WORDS_MS = 200;
/** Bytes that may wait for a server that does not read. */
const MAX_WAITING_BYTES = 256 * 1024 * 1024;

/** Starts a server as the leader of a process group of its own, so that what it starts ends with it. */
export function connectStdio(program: Program, events: ConnectionEvents, keeper: Keeper): Connection {
  const { command, args, cwd, env } = program;
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const { pid, stdin, stdout, stderr } = child;
  if (pid !== undefined) keeper.add(pid);
  const gone = whenGone(child, keeper).then(events.onEnd);
  stdin.on('error', () => {});
  readLines(stdout, events.onLine);
  readNotes(stderr, events.onNote);
  return {
    ...(pid === undefined ? {} : { pid }),
    send(text) {
      if (stdin.writableLength > MAX_WAITING_BYTES) killGroup(pid, 'SIGKILL');
      else if (stdin.writable) stdin.write(`${text}\n`);
    },
    hold: (yes) => void (yes ? stdout.pause() : stdout.resume()),
    end: () => endChild(stdin, pid, gone),
  };
}

/** Resolves with the reason when the child is gone, and what it started with it. */
async function whenGone(child: ChildProcess, keeper: Keeper): Promise<string> {
  const why = await new Promise<string>((resolve) => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(`cannot be started (${error.code ?? error.message})`));
    child.on('exit', (code, signal) => {
      const reason = `ended (${signal ?? `exit code ${code}`})`;
      setTimeout(resolve, LAST_WORDS_MS, reason);
      child.on('close', () => resolve(reason));
    });
  });
  killGroup(child.pid, 'SIGKILL');
  if (child.pid !== undefined) keeper.drop(child.pid);
  return why;
}

/** The end of its input, then SIGTERM, then SIGKILL, for the whole group. */
async function endChild(stdin: Writable, pid: number | undefined, gone: Promise<void>): Promise<void> {
  stdin.end();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await endsWithin(gone, GRACE_MS)) return;
    killGroup(pid, signal);
  }
  await endsWithin(gone, GRACE_MS);
}

async function endsWithin(gone: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const answer = await Promise.race([gone.then(() => true), late]);
  clearTimeout(timer);
  return answer;
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

const MAX_NOTE_CHARS = 2000;
/** Bytes of a server's log that are passed on in a minute. */
const MAX_NOTE_BYTES = 64 * 1024;

/** Reads all of a server's log, so that it never blocks, and passes on no more than a person could read. */
function readNotes(stream: Readable, onNote: (text: string) => void): void {
  let [passed, since] = [0, 0];
  stream.on('data', (chunk: Buffer) => {
    if (Date.now() - since > 60_000) [passed, since] = [0, Date.now()];
    if (passed > MAX_NOTE_BYTES) return;
    passed += chunk.length;
    for (const line of chunk.toString('utf8', 0, MAX_NOTE_BYTES).split('\n'))
      if (line.trim() !== '') onNote(line.slice(0, MAX_NOTE_CHARS));
    if (passed > MAX_NOTE_BYTES) onNote('more than 64 KB of log in a minute: the rest is dropped');
  });
}
