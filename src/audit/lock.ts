import { mkdirSync, rmdirSync, type Stats, statSync } from 'node:fs';
import { lockSync } from 'proper-lockfile';

/** After this long a lock counts as left behind by a process that died. Holding it takes milliseconds. */
export const staleLockMs = 2000;

/** Runs `act` while holding the lock beside `path`, and waits for it at most `waitMs`. Throws when it stays taken. */
export function withLock<T>(path: string, waitMs: number, act: () => T): T {
  const release = acquire(path, waitMs);
  try {
    return act();
  } finally {
    try {
      release();
    } catch {}
  }
}

/**
 * The lock's synchronous form has no retries, so the waiting is done here. Nothing between taking and releasing yields
 * to the event loop: the library's timer that keeps a lock fresh never fires and finds no lock to be compromised.
 */
function acquire(path: string, waitMs: number): () => void {
  const options = { realpath: false, stale: staleLockMs, fs: lockFiles(), onCompromised: () => {} };
  let deadline = 0;
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 1.5, 20)) {
    try {
      return lockSync(path, options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      deadline ||= performance.now() + waitMs;
      if (performance.now() > deadline) throw error;
    }
    sleep(pauseMs * (0.5 + Math.random()));
  }
}

/**
 * The file operations that the lock is made of. They differ from the plain ones in two things. A lock is removed only
 * while it is the folder that was last looked at: two waiters who see one stale lock do not both remove it, and a slow
 * holder does not remove its successor's. And the folder keeps the time of its making; where that lies in the future
 * (the clock went back) the lock counts as old.
 */
function lockFiles() {
  let seen = '';
  return {
    realpathSync: (path: string) => path,
    utimesSync: () => {},
    mkdirSync,
    statSync(path: string): Stats {
      const stats = statSync(path);
      seen = identity(stats);
      if (stats.mtimeMs > Date.now() + 1000) stats.mtime = new Date(0);
      return stats;
    },
    rmdirSync(path: string): void {
      if (identity(statSync(path)) === seen) rmdirSync(path);
    },
  };
}

function identity({ ino, ctimeMs }: Stats): string {
  return `${ino} ${ctimeMs}`;
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
