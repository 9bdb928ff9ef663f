import { addPiece, emptyView, type View } from './view.ts';

const LIST = /\[\s{0,40}((?:[bruf]?["'`][^"'`\n]{0,200}["'`]\s{0,40}(?:,\s{0,40})?){2,40})\]/g;
const LITERAL = /["'`]([^"'`\n]{0,200})["'`]/g;
const REACH = 600;
const MAX_CALLS = 64;

/** Calls `visit` with the literals of every list beside a `join(` as one text: `["a", "b"].join("")`, `"".join(["a", "b"])`. */
export function eachJoinedList(text: string, visit: (view: View) => boolean): void {
  let done = 0;
  for (let at = text.indexOf('oin('), n = 0; at >= 0 && n < MAX_CALLS; at = text.indexOf('oin(', at + 4), n++) {
    const from = Math.max(done, at - REACH);
    for (const list of text.slice(from, at + REACH).matchAll(LIST)) {
      const view = emptyView();
      const start = from + list.index + list[0].indexOf(list[1]!);
      for (const literal of list[1]!.matchAll(LITERAL)) addPiece(view, literal[1]!, start + literal.index + 1);
      done = from + list.index + list[0].length;
      if (!visit(view)) return;
    }
  }
}
