import { importsFile, readBlock, removeBlock, writeBlock } from './block.ts';
import { type InstalledBlock, sha256 } from './manifest.ts';
import type { Answers } from './plan-file.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

/** The instruction files of agents that get the managed block. */
export const BLOCK_PATHS = ['AGENTS.md', 'CLAUDE.md'] as const;

export interface BlockPlan {
  readonly step: Step;
  readonly entry: InstalledBlock | undefined;
}

export function planBlocks(situation: Situation, answers: Answers): BlockPlan[] {
  return BLOCK_PATHS.filter((path) => !isServedByOther(path, situation)).map((path) =>
    planBlock(path, situation, answers),
  );
}

/** CLAUDE.md that imports AGENTS.md, or is the same file, needs no block of its own. */
function isServedByOther(path: string, { found, isSame }: Situation): boolean {
  if (path !== 'CLAUDE.md') return false;
  const file = found(path);
  return file.kind === 'file' && (importsFile(file.text, 'AGENTS.md') || isSame(path, 'AGENTS.md'));
}

function planBlock(path: string, situation: Situation, answers: Answers): BlockPlan {
  const file = situation.found(path);
  if (file.kind === 'odd') return blocked(path, file.what);
  if (file.kind === 'file' && !file.utf8) return blocked(path, 'is not UTF-8 text');
  const text = file.kind === 'file' ? file.text : '';
  const content = readBlock(text);
  const { payload, manifest } = situation;
  const old = manifest?.blocks.find((block) => block.path === path);
  const created = old?.created ?? (file.kind === 'missing' || (content !== null && removeBlock(text) === ''));
  const entry = { path, sha256: sha256(payload.block), base: payload.block, created };
  const write = (block: string) => [{ kind: 'write', path, text: writeBlock(text, block) } as const];
  if (content === payload.block) return { entry, step: { label: 'same', path, acts: [] } };
  if (content === null) {
    if (old) return { entry: old, step: { label: 'keep', path, note: 'you removed the block', acts: [] } };
    const label = file.kind === 'missing' ? 'create' : 'merge';
    return { entry, step: { label, path, note: 'a block for agents', acts: write(payload.block) } };
  }
  const answer = answers.get(path);
  if (old && sha256(content) !== old.sha256 && answer?.kind !== 'overwrite' && answer?.kind !== 'merge') {
    return { entry: old, step: { label: 'drift', path, note: 'its block was changed; kept', acts: [] } };
  }
  const block = answer?.kind === 'merge' ? answer.text : payload.block;
  const isChanged = old === undefined || sha256(content) !== old.sha256;
  const acts = write(block).map((act) => ({ ...act, saveOld: isChanged }));
  const note = isChanged ? 'the block for agents; your text is kept aside' : 'the block for agents';
  return { entry, step: { label: 'update', path, note, acts } };
}

function blocked(path: string, note: string): BlockPlan {
  return {
    entry: undefined,
    step: { label: 'blocked', path, note, instead: 'Make it a plain text file, then run this again.', acts: [] },
  };
}
