import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded, writeAtomic } from '../repo/files.ts';
import { git } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';

/** Uncommitted work as it was at one moment. */
export interface Snapshot {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The call before which it was taken, redacted. */
  readonly why: string;
  /** Top folder of the worktree. */
  readonly root: string;
  /** Commit that HEAD named, `''` before the first commit. */
  readonly head: string;
  /** Commit with the tracked files as they lay there, kept under `snapshotRef(id)`; `null` when none had changed. */
  readonly work: string | null;
  /** Repo-relative paths of untracked files, copied to `untrackedFolder`. */
  readonly untracked: readonly string[];
  /** Untracked files that were too large or too many to be copied. */
  readonly left: number;
  /** Stash entries that were about to be dropped. */
  readonly stashes: readonly { readonly sha: string; readonly message: string }[];
  /** The same for the same work. */
  readonly key: string;
}

/** Snapshots that are kept; the oldest go first. */
export const KEPT_SNAPSHOTS = 20;

const ID = /^\d{8}-\d{6}-[0-9a-f]{4}$/;
const MAX_BYTES = 1024 * 1024;

/** The ref that keeps a snapshot's commit from being collected. */
export function snapshotRef(id: string): string {
  return `refs/postern/snapshots/${id}`;
}

/** The ref of its n-th stash entry. */
export function stashRef(id: string, at: number): string {
  return `refs/postern/stashes/${id}/${at}`;
}

export function snapshotFolder(stateDir: string, id: string): string {
  return join(stateDir, 'snapshots', id);
}

/** Where the copies of untracked files lie. */
export function untrackedFolder(stateDir: string, id: string): string {
  return join(snapshotFolder(stateDir, id), 'untracked');
}

/** Every snapshot, oldest first. */
export function listSnapshots(stateDir: string): Snapshot[] {
  return ids(stateDir).flatMap((id) => readSnapshot(stateDir, id) ?? []);
}

/** One snapshot; `null` when there is none with this id or it cannot be read. */
export function readSnapshot(stateDir: string, id: string): Snapshot | null {
  if (!ID.test(id)) return null;
  try {
    const text = readBounded(join(snapshotFolder(stateDir, id), 'snapshot.json'), MAX_BYTES).toString('utf8');
    const value = JSON.parse(text) as Snapshot;
    return value.version === 1 && value.id === id ? value : null;
  } catch {
    return null;
  }
}

/** Makes the folder of a new snapshot and gives its id: the time to the millisecond, so that ids sort, and a random digit. */
export function newSnapshot(stateDir: string, now: Date): string {
  const [day = '', time = ''] = now
    .toISOString()
    .replace(/[-:]|\..*/g, '')
    .split('T');
  const millis = now.getUTCMilliseconds().toString(16).padStart(3, '0');
  mkdirSync(join(stateDir, 'snapshots'), { recursive: true, mode: 0o700 });
  for (let tries = 0; ; tries++) {
    const id = `${day}-${time}-${millis}${Math.floor(Math.random() * 16).toString(16)}`;
    try {
      mkdirSync(snapshotFolder(stateDir, id), { mode: 0o700 });
      return id;
    } catch (error) {
      if (tries >= 8) throw error;
    }
  }
}

/** Writes what a snapshot is, last of all: without it a folder counts for nothing. Older ones but `spare` make room. */
export function keepSnapshot(places: Places, snapshot: Snapshot, spare?: string): void {
  const { stateDir } = places;
  writeAtomic(join(snapshotFolder(stateDir, snapshot.id), 'snapshot.json'), JSON.stringify(snapshot), 0o600);
  for (const id of ids(stateDir).slice(0, -KEPT_SNAPSHOTS)) if (id !== spare) dropSnapshot(places, id);
}

/** Deletes a snapshot with all that it keeps. */
export function dropSnapshot(places: Places, id: string): void {
  const known = readSnapshot(places.stateDir, id);
  const refs = [snapshotRef(id), ...(known?.stashes ?? []).map((_, at) => stashRef(id, at))];
  git(places.root, ['update-ref', '--stdin'], { input: refs.map((ref) => `delete ${ref}\n`).join('') });
  rmSync(snapshotFolder(places.stateDir, id), { recursive: true, force: true });
}

function ids(stateDir: string): string[] {
  try {
    return readdirSync(join(stateDir, 'snapshots'))
      .filter((name) => ID.test(name))
      .sort();
  } catch {
    return [];
  }
}
