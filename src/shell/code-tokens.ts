import { UNKNOWN } from './word.ts';

/** One token of a program in a scripting language; `open` is the quote that began a string. */
export interface Token {
  readonly kind: 'name' | 'text' | 'mark' | 'newline';
  readonly text: string;
  readonly open?: string;
}

export type Language = 'python' | 'javascript' | 'perl' | 'ruby' | 'php' | 'lua' | 'awk' | 'r' | 'other';

const maxTokens = 8_000;
const hashComments = new Set<Language>(['python', 'perl', 'ruby', 'php', 'awk', 'r']);
const slashComments = new Set<Language>(['javascript', 'php', 'other']);

/** Splits a program into names, string literals and marks; comments fall away. One pass, at most 8,000 tokens. */
export function tokenize(code: string, language: Language): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < code.length && tokens.length < maxTokens) {
    const char = code[at]!;
    if (char === '\n') {
      tokens.push({ kind: 'newline', text: '\n' });
      at++;
    } else if (/\s/.test(char)) at++;
    else if (isComment(code, at, language, tokens)) at = lineEnd(code, at);
    else if (code.startsWith('/*', at) && slashComments.has(language)) at = after(code, '*/', at + 2);
    else if (/[A-Za-z_$@]/.test(char)) at = addName(code, at, tokens, language);
    else if (char === '%' && language === 'ruby' && /^%[xqQ]?[({[|!<]/.test(code.slice(at, at + 3)))
      at = addPercent(code, at, tokens);
    else if (char === '"' || char === "'" || char === '`') at = addText(code, at, tokens, language, false);
    else {
      tokens.push({ kind: 'mark', text: char });
      at++;
    }
  }
  return tokens;
}

function isComment(code: string, at: number, language: Language, tokens: readonly Token[]): boolean {
  if (code[at] === '#' && hashComments.has(language)) return tokens.at(-1)?.text !== '$';
  if (code.startsWith('//', at) && slashComments.has(language)) return true;
  return language === 'lua' && code.startsWith('--', at);
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

function after(code: string, mark: string, at: number): number {
  const end = code.indexOf(mark, at);
  return end < 0 ? code.length : end + mark.length;
}

function addName(code: string, at: number, tokens: Token[], language: Language): number {
  let end = at + 1;
  while (end < code.length && /[\w$?!]/.test(code[end]!) && !(code[end] === '!' && code[end + 1] === '=')) end++;
  const name = code.slice(at, end);
  const quoted = quoteWord(code, name, end, language);
  if (quoted !== null) {
    tokens.push({ kind: 'text', text: quoted.text, open: quoted.runs ? '`' : '"' });
    return quoted.end;
  }
  const isPrefix = language === 'python' && /^[rbfuRBFU]{1,2}$/.test(name) && /["']/.test(code[end] ?? '');
  if (isPrefix) return addText(code, end, tokens, language, /f/i.test(name));
  tokens.push({ kind: 'name', text: name });
  return end;
}

interface Quoted {
  readonly text: string;
  readonly end: number;
  readonly runs: boolean;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };

/** Perl's `q() qq{} qx//`; `null` when it is an ordinary name. */
function quoteWord(code: string, name: string, end: number, language: Language): Quoted | null {
  if (language !== 'perl' || !/^(q|qq|qx)$/.test(name)) return null;
  const open = code[end] ?? '';
  if (!/[({[</|!]/.test(open)) return null;
  const close = code.indexOf(pairs[open] ?? open, end + 1);
  if (close < 0) return null;
  return { text: code.slice(end + 1, close), end: close + 1, runs: name === 'qx' };
}

/** Ruby's `%x(…)`, `%q{…}`. */
function addPercent(code: string, at: number, tokens: Token[]): number {
  const kind = /[a-zA-Z]/.test(code[at + 1] ?? '') ? code[at + 1]! : '';
  const open = at + 1 + kind.length;
  const close = code.indexOf(pairs[code[open]!] ?? code[open]!, open + 1);
  const end = close < 0 ? code.length : close;
  tokens.push({ kind: 'text', text: code.slice(open + 1, end), open: kind === 'x' ? '`' : '"' });
  return end + 1;
}

function addText(code: string, at: number, tokens: Token[], language: Language, formatted: boolean): number {
  const quote = code[at]!;
  const triple = language === 'python' && code.startsWith(quote.repeat(3), at);
  const open = triple ? quote.repeat(3) : quote;
  let text = '';
  let i = at + open.length;
  while (i < code.length && !code.startsWith(open, i)) {
    const char = code[i]!;
    if (char === '\\') {
      text += escaped(code[i + 1] ?? '');
      i += 2;
      continue;
    }
    const hole = holeAt(code, i, quote, language, formatted);
    if (hole !== null) {
      text += hole.text;
      i = hole.end;
      continue;
    }
    text += char;
    i++;
  }
  tokens.push({ kind: 'text', text, open: quote });
  return i + open.length;
}

function escaped(char: string): string {
  return char === 'n' ? '\n' : char === 't' ? '\t' : char === '\n' ? '' : char;
}

/** An interpolation inside a string: unknown, unless it names the home folder. */
function holeAt(
  code: string,
  i: number,
  quote: string,
  language: Language,
  formatted: boolean,
): { text: string; end: number } | null {
  const rest = code.slice(i, i + 80);
  const pattern =
    language === 'javascript' && quote === '`'
      ? /^\$\{([^}]*)\}/
      : language === 'ruby' && quote !== "'"
        ? /^#\{([^}]*)\}/
        : language === 'perl' && quote !== "'"
          ? /^[$@](\w+(?:\{[^}]*\})?|\{[^}]*\})/
          : language === 'php' && quote === '"'
            ? /^\{?\$(\w+(?:\[[^\]]*\])?)\}?/
            : formatted
              ? /^\{([^}]*)\}/
              : null;
  const found = pattern?.exec(rest);
  if (!found) return null;
  const isHome = /(ENV|environ|env|getenv|homedir|home)\W*(HOME)?\W*$/.test(found[1]!) && /HOME|home/.test(found[1]!);
  return { text: isHome ? '~' : UNKNOWN, end: i + found[0].length };
}
