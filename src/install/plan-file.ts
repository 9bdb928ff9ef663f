import { KEPT_SUFFIX } from './locate.ts';
import { type InstalledFile, sha256 } from './manifest.ts';
import type { Kind, Shipped } from './payload.ts';
import type { Situation } from './situation.ts';
import { fileState, isMarked } from './state.ts';
import type { Act, Step } from './step.ts';

/** What a person said about a file that they changed, or that is no longer shipped. */
export type Answer =
  | { readonly kind: 'keep' }
  | { readonly kind: 'overwrite' }
  | { readonly kind: 'merge'; readonly text: string }
  | { readonly kind: 'delete' };

export type Answers = ReadonlyMap<string, Answer>;

/** The step for one shipped file, and what the manifest will say of it. */
export interface FilePlan {
  readonly step: Step;
  readonly entry: InstalledFile | undefined;
}

const OPTIONAL: readonly Kind[] = ['agent', 'command'];
const NEVER_MERGED: readonly Kind[] = ['runtime', 'policy'];

export function planFile(shipped: Shipped, situation: Situation, answer: Answer = { kind: 'keep' }): FilePlan {
  const { path, kind } = shipped;
  const old = situation.manifest?.files.find((entry) => entry.path === path);
  const entry = entryOf(shipped);
  const put = { kind: 'write', path, text: shipped.text, mode: shipped.mode } as const;
  const found = situation.found(path);
  switch (fileState(shipped, found, old)) {
    case 'same':
      return { entry: kind === 'policy' ? (old ?? entry) : entry, step: { label: 'same', path, acts: [] } };
    case 'not-executable':
      return { entry, step: { label: 'update', path, note: 'was not executable', acts: [put] } };
    case 'missing':
      if (old && OPTIONAL.includes(kind) && !situation.asked.includes(kind)) return kept(path, 'you removed it', old);
      return { entry, step: { label: 'create', path, acts: [put] } };
    case 'outdated':
      if (kind === 'policy') return kept(path, 'it is yours', old);
      return { entry, step: { label: 'update', path, acts: [put] } };
    case 'drifted':
      if (kind === 'runtime') return replaced(put, entry);
      return kind === 'policy' ? kept(path, 'it is yours', old) : drifted(put, old, entry, answer);
    case 'foreign':
      return foreign(shipped, put, situation, entry);
    case 'odd':
      return blocked(path, found.kind === 'odd' ? found.what : '', 'Move it away, then run this again.');
  }
}

/** The manifest's row of a file as it ships. */
function entryOf({ path, kind, mode, text }: Shipped): InstalledFile {
  const base = NEVER_MERGED.includes(kind) ? {} : { base: text };
  return { path, kind, mode: mode.toString(8), sha256: sha256(text), ...base };
}

function drifted(
  put: Act & { kind: 'write' },
  old: InstalledFile | undefined,
  entry: InstalledFile,
  answer: Answer,
): FilePlan {
  const { path } = put;
  switch (answer.kind) {
    case 'overwrite':
      return {
        entry,
        step: { label: 'update', path, note: 'your text is kept aside', acts: [{ ...put, saveOld: true }] },
      };
    case 'merge':
      return {
        entry,
        step: { label: 'merge', path, note: 'with your changes', acts: [{ ...put, text: answer.text, saveOld: true }] },
      };
    default:
      return { entry: old, step: { label: 'drift', path, note: 'changed after it was installed; kept', acts: [] } };
  }
}

/** Something else has the name. Our own folder is ours; a git hook is kept and called; opt-in files step back. */
function foreign(shipped: Shipped, put: Act & { kind: 'write' }, situation: Situation, entry: InstalledFile): FilePlan {
  const { path, kind } = shipped;
  const found = situation.found(path);
  const ours = found.kind === 'file' && !found.link && (kind === 'runtime' || isMarked(found.text));
  if (ours) return replaced(put, entry);
  if (kind === 'git-hook') return chained(put, situation, entry);
  if (kind !== 'agent-hook' && kind !== 'runtime') return kept(path, 'it was there before Postern', undefined);
  return blocked(
    path,
    'is not of Postern, and nothing else can have this name',
    'Rename it (and its entry in .claude/settings.json), then run this again.',
  );
}

/** The runtime is a build, and nobody's own text: a broken one denies everything, so it is put back unasked. */
function replaced(put: Act & { kind: 'write' }, entry: InstalledFile): FilePlan {
  const note = 'the text that was there is kept aside';
  return { entry, step: { label: 'update', path: put.path, note, acts: [{ ...put, saveOld: true }] } };
}

function chained(put: Act & { kind: 'write' }, situation: Situation, entry: InstalledFile): FilePlan {
  const { path } = put;
  const to = path + KEPT_SUFFIX;
  const [found, before] = [situation.found(path), situation.found(to)];
  const isKept = before.kind === 'file' && found.kind === 'file' && before.sha256 === found.sha256;
  if (before.kind !== 'missing' && !isKept) {
    return blocked(
      path,
      `and ${to.slice(6)} are two different hooks of yours`,
      'Merge them into the second, delete the first, then run this again.',
    );
  }
  const copy: Act[] = isKept ? [] : [{ kind: 'copy', path, to }];
  return {
    entry,
    step: {
      label: 'chain',
      path,
      note: `your hook becomes ${to.slice(6)} and runs after Postern's`,
      acts: [...copy, put],
    },
  };
}

function kept(path: string, note: string, entry: InstalledFile | undefined): FilePlan {
  return { entry, step: { label: 'keep', path, note, acts: [] } };
}

function blocked(path: string, note: string, instead: string): FilePlan {
  return { entry: undefined, step: { label: 'blocked', path, note, instead, acts: [] } };
}
