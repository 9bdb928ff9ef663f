import { ALNUM, CLASS, indexWithin, lineStart } from './boundary.ts';
import { addPiece, emptyView, type View } from './view.ts';

const QUOTE_PAIR =
  /(\\{0,3}["'`])[ \t]{0,8}(?:\+|\.{1,2}|\|\||&|<>|<<|\+\+|~|\\|\)?\.(?:append|concat|plus|push|write|add)\(|\}\{)?[ \t]{0,8}(?:\r?\n[ \t]{0,60}(?:\+|\.{1,2}|\|\||&|<>|~)?[ \t]{0,8})?[bruf]?(\\{0,3}["'`])/y;
const MAX_PIECE = 400;

/**
 * Calls `visit` with every chain of neighbouring literals as one text: concatenation in any language, adjacent strings,
 * line continuations, adjacent shell quotes. What stands before the first literal on its line comes along as context.
 */
export function eachJoined(text: string, visit: (view: View) => boolean): void {
  for (const quote of ['"', "'", '`']) {
    for (let i = text.indexOf(quote); i >= 0; i = text.indexOf(quote, i + 1)) {
      const first = mayJoin(text, i + 1) ? joint(text, text[i - 1] === '\\' ? i - 1 : i) : null;
      const found = first !== null && isJoint(first) ? chain(text, first) : null;
      if (found === null) continue;
      if (!visit(found.view)) return;
      i = found.end;
    }
  }
}

/** Whether what follows a quote can lead to another literal. */
function mayJoin(text: string, at: number): boolean {
  let i = at;
  while (text.charCodeAt(i) === 32 && i - at < 8) i++;
  const code = text.charCodeAt(i);
  if (code < 128 && (CLASS[code]! & ALNUM) !== 0) return false;
  return '+.|&<~\\\r\n"\'`)}'.includes(text[i] ?? ' ');
}

function chain(text: string, first: RegExpExecArray): Chain | null {
  const open = openingBefore(text, first.index, first[1]!);
  if (open < 0) return null;
  const line = lineStart(text, open, 200);
  const view = emptyView();
  addPiece(view, text.slice(line, first.index), line);
  let from = first.index + first[0].length;
  let quote = first[2]!;
  for (let pieces = 0; pieces < 64; pieces++) {
    const end = closingAfter(text, from, quote);
    if (end < 0) return pieces === 0 ? null : { view, end: from };
    addPiece(view, text.slice(from, end), from);
    const next = joint(text, end);
    if (next === null || !isJoint(next)) {
      addPiece(view, quote, end);
      return { view, end };
    }
    from = end + next[0].length;
    quote = next[2]!;
  }
  return { view, end: from };
}

interface Chain {
  readonly view: View;
  readonly end: number;
}

/** Neighbours without an operator are one text only in quotes that languages join; backticks beside each other are prose. */
function isJoint(joint: RegExpExecArray): boolean {
  const [whole, left, right] = joint as unknown as [string, string, string];
  const between = whole.slice(left.length, whole.length - right.length);
  if (between === '' && left === right) return false;
  return /\S/.test(between) || (left !== '`' && right !== '`');
}

function joint(text: string, at: number): RegExpExecArray | null {
  QUOTE_PAIR.lastIndex = at;
  return QUOTE_PAIR.exec(text);
}

function openingBefore(text: string, at: number, quote: string): number {
  for (let i = at - quote.length; i >= 0 && at - i <= MAX_PIECE; i--) {
    if (text[i] === '\n') return -1;
    if (text.startsWith(quote, i)) return i;
  }
  return -1;
}

function closingAfter(text: string, from: number, quote: string): number {
  const end = indexWithin(text, quote, from, MAX_PIECE);
  return end < 0 || indexWithin(text, '\n', from, end - from) >= 0 ? -1 : end;
}

/** A shell line as the shell sees its words: quotes, backslashes and continuations taken away. */
export function withoutQuotes(text: string): View {
  const view = emptyView();
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char !== '"' && char !== "'" && char !== '\\') continue;
    addPiece(view, text.slice(from, i), from);
    if (char === '\\' && text[i + 1] === '\n') i++;
    from = i + 1;
  }
  addPiece(view, text.slice(from), from);
  return view;
}
