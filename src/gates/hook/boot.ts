import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { statKey } from '../../repo/files.ts';
import { findPlaces } from '../../repo/places.ts';

/**
 * Starts the runtime from V8's compiled form, which lies beside the audit log and is used only for the very file it was made from.
 * Compiling 900 KB anew at every call would cost more than everything else together. Any trouble here means: compile it anew.
 */
const [file = '', ...args] = process.argv.slice(1);
const source = readFileSync(file, 'latin1');
const stateDir = findPlaces(dirname(dirname(file)))?.stateDir;
const cacheFile = stateDir ? join(stateDir, `gate-${process.version}.v8`) : null;
const key = `${statKey(file)}\n`;
const cached = readCache();
const script = new Script(`(function (require, module, exports, POSTERN_BOOTED) {${source}\n})`, {
  filename: file,
  ...(cached ? { cachedData: cached.code } : {}),
});
const warm = cached && !script.cachedDataRejected ? cached.warm : [];
const runtime: { exports: { start?: (file: string, args: string[], done: (used: string) => void) => void } } = { exports: {} };
script.runInThisContext()(require, runtime, runtime.exports, true);
runtime.exports.start?.(file, args, (used) => {
  if (cacheFile && !warm.includes(used)) writeCache(cacheFile, [...warm, used]);
});

/** Header: the file's stat, then the kinds of call whose functions are in it; the rest is V8's. */
function readCache(): { warm: string[]; code: Buffer } | null {
  try {
    const bytes = readFileSync(cacheFile ?? '');
    const end = bytes.indexOf('\0');
    const [stat, warmed = ''] = bytes.toString('latin1', 0, end).split('\n');
    return `${stat}\n` === key ? { warm: warmed.split(','), code: bytes.subarray(end + 1) } : null;
  } catch {
    return null;
  }
}

function writeCache(path: string, kinds: readonly string[]): void {
  try {
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${key}${kinds.join(',')}\0`), script.createCachedData()]), { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    // The next call tries again.
  }
}
