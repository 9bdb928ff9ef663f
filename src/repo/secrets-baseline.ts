import { join } from 'node:path';
import { fingerprinter } from '../policy/fingerprint.ts';
import { errorCode, readBounded, writeAtomic } from './files.ts';

/** Repo-relative path of the list of secrets that were there before Postern was. */
export const BASELINE_PATH = '.postern/secrets-baseline.json';

/** One secret that is known and let through, in one file. */
export interface BaselineEntry {
  readonly rule: string;
  /** Repo-relative. */
  readonly path: string;
  /** Hex, keyed by the baseline's salt. */
  readonly fingerprint: string;
}

export interface KnownSecrets {
  /** Hex; 32 random bytes that every clone shares. */
  readonly salt: string;
  readonly entries: readonly BaselineEntry[];
}

export type SecretsBaseline =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'read' } & KnownSecrets)
  | { readonly kind: 'unreadable'; readonly problem: string };

const MAX_BYTES = 32 * 1024 * 1024;

/** Reads the baseline. Never throws: one that cannot be understood whole is `unreadable` and lets nothing through. */
export function readSecretsBaseline(root: string): SecretsBaseline {
  try {
    return parseSecretsBaseline(readBounded(join(root, BASELINE_PATH), MAX_BYTES).toString('utf8'));
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unreadable', problem: code || 'it is not JSON' };
  }
}

/** Reads the text of a baseline. Throws when it is no JSON. */
export function parseSecretsBaseline(json: string): SecretsBaseline {
  const { version, fingerprintSalt: salt, findings } = (JSON.parse(json) ?? {}) as Record<string, unknown>;
  if (version !== 1) return { kind: 'unreadable', problem: 'its version is not 1' };
  if (typeof salt !== 'string' || !/^[0-9a-f]{64}$/.test(salt))
    return { kind: 'unreadable', problem: 'it has no salt' };
  if (!Array.isArray(findings) || !findings.every(isEntry))
    return { kind: 'unreadable', problem: 'an entry is not {rule, path, fingerprint}' };
  return { kind: 'read', salt, entries: findings };
}

function isEntry(value: unknown): value is BaselineEntry {
  const { rule, path, fingerprint } = (value ?? {}) as Record<string, unknown>;
  return typeof rule === 'string' && typeof path === 'string' && /^[0-9a-f]{32}$/.test(String(fingerprint));
}

/** Writes the baseline, one entry per line and sorted, so that it merges as text does. */
export function writeSecretsBaseline(root: string, { salt, entries }: KnownSecrets): void {
  const lines = [...new Set(entries.map(({ path, rule, fingerprint }) => JSON.stringify({ path, rule, fingerprint })))];
  const findings = lines
    .sort()
    .map((line) => `\n    ${line}`)
    .join(',');
  const text = `{\n  "version": 1,\n  "fingerprintSalt": "${salt}",\n  "findings": [${findings}\n  ]\n}\n`;
  writeAtomic(join(root, BASELINE_PATH), text, 0o644);
}

/** A fresh salt. */
export function freshSalt(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(32).toString('hex');
}

/** Whether the baseline holds a value of a rule in a file. */
export function knownTo({
  salt,
  entries,
}: KnownSecrets): (secret: { readonly rule: string; readonly path: string; readonly value: string }) => boolean {
  const fingerprint = fingerprinter(salt);
  const keys = new Set(entries.map((entry) => `${entry.fingerprint} ${entry.rule} ${entry.path}`));
  return ({ rule, path, value }) => keys.has(`${fingerprint(value)} ${rule} ${path}`);
}
