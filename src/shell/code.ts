import { argumentsAt, textOf, type Value, type Values, valueOf } from './code-values.ts';
import { effectOf } from './code-effects.ts';
import { type Language, type Token, tokenize } from './code-tokens.ts';
import { invoke } from './invoke.ts';
import { runCode } from './shells.ts';
import { type Frame, mayGoOn, signal } from './trail.ts';
import { noteUse } from './uses.ts';
import { isKnown, quote, UNKNOWN, word } from './word.ts';

/** Follows a program in a scripting language: the commands it starts, the files it deletes, writes and reads. */
export function runProgramText(code: string, language: Language, frame: Frame): void {
  if (!mayGoOn(frame)) return;
  noteShape(code, frame);
  const tokens = tokenize(code, language);
  const values: Values = new Map();
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'text') runQuotedCommand(tokens, at, language, frame);
    if (token.kind !== 'name') continue;
    noteAssignment(tokens, at, values);
    const call = callAt(tokens, at, values, language);
    if (call) runCall(call, code, language, frame);
  }
}

/** One call as it stands in a program. */
export interface Call {
  /** Dotted name: `os.system`, `).rmSync` after another call. */
  readonly name: string;
  readonly args: readonly Value[];
  /** First argument of the call before the dot: the path of `Path('x').unlink()`. */
  readonly receiver: string | null;
}

