import { copyFileSync, lstatSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { isInside, writeAtomic } from '../repo/files.ts';
import { git } from '../repo/git.ts';
import { hooksPath } from '../repo/hooks-dir.ts';
import type { Places } from '../repo/places.ts';
import { type Baseline, headOf, keptPath } from './protected-state.ts';
import type { Watched } from './watched.ts';

/** Undoes changes of protected files. A change that came with a branch switch and equals the commit is accepted. */
export function putBack(
  changed: readonly Watched[],
  baseline: Baseline,
  places: Places,
): { restored: Watched[]; accepted: Watched[] } {
  const moved = headOf(places) !== baseline.head;
  const harmful = changed.filter((file) => file.facet !== 'hooks-path' || turnsHooksOff(baseline, places));
  const accepted = moved ? harmful.filter((file) => isAsCommitted(file, places)) : [];
  const restored = harmful.filter((file) => !accepted.includes(file));
  for (const file of restored) {
    restore(file, baseline, places);
    if (moved) hideFromOldBranch(file.path, places);
  }
  return { restored, accepted };
}

/** Setting `core.hooksPath` where none was is how hooks are switched on; changing it is how they are switched off. */
function turnsHooksOff(baseline: Baseline, places: Places): boolean {
  return baseline.hooksPath !== null && hooksPath(places.commonDir) !== baseline.hooksPath;
}

function isAsCommitted(file: Watched, places: Places): boolean {
  if (!isInside(places.root, file.path)) return false;
  const path = relative(places.root, file.path);
  const tracked = git(places.root, ['cat-file', '-e', `HEAD:${path}`]).code === 0;
  return tracked && git(places.root, ['diff', '--quiet', 'HEAD', '--', `:(literal)${path}`]).code === 0;
}

function restore(file: Watched, baseline: Baseline, places: Places): void {
  if (file.facet === 'hooks-path') {
    git(places.root, ['config', '--local', 'core.hooksPath', baseline.hooksPath ?? '']);
    return;
  }
  setAside(file.path, places.stateDir);
  const before = baseline.looks[file.path] ?? null;
  rmSync(file.path, { force: true, recursive: true });
  if (before === null || before.whole === '') return;
  writeAtomic(file.path, readFileSync(keptPath(places.stateDir, before.whole)), before.mode);
}

/** What the call wrote is kept for the person to look at. */
function setAside(path: string, stateDir: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return;
  const folder = join(stateDir, 'undone');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(path, join(folder, `${Date.now()}-${basename(path)}`));
}

/** On a branch without Postern the file would be untracked, and git would refuse to switch back over it. */
function hideFromOldBranch(path: string, places: Places): void {
  if (!isInside(places.root, path) || isInside(places.commonDir, path)) return;
  const shown = relative(places.root, path);
  if (git(places.root, ['ls-files', '--error-unmatch', '--', `:(literal)${shown}`]).code === 0) return;
  const exclude = join(places.commonDir, 'info', 'exclude');
  const line = `/${shown}`;
  const text = readText(exclude);
  if (!text.split('\n').includes(line))
    writeAtomic(exclude, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
