/** The shell line of a command's words: one word is taken as the line itself, several are quoted and joined. */
export function shellLine(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : words.map(quoted).join(' ');
}

/** A word as sh reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
