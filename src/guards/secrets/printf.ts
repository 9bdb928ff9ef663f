import { wordsFrom } from './shell-words.ts';
import { addPiece, emptyView, type View } from './view.ts';

const MAX_CALLS = 64;

/** Calls `visit` with what each `printf` of a text prints: its format with the words that follow put in their places. */
export function eachPrintf(text: string, visit: (view: View) => boolean): void {
  for (let at = text.indexOf('printf '), n = 0; at >= 0 && n < MAX_CALLS; at = text.indexOf('printf ', at + 7), n++) {
    const [, format, ...words] = wordsFrom(text, at);
    if (format === undefined || words.length === 0 || !/%[sbq]/.test(format.text)) continue;
    const view = emptyView();
    for (let round = 0; words.length > 0 && round < 16; round++) {
      let from = 0;
      for (const { index } of format.text.matchAll(/%[sbq]/g)) {
        const word = words.shift();
        addPiece(view, format.text.slice(from, index), format.start + from);
        if (word !== undefined) addPiece(view, word.text, word.start);
        from = index + 2;
      }
      addPiece(view, format.text.slice(from), format.start + from);
    }
    if (!visit(view)) return;
  }
}
