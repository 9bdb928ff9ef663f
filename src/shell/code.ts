import { type Call, runCall } from './code-acts.ts';
import { effectOf } from './code-effects.ts';
import { withFullNames } from './code-names.ts';
import { type Language, type Token, tokenize } from './code-tokens.ts';
import { argumentsAt, evaluate, textOf, type Values } from './code-values.ts';
import { runCode } from './shells.ts';
import { type Frame, mayGoOn, signal } from './trail.ts';
import { noteUse } from './uses.ts';
import { UNKNOWN } from './word.ts';

/** Follows a program in a scripting language: the commands it starts, the files it deletes, writes and reads. */
export function runProgramText(text: string, language: Language, frame: Frame, given?: Values): void {
  if (!mayGoOn(frame)) return;
  // Elixir, Ruby and Crystal mark calls that may fail.
  const code = language === 'other' || language === 'ruby' ? text.replace(/(\w)!\(/g, '$1(') : text;
  noteShape(code, frame);
  const tokens = withFullNames(tokenize(code, language), language);
  const values: Values = new Map(given);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.kind === 'text') runQuotedCommand(tokens, at, language, frame);
    if (token.kind !== 'name') continue;
    if (language === 'awk') noteAwkFile(tokens, at, values, frame);
    noteAssignment(tokens, at, values);
    const call = callAt(tokens, at, values, language);
    if (call) runCall(call, code, language, frame);
  }
}

function noteShape(code: string, frame: Frame): void {
  if (
    /\bfork\s+while\s+(fork|1|true)|while\s*(\(?\s*(1|True|true)\s*\)?\s*[:;{]?)[\s\S]{0,40}\bfork\b|\bfork\(\)\s*while|loop\s*\{\s*fork|while\s+(os\.)?fork/.test(
      code,
    )
  ) {
    signal(frame, 'fork-bomb', code.slice(0, 60));
  }
  const socket =
    /\bsocket\b|TCPSocket|fsockopen|net\.(connect|Socket|createConnection)|\bnet\b[\s\S]{0,20}connect/i.test(code);
  const shell =
    /(?:spawn|exec)\w*\(\s*['"](?:\/bin\/)?(?:ba|z|da)?sh['"]|dup2|pty\.spawn|\/bin\/(ba|z|da)?sh|\bsh -i\b|cmd\.exe|>&STDIN|STDIN->fdopen/.test(
      code,
    );
  if (socket && shell) signal(frame, 'reverse-shell', code.slice(0, 80));
  if (/\/inet\/(tcp|udp)\//.test(code)) signal(frame, 'reverse-shell', code.slice(0, 80));
  if (/\.then\(\s*(eval|exec)\s*\)/.test(code)) signal(frame, 'download-to-shell', code.slice(0, 80));
  const environment =
    /os\.environ(?!\s*[.[(])|\bprocess\.env(?![.[\w])|dict\(os\.environ\)|JSON\.stringify\(process\.env\)|ENV\.(to_h|to_a|inspect|map)|\$_ENV\b(?!\[)/.test(
      code,
    );
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
  values.set(name.text, evaluate(tokens.slice(at + 2, end), values));
}

function callAt(tokens: readonly Token[], at: number, values: Values, language: Language): Call | null {
  const next = tokens[at + 1];
  if (next?.kind === 'mark' && '.:-'.includes(next.text) && tokens[at + 2]) return null;
  const { name, receiver } = dotted(tokens, at, values);
  if (effectOf(name, language) === null) return null;
  const args = callArguments(tokens, at, language);
  if (args === null) return null;
  return { name, args: args.map((arg) => evaluate(withoutKeyword(arg), values)), receiver };
}

/** `open(file='x')` and `run(args=['x'])` as if the arguments stood there without their names. */
function withoutKeyword(arg: readonly Token[]): readonly Token[] {
  const named = arg[1]?.text === '=' && arg[2]?.text !== '=' && arg[0]!.kind === 'name';
  return named && /^(file|mode|path|src|dst|args|cmd|command)$/.test(arg[0]!.text) ? arg.slice(2) : arg;
}

/** Arguments in parentheses, or without them where the language allows it. */
function callArguments(tokens: readonly Token[], at: number, language: Language): Token[][] | null {
  const next = tokens[at + 1];
  if (next?.kind === 'mark' && next.text === '(') return argumentsAt(tokens, at + 1).args;
  if (!['perl', 'ruby', 'php', 'lua', 'awk'].includes(language) && !(next?.kind === 'text' && next.open === '`'))
    return null;
  if (next?.kind !== 'text' && !(next?.kind === 'name' && effectOf(tokens[at]!.text) !== null)) return null;
  const rest: Token[] = [{ kind: 'mark', text: '(' }];
  for (let i = at + 1; i < tokens.length && tokens[i]!.kind !== 'newline' && !/^[;})]$/.test(tokens[i]!.text); i++)
    rest.push(tokens[i]!);
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
      if (tokens[start]?.text === ')' && tokens[start + 1]?.text === '.') {
        i = start + 1;
        continue;
      }
      return textOf(
        evaluate(tokens.slice(start + (tokens[start]!.kind === 'name' || start < 0 ? 0 : 1), close + 1), values),
      );
    }
  }
  return null;
}

function runQuotedCommand(tokens: readonly Token[], at: number, language: Language, frame: Frame): void {
  const token = tokens[at]!;
  const isCommand =
    (token.open === '`' && ['perl', 'ruby', 'php', 'other'].includes(language)) ||
    (token.open === '`' && tokens[at - 1]?.text === '$') ||
    (language === 'awk' && (tokens[at - 1]?.text === '|' || tokens[at + 1]?.text === '|')) ||
    (language === 'other' && tokens[at + 1]?.text === '.' && tokens[at + 2]?.text === 'execute');
  if (isCommand) runCode({ text: token.text, from: [] }, { ...frame, stdin: { text: UNKNOWN, from: ['awk'] } });
  if (language === 'awk' && tokens[at - 1]?.text === '>') noteUse(token.text, 'write', frame, {});
  if (language === 'awk' && tokens[at - 1]?.text === '<') noteUse(token.text, 'read', frame, {});
}

/** `print > file` where the file's name is in a variable. */
function noteAwkFile(tokens: readonly Token[], at: number, values: Values, frame: Frame): void {
  const path = tokens[at - 1]?.text === '>' ? values.get(tokens[at]!.text) : undefined;
  if (path !== undefined && /[/.]/.test(textOf(path))) noteUse(textOf(path), 'write', frame, {});
}
