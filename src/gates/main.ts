import { read, realpathSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { WATCHDOG_MS } from '../clients/claude-settings.ts';
import { ShapeError } from '../clients/event.ts';
import { redactText } from '../govern/describe.ts';
import { findPlaces, type Places } from '../repo/places.ts';
import { MAX_INPUT_BYTES, runHook } from './hook/main.ts';

/** The exit codes by which a shim knows that the runtime really answered: an overwritten or cut file cannot say them by accident. */
const ANSWERED = 10;
const REFUSED = 11;
const FAILED = 2;

/** What this process was used for: `Bash`, `Write`, `SessionStart` … */
let used = 'nothing';
/** What is left to do when the answer is given. */
let atEnd = () => {};

/** Entry of `.postern/gate.cjs`: `hook <event>` with the client's JSON on stdin, or `git <hook> [args]`. */
export async function main(
  file: string,
  args: readonly string[],
  done: (used: string) => void,
  places?: Places | null,
): Promise<never> {
  atEnd = () => done(used);
  const watchdog = setTimeout(giveUp, WATCHDOG_MS);
  try {
    const [gate, name = '', ...rest] = args;
    if (gate === 'hook') return await hook(places ?? placesOf(file));
    if (gate === 'git') return await gitGate(name, rest, watchdog);
    return fail(`unknown gate \`${gate ?? ''}\``, 'run: npx postern upgrade');
  } catch (error) {
    return explain(error);
  }
}

/** Ends the process although a read may be stuck, which a plain exit would wait for. The shim turns the signal into exit 2. */
function giveUp(): void {
  writeAll(2, failure('no answer in time', 'try again; if it stays, let the person run: npx postern doctor'));
  process.kill(process.pid, 'SIGKILL');
}

async function hook(places: Places): Promise<never> {
  const { answer, kind } = await runHook(await readInput(MAX_INPUT_BYTES), places);
  used = kind;
  if (answer.code !== 0) return end(FAILED, answer);
  return end(ANSWERED, answer);
}

async function gitGate(name: string, args: readonly string[], watchdog: NodeJS.Timeout): Promise<never> {
  clearTimeout(watchdog);
  const { runGitGate } = await import('./git/main.ts');
  const answer = await runGitGate(name, args, {
    cwd: process.cwd(),
    env: process.env,
    stdin: async () => (await readInput(MAX_INPUT_BYTES)).toString('utf8'),
  });
  return end(answer.code === 1 ? REFUSED : answer.code, answer);
}

/** The repository is told by where the runtime lies, never by what the caller says. */
function placesOf(file: string): Places {
  const places = findPlaces(dirname(dirname(realpathSync(file))));
  if (places === null) throw new ShapeError('this folder is no longer a git repository');
  return places;
}

const CHUNK_BYTES = 262_144;

function readInput(maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  return new Promise((resolve, reject) => {
    const next = () => {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      read(0, chunk, 0, chunk.length, null, (error, count) => {
        if (error?.code === 'EAGAIN') return void setTimeout(next, 5);
        if (error && error.code !== 'EOF') return reject(error);
        if (error || count === 0) return resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
        total += count;
        if (total > maxBytes) return reject(new ShapeError(`the hook input is larger than ${maxBytes} bytes`));
        chunks.push(chunk.subarray(0, count));
        next();
      });
    };
    next();
  });
}

function explain(error: unknown): never {
  const message = redactText(error instanceof Error ? error.message.split('\n')[0]! : String(error));
  const instead =
    error instanceof ShapeError
      ? 'if the client is newer than Postern, run: npx postern upgrade'
      : 'let the person run: npx postern doctor';
  return fail(message, instead);
}

function fail(problem: string, instead: string): never {
  return end(FAILED, { stdout: '', stderr: failure(problem, instead) });
}

function failure(problem: string, instead: string): string {
  return `Blocked: Postern could not judge this: ${problem}\nInstead: ${instead}\nRule: postern/failed\n`;
}

function end(code: number, answer: { readonly stdout: string; readonly stderr: string }): never {
  writeAll(2, answer.stderr);
  const told = writeAll(1, answer.stdout);
  atEnd();
  return process.exit(told && (code === ANSWERED || code === REFUSED) ? code : FAILED);
}

/** Writes all of it before the process ends, however full the pipe is; false when nobody reads it. */
function writeAll(fd: number, text: string): boolean {
  if (text === '') return true;
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
  return true;
}
