/** A stretch of text that is scanned at once. */
export interface Piece {
  readonly kind: 'piece';
  /** Repo-relative, or as it was given where it lies outside. */
  readonly path: string;
  readonly text: string;
  /** Short id of the commit that adds it, where one does. */
  readonly commit?: string;
  /** The file's line for a line of the text. */
  readonly lineOf: (line: number) => number;
  /** Characters of the file's line that stand before the text's first one. */
  readonly columnsBefore: number;
  /** Only what starts from here on, and before `to`, counts: the rest is there to be read with it. */
  readonly from: number;
  readonly to: number;
  /** The whole file, where `text` is only lines of it and comments between them may count. */
  readonly whole?: () => string | null;
}

/** Something that could not be read, or that holds no text. */
export interface Unread {
  readonly kind: 'binary' | 'unread';
  readonly path: string;
  readonly commit?: string;
  /** Completes "`path` …". */
  readonly why: string;
}

/** A whole text as one piece. */
export function wholePiece(path: string, text: string): Piece {
  return { kind: 'piece', path, text, lineOf: (line) => line, columnsBefore: 0, from: 0, to: Number.POSITIVE_INFINITY };
}

/** What a scan looks through. */
export interface Scope {
  /** True when it is all that git lists of the repository. */
  readonly whole: boolean;
  /** `files`, `staged`, `A..B`, `history`: for programs. */
  readonly name: string;
  /** How many `unit`s there are, for the progress line. */
  readonly total: number;
  readonly unit: 'file' | 'commit';
  /** The pieces, made while they are asked for; `null` marks that one more unit is done. */
  readonly pieces: () => Iterable<Piece | Unread | null>;
  /** Paths that are read from beginning to end: what is not found in them is not there any more. */
  readonly complete: ReadonlySet<string>;
}
