import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded } from '../repo/files.ts';
import type { Ask } from './work-commit.ts';

const MAX_BYTES = 256 * 1024 * 1024;

/** Three versions of a file. */
export interface Versions {
  readonly ours: Buffer;
  readonly base: Buffer;
  readonly theirs: Buffer;
}

/** The file with both changes in it; `null` when they touch the same lines, or it is no text. Needs a folder for its own files. */
export function mergeText(versions: Versions, stateDir: string, ask: Ask): Buffer | null {
  const folder = mkdtempSync(join(stateDir, 'merge-'));
  try {
    const names = (['ours', 'base', 'theirs'] as const).map((name) => {
      writeFileSync(join(folder, name), versions[name], { mode: 0o600 });
      return join(folder, name);
    });
    if (ask(['merge-file', '-q', ...names]).code !== 0) return null;
    return readBounded(join(folder, 'ours'), MAX_BYTES);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