function noteShape(code: string, frame: Frame): void {
  if (/\bfork\s+while\s+(fork|1|true)|while\s*(\(?\s*(1|True|true)\s*\)?\s*[:;{]?)[^]{0,40}\bfork\b|\bfork\(\)\s*while|loop\s*\{\s*fork|while\s+(os\.)?fork/.test(code)) {
    signal(frame, 'fork-bomb', code.slice(0, 60));
  }
  const socket = /\bsocket\b|TCPSocket|fsockopen|net\.(connect|Socket|createConnection)|\bnet\b[^]{0,20}connect/i.test(code);
  const shell = /dup2|pty\.spawn|\/bin\/(ba|z|da)?sh|\bsh -i\b|cmd\.exe|>&STDIN|STDIN->fdopen/.test(code);
  if (socket && shell) signal(frame, 'reverse-shell', code.slice(0, 80));
  if (/\/inet\/(tcp|udp)\//.test(code)) signal(frame, 'reverse-shell', code.slice(0, 80));
  if (/\.then\(\s*(eval|exec)\s*\)/.test(code)) signal(frame, 'download-to-shell', code.slice(0, 80));
  const environment = /os\.environ(?!\s*[.[(])|\bprocess\.env(?![.[\w])|dict\(os\.environ\)|JSON\.stringify\(process\.env\)|ENV\.(to_h|to_a|inspect|map)|\$_ENV\b(?!\[)/.test(code);
  if (environment && /\b(post|put|fetch|request|urlopen|https?\.|sendall|curl_exec|Net::HTTP|axios)\b/i.test(code)) {
    signal(frame, 'environment-sent', code.slice(0, 80));
  }
}

function noteAssignment(tokens: readonly Token[], at: number, values: Values): void {
  const [name, equals, next] = [tokens[at]!, tokens[at + 1], tokens[at + 2]];
  if (equals?.text !== '=' || equals.kind !== 'mark' || next?.text === '=') return;
  let end = at + 2;
  let depth = 0;
  for (; end < tokens.length; end++) {
    const { kind, text } = tokens[end]!;
    if (kind === 'mark' && '([{'.includes(text)) depth++;
    else if (kind === 'mark' && ')]}'.includes(text)) depth--;
    if (depth < 0 || (depth === 0 && (kind === 'newline' || text === ';'))) break;
    if (end - at > 64) break;
  }
  values.set(name.text, valueOf(tokens.slice(at + 2, end), values));
}

function callAt(tokens: readonly Token[], at: number, values: Values, language: Language): Call | null {
  const next = tokens[at + 1];
  if (next?.kind === 'mark' && '.:-'.includes(next.text) && tokens[at + 2]) return null;
  const { name, receiver } = dotted(tokens, at, values);
  if (effectOf(name, language) === null) return null;
  const args = callArguments(tokens, at, language);
  if (args === null) return null;
  return { name, args: args.map((arg) => valueOf(arg, values)), receiver };
}

/** Arguments in parentheses, or without them where the language allows it. */
function callArguments(tokens: readonly Token[], at: number, language: Language): Token[][] | null {
  const next = tokens[at + 1];
  if (next?.kind === 'mark' && next.text === '(') return argumentsAt(tokens, at + 1).args;
  if (!['perl', 'ruby', 'php', 'lua', 'awk'].includes(language) && !(next?.kind === 'text' && next.open === '`')) return null;
  if (next?.kind !== 'text' && !(next?.kind === 'name' && effectOf(tokens[at]!.text) !== null)) return null;
  const rest: Token[] = [{ kind: 'mark', text: '(' }];
  for (let i = at + 1; i < tokens.length && tokens[i]!.kind !== 'newline' && !/^[;})]$/.test(tokens[i]!.text); i++) rest.push(tokens[i]!);
  return argumentsAt(rest, 0).args;
}

function dotted(tokens: readonly Token[], at: number, values: Values): { name: string; receiver: string | null } {
  let name = tokens[at]!.text;
  let i = at - 1;
  while (i > 0 && tokens[i]!.kind === 'mark' && '.:>-?'.includes(tokens[i]!.text)) {
    const before = tokens[i - 1]!;
    if (before.kind === 'name') name = `${before.text}.${name}`;
    else if (before.text === ')') return { name: `).${name}`, receiver: receiverOf(tokens, i - 1, values) };
    else if (!'.:>-?'.includes(before.text)) break;
    i -= before.kind === 'name' ? 2 : 1;
  }
  const owner = name.includes('.') ? values.get(name.slice(0, name.lastIndexOf('.'))) : undefined;
  return { name, receiver: owner === undefined ? null : textOf(owner) };
}

function receiverOf(tokens: readonly Token[], close: number, values: Values): string | null {
  let depth = 0;
  for (let i = close; i >= 0 && close - i < 40; i--) {
    if (tokens[i]!.text === ')') depth++;
    if (tokens[i]!.text === '(' && --depth === 0) {
      let start = i - 1;
      while (start > 0 && (tokens[start]!.kind === 'name' || tokens[start]!.text === '.')) start--;
      return textOf(valueOf(tokens.slice(start + (tokens[start]!.kind === 'name' || start < 0 ? 0 : 1), close + 1), values));
    }
  }
  return null;
}

function runQuotedCommand(tokens: readonly Token[], at: number, language: Language, frame: Frame): void {
  const token = tokens[at]!;
  const isCommand =
    (token.open === '`' && ['perl', 'ruby', 'php', 'other'].includes(language)) ||
    (token.open === '`' && tokens[at - 1]?.text === '$') ||
    (language === 'awk' && (tokens[at - 1]?.text === '|' || tokens[at + 1]?.text === '|'));
  if (isCommand) runCode({ text: token.text, from: [] }, { ...frame, stdin: { text: UNKNOWN, from: ['awk'] } });
  if (language === 'awk' && tokens[at - 1]?.text === '>') noteUse(token.text, 'write', frame, {});
}

function runCall(call: Call, code: string, language: Language, frame: Frame): void {
  const effect = effectOf(call.name, language);
  if (effect === null) return;
  const path = homed(textOf(call.args[0] ?? UNKNOWN), frame);
  const target = call.receiver !== null && isKnown(call.receiver) ? homed(call.receiver, frame) : path;
  const second = homed(textOf(call.args[1] ?? UNKNOWN), frame);
  switch (effect) {
    case 'shell':
      return runStarted(call.args, frame);
    case 'argv':
      return runVector(call.args.flat(), frame);
    case 'delete':
    case 'delete-tree':
      invoke([word('rm'), word(effect === 'delete' ? '-f' : '-rf'), word(target)], frame);
      return;
    case 'open':
      if (language === 'perl') return noteUse(homed(textOf(call.args.at(-1) ?? UNKNOWN).replace(/^[+<>\s]+/, ''), frame), opensForWriting(call.args) ? 'write' : 'read', frame, {});
      if (opensForWriting(call.args) && /\.(db|sqlite3?)$/.test(path)) invoke([word('truncate'), word('-s0'), word(path)], frame);
      return noteUse(path, opensForWriting(call.args) ? 'write' : 'read', frame, {});
    case 'write':
      return noteUse(/write_(text|bytes)$/.test(call.name) ? target : path, 'write', frame, {});
    case 'read':
      return noteUse(/read_(text|bytes)$/.test(call.name) ? target : path, 'read', frame, {});
    case 'move':
    case 'copy':
      invoke([word(effect === 'move' ? 'mv' : 'cp'), word(call.receiver ? target : path), word(call.receiver ? path : second)], frame);
      return;
    case 'mode':
      return noteUse(path, 'meta', frame, {});
    case 'sql':
      invoke([word('sql'), word(textOf(call.args[0] ?? ''))], frame);
      return;
    case 'eval':
      return runEvaluated(call, code, language, frame);
  }
}

function homed(path: string, frame: Frame): string {
  return path === '~' || path.startsWith('~/') ? frame.trail.where.home + path.slice(1) : path;
}

function opensForWriting(args: readonly Value[]): boolean {
  const modes = args.slice(0, 3).map(textOf);
  return /^[>+]/.test(modes[0] ?? '') || modes.slice(1).some((mode) => /^(\+?>{1,2}|[rbt]*[wax][bt+]*|r\+b?)$/.test(mode));
}

function runStarted(args: readonly Value[], frame: Frame): void {
  const first = args[0];
  if (first === undefined) return;
  if (typeof first !== 'string') return runVector(first, frame);
  const rest = args.slice(1);
  const isVector = Array.isArray(rest[0]) || (rest.length > 0 && rest.every((arg) => typeof arg === 'string' && isKnown(arg)) && !first.includes(' '));
  if (isVector) return runVector([first, ...rest.flat().filter((part) => part !== UNKNOWN)], frame);
  if (isKnown(first)) runCode({ text: first, from: [] }, frame);
  else if (first.replaceAll(UNKNOWN, '').trim() !== '') runCode({ text: first, from: [] }, frame);
  else signal(frame, 'dynamic-code', 'a command that the program computes');
}

function runVector(words: readonly string[], frame: Frame): void {
  if (words.length > 0) invoke(words.map((text) => word(text)), frame);
}

function runEvaluated(call: Call, code: string, language: Language, frame: Frame): void {
  const text = textOf(call.args[0] ?? '');
  const hidden = /base64|atob|b64decode|fromCharCode|fromhex|unhexlify|unpack|pack\(|codecs|zlib|marshal|chr\(|rot13|Buffer\.from/i.test(code);
  if (hidden) signal(frame, 'decoded-to-shell', `${call.name}(…)`);
  if (isKnown(text)) runProgramText(text, language, { ...frame, depth: frame.depth + 1 });
  else if (!hidden) signal(frame, 'dynamic-code', `${call.name}(…)`);
}

/** The words as one shell command, for messages. */
export function asCommand(words: readonly string[]): string {
  return words.map(quote).join(' ');
}
