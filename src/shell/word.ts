/** Stands in a value for every part that the text of the line does not tell. A shell word can never hold it. */
export const UNKNOWN = '\0';

/** Follows `UNKNOWN` where the unknown part is a credential by its name or its source. */
export const SECRET = '\uE001';

/** The text as people read it: `…` for what cannot be known. */
export function shown(text: string): string {
  return text.replaceAll(SECRET, '').replaceAll(UNKNOWN, '…');
}

/** One word of an argument vector, after all expansions. */
export interface Word {
  /** The value, with `UNKNOWN` for each part that cannot be known. */
  readonly text: string;
  /** True when unquoted `*`, `?` or `[…]` stand in it: the shell would replace it by file names. */
  readonly glob: boolean;
}

export function word(text: string, glob = false): Word {
  return { text, glob };
}

export function isKnown(text: string): boolean {
  return !text.includes(UNKNOWN);
}

/** What a command reads on its standard input or leaves on its standard output. */
export interface Stream {
  /** The text, with `UNKNOWN` where it cannot be known. */
  readonly text: string;
  /** Names of the programs that the text came through, and marks such as `file:/tmp/x`. */
  readonly from: readonly string[];
}

export const SILENT: Stream = { text: '', from: [] };

export function streamOf(text: string, ...from: string[]): Stream {
  return { text, from };
}

/** Words between blanks: what `xargs` and unquoted expansions make of a text. */
export function splitBlank(text: string, separators = ' \t\n'): string[] {
  const words: string[] = [];
  if (separators === ' \t\n' && !/[ \t\n]/.test(text)) return text === '' ? words : [text];
  let current = '';
  for (const char of text) {
    if (!separators.includes(char)) current += char;
    else if (current !== '') {
      words.push(current);
      current = '';
    }
  }
  if (current !== '') words.push(current);
  return words;
}

/** The text as one single-quoted shell word. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
