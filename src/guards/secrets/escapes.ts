import { indexWithin, lineStart } from './boundary.ts';
import { addPiece, emptyView, type View } from './view.ts';

const MARK =
  /%[2-7][0-9A-Fa-f]|&(?:#\d{2,3}|#x[0-9a-fA-F]{2}|amp|quot|apos|lt|gt);|\\(?:x[0-9a-fA-F]{2}|u00[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{2}\}|[0-7]{3}|[_\-/=.])|[\u200b-\u200f\u2060\ufeff\u00ad]|\\\r?\n|=\r?\n/y;

const MAX_LINE = 2048;
const SHARED = 512;

/** Calls `visit` with every line (2,048 characters on either side at most) that holds an escape, unescaped. */
export function eachUnescaped(text: string, visit: (view: View) => boolean): void {
  const finder = markFinder(text);
  for (let mark = finder(0); mark !== null; ) {
    const from = lineStart(text, mark.index, MAX_LINE);
    const next = indexWithin(text, '\n', mark.index + mark.text.length, MAX_LINE);
    const to = next < 0 ? Math.min(text.length, mark.index + mark.text.length + MAX_LINE) : next;
    if (!visit(undo(text.slice(from, to), from))) return;
    // A window that ends within a line shares its end with the next, so that nothing is lost across the border.
    mark = finder(next < 0 ? Math.max(mark.index + 1, to - SHARED) : to);
  }
}

interface Mark {
  readonly index: number;
  readonly text: string;
}

const LEADS = ['\\', '%', '&', '=\n', '=\r\n'];
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;

/** Finds the next escape from a position on; positions must not decrease. Plain searches, so text without escapes is free. */
function markFinder(text: string): (from: number) => Mark | null {
  const next = [...LEADS, ''].map(() => -1);
  const advance = (lead: number, from: number): number => {
    if (lead < LEADS.length) return text.indexOf(LEADS[lead]!, from);
    INVISIBLE.lastIndex = from;
    return INVISIBLE.exec(text)?.index ?? -1;
  };
  next.forEach((_, lead) => {
    next[lead] = advance(lead, 0);
  });
  return (from) => {
    for (;;) {
      let least = -1;
      for (let lead = 0; lead < next.length; lead++) {
        if (next[lead]! >= 0 && next[lead]! < from) next[lead] = advance(lead, from);
        if (next[lead]! >= 0 && (least < 0 || next[lead]! < next[least]!)) least = lead;
      }
      if (least < 0) return null;
      const index = next[least]!;
      MARK.lastIndex = index;
      const found = MARK.exec(text);
      if (found !== null) return { index, text: found[0] };
      next[least] = advance(least, index + 1);
    }
  };
}

function undo(line: string, offset: number): View {
  const view = emptyView();
  const finder = markFinder(line);
  let done = 0;
  for (let mark = finder(0); mark !== null; mark = finder(done)) {
    addPiece(view, line.slice(done, mark.index), offset + done);
    addPiece(view, meaning(mark.text), offset + mark.index);
    done = mark.index + mark.text.length;
  }
  addPiece(view, line.slice(done), offset + done);
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
  if (mark[0] !== '\\' || mark.endsWith('\n')) return '';
  if (rest[0] === 'x') return code(rest.slice(1), 16);
  if (rest[0] === 'u') return code(rest.replace(/[u{}]/g, ''), 16);
  return rest.length === 3 ? code(rest, 8) : rest;
}

function code(digits: string, base: number): string {
  return String.fromCharCode(Number.parseInt(digits, base));
}
