import { lstatSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, readBounded, statKey, writeAtomic } from '../repo/files.ts';
import { hooksPath } from '../repo/hooks-dir.ts';
import type { Places } from '../repo/places.ts';
import type { Watched } from './watched.ts';

/** What a watched file looked like. `null` when it was not there. */
export type Look = {
  readonly stat: string;
  /** Of the part that counts. */
  readonly digest: string;
  /** Of the whole file: the name of its copy. */
  readonly whole: string;
  readonly mode: number;
} | null;

/** The protected files as they were when nobody was at work. */
export interface Baseline {
  readonly version: 1;
  /** What HEAD named, so that a branch switch can be told from tampering. */
  readonly head: string;
  readonly hooksPath: string | null;
  readonly looks: Readonly<Record<string, Look>>;
}

const MAX_BYTES = 16 * 1024 * 1024;

/** The last baseline; `null` when there is none or it cannot be read. */
export function readBaseline(stateDir: string): Baseline | null {
  try {
    const value = JSON.parse(readFileSync(join(stateDir, 'protected.json'), 'utf8')) as Baseline;
    return value.version === 1 && typeof value.looks === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Lets the next call take the files as it finds them: a person is changing the guard. */
export function forgetBaseline(stateDir: string): void {
  rmSync(join(stateDir, 'protected.json'), { force: true });
}

/** True when no stat differs: the cheap answer that nearly every call gets. */
export function isUntouched(watched: readonly Watched[], baseline: Baseline): boolean {
  return watched.every((file) => statKey(file.path) === (baseline.looks[file.path]?.stat ?? null));
}

/** Watched files whose content or mode differs from the baseline, by digest. */
export function changedFiles(watched: readonly Watched[], baseline: Baseline): Watched[] {
  return watched.filter((file) => {
    const before = baseline.looks[file.path] ?? null;
    const now = look(file);
    return now?.digest !== before?.digest || now?.mode !== before?.mode;
  });
}

/** Takes the files as they are now for the new baseline and keeps a copy of each, so that it can be put back. */
export function keepBaseline(watched: readonly Watched[], places: Places): void {
  const looks = watched.map((file) => [file.path, keep(file, places.stateDir)] as const);
  const baseline: Baseline = {
    version: 1,
    head: headOf(places),
    hooksPath: hooksPath(places.commonDir),
    looks: Object.fromEntries(looks),
  };
  keepRuntime(places);
  writeAtomic(join(places.stateDir, 'protected.json'), JSON.stringify(baseline), 0o600);
}

/** The copy of the runtime that post-tool-use.sh falls back to when a call has broken the runtime itself. */
function keepRuntime(places: Places): void {
  try {
    writeAtomic(
      keptPath(places.stateDir, 'gate.cjs'),
      readBounded(join(places.root, '.postern', 'gate.cjs'), MAX_BYTES),
      0o600,
    );
  } catch {
    // Without a copy a broken runtime denies every call until a person mends it.
  }
}

/** Where the bytes of a file with this digest are kept. */
export function keptPath(stateDir: string, whole: string): string {
  return join(stateDir, 'kept', whole);
}

function keep(file: Watched, stateDir: string): Look {
  const now = look(file);
  if (now === null || file.facet === 'hooks-path' || now.whole === '') return now;
  const copy = keptPath(stateDir, now.whole);
  if (statKey(copy) === null) writeAtomic(copy, readBounded(file.path, MAX_BYTES), 0o600);
  return now;
}

function look(file: Watched): Look {
  const stat = statKey(file.path);
  if (stat === null) return null;
  try {
    const bytes = readBounded(file.path, MAX_BYTES);
    return { stat, digest: facetDigest(file, bytes), whole: digestOf(bytes), mode: lstatSync(file.path).mode & 0o777 };
  } catch {
    return { stat, digest: 'unreadable', whole: '', mode: 0 };
  }
}

function facetDigest(file: Watched, bytes: Buffer): string {
  if (file.facet === 'hooks-path') return digestOf(Buffer.from(String(hooksPath(join(file.path, '..')))));
  if (file.facet === undefined) return digestOf(bytes);
  return digestOf(Buffer.from(hooksAndEnv(bytes.toString('utf8'))));
}

/** The settings that decide whether hooks run; broken JSON switches them all off, so it is a value of its own. */
function hooksAndEnv(json: string): string {
  try {
    const { hooks, env, disableAllHooks, allowManagedHooksOnly } = JSON.parse(json.replace(/^\uFEFF/, ''));
    return JSON.stringify([hooks, env, disableAllHooks, allowManagedHooksOnly]);
  } catch {
    return 'broken';
  }
}

/** What HEAD names, by reading files; `''` when it cannot be told so. */
export function headOf(places: Places): string {
  try {
    const head = readFileSync(join(places.gitDir, 'HEAD'), 'utf8').trim();
    return head.startsWith('ref: ') ? `${head} ${refSha(places, head.slice(5))}` : head;
  } catch {
    return '';
  }
}

function refSha(places: Places, ref: string): string {
  for (const folder of [places.gitDir, places.commonDir]) {
    try {
      return readFileSync(join(folder, ref), 'utf8').trim();
    } catch {
      // Packed, or the other folder has it.
    }
  }
  return '';
}
