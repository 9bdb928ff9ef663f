import { readdirSync } from 'node:fs';
import type { Places } from '../repo/places.ts';
import { chooseHooks, config } from './hooks-place.ts';
import { locator } from './locate.ts';
import type { Manifest } from './manifest.ts';
import type { Installed } from './plan-removal.ts';
import { look } from './situation.ts';

/** Reads what is installed in a repository, and the folder that its git hooks lie in. */
export function readInstalled(
  places: Places,
  manifest: Manifest,
): Installed & { hooksDir: string; hooksShown: string } {
  const { dir, shown } = chooseHooks(places, true);
  const locate = locator(places, dir);
  return {
    manifest,
    found: (path) => look(locate(path)),
    hookNames: namesIn(dir),
    setting: (key) => config(places.root, ['--local', key]),
    hooksDir: dir,
    hooksShown: shown,
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
