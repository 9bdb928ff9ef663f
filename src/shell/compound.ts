import { expandText, expandWord } from './expand.ts';
import type { AnyCommandNode, CommandNode, CompoundList, WordNode } from './parse.ts';
import { applyRedirects, storeOutput } from './redirect.ts';
import { mergeScope, type Scope, setVar, subScope } from './scope.ts';
import { type Frame, LIMITS, signal } from './trail.ts';
import { runCommand, runInside, runStatements } from './walk.ts';
import { SILENT, type Stream, UNKNOWN } from './word.ts';

type Compound = Exclude<AnyCommandNode, CommandNode>;
type Node<T extends Compound['type']> = Extract<Compound, { type: T }>;

/** Follows a compound command; branches are all followed, and what they disagree on becomes unknown. */
export function runCompound(node: Compound, frame: Frame): Stream {
  switch (node.type) {
    case 'If':
      return runIf(node, frame);
    case 'For':
    case 'Select':
      return runFor(node, frame);
    case 'While':
      if (startsWithoutEnd(node)) signal(frame, 'fork-bomb', 'an endless loop that starts background jobs');
      return branches([node.body], { ...frame, scope: afterClause(node.clause, frame) });
    case 'Case':
      expandText(node.word, frame);
      for (const item of node.items) for (const pattern of item.pattern) expandText(pattern, frame);
      return branches(
        node.items.map((item) => item.body),
        frame,
      );
    case 'Subshell':
      return runStatements(node.body.commands, { ...frame, scope: subScope(frame.scope) });
    case 'BraceGroup':
      return runStatements(node.body.commands, frame);
    case 'Function':
      frame.scope.functions.set(node.name.value, node);
      return SILENT;
    case 'Coproc':
      return runBody(node.body, { ...frame, scope: subScope(frame.scope), forked: true });
    case 'Redirected':
      return runRedirected(node, frame);
    case 'TestCommand':
      runInside(node.expression, frame);
      return SILENT;
    case 'ArithmeticCommand':
      if (node.expression) runInside(node.expression, frame);
      return SILENT;
    case 'ArithmeticFor':
      for (const part of [node.initialize, node.test, node.update]) if (part) runInside(part, frame);
      return branches([node.body], frame);
  }
}

/** Follows the body of a function or coprocess. */
export function runBody(body: Node<'Function'>['body'] | Node<'Coproc'>['body'], frame: Frame): Stream {
  return body.type === 'CompoundList' ? runStatements(body.commands, frame) : runCommand(body, frame);
}

/** `while true; do job & done`, with nothing in it that waits. */
function startsWithoutEnd({ clause, body }: Node<'While'>): boolean {
  const names = (list: CompoundList) =>
    list.commands.map(({ command }) => (command.type === 'Command' ? (command.name?.text ?? '') : ''));
  const isEndless = names(clause).every((name) => /^(true|:|false)$/.test(name)) && clause.commands.length > 0;
  const pauses = names(body).some((name) => /^(sleep|wait|read|break|exit)$/.test(name));
  return isEndless && !pauses && body.commands.some(({ background }) => background);
}

function afterClause(clause: CompoundList, frame: Frame): Scope {
  runStatements(clause.commands, frame);
  return frame.scope;
}

function runIf(node: Node<'If'>, frame: Frame): Stream {
  runStatements(node.clause.commands, frame);
  const bodies = [node.then];
  for (const elif of node.elif) {
    runStatements(elif.clause.commands, frame);
    bodies.push(elif.then);
  }
  if (node.else) bodies.push(node.else);
  return branches(bodies, frame);
}

function branches(bodies: readonly CompoundList[], frame: Frame): Stream {
  const before = subScope(frame.scope);
  const outs = bodies.map((body) => {
    const scope = subScope(before);
    const out = runStatements(body.commands, { ...frame, scope });
    mergeScope(frame.scope, scope);
    return out;
  });
  return outs.length === 1
    ? outs[0]!
    : { text: outs.map((out) => out.text).join(''), from: outs.flatMap((out) => out.from) };
}

function runFor(node: Node<'For'> | Node<'Select'>, frame: Frame): Stream {
  const values = node.wordlist ? wordlist(node.wordlist, frame) : (frame.scope.args ?? [UNKNOWN]);
  const rounds = values.length > LIMITS.loops ? [...values.slice(0, LIMITS.loops), UNKNOWN] : values;
  const outs = rounds.map((value) => {
    setVar(frame.scope, node.name.value, [value]);
    return runStatements(node.body.commands, frame);
  });
  return { text: outs.map((out) => out.text).join(''), from: outs.flatMap((out) => out.from) };
}

function wordlist(words: readonly WordNode[], frame: Frame): string[] {
  return words.flatMap((word) => expandWord(word, frame).map((part) => part.text));
}

function runRedirected(node: Node<'Redirected'>, frame: Frame): Stream {
  const io = applyRedirects(node.redirects, frame);
  const socket = io.paths.find((path) => /^\/dev\/(tcp|udp)\//.test(path));
  if (socket) signal(frame, 'raw-socket', socket);
  const out = runCommand(node.command, {
    ...frame,
    stdin: io.stdin ?? frame.stdin,
    outputs: io.outputs.length > 0 ? io.outputs.map((output) => output.path) : frame.outputs,
  });
  return storeOutput(out, io, frame);
}
