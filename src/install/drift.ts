import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { readBlock } from './block.ts';
import { type Merge, mergeTexts } from './merge.ts';
import { BLOCK_PATHS } from './plan-blocks.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

/** A file, or a managed block, that a person changed after it was installed and that is still shipped. */
export interface Drift {
  readonly path: string;
  readonly mine: string;
  readonly shipped: string;
  /** What both come from; `null` where nothing is merged. */
  readonly base: string | null;
}

/** The changed files among the steps of a plan. */
export function findDrift(steps: readonly Step[], { payload, manifest, found }: Situation): Drift[] {
  return steps
    .filter(({ label }) => label === 'drift')
    .flatMap(({ path }): Drift[] => {
      const file = found(path);
      const text = file.kind === 'file' ? file.text : '';
      const isBlock = (BLOCK_PATHS as readonly string[]).includes(path);
      const shipped = isBlock ? payload.block : payload.files.find((one) => one.path === path)?.text;
      const known = [...(manifest?.files ?? []), ...(manifest?.blocks ?? [])].find((one) => one.path === path);
      if (shipped === undefined) return [];
      return [{ path, mine: isBlock ? (readBlock(text) ?? '') : text, shipped, base: known?.base ?? null }];
    });
}

/** Their text with our changes in it; `null` where there is nothing to merge, or no base to merge from. */
export function mergeDrift({ base, mine, shipped }: Drift): Merge | null {
  return base === null || base === shipped ? null : mergeTexts(base, mine, shipped);
}

/** A unified diff from the person's text to the shipped one. What a terminal would obey is made visible. */
export function unifiedDiff({ mine, shipped }: Drift, shown: string, version: string): string {
  const patch = createTwoFilesPatch(`${shown} (yours)`, `${shown} (Postern ${version})`, mine, shipped, '', '', {
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => (char === '\r' ? '␍' : '␛'));
}
