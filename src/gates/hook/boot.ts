import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { statKey } from '../../repo/files.ts';
import { findPlaces } from '../../repo/places.ts';

/**
 * Starts the runtime's hot part from V8's compiled form, which lies beside the audit log and is used only for the very file that
 * it was made from; the cold part is compiled only when the policy file has changed. Compiling all of it at every call would
 * cost more than everything else together. Each event has a form of its own: what the others need would only be in its way.
 * Any trouble with the compiled form here means: compile anew.
 */
type Wrapped = (require: (name: string) => unknown, module: { exports: Runtime }, exports: Runtime) => void;
type Runtime = { start?: (file: string, args: string[], done: (used: string) => void) => void };

const [file = '', ...args] = process.argv.slice(1);
const bytes = readFileSync(file);
const key = statKey(file);
const stateDir = findPlaces(dirname(dirname(file)))?.stateDir;
const cacheFile = stateDir ? join(stateDir, `gate-${process.version}-${args[1]}.v8`) : null;
const cached = readCache();
const hot = compile('hot', cached?.code);
const warm = cached && !hot.cachedDataRejected ? cached.warm : [];

run(hot).start?.(file, args, (used) => {
  if (cacheFile && used && !warm.includes(used)) writeCache(cacheFile, [...warm, used]);
});

function compile(part: 'hot' | 'cold', cachedData?: Buffer): Script {
  const mark = `\n//#region ${part}\n`;
  const from = bytes.indexOf(mark) + mark.length;
  const source = bytes.toString('latin1', from, bytes.indexOf('\n//#endregion\n', from));
  return new Script(`(function (require, module, exports) {${source}\n})`, {
    filename: file,
    ...(cachedData ? { cachedData } : {}),
  });
}

function run(script: Script): Runtime {
  const module = { exports: {} };
  (script.runInThisContext() as Wrapped)(
    (name) => (name === 'postern:cold' ? run(compile('cold')) : require(name)),
    module,
    module.exports,
  );
  return module.exports;
}

/** Header: the runtime's stat, then the kinds of call whose functions are in it; the rest is V8's. */
function readCache(): { warm: string[]; code: Buffer } | null {
  try {
    const all = readFileSync(cacheFile ?? '');
    const end = all.indexOf(0);
    const [stat, ...kinds] = all.toString('latin1', 0, end).split(',');
    return stat === key ? { warm: kinds, code: all.subarray(end + 1) } : null;
  } catch {
    return null;
  }
}

function writeCache(path: string, kinds: readonly string[]): void {
  try {
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, Buffer.concat([Buffer.from(`${[key, ...kinds]}\0`), hot.createCachedData()]), {
      mode: 0o600,
    });
    renameSync(temporary, path);
  } catch {
    // The next call tries again.
  }
}
