import { existsSync, mkdirSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A call that has run longer than this is taken for one whose end was never told. */
const STALE_MS = 60 * 60 * 1000;

/** Marks a call as running, so that what changes meanwhile is not taken for a person's change. */
export function beginCall(stateDir: string, session: string, call: string): void {
  const folder = join(stateDir, 'running');
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, fileName(session, call)), '', { mode: 0o600 });
}

/** True when the call was marked as running. */
export function hasBegun(stateDir: string, session: string, call: string): boolean {
  return existsSync(join(stateDir, 'running', fileName(session, call)));
}

export function endCall(stateDir: string, session: string, call: string): void {
  const path = join(stateDir, 'running', fileName(session, call));
  try {
    if (existsSync(path)) unlinkSync(path);
  } catch {
    // Forgotten by the session's end, or forgotten then.
  }
}

/** Forgets all calls of a session that starts or has come to rest. */
export function endSession(stateDir: string, session: string): void {
  for (const name of running(stateDir)) {
    if (name.startsWith(`${safe(session)}.`)) rmSync(join(stateDir, 'running', name), { force: true });
  }
}

/** True when any call is under way. */
export function isAnyRunning(stateDir: string): boolean {
  return running(stateDir).some((name) => {
    const stat = statSync(join(stateDir, 'running', name), { throwIfNoEntry: false });
    return stat !== undefined && Date.now() - stat.mtimeMs < STALE_MS;
  });
}

function running(stateDir: string): string[] {
  try {
    return readdirSync(join(stateDir, 'running'));
  } catch {
    return [];
  }
}

function fileName(session: string, call: string): string {
  return `${safe(session)}.${safe(call)}`;
}

function safe(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 80);
}
