import type { Token } from './code-tokens.ts';

const isIndex = (token: Token, at: number, tokens: readonly Token[]) =>
  (token.text === '[' && token.kind === 'mark' && tokens[at + 1]?.kind === 'text') || token.text === 'getattr';

/** `x['a' + 'b'](…)` and `getattr(x, 'ab')(…)` as `x.ab(…)`. */
export function withoutIndexes(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(isIndex)) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const member = tokens[at]!.text === '[' && at > 0 ? constantUntil(tokens, at + 1, ']') : null;
    if (member && tokens[member.end + 1]?.text === '(') {
      out.push({ kind: 'mark', text: '.' }, { kind: 'name', text: member.text });
      at = member.end;
      continue;
    }
    const comma = tokens[at]!.text === 'getattr' && tokens[at + 1]?.text === '(' ? commaAfter(tokens, at + 2) : -1;
    const attribute = comma > 0 ? constantUntil(tokens, comma + 1, ')') : null;
    if (attribute) {
      out.push(...tokens.slice(at + 2, comma), { kind: 'mark', text: '.' }, { kind: 'name', text: attribute.text });
      at = attribute.end;
    } else out.push(tokens[at]!);
  }
  return out;
}

function commaAfter(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length && at - start < 32; at++) {
    const { text, kind } = tokens[at]!;
    if (kind === 'mark' && text === '(') depth++;
    if (kind === 'mark' && text === ')') depth--;
    if (kind === 'mark' && text === ',' && depth === 0) return at;
  }
  return -1;
}

/** String literals joined by `+` up to the bracket `close`. */
function constantUntil(tokens: readonly Token[], start: number, close: string): { text: string; end: number } | null {
  let text = '';
  for (let at = start; at < tokens.length && at - start < 16; at++) {
    const token = tokens[at]!;
    if (token.kind === 'text') text += token.text;
    else if (token.text === close) return /^[A-Za-z_]\w*$/.test(text) ? { text, end: at } : null;
    else if (token.text !== '+') return null;
  }
  return null;
}
