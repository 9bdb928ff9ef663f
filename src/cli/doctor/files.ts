import { accessSync, chmodSync, constants, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBlock } from '../../install/block.ts';
import { chooseHooks } from '../../install/hooks-place.ts';
import { type InstalledFile, MANIFEST_PATH, type Manifest, parseManifest, sha256 } from '../../install/manifest.ts';
import { readPayload } from '../../install/payload.ts';
import { InstallProblem } from '../../install/problem.ts';
import type { Places } from '../../repo/places.ts';
import { count, printable } from '../output.ts';
import { VERSION } from '../version.ts';
import { type Check, FIX, failed, note, ok, type Result } from './check.ts';

/** Every installed file is there, as it was shipped, and can be executed where it must. */
export const files: Check = {
  id: 'files',
  async run({ places }) {
    const manifest = readManifest(places.root);
    if ('kind' in manifest) return [manifest];
    const hooks = chooseHooks(places, true).dir;
    const results = [
      ...manifest.files.flatMap((entry) => checkFile(entry, diskPath(entry.path, places, hooks))),
      ...forged(manifest),
      ...manifest.blocks.flatMap(({ path, sha256: digest }) => checkBlock(path, digest, places)),
      ...(manifest.postern === VERSION
        ? []
        : [note(`Installed by ${manifest.postern}, this is ${VERSION}: npx postern upgrade`)]),
    ];
    return results.length > 0 ? results : [ok(`${count(manifest.files.length, 'file')}, all as installed`)];
  },
};

function readManifest(root: string): Manifest | Result {
  const text = textOf(join(root, MANIFEST_PATH));
  if (text === null)
    return failed(`${MANIFEST_PATH} is missing.`, `git checkout -- ${MANIFEST_PATH}, or: npx postern init`);
  try {
    return parseManifest(text);
  } catch (error) {
    if (error instanceof InstallProblem) return failed(error.message, error.instead);
    throw error;
  }
}

/** `hooks:<name>` lies in this clone's own folder of git hooks. */
function diskPath(path: string, { root }: Places, hooks: string): string {
  return path.startsWith('hooks:') ? join(hooks, path.slice('hooks:'.length)) : join(root, path);
}

/** Files that people may change without opening a gate. */
const THEIRS: readonly InstalledFile['kind'][] = ['policy', 'agent', 'command'];

function checkFile({ kind, mode, sha256: digest }: InstalledFile, path: string): Result[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const shown = printable(path);
  if (kind === 'policy') return [];
  if (!stats) return THEIRS.includes(kind) ? [] : [failed(`${shown} is missing.`, 'npx postern upgrade')];
  if (!stats.isFile()) return [failed(`${shown} is not a plain file.`, 'Move it away, then run: npx postern upgrade')];
  if (!isAsInstalled(path, digest)) {
    return THEIRS.includes(kind)
      ? [note(`${shown} was changed since it was installed.`)]
      : [failed(`${shown} was changed since it was installed.`, 'npx postern upgrade (shows how)')];
  }
  const runnable = (Number.parseInt(mode, 8) & 0o100) === 0 || isExecutable(path);
  return runnable
    ? []
    : [failed(`${shown} is not executable.`, `chmod +x ${shown} (or ${FIX})`, () => chmodSync(path, 0o755))];
}

function isAsInstalled(path: string, digest: string): boolean {
  try {
    return sha256(readFileSync(path)) === digest;
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A manifest changed together with its files would agree with them; the package of the same version does not. */
function forged(manifest: Manifest): Result[] {
  if (manifest.postern !== VERSION) return [];
  const shipped = readPayload(manifest).files.filter(({ kind }) => !THEIRS.includes(kind));
  return shipped.flatMap(({ path, text }) => {
    const entry = manifest.files.find((file) => file.path === path);
    if (entry === undefined) return [failed(`${MANIFEST_PATH} does not list ${path}.`, 'npx postern upgrade')];
    if (entry.sha256 === sha256(text)) return [];
    return [
      failed(`${MANIFEST_PATH} does not have the digest that ${VERSION} ships for ${path}.`, 'npx postern upgrade'),
    ];
  });
}

function checkBlock(path: string, digest: string, { root }: Places): Result[] {
  const block = readBlock(textOf(join(root, path)) ?? '');
  if (block !== null && sha256(block) === digest) return [];
  return [note(`The block of Postern in ${path} was ${block === null ? 'taken out' : 'changed'}.`)];
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
