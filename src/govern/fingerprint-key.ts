import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fingerprint } from '../policy/facts.ts';
import { fingerprinter } from '../policy/fingerprint.ts';
import { errorCode, writeAtomic } from '../repo/files.ts';

/** Hex digits of a fingerprint that records keep: enough to tell values apart, too few to be a list of them. */
const KEPT_DIGITS = 16;

/**
 * Fingerprints under the key of this repository, which lies beside the log for its user alone and is made when the first secret is found.
 * Whoever has both can test guesses; the log alone tells nothing.
 */
export function secretFingerprint(stateDir: string): Fingerprint {
  let make: Fingerprint | null = null;
  return (value) => {
    make ??= fingerprinter(keyIn(join(stateDir, 'fingerprint.key')));
    return make(value).slice(0, KEPT_DIGITS);
  };
}

function keyIn(path: string): string {
  try {
    const key = readFileSync(path, 'utf8').trim();
    if (/^[0-9a-f]{64}$/.test(key)) return key;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const key = process.getBuiltinModule('node:crypto').randomBytes(32).toString('hex');
  writeAtomic(path, `${key}\n`, 0o600);
  return key;
}
