import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { errorCode, realPath } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { chooseHooks, type HooksPlace } from './hooks-place.ts';
import { KEPT_SUFFIX, locator } from './locate.ts';
import { MANIFEST_PATH, type Manifest, parseManifest, sha256 } from './manifest.ts';
import type { Choice, Kind, Payload } from './payload.ts';
import { BLOCK_PATHS } from './plan-blocks.ts';
import { SETTINGS_PATH } from './plan-settings.ts';
import type { Found } from './state.ts';

/** All that a plan is made from. */
export interface Situation {
  readonly payload: Payload;
  readonly choice: Choice;
  /** Optional kinds that this very command line asks for: their files come back even where a person removed them. */
  readonly asked: readonly Kind[];
  readonly manifest: Manifest | null;
  readonly hooks: HooksPlace;
  /** What stands at the path of a step. */
  readonly found: (path: string) => Found;
  /** True when the two paths of steps lead to one file. */
  readonly isSame: (one: string, other: string) => boolean;
}

/** The manifest of the repository; `null` when there is none. */
export function readManifest(places: Places): Manifest | null {
  const found = look(locator(places, places.root)(MANIFEST_PATH));
  return found.kind === 'missing' ? null : parseManifest(found.kind === 'file' ? found.text : '');
}

/** Reads what a plan for `payload` needs to know of the repository. */
export function readSituation(
  places: Places,
  given: Pick<Situation, 'payload' | 'choice' | 'asked'>,
  manifest: Manifest | null = readManifest(places),
): Situation {
  const hooks = chooseHooks(places, manifest !== null);
  const locate = locator(places, hooks.dir);
  const paths = interesting(given.payload, manifest, hooks);
  const seen = new Map(paths.map((path) => [path, look(locate(path))]));
  return {
    ...given,
    manifest,
    hooks,
    found: (path) => seen.get(path) ?? { kind: 'missing' },
    isSame: (one, other) => realPath(locate(one)) === realPath(locate(other)),
  };
}

/** What stands at an absolute path. A link to a file reads as that file, and says so. */
export function look(path: string): Found {
  try {
    const stat = lstatSync(path);
    const link = stat.isSymbolicLink();
    if (!link && !stat.isFile()) return { kind: 'odd', what: 'is not a file' };
    const bytes = readFileSync(path);
    const digest = link ? sha256(`link to ${readlinkSync(path)}`) : sha256(bytes);
    const text = bytes.toString('utf8');
    const executable = (stat.mode & 0o100) !== 0;
    return { kind: 'file', text, utf8: Buffer.from(text).equals(bytes), sha256: digest, executable, link };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && !isThere(path)) return { kind: 'missing' };
    return { kind: 'odd', what: code === 'ENOENT' ? 'is a link to nothing' : `cannot be read (${code})` };
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function interesting(payload: Payload, manifest: Manifest | null, hooks: HooksPlace): string[] {
  const files = [...payload.files, ...(manifest?.files ?? [])].map(({ path }) => path);
  const kept = files.filter((path) => path.startsWith('hooks:')).map((path) => path + KEPT_SUFFIX);
  const passOn = hooks.passOn.map((name) => `hooks:${name}`);
  return [...new Set([...files, ...kept, ...passOn, ...BLOCK_PATHS, SETTINGS_PATH, MANIFEST_PATH])];
}
