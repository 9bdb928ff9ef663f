import type { Token } from './code-tokens.ts';
import { decodeBase64 } from './decode.ts';
import { UNKNOWN } from './word.ts';

/** Value of an expression as far as it is constant: a string (`UNKNOWN` where not), or a list of them. */
export type Value = string | readonly string[];

export type Values = Map<string, Value>;

const maxTokens = 400;

/** Splits the tokens between the bracket at `open` and its partner at commas; `end` is the index of the partner. */
export function argumentsAt(tokens: readonly Token[], open: number): { args: Token[][]; end: number } {
  const args: Token[][] = [[]];
  let depth = 0;
  let at = open;
  for (; at < tokens.length && at - open < maxTokens; at++) {
    const { kind, text } = tokens[at]!;
    if (kind === 'mark' && '([{'.includes(text)) depth++;
    if (kind === 'mark' && ')]}'.includes(text) && --depth === 0) break;
    if (at === open || kind === 'newline') continue;
    if (kind === 'mark' && text === ',' && depth === 1) args.push([]);
    else args.at(-1)!.push(tokens[at]!);
  }
  return { args: args.filter((arg) => arg.length > 0), end: at };
}

/** Evaluates string constants, `+`, known names, home folders, path joins and list literals. */
export function evaluate(tokens: readonly Token[], values: Values, depth = 0): Value {
  const first = tokens[0];
  if (!first || depth > 6) return UNKNOWN;
  if (first.kind === 'mark' && '[('.includes(first.text)) {
    const { args, end } = argumentsAt(tokens, 0);
    if (end === tokens.length - 1) {
      if (first.text === '(' && args.length === 1) return evaluate(args[0]!, values, depth + 1);
      return args.map((arg) => textOf(evaluate(arg, values, depth + 1)));
    }
  }
  if (tokens.length === 1 && first.kind === 'name') return values.get(first.text) ?? UNKNOWN;
  return joined(tokens, values, depth);
}

export function textOf(value: Value): string {
  return typeof value === 'string' ? value : value.join(' ');
}

/** A sum of terms: `'rm ' + flags`, `Path.home() / 'x'`, adjacent strings. */
function joined(tokens: readonly Token[], values: Values, depth: number): string {
  let out = '';
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    if (token.kind === 'text') {
      out += token.text;
      at = afterMethod(tokens, at);
    } else if (token.kind === 'mark' && '+.'.includes(token.text)) {
      at++;
      continue;
    } else if (token.kind === 'mark' && token.text === '/') out += '/';
    else if (token.kind === 'name') {
      const term = termAt(tokens, at, values, depth);
      out += term.text;
      at = term.end;
    } else return out + UNKNOWN;
    at++;
  }
  return out;
}

/** Index of the last token of `'…'.split()` and other methods that leave the words as they are. */
function afterMethod(tokens: readonly Token[], at: number): number {
  const method = tokens[at + 1]?.text === '.' && tokens[at + 3]?.text === '(' ? tokens[at + 2]! : null;
  if (!method || !/^(split|strip|trim|encode|decode|trimEnd|rstrip)$/.test(method.text)) return at;
  return argumentsAt(tokens, at + 3).end;
}

/** A name with its members, calls and indexes; `end` is the index of its last token. */
function termAt(tokens: readonly Token[], start: number, values: Values, depth: number): { text: string; end: number } {
  let at = start;
  let chain = tokens[at]!.text;
  let args: Token[][] = [];
  for (;;) {
    const next = tokens[at + 1];
    if (next?.kind === 'mark' && '([{'.includes(next.text)) {
      const call = argumentsAt(tokens, at + 1);
      if (call.args.length > 0) args = chain.endsWith('.joinpath') ? [...args, ...call.args] : call.args;
      at = call.end;
    } else if (next?.kind === 'mark' && '.:-?>'.includes(next.text) && at + 2 < tokens.length) {
      at++;
      if (tokens[at + 1]?.kind === 'name') chain += `.${tokens[++at]!.text}`;
    } else break;
  }
  return { text: termText(chain, args, values, depth), end: at };
}

function termText(chain: string, args: readonly Token[][], values: Values, depth: number): string {
  const known = values.get(chain);
  if (known !== undefined) return textOf(known);
  const texts = args.map((arg) => textOf(evaluate(arg, values, depth + 1)));
  if (/homedir|Path\.home|Dir\.home|env\.HOME$|environ\.HOME$/.test(chain)) return '~';
  if (/environ|getenv|\bENV\b|process\.env|\$ENV|\$_ENV|\$_SERVER/.test(chain))
    return texts[0] === 'HOME' || /HOME/.test(JSON.stringify(args)) ? '~' : UNKNOWN;
  if (/(^|\.)(join|resolve)$/.test(chain) && /path|Path|File/.test(chain)) return texts.join('/');
  if (/(^|\.)(Path|PurePath|Pathname|joinpath)$/.test(chain)) return texts.join('/') || UNKNOWN;
  if (/b64decode|atob|Buffer\.from|decode64|base64_decode/.test(chain)) return decodeBase64(texts[0] ?? '') ?? UNKNOWN;
  if (
    /(expanduser|expand_path|abspath|realpath|normpath|Path|PurePath|Pathname|str|String|fspath|resolve|expand|glob|toString|shlex\.split|shlex\.quote|unescape)$/.test(
      chain,
    )
  )
    return texts[0] ?? UNKNOWN;
  if (/\.(split|strip|trim|encode|decode)$/.test(chain))
    return textOf(values.get(chain.replace(/\.\w+$/, '')) ?? UNKNOWN);
  return UNKNOWN;
}
