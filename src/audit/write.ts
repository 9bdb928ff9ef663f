import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './files.ts';

/** Writes a file whole or not at all, readable for its user alone, and on the disk when it returns. */
export function writeFileAtomic(path: string, bytes: Uint8Array): void {
  const fresh = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    const fd = openSync(fresh, 'wx', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(fresh, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}
