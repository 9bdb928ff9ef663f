/** A set of words, made when it is first asked for. */
export function wordSet(words: string): { has(word: string): boolean } {
  let made: ReadonlySet<string> | undefined;
  return {
    has: (word) => {
      made ??= new Set(words.split(' '));
      return made.has(word);
    },
  };
}
