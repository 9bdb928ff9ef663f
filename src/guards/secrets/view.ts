/** A text made from another one by taking pieces of it, with the way back to the original's positions. */
export interface View {
  readonly text: string;
  /** Where each piece begins in the view, ascending, and where it begins in the original. */
  readonly starts: readonly number[];
  readonly sources: readonly number[];
}

/** Puts a view together, piece by piece. */
export interface ViewParts {
  text: string;
  starts: number[];
  sources: number[];
}

export function emptyView(): ViewParts {
  return { text: '', starts: [], sources: [] };
}

/** Adds `source`'s characters `from`..`to`, or `text` that stands for what is at `from`. */
export function addPiece(view: ViewParts, text: string, from: number): void {
  if (text === '') return;
  view.starts.push(view.text.length);
  view.sources.push(from);
  view.text += text;
}

/** Where character `at` of the view stands in the original. */
export function sourceOf({ starts, sources }: View, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return (sources[low] ?? 0) + at - (starts[low] ?? 0);
}
