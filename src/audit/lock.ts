import { mkdirSync, rmdirSync, type Stats, statSync } from 'node:fs';

/** After this long a lock counts as left behind by a process that died. Holding it takes milliseconds. */
export const staleLockMs = 2000;

/**
 * Runs `act` while holding the lock beside `path`, and waits for it at most `waitMs`. Throws `ELOCKED` when it stays taken.
 * The lock is a folder, which only one process can make. It is made anew for each `act`, so its time is that of its making.
 * `proper-lockfile` does the same for everyone; here it would cost each hook more than the lock itself.
 */
export function withLock<T>(path: string, waitMs: number, act: () => T): T {
  const lock = `${path}.lock`;
  const mine = acquire(lock, waitMs);
  try {
    return act();
  } finally {
    try {
      removeIfStill(lock, mine);
    } catch {
      // It goes stale.
    }
  }
}

/** The identity of the lock that was taken. */
function acquire(lock: string, waitMs: number): string {
  let deadline = 0;
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 1.5, 20)) {
    const taken = take(lock) ?? (takeAway(lock) ? take(lock) : null);
    if (taken !== null) return taken;
    deadline ||= performance.now() + waitMs;
    if (performance.now() > deadline) throw Object.assign(new Error(`${lock} is held`), { code: 'ELOCKED' });
    sleep(pauseMs * (0.5 + Math.random()));
  }
}

/** `null` when another has it. */
function take(lock: string): string | null {
  try {
    mkdirSync(lock);
    return identity(statSync(lock));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
}

/** True when the lock is free, a stale one taken away where need be. */
function takeAway(lock: string): boolean {
  const held = statSync(lock, { throwIfNoEntry: false });
  if (held === undefined) return true;
  if (isStale(held)) removeIfStill(lock, identity(held));
  return isStale(held);
}

/** A lock whose time lies in the future was made before the clock went back: it counts as old. */
function isStale({ mtimeMs }: Stats): boolean {
  const age = Date.now() - mtimeMs;
  return age > staleLockMs || age < -1000;
}

/**
 * Removes the lock only while it is the very one: two waiters who see one stale lock do not both remove it, and a slow
 * holder does not remove its successor's.
 */
function removeIfStill(lock: string, seen: string): void {
  try {
    const held = statSync(lock, { throwIfNoEntry: false });
    if (held !== undefined && identity(held) === seen) rmdirSync(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function identity({ ino, ctimeMs }: Stats): string {
  return `${ino} ${ctimeMs}`;
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
