import { diffArrays } from 'diff';

export type Merge =
  | { readonly kind: 'clean'; readonly text: string }
  | { readonly kind: 'conflict'; readonly line: number };

/** Lines `start` to `end` of the base, exclusive, become `lines`. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * Joins two changes of one base, line by line. Changes that touch each other and differ are a conflict at a line of the
 * base, counted from 1: no text with conflict markers in it is ever made, since these files run.
 */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  const lines = splitLines(base);
  const own = editsOf(lines, splitLines(mine));
  const other = editsOf(lines, splitLines(theirs)).filter((edit) => !own.some((one) => isEqual(one, edit)));
  const clash = own.find((one) => other.some((edit) => one.start <= edit.end && edit.start <= one.end));
  if (clash) return { kind: 'conflict', line: clash.start + 1 };
  const edits = [...own, ...other].sort((one, next) => next.start - one.start);
  for (const { start, end, lines: replacement } of edits) lines.splice(start, end - start, ...replacement);
  return { kind: 'clean', text: lines.join('') };
}

function splitLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function editsOf(from: readonly string[], to: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const { added, removed, value } of diffArrays([...from], [...to])) {
    const end = added ? at : at + value.length;
    if (added || removed) addEdit(edits, { start: at, end, lines: added ? value : [] });
    at = end;
  }
  return edits;
}

/** Removed lines and the added ones right after them are one edit. */
function addEdit(edits: Edit[], edit: Edit): void {
  const last = edits.at(-1);
  if (last === undefined || last.end !== edit.start) edits.push(edit);
  else edits[edits.length - 1] = { start: last.start, end: edit.end, lines: [...last.lines, ...edit.lines] };
}

function isEqual(one: Edit, other: Edit): boolean {
  return one.start === other.start && one.end === other.end && one.lines.join('') === other.lines.join('');
}
