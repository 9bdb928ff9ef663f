import { join } from 'node:path';
import { digestOf } from '../repo/files.ts';
import { zeroSeparated } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';
import {
  dropSnapshot,
  keepSnapshot,
  listSnapshots,
  newSnapshot,
  type Snapshot,
  snapshotRef,
  stashRef,
  untrackedFolder,
} from './snapshot-store.ts';
import { copyPlain, listUntracked } from './untracked.ts';
import { type Ask, askUntil, commitWork } from './work-commit.ts';

/** Longest that a snapshot may take, in milliseconds: the client waits for the answer. */
const BUDGET_MS = 4000;
const MAX_STASHES = 50;

/** What a snapshot is taken for. */
export interface Occasion {
  /** The call that would lose the work, redacted. */
  readonly why: string;
  /** Whether files that git ignores would be lost too. */
  readonly ignored?: boolean;
  /** Whether stash entries would be lost. */
  readonly stashes?: boolean;
  /** A snapshot that does not make room for this one. */
  readonly spare?: string;
}

/**
 * Keeps the uncommitted work of a worktree and touches nothing in it: changed tracked files as a commit under a ref, small
 * untracked files as copies. The newest snapshot is given again when it holds the same. `null` when there is nothing to
 * lose; throws when it cannot be kept.
 */
export function takeSnapshot(
  places: Places,
  { why, ignored = false, stashes = false, spare }: Occasion,
): Snapshot | null {
  const ask = askUntil(places.root, Date.now() + BUDGET_MS);
  const work = commitWork(places, ask);
  const untracked = listUntracked(places.root, ask, ignored);
  const dropped = stashes ? listStashes(ask) : [];
  if (work === null && untracked.paths.length + untracked.left + dropped.length === 0) return null;
  const key = digestOf(Buffer.from(JSON.stringify([places.root, contentOf(work, ask), untracked.key, dropped])));
  const newest = listSnapshots(places.stateDir).at(-1);
  if (newest?.key === key) return newest;
  const now = new Date();
  const snapshot: Snapshot = {
    version: 1,
    id: newSnapshot(places.stateDir, now),
    time: now.toISOString(),
    why,
    root: places.root,
    head: ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']).stdout.trim(),
    work,
    untracked: untracked.paths,
    left: untracked.left,
    stashes: dropped,
    key,
  };
  store(places, snapshot, ask, spare);
  return snapshot;
}

function store(places: Places, snapshot: Snapshot, ask: Ask, spare: string | undefined): void {
  const { id, work, untracked, stashes } = snapshot;
  try {
    const refs = [
      ...(work === null ? [] : [`create ${snapshotRef(id)} ${work}\n`]),
      ...stashes.map(({ sha }, at) => `create ${stashRef(id, at)} ${sha}\n`),
    ];
    const { code, stderr } = refs.length > 0 ? ask(['update-ref', '--stdin'], { input: refs.join('') }) : NOTHING;
    if (code !== 0) throw new Error(stderr);
    const folder = untrackedFolder(places.stateDir, id);
    for (const path of untracked) copyPlain(join(places.root, path), join(folder, path));
    keepSnapshot(places, snapshot, spare);
  } catch (error) {
    dropSnapshot(places, id);
    throw error;
  }
}

const NOTHING = { code: 0, stderr: '' };

/** The trees of the work and of the index, and HEAD: unlike the commits of a stash they do not change with the time. */
function contentOf(work: string | null, ask: Ask): string {
  const parts = work === null ? [] : [`${work}^{tree}`, `${work}^1`, `${work}^2^{tree}`];
  return parts.map((part) => ask(['rev-parse', '--verify', '--quiet', part]).stdout).join('');
}

function listStashes(ask: Ask): Snapshot['stashes'] {
  return zeroSeparated(ask(['stash', 'list', '-z', '--format=%H %gs']).stdout)
    .slice(0, MAX_STASHES)
    .map((line) => ({ sha: line.slice(0, line.indexOf(' ')), message: line.slice(line.indexOf(' ') + 1) }));
}
