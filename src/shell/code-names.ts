import { withoutIndexes } from './code-indexes.ts';
import type { Language, Token } from './code-tokens.ts';

/** What short names of a program stand for: `sp` -> `subprocess`, `run` -> `subprocess.run`. */
type Names = Map<string, readonly string[]>;

/**
 * The tokens with every imported or renamed name written out: `import os as o`, `from shutil import rmtree as r`,
 * `const { rmSync: r } = require('fs')`, `fs['rmSync']`, `getattr(os, 'system')`.
 */
export function withFullNames(tokens: readonly Token[], language: Language): readonly Token[] {
  if (language !== 'python' && language !== 'javascript') return tokens;
  const plain = withoutIndexes(tokens);
  const names: Names = new Map();
  for (let at = 0; at < plain.length; at++) {
    if (plain[at]!.kind !== 'name' || isMember(plain, at)) continue;
    if (language === 'python') notePython(plain, at, names);
    else noteJavascript(plain, at, names);
  }
  return names.size === 0 ? plain : plain.flatMap((token, at) => written(plain, token, at, names));
}

function written(tokens: readonly Token[], token: Token, at: number, names: Names): readonly Token[] {
  const full = token.kind === 'name' ? names.get(token.text) : undefined;
  const next = tokens[at + 1]?.text;
  if (!full || isMember(tokens, at) || next === '=' || next === ':') return [token];
  return full.flatMap((text, index): Token[] =>
    index === 0 ? [name(text)] : [{ kind: 'mark', text: '.' }, name(text)],
  );
}

function name(text: string): Token {
  return { kind: 'name', text };
}

function isMember(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1]?.text === '.' && tokens[at - 1]?.kind === 'mark';
}

/** `import a.b as c`, `from a import b as c, d`, `c = a.b`. */
function notePython(tokens: readonly Token[], at: number, names: Names): void {
  const { text } = tokens[at]!;
  if (text === 'from') {
    const from = dottedAt(tokens, at + 1);
    if (tokens[from.end]?.text === 'import') noteImported(tokens, from.end + 1, from.path, 'as', names);
  } else if (text === 'import' && tokens[at - 1]?.kind !== 'name') {
    const from = dottedAt(tokens, at + 1);
    const short = tokens[from.end + 1];
    if (tokens[from.end]?.text === 'as' && short) set(names, short.text, from.path);
  } else noteRenamed(tokens, at, names);
}

/** `import a, { b as c } from 'm'`, `const { b: c } = require('m')`, `const a = require('m').b`, `const a = b.c`. */
function noteJavascript(tokens: readonly Token[], at: number, names: Names): void {
  const { text } = tokens[at]!;
  if (text === 'import') {
    const from = tokens.findIndex((token, index) => index > at && token.text === 'from' && token.kind === 'name');
    const source = tokens[from + 1];
    if (from < 0 || source?.kind !== 'text' || from - at > 64) return;
    const brace = tokens.findIndex((token, index) => index > at && token.text === '{');
    if (brace > 0 && brace < from) noteImported(tokens, brace + 1, [moduleName(source.text)], 'as', names);
    const first = tokens[at + 1]!.text === '*' ? tokens[at + 3] : tokens[at + 1];
    if (first?.kind === 'name') set(names, first.text, [moduleName(source.text)]);
  } else if (/^(const|let|var)$/.test(text) && tokens[at + 1]?.text === '{') {
    const close = tokens.findIndex((token, index) => index > at && token.text === '}');
    const from = requiredAt(tokens, close + 2);
    if (close > 0 && tokens[close + 1]?.text === '=' && from) noteImported(tokens, at + 2, from, ':', names);
  } else if (tokens[at + 1]?.text === '=') {
    const from = requiredAt(tokens, at + 2);
    if (from) set(names, text, from);
    else noteRenamed(tokens, at, names);
  }
}

/** `a as b, c` and `a: b, c` up to the end of the list. */
function noteImported(
  tokens: readonly Token[],
  start: number,
  from: readonly string[],
  as: string,
  names: Names,
): void {
  for (let at = start; at < tokens.length && at - start < 64; at++) {
    const { kind, text } = tokens[at]!;
    if (text === ',' || text === '(') continue;
    if (kind !== 'name') return;
    const short = tokens[at + 1]?.text === as ? tokens[at + 2] : undefined;
    set(names, short?.text ?? text, [...from, text]);
    if (short) at += 2;
  }
}

/** `rm = shutil.rmtree` without a call. */
function noteRenamed(tokens: readonly Token[], at: number, names: Names): void {
  if (tokens[at + 1]?.text !== '=' || tokens[at + 2]?.kind !== 'name') return;
  const from = dottedAt(tokens, at + 2);
  const next = tokens[from.end];
  if (from.path.length > 1 && (!next || next.kind === 'newline' || next.text === ';'))
    set(
      names,
      tokens[at]!.text,
      names.has(from.path[0]!) ? [...names.get(from.path[0]!)!, ...from.path.slice(1)] : from.path,
    );
}

/** `require('m')`, `await import('m')`, with members after it. */
function requiredAt(tokens: readonly Token[], start: number): readonly string[] | null {
  const at = tokens[start]?.text === 'await' ? start + 1 : start;
  const source = tokens[at + 2];
  if (!/^(require|import)$/.test(tokens[at]?.text ?? '') || tokens[at + 1]?.text !== '(' || source?.kind !== 'text')
    return null;
  const path = [moduleName(source.text)];
  let end = at + 4;
  while (tokens[end]?.text === '.' && tokens[end + 1]?.kind === 'name') {
    path.push(tokens[end + 1]!.text);
    end += 2;
  }
  return tokens[end]?.text === '(' ? null : path;
}

function moduleName(text: string): string {
  return text
    .replace(/^node:/, '')
    .replaceAll('/', '.')
    .replace(/^fs-extra$/, 'fse')
    .replace(/-/g, '_');
}

function dottedAt(tokens: readonly Token[], start: number): { path: string[]; end: number } {
  const path: string[] = [];
  let at = start;
  while (tokens[at]?.kind === 'name') {
    path.push(tokens[at]!.text);
    at++;
    if (tokens[at]?.text !== '.' || tokens[at]?.kind !== 'mark') break;
    at++;
  }
  return { path, end: at };
}

function set(names: Names, short: string, path: readonly string[]): void {
  if (path.length > 0 && path.length < 6 && !(path.length === 1 && path[0] === short)) names.set(short, path);
}
