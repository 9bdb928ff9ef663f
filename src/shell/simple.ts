import { expandText, expandWord } from './expand.ts';
import { invoke } from './invoke.ts';
import type { Assignment, CommandNode } from './parse.ts';
import { applyRedirects, type Io, storeOutput } from './redirect.ts';
import { setVar } from './scope.ts';
import { type Frame, signal } from './trail.ts';
import { isHookVariable } from './variables.ts';
import { runInside, runText } from './walk.ts';
import { quote, SILENT, type Stream, UNKNOWN, type Word } from './word.ts';

const declarations = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

/** Follows one simple command: assignments, words, redirections, then whatever the words run. */
export function runSimple(node: CommandNode, frame: Frame): Stream {
  const kept = frame.trail.origins;
  frame.trail.origins = [];
  const assigned = assignments(node, frame);
  const words = wordsOf(node, frame);
  const inner: Frame = { ...frame, env: withAssigned(frame.env, assigned) };
  const io = applyRedirects(node.redirects, inner);
  if (words.length === 0) {
    frame.trail.origins = kept;
    return bare(node, assigned, io, { ...frame, stdin: io.stdin ?? frame.stdin });
  }
  noteSocket(io.paths, words[0]!.text, inner);
  for (const [name, values] of assigned) runHookVariable(name, values.join(' '), inner);
  const outputs = io.outputs.length > 0 ? io.outputs.map((output) => output.path) : frame.outputs;
  const running: Frame = { ...inner, stdin: io.stdin ?? frame.stdin, outputs };
  const out = runAlias(node, words, running) ?? invoke(words, running);
  frame.trail.origins = kept;
  if (out.text === '' && emptying.has(words[0]!.text)) emptyOutputs(io, frame);
  return storeOutput(out, io, frame);
}

/** A line without a command: assignments stay, and redirections alone empty files or pass input on. */
function bare(node: CommandNode, assigned: Assigned, io: Io, frame: Frame): Stream {
  for (const part of node.prefix) {
    if (part.type === 'Assignment') assign(part, assigned.get(part.name) ?? [''], frame);
  }
  for (const [name, values] of assigned) runHookVariable(name, values.join(' '), frame);
  emptyOutputs(io, frame);
  return frame.stdin && io.paths.length > 0 ? frame.stdin : SILENT;
}

const emptying = new Set([':', 'true', 'cat', 'printf', 'echo', 'false']);

/** A redirection with nothing to write empties the file. */
function emptyOutputs(io: Io, frame: Frame): void {
  for (const output of io.outputs) {
    if (!output.append) invoke([plain('truncate'), plain('-s0'), plain(output.path)], frame);
  }
}

function plain(text: string): Word {
  return { text, glob: false };
}

function wordsOf(node: CommandNode, frame: Frame): Word[] {
  if (!node.name) return [];
  const head = expandWord(node.name, frame);
  const isDeclaration = declarations.has(head[0]?.text ?? '');
  const rest = node.args.flatMap((arg) => {
    if (arg.type === 'Word') return expandWord(arg, frame);
    const values = valuesOf(arg, frame);
    if (isDeclaration) assign(arg, values, frame);
    return [plain(`${arg.name}${arg.append ? '+' : ''}=${values.join(' ')}`)];
  });
  return [...head, ...rest];
}

/** Values of the assignments before a command, by name. */
type Assigned = ReadonlyMap<string, readonly string[]>;

function withAssigned(env: ReadonlyMap<string, string>, assigned: Assigned): ReadonlyMap<string, string> {
  if (assigned.size === 0) return env;
  return new Map([...env, ...[...assigned].map(([name, values]) => [name, values.join(' ')] as const)]);
}

function assignments(node: CommandNode, frame: Frame): Assigned {
  const out = new Map<string, readonly string[]>();
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    if (part.index) runInside(part.index, frame);
    out.set(part.name, valuesOf(part, frame));
  }
  return out;
}

function valuesOf(node: Assignment, frame: Frame): string[] {
  if (node.value.type === 'Word') return [expandText(node.value, frame)];
  return node.value.elements.flatMap((element) => expandWord(element, frame).map((word) => word.text));
}

function assign(node: Assignment, values: readonly string[], frame: Frame): void {
  const { scope } = frame;
  const before = scope.vars.get(node.name) ?? (node.append ? [UNKNOWN] : []);
  if (node.index) {
    const at = Number(expandText(node.index, frame));
    const next = [...before];
    if (Number.isInteger(at) && at >= 0 && at < 64) next[at] = values[0] ?? '';
    setVar(
      scope,
      node.name,
      Array.from(next, (value) => value ?? ''),
    );
  } else if (!node.append) setVar(scope, node.name, values);
  else if (node.value.type === 'Word') setVar(scope, node.name, [(before[0] ?? '') + values[0], ...before.slice(1)]);
  else setVar(scope, node.name, [...before, ...values]);
}

/** Variables whose value a program runs as a command are followed like one. */
export function runHookVariable(name: string, value: string, frame: Frame): void {
  if (value === '' || !isHookVariable(name)) return;
  if (/^PS[0-4]$/.test(name)) runText(`: "${value.replaceAll('"', '')}"`, { ...frame, stdin: null });
  else if (name === 'BASH_ENV' || name === 'ENV') {
    if (/[$`]/.test(value)) runText(`: "${value.replaceAll('"', '')}"`, { ...frame, stdin: null });
    else invoke([plain('source'), plain(value)], frame);
  } else runText(value, { ...frame, stdin: null });
}

function runAlias(node: CommandNode, words: readonly Word[], frame: Frame): Stream | null {
  const name = node.name?.text ?? '';
  const text = frame.scope.aliases.get(name);
  if (text === undefined || frame.active.includes(`alias ${name}`)) return null;
  const rest = words.slice(1).map((part) => (part.glob ? part.text : quote(part.text)));
  return runText([text, ...rest].join(' '), { ...frame, active: [...frame.active, `alias ${name}`] });
}

const harmlessAtSocket = new Set([':', 'echo', 'true', 'printf', '[', 'test']);

function noteSocket(paths: readonly string[], program: string, frame: Frame): void {
  const socket = paths.find((path) => /^\/dev\/(tcp|udp)\//.test(path));
  if (socket && !harmlessAtSocket.has(program)) signal(frame, 'raw-socket', `${program} ${socket}`);
}
