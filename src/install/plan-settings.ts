import type { Manifest } from './manifest.ts';
import { emptyContainers, isEmptySettings, mergeSettings, removeEntries } from './settings.ts';
import type { Situation } from './situation.ts';
import type { Step } from './step.ts';

/** Claude Code's settings of the repository. */
export const SETTINGS_PATH = '.claude/settings.json';

export interface SettingsPlan {
  readonly step: Step;
  readonly entry: Manifest['settings'];
}

export function planSettings({ found, manifest }: Situation): SettingsPlan {
  const path = SETTINGS_PATH;
  const file = found(path);
  const text = file.kind === 'file' ? file.text : null;
  const entry = manifest?.settings ?? { created: isOurs(text), keptEmpty: emptyContainers(text) };
  const blocked = (note: string, instead: string) =>
    ({ entry, step: { label: 'blocked', path, note, instead, acts: [] } }) as const;
  if (file.kind === 'odd') return blocked(file.what, 'Make it a file, then run this again.');
  if (file.kind === 'file' && !file.utf8) return blocked('is not UTF-8 text', 'Save it as UTF-8, then run this again.');
  const merged = mergeSettings(text);
  if (merged.kind === 'broken') {
    const note = `line ${merged.line}, column ${merged.column} (${path}:${merged.line}:${merged.column}): ${merged.problem}`;
    return blocked(
      note,
      'Claude Code silently ignores such a file, hooks and all. Mend that line, then run this again.',
    );
  }
  if (merged.text === text) return { entry, step: { label: 'same', path, acts: [] } };
  const label = text === null ? 'create' : 'merge';
  return {
    entry,
    step: { label, path, note: 'the hooks of Postern', acts: [{ kind: 'write', path, text: merged.text }] },
  };
}

/** True for settings that hold nothing but our entries, as an interrupted installation leaves them, and for none at all. */
function isOurs(text: string | null): boolean {
  if (text === null) return true;
  const without = removeEntries(text);
  return without !== text && isEmptySettings(without);
}
