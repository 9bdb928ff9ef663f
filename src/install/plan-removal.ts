import { readBlock, removeBlock } from './block.ts';
import { BEFORE_KEY, NEXT_KEY, OWN_KEY } from './hooks-place.ts';
import { KEPT_SUFFIX } from './locate.ts';
import { type InstalledBlock, type InstalledFile, MANIFEST_PATH, type Manifest, sha256 } from './manifest.ts';
import { SETTINGS_PATH } from './plan-settings.ts';
import { isEmptySettings, removeEntries } from './settings.ts';
import { type Found, isMarked } from './state.ts';
import type { Act, Step } from './step.ts';

/** What taking Postern out needs to know. */
export interface Installed {
  readonly manifest: Manifest;
  readonly found: (path: string) => Found;
  /** Names of all files in the git-hooks folder. */
  readonly hookNames: readonly string[];
  /** Value of a setting in the repository's own git configuration. */
  readonly setting: (key: string) => string | null;
}

/** Every step that puts back what was there. What calls a file goes before the file, the manifest goes last. */
export function planRemoval(installed: Installed): Step[] {
  const { manifest, found } = installed;
  const files = manifest.files.filter(({ kind }) => kind !== 'git-hook');
  const own = (entry: InstalledFile) => removalOf(entry, found(entry.path));
  return [
    removalOfSettings(manifest.settings.created, manifest.settings.keptEmpty, found(SETTINGS_PATH)),
    ...gitHookSteps(installed),
    ...hooksPathSteps(installed),
    ...manifest.blocks.map((block) => removalOfBlock(block, found(block.path))),
    ...files.filter(({ path }) => !path.startsWith('.postern/')).map(own),
    ...files.filter(({ path }) => path.startsWith('.postern/')).map(own),
    { label: 'remove', path: MANIFEST_PATH, acts: [{ kind: 'remove', path: MANIFEST_PATH }] },
  ];
}

function removalOf({ path, sha256 }: InstalledFile, file: Found): Step {
  if (file.kind === 'missing') return { label: 'same', path, note: 'is gone already', acts: [] };
  const unmodified = file.kind === 'file' && !file.link && file.sha256 === sha256;
  if (!unmodified) return { label: 'drift', path, note: 'changed by you; left here', acts: [] };
  return { label: 'remove', path, acts: [{ kind: 'remove', path }] };
}

function removalOfSettings(created: boolean, keptEmpty: readonly string[], file: Found): Step {
  const path = SETTINGS_PATH;
  if (file.kind !== 'file') return { label: 'same', path, acts: [] };
  const text = removeEntries(file.text, keptEmpty);
  if (created && isEmptySettings(text)) return { label: 'remove', path, acts: [{ kind: 'remove', path }] };
  if (text === file.text)
    return { label: 'same', path, note: 'holds nothing of Postern that can be taken out', acts: [] };
  return { label: 'restore', path, note: 'without the hooks of Postern', acts: [{ kind: 'write', path, text }] };
}

function removalOfBlock({ path, created, sha256: shipped }: InstalledBlock, file: Found): Step {
  const content = file.kind === 'file' ? readBlock(file.text) : null;
  if (file.kind !== 'file' || content === null) return { label: 'same', path, acts: [] };
  if (sha256(content) !== shipped)
    return { label: 'drift', path, note: 'its block was changed by you; left here', acts: [] };
  const text = removeBlock(file.text);
  if (created && text === '') return { label: 'remove', path, acts: [{ kind: 'remove', path }] };
  return { label: 'restore', path, note: 'without the block for agents', acts: [{ kind: 'write', path, text }] };
}

/** Every hook that carries our mark: unmodified ones give way to what they took the place of. */
function gitHookSteps({ manifest, found, hookNames }: Installed): Step[] {
  return hookNames.flatMap((name): Step[] => {
    const path = `hooks:${name}`;
    const file = found(path);
    if (name.endsWith(KEPT_SUFFIX) || file.kind !== 'file' || !isMarked(file.text)) return [];
    const entry = manifest.files.find((one) => one.path === path);
    if (entry && entry.sha256 !== file.sha256)
      return [{ label: 'drift', path, note: 'changed by you; left here', acts: [] }];
    const to = path + KEPT_SUFFIX;
    if (found(to).kind === 'missing') return [{ label: 'remove', path, acts: [{ kind: 'remove', path }] }];
    return [{ label: 'restore', path, note: 'your hook as it was', acts: [{ kind: 'rename', path: to, to: path }] }];
  });
}

/** Only the value that is ours is taken back. */
function hooksPathSteps({ setting }: Installed): Step[] {
  const own = setting(OWN_KEY);
  if (own === null) return [];
  const before = setting(BEFORE_KEY);
  const isOurs = setting('core.hooksPath') === own;
  const restore: Act[] = isOurs ? [{ kind: 'config', key: 'core.hooksPath', value: before }] : [];
  const forget = [NEXT_KEY, BEFORE_KEY, OWN_KEY].map((key): Act => ({ kind: 'config', key, value: null }));
  const note = before === null ? 'no longer set in .git/config' : `back to ${before}`;
  return [
    {
      label: 'restore',
      path: 'core.hooksPath',
      note: isOurs ? note : 'is yours by now',
      acts: [...restore, ...forget],
    },
  ];
}
