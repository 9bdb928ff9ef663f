import { runCompound } from './compound.ts';
import { expandText } from './expand.ts';
import {
  type AnyCommandNode,
  type ArithmeticExpression,
  eachChild,
  type ParsedScript,
  type PipelineNode,
  type Statement,
  type SyntaxNode,
} from './parse.ts';
import { subScope } from './scope.ts';
import { runSimple } from './simple.ts';
import { type Frame, LIMITS, mayGoOn } from './trail.ts';
import { treeOf } from './tree.ts';
import { SILENT, type Stream, UNKNOWN } from './word.ts';

/** Reads `text` as a shell program and follows it; the answer is what it would print. */
export function runText(text: string, frame: Frame): Stream {
  if (text.trim() === '' || !mayGoOn(frame)) return SILENT;
  const script = treeOf(text);
  noteErrors(script, frame);
  return runStatements(script.commands, { ...frame, depth: frame.depth + 1 });
}

export function runStatements(statements: readonly Statement[], frame: Frame): Stream {
  let text = '';
  const from: string[] = [];
  for (const statement of statements) {
    const out = statement.background
      ? runNode(statement.command, { ...frame, scope: subScope(frame.scope), forked: true })
      : runNode(statement.command, frame);
    text = (text + out.text).slice(0, LIMITS.valueBytes);
    from.push(...out.from);
  }
  return { text, from };
}

function runNode(node: Statement['command'], frame: Frame): Stream {
  if (node.type !== 'AndOr') return runPiped(node, frame);
  const outs = node.commands.map((part) => runPiped(part, frame));
  return { text: outs.map((out) => out.text).join(''), from: outs.flatMap((out) => out.from) };
}

function runPiped(node: PipelineNode, frame: Frame): Stream {
  if (node.type !== 'Pipeline') return runCommand(node, frame);
  if (node.commands.length === 1) return runCommand(node.commands[0]!, frame);
  let stream = frame.stdin;
  for (const command of node.commands) {
    stream = runCommand(command, { ...frame, scope: subScope(frame.scope), stdin: stream, forked: true });
  }
  return stream ?? SILENT;
}

/** Follows one command of any kind. */
export function runCommand(node: AnyCommandNode, frame: Frame): Stream {
  if (!mayGoOn(frame)) return SILENT;
  const inner = { ...frame, depth: frame.depth + 1 };
  return node.type === 'Command' ? runSimple(node, inner) : runCompound(node, inner);
}

/** The output of `$(…)` as it lands in a word: without trailing newlines. */
export function runSubstitution(script: ParsedScript | undefined, frame: Frame): string {
  if (!script || !mayGoOn(frame)) return UNKNOWN;
  noteErrors(script, frame);
  const inner = { ...frame, scope: subScope(frame.scope), depth: frame.depth + 1 };
  const kept = frame.trail.origins;
  const out = runStatements(script.commands, inner);
  frame.trail.origins = [...kept, ...out.from];
  return out.text.replace(/\n+$/, '');
}

/** Follows `<(…)` or `>(…)`; the answer is the path that stands for it, whose text the scope then knows. */
export function runProcess(script: ParsedScript | undefined, operator: '<' | '>', frame: Frame): string {
  const path = `/dev/fd/${63 + frame.scope.files.size}`;
  if (!script || !mayGoOn(frame)) return path;
  noteErrors(script, frame);
  const stdin = operator === '>' ? { text: UNKNOWN, from: [] } : frame.stdin;
  const inner = { ...frame, scope: subScope(frame.scope), stdin, depth: frame.depth + 1 };
  frame.scope.files.set(path, runStatements(script.commands, inner));
  return path;
}

/** Value of an arithmetic expression: a number when it is one, else unknown. Substitutions inside it are followed. */
export function runArithmetic(expression: ArithmeticExpression | undefined, frame: Frame): string {
  if (!expression) return UNKNOWN;
  if (expression.type === 'ArithmeticWord' && /^\d+$/.test(expression.value)) return expression.value;
  runInside(expression, frame);
  return UNKNOWN;
}

/** Follows every substitution below a node that is not itself a command. */
export function runInside(node: SyntaxNode, frame: Frame): void {
  if (!mayGoOn(frame)) return;
  const inner = { ...frame, depth: frame.depth + 1 };
  if (node.type === 'Word') expandText(node, inner);
  else if (node.type === 'CommandExpansion') runSubstitution(node.script, inner);
  else if (node.type === 'ArithmeticCommandExpansion') runSubstitution(node.script, inner);
  else eachChild(node, (child) => runInside(child, inner));
}

function noteErrors(script: ParsedScript, frame: Frame): void {
  const error = script.errors?.[0];
  if (error && !frame.inScript) frame.trail.problems.add(error.message);
}
