import { runProgramText } from './code.ts';
import { effectOf } from './code-effects.ts';
import type { Language } from './code-tokens.ts';
import { textOf, type Value } from './code-values.ts';
import { invoke } from './invoke.ts';
import { runCode } from './shells.ts';
import { type Frame, signal } from './trail.ts';
import { noteUse } from './uses.ts';
import { isKnown, UNKNOWN, word } from './word.ts';

/** One call as it stands in a program. */
export interface Call {
  /** Dotted name: `os.system`, `).rmSync` after another call. */
  readonly name: string;
  readonly args: readonly Value[];
  /** First argument of the call before the dot: the path of `Path('x').unlink()`. */
  readonly receiver: string | null;
}

/** Follows what one call does to the machine. */
export function runCall(call: Call, code: string, language: Language, frame: Frame): void {
  const effect = effectOf(call.name, language);
  if (effect === null) return;
  const path = homed(textOf(call.args[0] ?? UNKNOWN), frame);
  const target = call.receiver !== null && isKnown(call.receiver) ? homed(call.receiver, frame) : path;
  const second = homed(textOf(call.args[1] ?? UNKNOWN), frame);
  switch (effect) {
    case 'shell':
      runStarted(call.args, frame);
      return;
    case 'argv':
      runVector(call.args.flat(), frame);
      return;
    case 'delete':
    case 'delete-tree':
      invoke([word('rm'), word(effect === 'delete' ? '-f' : '-rf'), word(target)], frame);
      return;
    case 'open':
      openFile(call, path, language, frame);
      return;
    case 'write':
      noteUse(/write_(text|bytes)$/.test(call.name) ? target : path, 'write', frame, {});
      return;
    case 'read':
      noteUse(/read_(text|bytes)$/.test(call.name) ? target : path, 'read', frame, {});
      return;
    case 'move':
    case 'copy':
      invoke(
        [
          word(effect === 'move' ? 'mv' : 'cp'),
          word(call.receiver ? target : path),
          word(call.receiver ? path : second),
        ],
        frame,
      );
      return;
    case 'mode':
      noteUse(path, 'meta', frame, {});
      return;
    case 'sql':
      invoke([word('sql'), word(textOf(call.args[0] ?? ''))], frame);
      return;
    case 'eval':
      runEvaluated(call, code, language, frame);
      return;
  }
}

/** `open(…)` reads or writes; opening a database for writing empties it. */
function openFile(call: Call, path: string, language: Language, frame: Frame): void {
  if (runsOpened(call.args, language, frame)) return;
  const writes = opensForWriting(call.args);
  const last = textOf(call.args.at(-1) ?? UNKNOWN).replace(/^[+<>\s]+/, '');
  const file = language === 'perl' ? homed(last, frame) : path;
  if (writes && /\.(db|sqlite3?)$/.test(file)) invoke([word('truncate'), word('-s0'), word(file)], frame);
  noteUse(file, writes ? 'write' : 'read', frame, {});
}

/** Perl's and ruby's `open` start a command for `|cmd`, `cmd|` and the modes `-|`, `|-`. */
function runsOpened(args: readonly Value[], language: Language, frame: Frame): boolean {
  if (language !== 'perl' && language !== 'ruby') return false;
  const words = args.map(textOf);
  const mode = words.findIndex((text) => /^(-\||\|-)(:\w+)?$/.test(text));
  if (mode >= 0) runStarted(args.slice(mode + 1), frame);
  const piped = words.find((text) => /^\s*\|\s*[^-\s]/.test(text) || /[^-\s]\s*\|\s*$/.test(text));
  if (piped !== undefined && /^\s*\|\s*([\w/]*\/)?(ba|z|da|k)?sh\b(?!\s+-c)/.test(piped))
    signal(frame, 'dynamic-code', piped);
  if (mode < 0 && piped !== undefined) runCode({ text: piped.replace(/^\s*\||\|\s*$/g, ''), from: [] }, frame);
  return mode >= 0 || piped !== undefined;
}

function homed(path: string, frame: Frame): string {
  return path === '~' || path.startsWith('~/') ? frame.trail.where.home + path.slice(1) : path;
}

function opensForWriting(args: readonly Value[]): boolean {
  const modes = args.slice(0, 3).map(textOf);
  return (
    /^[>+]/.test(modes[0] ?? '') || modes.slice(1).some((mode) => /^(\+?>{1,2}.*|[rbt]*[wax][bt+]*|r\+b?)$/.test(mode))
  );
}

function runStarted(args: readonly Value[], frame: Frame): void {
  const first = args[0];
  if (first === undefined) return;
  if (typeof first !== 'string') {
    runVector(first, frame);
    return;
  }
  const rest = args.slice(1);
  const isVector =
    Array.isArray(rest[0]) ||
    (rest.length > 0 && rest.every((arg) => typeof arg === 'string' && isKnown(arg)) && !first.includes(' '));
  if (isVector) {
    runVector([first, ...rest.flat().filter((part) => part !== UNKNOWN)], frame);
    return;
  }
  if (isKnown(first)) runCode({ text: first, from: [] }, frame);
  else if (first.replaceAll(UNKNOWN, '').trim() !== '') runCode({ text: first, from: [] }, frame);
  else signal(frame, 'dynamic-code', 'a command that the program computes');
}

function runVector(words: readonly string[], frame: Frame): void {
  if (words.length > 0)
    invoke(
      words.map((text) => word(text)),
      frame,
    );
}

function runEvaluated(call: Call, code: string, language: Language, frame: Frame): void {
  const text = textOf(call.args[0] ?? '');
  const hidden =
    /base64|atob|b64decode|fromCharCode|fromhex|unhexlify|unpack|pack\(|codecs|zlib|marshal|chr\(|rot13|Buffer\.from/i.test(
      code,
    );
  if (hidden) signal(frame, 'decoded-to-shell', `${call.name}(…)`);
  if (isKnown(text)) runProgramText(text, language, { ...frame, depth: frame.depth + 1 });
  else if (!hidden) signal(frame, 'dynamic-code', `${call.name}(…)`);
}
