import { type InstalledFile, sha256 } from './manifest.ts';
import type { Shipped } from './payload.ts';

/** What stands at a path. */
export type Found =
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'file';
      readonly text: string;
      /** False when the bytes are no text, which therefore must not be written back. */
      readonly utf8: boolean;
      /** Of the bytes; of a link, where it leads. */
      readonly sha256: string;
      readonly executable: boolean;
      readonly link: boolean;
    }
  /** A folder, a dangling link, something unreadable. */
  | { readonly kind: 'odd'; readonly what: string };

/** How a file on disk relates to the one that was installed and the one that ships now. */
export type FileState =
  | 'same'
  /** Right, but a hook that cannot be executed. */
  | 'not-executable'
  | 'missing'
  /** As installed; a newer text ships. */
  | 'outdated'
  /** A person changed it after it was installed. */
  | 'drifted'
  /** It was there before us, or its record is lost. */
  | 'foreign'
  | 'odd';

/** The comment in the first lines of every hook of ours; other hooks are never judged by their text. */
const MARK = /^# postern-hook\b/m;

export function fileState(shipped: Shipped, found: Found, entry: InstalledFile | undefined): FileState {
  if (found.kind !== 'file') return found.kind;
  if (found.link) return 'foreign';
  if (found.sha256 === sha256(shipped.text)) return isRunnable(shipped, found) ? 'same' : 'not-executable';
  if (entry === undefined || (isHook(shipped) && !isMarked(found.text))) return 'foreign';
  return found.sha256 === entry.sha256 ? 'outdated' : 'drifted';
}

/** True for a hook script that Postern wrote, whatever became of it since. */
export function isMarked(text: string): boolean {
  return MARK.test(text.split('\n', 4).join('\n'));
}

function isHook({ kind }: Shipped): boolean {
  return kind === 'git-hook' || kind === 'pass-hook';
}

function isRunnable({ mode }: Shipped, found: Found & { kind: 'file' }): boolean {
  return (mode & 0o100) === 0 || found.executable;
}
