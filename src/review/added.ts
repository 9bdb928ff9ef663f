import type { FileWrite } from '../policy/call.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { encodingOf, swapped } from '../repo/text-encoding.ts';
import { readObjects } from './objects.ts';
import type { AddedLines, BinaryChange, Patch } from './patch.ts';

/** Characters of one text that a guard is given: longer ones are handed over in pieces. */
const MAX_PIECE_CHARS = 8 * 1024 * 1024;
/** Digits of a commit's id as people are shown it. */
export const SHORT_ID_CHARS = 10;

/** Everything a patch adds, as files that are written: the added lines of texts, and whole texts that git takes for binary. */
export function addedFiles(patch: Patch, ask: AskGit): FileWrite[] {
  return [...patch.added.flatMap(pieces), ...textsAmong(patch.binaries, ask)];
}

function pieces({ commit, path, lines }: AddedLines): FileWrite[] {
  const files: FileWrite[] = [];
  let texts: string[] = [];
  let numbers: number[] = [];
  let chars = 0;
  const finish = () => {
    if (texts.length > 0) files.push({ path, text: texts.join('\n'), partial: true, lines: numbers, ...from(commit) });
    [texts, numbers, chars] = [[], [], 0];
  };
  for (const { number, text } of lines) {
    if (chars + text.length > MAX_PIECE_CHARS) finish();
    if (numbers.length > 0 && number !== numbers.at(-1)! + 1) {
      texts.push('');
      numbers.push(number);
    }
    texts.push(text);
    numbers.push(number);
    chars += text.length + 1;
  }
  finish();
  return files;
}

function from(commit: string): { commit?: string } {
  return commit === '' ? {} : { commit: commit.slice(0, SHORT_ID_CHARS) };
}

/** Attributes can call any text binary, and UTF-16 looks like it: what turns out to be text is read whole. */
function textsAmong(binaries: readonly BinaryChange[], ask: AskGit): FileWrite[] {
  const blobs = readObjects([...new Set(binaries.map(({ blob }) => blob))], ask, ['blob']);
  const texts = new Map([...blobs].map(([blob, { bytes }]) => [blob, textOf(bytes)]));
  return binaries.flatMap(({ blob, path, commit }) => {
    const text = texts.get(blob);
    return text === undefined || text === null ? [] : [{ path, text, partial: false, ...from(commit) }];
  });
}

function textOf(bytes: Buffer): string | null {
  const encoding = encodingOf(bytes);
  if (encoding === null) return null;
  return encoding === 'utf16be' ? swapped(bytes).toString('utf16le') : bytes.toString(encoding);
}
