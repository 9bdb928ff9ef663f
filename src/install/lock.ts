import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import type { Places } from '../repo/places.ts';
import { InstallProblem } from './problem.ts';

/** After this long without a sign of life a lock counts as left behind by a process that died. */
const staleMs = 5_000;
/** Long enough for another installation to end or for its lock to grow stale. */
const waitMs = 20_000;
const pauseMs = 100;

/** Runs `act` while no other process installs, upgrades or uninstalls in any worktree of this repository. */
export async function withInstallLock<T>(places: Places, waiting: () => void, act: () => T | Promise<T>): Promise<T> {
  mkdirSync(places.stateDir, { recursive: true, mode: 0o700 });
  const release = await acquire(join(places.stateDir, 'install.lock'), waiting);
  try {
    return await act();
  } finally {
    await release().catch(() => {});
  }
}

async function acquire(lockfilePath: string, waiting: () => void): Promise<() => Promise<void>> {
  const deadline = performance.now() + waitMs;
  for (let tries = 0; ; tries++) {
    try {
      return await lock(lockfilePath, { lockfilePath, realpath: false, stale: staleMs, onCompromised: () => {} });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (performance.now() > deadline) throw taken(lockfilePath);
    }
    if (tries === 0) waiting();
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function taken(path: string): InstallProblem {
  return new InstallProblem(
    'Another postern init, upgrade or uninstall is at work here.',
    `Wait for it. If none is: rmdir '${path}'`,
  );
}
