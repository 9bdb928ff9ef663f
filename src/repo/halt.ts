import { lstatSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Halt } from '../policy/facts.ts';
import { errorCode, readBounded, writeAtomic } from './files.ts';

/** Reads the kill switch. Anything but "no such file" that cannot be read counts as halted. */
export function readHalt(stateDir: string): Halt {
  const path = join(stateDir, 'HALT');
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) return { kind: 'clear' };
    return { kind: 'halted', reason: readBounded(path, 4096).toString('utf8').trim() || 'no reason was given' };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' && !exists(path)
      ? { kind: 'clear' }
      : { kind: 'unreadable', problem: `${path}: ${code || error}` };
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ENOENT';
  }
}

export function writeHalt(stateDir: string, reason: string): void {
  writeAtomic(join(stateDir, 'HALT'), `${reason}\n`, 0o600);
}

/** Takes the kill switch away; a folder in its place, which nobody of ours made, is moved aside and not deleted. */
export function clearHalt(stateDir: string): void {
  const path = join(stateDir, 'HALT');
  const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder) renameSync(path, `${path}.was-a-folder-${Date.now()}`);
  else rmSync(path, { force: true });
}
