import { indexWithin } from './boundary.ts';

/** A word of a command line: its text without quotes, and where that text stands. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const MAX_CHARS = 800;

/** The words from `at` to the end of the simple command there. Quotes inside a word stay; quotes around one are taken off. */
export function wordsFrom(text: string, at: number): Word[] {
  const words: Word[] = [];
  const limit = Math.min(text.length, at + MAX_CHARS);
  for (let i = at; i < limit; ) {
    const char = text[i]!;
    if (char === ' ' || char === '\t') i++;
    else if (char === '\\' && /^\\(?:\r?\n|n)/.test(text.slice(i, i + 3))) i += text[i + 1] === '\r' ? 3 : 2;
    else if ('\n\r;|&)'.includes(char) || closesOuter(text, i)) break;
    else {
      const end = wordEnd(text, i, limit);
      words.push(bare(text, i, end));
      i = end;
    }
  }
  return words;
}

function wordEnd(text: string, from: number, limit: number): number {
  let quote = '';
  for (let i = from; i < limit; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\n') return i;
    } else if (i > from && closesOuter(text, i)) {
      return i;
    } else if (char === '"' || char === "'") {
      if (i > from && text[i - 1] === '\\') continue;
      if (indexWithin(text, char, i + 1, limit - i) < 0) return Math.max(i, from + 1);
      quote = char;
    } else if (' \t\n\r;|&)`<>'.includes(char)) return i === from ? i + 1 : i;
  }
  return limit;
}

/** Whether a quote ends the string that the command line stands in: `"run": "tool -k key", …`. */
function closesOuter(text: string, at: number): boolean {
  return '"\'`'.includes(text[at]!) && /^(?:[,\]}:]|$)/.test(text.slice(at + 1, at + 2));
}

function bare(text: string, from: number, to: number): Word {
  let start = from;
  let end = to;
  if (text[start] === '\\' && (text[start + 1] === '"' || text[start + 1] === "'")) start++;
  const quoted = (text[start] === '"' || text[start] === "'") && text[end - 1] === text[start] && end - start > 1;
  if (quoted) {
    start++;
    end--;
    if (text[end - 1] === '\\') end--;
  }
  return { text: text.slice(start, end), start, end };
}
