import { resolve } from 'node:path';
import { type CallReading, readCall } from '../guards/reading.ts';
import type { Call } from '../policy/call.ts';
import type { Facts, Halt, ResolvedUse } from '../policy/facts.ts';
import type { PathUse } from '../policy/reading.ts';
import type { SecretRule } from '../policy/types.ts';
import { errorCode, readBounded, realPath } from '../repo/files.ts';
import { hooksDir } from '../repo/hooks-dir.ts';
import type { Places } from '../repo/places.ts';
import { secretFingerprint } from './fingerprint-key.ts';
import { knownValuesOf } from './known-values.ts';

const MAX_SCRIPT_BYTES = 256 * 1024;
const MAX_SCRIPTS = 8;
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** Everything that judging this call may look at, read once. Answers to the guards' questions are added by `govern`. */
export function readFacts(
  call: Call,
  places: Places,
  home: string,
  halt: Halt,
  rules: readonly SecretRule[] = [],
): Facts {
  const reading = lazy(() => readWithScripts(call, home));
  const once = {
    uses: lazy(() => resolveUses(reading().uses)),
    hooksDir: lazy(() => realPath(hooksDir(places))),
    installed: lazy(() => readInstalled(places.root)),
  };
  return {
    root: places.root,
    stateDir: places.stateDir,
    commonDir: places.commonDir,
    home,
    get hooksDir() {
      return once.hooksDir();
    },
    get installed() {
      return once.installed();
    },
    halt,
    get reading() {
      return reading().command;
    },
    get uses() {
      return once.uses();
    },
    get scripts() {
      return reading().scripts;
    },
    answers: new Map(),
    ...readBefore(call),
    knownValues: knownValuesOf(places, rules),
    fingerprint: secretFingerprint(places.stateDir),
  };
}

/** What the call's words say, with the scripts that it would run. */
function readWithScripts(
  { action, cwd, tool }: Call,
  home: string,
): CallReading & { readonly scripts: ReadonlyMap<string, string> } {
  const where = { cwd, home, tool };
  const first = readCall(action, where);
  const scripts = readScripts(first.command?.scripts ?? []);
  return { ...(scripts.size === 0 ? first : readCall(action, { ...where, scripts })), scripts };
}

/** Most calls do not ask for everything, and what is asked for twice is read once. */
function lazy<T>(read: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}

/** The text of script files that a command line would run; what cannot be read or is too large is left out. */
function readScripts(paths: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const path of paths.slice(0, MAX_SCRIPTS)) {
    try {
      texts.set(path, readBounded(path, MAX_SCRIPT_BYTES).toString('utf8'));
    } catch {
      // A script that is not there yet cannot run; one that is too large is judged as an unknown program.
    }
  }
  return texts;
}

function resolveUses(uses: readonly PathUse[]): ResolvedUse[] {
  const known = new Map<string, string>();
  return uses.map((use) => {
    const real = known.get(use.path) ?? realPath(use.path);
    known.set(use.path, real);
    return { ...use, real };
  });
}

const MAX_EDITED_BYTES = 8 * 1024 * 1024;

/** What the files hold that the call edits in part; what cannot be read or is too large is judged by the added text alone. */
function readBefore({ action, cwd }: Call): Pick<Facts, 'before'> {
  if (action.kind !== 'write') return {};
  const before = new Map<string, string>();
  for (const { path, removed } of action.files) {
    if (removed === undefined || before.has(path)) continue;
    try {
      before.set(path, readBounded(resolve(cwd, path), MAX_EDITED_BYTES).toString('utf8'));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') before.set(path, '');
    }
  }
  return before.size === 0 ? {} : { before };
}

/** Repo-relative paths that the manifest lists, git hooks aside, whose folder differs from clone to clone; empty when there is none or it cannot be read. */
export function readInstalled(root: string): string[] {
  try {
    const manifest = JSON.parse(readBounded(`${root}/.postern/manifest.json`, MAX_MANIFEST_BYTES).toString('utf8'));
    const paths: string[] = manifest.files.map((file: { path: unknown }) => String(file.path));
    return paths.filter((path) => !path.startsWith('hooks:'));
  } catch {
    return [];
  }
}
