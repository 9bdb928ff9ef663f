/** Lines that one file gains, picked out of a diff. */
export interface AddedLines {
  /** Full id of the commit that adds them; empty when the diff is of no commit. */
  readonly commit: string;
  readonly path: string;
  /** The file's own line number of each text, from 1. */
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

/** A change that git shows no lines of. */
export interface BinaryChange {
  readonly commit: string;
  readonly path: string;
  /** Id of the new content. */
  readonly blob: string;
}

export interface Patch {
  readonly added: readonly AddedLines[];
  readonly binaries: readonly BinaryChange[];
}

/** What is being read: the commit and the file that the next hunk belongs to. */
interface Reader {
  readonly text: string;
  at: number;
  commit: string;
  path: string;
  blob: string;
  lines: { number: number; text: string }[];
  readonly added: AddedLines[];
  readonly binaries: BinaryChange[];
}

/**
 * Reads what `git diff-tree --stdin -c -p -U0 --full-index` prints, or a plain patch with `-U0`. Of a merge only lines that
 * no parent has count as added. Throws when a hunk ends before its own header says so.
 */
export function parsePatch(text: string): Patch {
  const reader: Reader = { text, at: 0, commit: '', path: '', blob: '', lines: [], added: [], binaries: [] };
  while (reader.at < text.length) readHeader(nextLine(reader), reader);
  finishFile(reader);
  return { added: reader.added, binaries: reader.binaries };
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const NULL_ID = /^0+$/;

function readHeader(line: string, reader: Reader): void {
  if (line.startsWith('@@')) readHunk(line, reader);
  else if (line.startsWith('diff --')) finishFile(reader);
  else if (line.startsWith('index ')) reader.blob = /\.\.([0-9a-f]+)/.exec(line)?.[1] ?? '';
  else if (line.startsWith('+++ ')) reader.path = sidePath(line.slice(4));
  else if (line.startsWith('Binary files ')) readBinary(line, reader);
  else if (COMMIT.test(line)) {
    finishFile(reader);
    reader.commit = line;
  }
}

function readBinary(line: string, reader: Reader): void {
  const names = line.slice('Binary files '.length).replace(/ differ$/, '');
  const path = sidePath(names.slice(names.lastIndexOf(' and ') + 5));
  if (reader.blob !== '' && !NULL_ID.test(reader.blob))
    reader.binaries.push({ commit: reader.commit, path, blob: reader.blob });
}

/** `@@ -1 +1,2 @@`, or in a merge one `-` range and one more `@` for each parent. */
const HUNK = /^@@+((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? @@/;

function readHunk(header: string, reader: Reader): void {
  const match = HUNK.exec(header);
  if (!match) throw new Error(`git printed a diff that cannot be read: ${header.slice(0, 80)}`);
  const left = match[1]!
    .trim()
    .split(' ')
    .map((range) => Number(range.split(',')[1] ?? 1));
  let number = Number(match[2]);
  let toCome = Number(match[3] ?? 1);
  while (toCome > 0 || left.some((count) => count > 0)) {
    if (reader.at >= reader.text.length) throw new Error('git printed a diff that ends too early');
    const line = nextLine(reader);
    if (line.startsWith('\\')) continue;
    const marks = line.slice(0, left.length);
    const removed = marks.includes('-');
    for (let i = 0; i < left.length; i++) if (removed ? marks[i] === '-' : marks[i] !== '+') left[i]!--;
    if (removed) continue;
    if (isNew(marks, left.length)) reader.lines.push({ number, text: line.slice(left.length) });
    number++;
    toCome--;
  }
}

function isNew(marks: string, parents: number): boolean {
  return marks === '+'.repeat(parents);
}

function finishFile(reader: Reader): void {
  const { commit, path, lines } = reader;
  if (lines.length > 0) reader.added.push({ commit, path, lines });
  reader.lines = [];
  reader.path = '';
  reader.blob = '';
}

function nextLine(reader: Reader): string {
  const end = reader.text.indexOf('\n', reader.at);
  const line = reader.text.slice(reader.at, end === -1 ? undefined : end);
  reader.at = end === -1 ? reader.text.length : end + 1;
  return line;
}

/** The path of `b/path`, as git writes it: quoted like C where it holds odd bytes, with a tab at its end where it holds spaces. */
function sidePath(side: string): string {
  const plain = side.startsWith('"') ? unquote(side) : side.replace(/\t$/, '');
  return plain.replace(/^b\//, '');
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

function unquote(quoted: string): string {
  const bytes = quoted.slice(1, quoted.lastIndexOf('"')).match(/\\[0-7]{3}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(
    bytes.map((part) => {
      if (!part.startsWith('\\')) return Buffer.from(part);
      return Buffer.from([part.length === 4 ? Number.parseInt(part.slice(1), 8) : (ESCAPES[part[1]!] ?? 63)]);
    }),
  ).toString('utf8');
}
