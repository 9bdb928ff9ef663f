import { homedir } from 'node:os';
import { lastCheckpointTime, makeCheckpoint } from '../audit/checkpoints.ts';
import { ensureHostKey, hostKeyPath } from '../audit/host-key.ts';

/** When an agent ends its turn, a checkpoint is signed, but not more often than this. */
const EVERY_MS = 300_000;

/** Signs the log as it stands. What was appended stands whether or not that succeeds: `doctor` tells of a key that cannot be used. */
export function checkpointQuietly(stateDir: string, due: 'now' | 'in-time'): void {
  try {
    if (due === 'in-time' && Date.now() - lastCheckpointTime(stateDir) < EVERY_MS) return;
    makeCheckpoint(stateDir, ensureHostKey(hostKeyPath(process.env, homedir())));
  } catch {}
}
