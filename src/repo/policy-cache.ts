import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf } from '../policy/profiles.ts';
import type { PolicyFile } from '../policy/schema.ts';
import type { EffectivePolicy } from '../policy/types.ts';
import { writeAtomic } from './files.ts';
import type { PolicySource } from './policy-source.ts';

/** Raise it when the schema or the checks get stricter, so that policies compiled before are checked again. */
export const CACHE_FORMAT = 1;

/** What compiling leaves for later calls: the valid files as data. Profiles are filled in at each call, never cached. */
export interface CompiledPolicy {
  readonly sources: readonly PolicySource[];
  /** In the order of `sources`. */
  readonly files: readonly PolicyFile[];
  /** sha256, hex, over the sources. */
  readonly digest: string;
}

/** The compiled policy of exactly these texts; `null` when there is none, whatever the reason. */
export function readCache(stateDir: string, sources: readonly PolicySource[]): CompiledPolicy | null {
  try {
    const cache = JSON.parse(readFileSync(cachePath(stateDir), 'utf8'));
    const current = cache.format === CACHE_FORMAT && sameTexts(cache.sources, sources);
    return current && cache.files.length === sources.length
      ? { sources, files: cache.files, digest: cache.digest }
      : null;
  } catch {
    return null;
  }
}

/** Keeps the compiled policy for the next call. A cache that cannot be written only costs time. */
export function writeCache(stateDir: string, { sources, files, digest }: CompiledPolicy): void {
  try {
    writeAtomic(cachePath(stateDir), JSON.stringify({ format: CACHE_FORMAT, digest, sources, files }), 0o600);
  } catch {
    return;
  }
}

/** The policy in force: each layer's file with every value filled in. */
export function effectivePolicy({ sources, files, digest }: CompiledPolicy): EffectivePolicy {
  const layers = sources.map(({ layer, path }, at) => ({
    name: layer,
    source: path,
    policy: policyOf(layer, files[at]!),
  }));
  return { layers, digest };
}

function cachePath(stateDir: string): string {
  return join(stateDir, 'policy.cache.json');
}

function sameTexts(cached: readonly PolicySource[], sources: readonly PolicySource[]): boolean {
  return (
    cached.length === sources.length &&
    sources.every(({ layer, text }, at) => cached[at]?.layer === layer && cached[at].text === text)
  );
}
