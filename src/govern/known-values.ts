import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { credentialValues } from '../guards/secrets/credential-values.ts';
import { withRules } from '../guards/secrets/custom.ts';
import { type EnvValue, eachPrefix, MIN_CHARS, prefixHash, secretValues } from '../guards/secrets/known-values.ts';
import type { FindKnownValues, KnownValue } from '../policy/facts.ts';
import { fingerprinter } from '../policy/fingerprint.ts';
import type { SecretRule } from '../policy/types.ts';
import { readBounded, statKey, writeAtomic } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { freshSalt } from '../repo/secrets-baseline.ts';
import { credentialFiles, placeOf } from './credential-files.ts';
import { envFilesBelow, envFilesIn } from './env-files.ts';

/** What is kept of the values of environment and credential files: never the values. */
interface Store {
  readonly version: 1;
  /** Hex. */
  readonly key: string;
  /** Each file's stat by its path, repo-relative or below the home folder (`~/`): when one differs, everything is read anew. */
  readonly files: Readonly<Record<string, string>>;
  readonly values: readonly StoredValue[];
}

interface StoredValue {
  readonly name: string;
  readonly file: string;
  readonly length: number;
  readonly prefix: number;
  readonly fingerprint: string;
}

const EMPTY: Store = { version: 1, key: '', files: {}, values: [] };
const MAX_FILE_BYTES = 1024 * 1024;
const MAX_VALUES = 2000;

/** Whoever asks about the same call is answered from one reading. */
const finders = new WeakMap<Places, FindKnownValues>();

/**
 * Finds the values of environment and credential files, and what fits the policy's own rules once these have been named.
 * Nothing is read before the first text is looked at.
 */
export function knownValuesOf(places: Places, rules: readonly SecretRule[] = []): FindKnownValues {
  const known = finders.get(places);
  if (known && rules.length === 0) return known;
  let find: FindKnownValues | undefined;
  const ready = () => {
    find ??= finder(current(places));
    return find;
  };
  const lazy: FindKnownValues = Object.assign((text: string) => ready()(text), { none: () => ready() === NOTHING });
  const all = rules.length === 0 ? lazy : (withRules(known ?? lazy, rules) ?? lazy);
  finders.set(places, all);
  return all;
}

/** Looks for environment files in the whole repository and keeps what is needed to recognise their values. */
export function refreshKnownValues(places: Places): void {
  const files = [...envFilesBelow(places.root), ...credentialFiles()];
  if (!isCurrent(readStore(places.stateDir), files, places)) keep(files, places);
}

/** The store, made anew when a file that it knows or one at the top of the repository is not what it was. */
function current(places: Places): Store {
  const store = readStore(places.stateDir);
  const files = [...new Set([...envFilesIn(places.root, ''), ...credentialFiles(), ...Object.keys(store.files)])];
  return isCurrent(store, files, places) ? store : keep(files, places);
}

function isCurrent({ files: known }: Store, files: readonly string[], { root }: Places): boolean {
  return (
    Object.keys(known).every((file) => files.includes(file)) &&
    files.every((file) => (known[file] ?? null) === statKey(placeOf(file, root)))
  );
}

function keep(files: readonly string[], { root, stateDir }: Places): Store {
  const key = freshSalt();
  const fingerprint = fingerprinter(key);
  const looks = files.flatMap((file) => {
    const stat = statKey(placeOf(file, root));
    return stat === null ? [] : [[file, stat] as const];
  });
  const values = looks.flatMap(([file]) =>
    valuesIn(file, root).map(({ name, value }): StoredValue => {
      const prefix = prefixHash(value, seedOf(key));
      return { name, file, length: value.length, prefix, fingerprint: fingerprint(value) };
    }),
  );
  const store: Store = { version: 1, key, files: Object.fromEntries(looks), values: values.slice(0, MAX_VALUES) };
  try {
    writeAtomic(storePath(stateDir), JSON.stringify(store), 0o600);
  } catch {
    // A store that cannot be kept is made again for the next call.
  }
  return store;
}

function valuesIn(file: string, root: string): readonly EnvValue[] {
  try {
    const text = readBounded(placeOf(file, root), MAX_FILE_BYTES).toString('utf8');
    return file.startsWith('~/') ? credentialValues(text, file) : secretValues(text);
  } catch {
    return [];
  }
}

const NOTHING: FindKnownValues = () => [];

function finder({ key, values }: Store): FindKnownValues {
  if (values.length === 0) return NOTHING;
  const [seed, fingerprint] = [seedOf(key), fingerprinter(key)];
  const prefixes = new Set(values.map(({ prefix }) => prefix));
  return (text) => {
    const found: KnownValue[] = [];
    eachPrefix(text, prefixes, seed, (start, prefix) => {
      const hit = values.find(
        (value) =>
          value.prefix === prefix && fingerprint(text.slice(start, start + value.length)) === value.fingerprint,
      );
      if (hit) found.push({ name: hit.name, file: hit.file, start, end: start + hit.length });
    });
    return found;
  };
}

/** An odd number that is the key's. */
function seedOf(key: string): number {
  return Number.parseInt(key.slice(0, MIN_CHARS), 16) | 1;
}

function storePath(stateDir: string): string {
  return join(stateDir, 'known-values.json');
}

function readStore(stateDir: string): Store {
  if (!existsSync(storePath(stateDir))) return EMPTY;
  try {
    const store = JSON.parse(readBounded(storePath(stateDir), MAX_FILE_BYTES).toString('utf8')) as Store;
    return store.version === 1 && /^[0-9a-f]{64}$/.test(store.key) && Array.isArray(store.values) ? store : EMPTY;
  } catch {
    return EMPTY;
  }
}
