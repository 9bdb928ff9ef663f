import { addPiece, emptyView, type View } from './view.ts';

const MARK =
  /%[2-7][0-9A-Fa-f]|&(?:#\d{2,3}|#x[0-9a-fA-F]{2}|amp|quot|apos|lt|gt);|\\(?:x[0-9a-fA-F]{2}|u00[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{2}\}|[0-7]{3}|[_\-/=.])|[\u200b-\u200f\u2060\ufeff\u00ad]|=\r?\n/y;

const MAX_LINE = 2048;

/** Calls `visit` with every line (2,048 characters on either side at most) that holds an escape, unescaped. */
export function eachUnescaped(text: string, visit: (view: View) => boolean): void {
  for (let mark = nextMark(text, 0, text.length); mark !== null; ) {
    const from = Math.max(text.lastIndexOf('\n', mark.index - 1) + 1, mark.index - MAX_LINE, 0);
    const next = text.indexOf('\n', mark.index + mark.text.length);
    const to = Math.min(next < 0 ? text.length : next, mark.index + MAX_LINE);
    if (!visit(unescape(text, from, to))) return;
    mark = nextMark(text, to, text.length);
  }
}

interface Mark {
  readonly index: number;
  readonly text: string;
}

/** The next escape from `from` on. A plain loop: it costs less than a pattern where there is nothing to find. */
function nextMark(text: string, from: number, to: number): Mark | null {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code !== 37 && code !== 38 && code !== 92 && code < 128 && !(code === 61 && text.charCodeAt(i + 1) < 14)) continue;
    MARK.lastIndex = i;
    const found = MARK.exec(text);
    if (found !== null) return { index: i, text: found[0] };
  }
  return null;
}

function unescape(text: string, from: number, to: number): View {
  const view = emptyView();
  let done = from;
  for (let mark = nextMark(text, from, to); mark !== null; mark = nextMark(text, done, to)) {
    addPiece(view, text.slice(done, mark.index), done);
    done = mark.index + mark.text.length;
    const char = meaning(mark.text);
    addPiece(view, char, mark.index);
  }
  addPiece(view, text.slice(done, Math.max(done, to)), done);
  return view;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' };

function meaning(mark: string): string {
  const rest = mark.slice(1);
  if (mark[0] === '%') return code(rest, 16);
  if (mark[0] === '&') {
    const name = rest.slice(0, -1);
    if (name[0] !== '#') return ENTITIES[name] ?? '';
    return name[1] === 'x' ? code(name.slice(2), 16) : code(name.slice(1), 10);
  }
  if (mark[0] !== '\\') return '';
  if (rest[0] === 'x') return code(rest.slice(1), 16);
  if (rest[0] === 'u') return code(rest.replace(/[u{}]/g, ''), 16);
  return rest.length === 3 ? code(rest, 8) : rest;
}

function code(digits: string, base: number): string {
  return String.fromCharCode(Number.parseInt(digits, base));
}
