import { ALNUM, CLASS, DIGIT, LOWER, UPPER } from './boundary.ts';

/** Shannon entropy of the characters of `text`, in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** What a text is made of. */
export interface Texture {
  readonly lower: number;
  readonly upper: number;
  readonly digit: number;
  readonly symbol: number;
  /** Changes between the classes lower, upper, digit and symbol, a capital before lower letters counted as none. */
  readonly changes: number;
  /** Length of the longest run of letters of one case (a leading capital counts in). */
  readonly longestWord: number;
}

/** Counts classes and their changes. Words have few changes and long runs; random text the reverse. */
export function textureOf(text: string): Texture {
  let lower = 0;
  let upper = 0;
  let digit = 0;
  let changes = 0;
  let longestWord = 0;
  let word = 0;
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const flags = code < 128 ? CLASS[code]! & ALNUM : LOWER;
    if (flags === LOWER) lower++;
    else if (flags === UPPER) upper++;
    else if (flags === DIGIT) digit++;
    const opens = last === UPPER && flags === LOWER && word === 1;
    if (i > 0 && flags !== last && !opens) changes++;
    word = flags !== LOWER && flags !== UPPER ? 0 : flags === last || opens ? word + 1 : 1;
    if (word > longestWord) longestWord = word;
    last = flags;
  }
  return { lower, upper, digit, symbol: text.length - lower - upper - digit, changes, longestWord };
}

/** Length of the longest run of letters that could be a word: vowels where a word has them, no long knots of consonants. */
export function longestPlainWord(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/[A-Z]?[a-z]{4,200}|[A-Z]{5,200}/g)) {
    if (run.length <= longest) continue;
    const vowels = run.length - run.replace(/[aeiouy]/gi, '').length;
    if (vowels >= run.length * 0.22 && vowels <= run.length * 0.7 && !/[^aeiouy]{5}/i.test(run)) longest = run.length;
  }
  return longest;
}
