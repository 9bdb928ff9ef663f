import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from '../repo/places.ts';
import { hasPlainParents } from './plain-parents.ts';
import { restoreTracked } from './restore-tracked.ts';
import { type Snapshot, stashRef, untrackedFolder } from './snapshot-store.ts';
import { copyPlain } from './untracked.ts';
import { type Ask, askUntil } from './work-commit.ts';

/** What became of one thing that a snapshot holds. Nothing that lies in the worktree is lost by any of them. */
export interface Restored {
  /** A repo-relative path, or `stash: <message>`. */
  readonly what: string;
  /** `same`: it was there already. `merged`: joined with what changed since. `conflict`: left alone. */
  readonly became: 'restored' | 'merged' | 'deleted' | 'same' | 'conflict';
  /** The command that shows what the snapshot holds, or where its copy lies. */
  readonly see: string;
}

const RESTORE_MS = 120_000;

/** Brings a snapshot back into the worktree of `places`. What has changed since is merged, or left alone and told. */
export function restoreSnapshot(snapshot: Snapshot, places: Places): Restored[] {
  const ask = askUntil(places.root, Date.now() + RESTORE_MS);
  return [
    ...restoreTracked(snapshot, places, ask),
    ...snapshot.untracked.map((path) => restoreUntracked(path, snapshot, places)),
    ...restoreStashes(snapshot, ask),
  ];
}

function restoreUntracked(path: string, { id }: Snapshot, { root, stateDir }: Places): Restored {
  const copy = join(untrackedFolder(stateDir, id), path);
  const told = (became: Restored['became']): Restored => ({ what: path, became, see: copy });
  const at = join(root, path);
  if (!hasPlainParents(path, root) || !lstatSync(copy, { throwIfNoEntry: false })) return told('conflict');
  if (lstatSync(at, { throwIfNoEntry: false })) return told(isSame(at, copy) ? 'same' : 'conflict');
  copyPlain(copy, at);
  return told('restored');
}

function isSame(a: string, b: string): boolean {
  const [one, two] = [lstatSync(a), lstatSync(b)];
  if (one.isSymbolicLink() && two.isSymbolicLink()) return readlinkSync(a) === readlinkSync(b);
  return one.isFile() && two.isFile() && one.size === two.size && readFileSync(a).equals(readFileSync(b));
}

/** Oldest first, so that they lie in the old order again. */
function restoreStashes({ id, stashes }: Snapshot, ask: Ask): Restored[] {
  const there = ask(['stash', 'list', '--format=%H']).stdout.split('\n');
  const restored = stashes.map(({ sha, message }, at) => ({
    sha,
    message,
    see: `git stash show -p ${stashRef(id, at)}`,
  }));
  return restored.reverse().map(({ sha, message, see }): Restored => {
    const what = `stash: ${message}`;
    if (there.includes(sha)) return { what, became: 'same', see };
    const stored = ask(['stash', 'store', '-m', message, sha]).code === 0;
    return { what, became: stored ? 'restored' : 'conflict', see };
  });
}
