import type { FileWrite } from '../../policy/call.ts';

/** Part of a text, by character. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What edits make of a file: its text, and where that differs from before. */
export interface EditedFile {
  readonly text: string;
  /** Changed parts, ascending. An empty one is where something was taken away. */
  readonly changed: readonly Span[];
}

/** Carries out the edits of one file, one after the other; `null` when one of them does not fit the text. */
export function applyEdits(before: string, edits: readonly FileWrite[]): EditedFile | null {
  let text = before;
  let changed: Span[] = [];
  for (const { removed = '', text: added, everywhere } of edits) {
    const places = placesOf(text, removed, everywhere === true);
    if (places.length === 0) return null;
    const delta = added.length - removed.length;
    const fresh = places.map((at, index) => trimmed(at + index * delta, removed, added));
    changed = [...changed.map((span) => moved(span, places, removed.length, delta)), ...fresh];
    text = replaced(text, places, removed.length, added);
  }
  return { text, changed: changed.sort((a, b) => a.start - b.start) };
}

function placesOf(text: string, removed: string, everywhere: boolean): number[] {
  if (removed === '') return text === '' ? [0] : [];
  const places: number[] = [];
  for (let at = text.indexOf(removed); at >= 0; at = text.indexOf(removed, at + removed.length)) {
    places.push(at);
    if (!everywhere) break;
  }
  return places;
}

/** The changed part without what old and new text have in common at both ends: context is not the edit's doing. */
function trimmed(at: number, removed: string, added: string): Span {
  const most = Math.min(removed.length, added.length);
  let head = 0;
  while (head < most && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < most - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  return { start: at + head, end: at + added.length - tail };
}

/** Where an earlier change lies after this edit; one that the edit reaches into counts as changed as far as the edit goes. */
function moved(span: Span, places: readonly number[], length: number, delta: number): Span {
  const hit = places.filter((at) => at < span.end && at + length > span.start);
  const start = Math.min(span.start, ...hit);
  const end = Math.max(span.end, ...hit.map((at) => at + length));
  const before = places.filter((at) => at + length <= start).length;
  return { start: start + before * delta, end: end + (before + hit.length) * delta };
}

function replaced(text: string, places: readonly number[], length: number, added: string): string {
  let out = '';
  let from = 0;
  for (const at of places) {
    out += text.slice(from, at) + added;
    from = at + length;
  }
  return out + text.slice(from);
}

/** A part of an edited file that is looked at. */
export interface Window {
  readonly text: string;
  /** Changed parts, counted from the window's start. */
  readonly changed: readonly Span[];
  /** Lines of the file before it. */
  readonly linesBefore: number;
}

/** Characters around a change that are read with it: enough for names, neighbouring literals and whole key blocks. */
const AROUND = 8192;

/** The whole lines around what changed, changes that lie close to one another together. */
export function windowsAround({ text, changed }: EditedFile): Window[] {
  const windows: Window[] = [];
  let linesBefore = 0;
  let counted = 0;
  for (let i = 0; i < changed.length; ) {
    const start = text.lastIndexOf('\n', Math.max(0, changed[i]!.start - AROUND)) + 1;
    let end = changed[i]!.end;
    const first = i;
    while (i < changed.length && changed[i]!.start <= end + 2 * AROUND) end = Math.max(end, changed[i++]!.end);
    const stop = text.indexOf('\n', end + AROUND);
    const spans = changed.slice(first, i).map((span) => ({ start: span.start - start, end: span.end - start }));
    linesBefore += lineEnds(text, counted, start);
    counted = start;
    windows.push({ text: text.slice(start, stop < 0 ? undefined : stop), changed: spans, linesBefore });
  }
  return windows;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** True when a part reaches into what changed, or spans the place where something was taken away. */
export function touches({ start, end }: Span, changed: readonly Span[]): boolean {
  return changed.some(
    (span) =>
      (start < span.end && end > span.start) || (span.start === span.end && start < span.start && end > span.end),
  );
}
