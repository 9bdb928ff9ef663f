import { closeSync, fstatSync, fsyncSync, openSync, readSync, realpathSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { findPlaces, type Places } from '../../repo/places.ts';

/**
 * Starts the runtime. Of its file only the parts are read that the call needs, and each is started from V8's compiled form.
 * Those lie beside the audit log, one file for each event, and are used only for the very file that they were made from.
 * Any trouble with them means: compile anew. Compiling at every call would cost more than everything else together.
 */
type Wrapped = (require: (name: string) => unknown, module: { exports: Part }, exports: Part) => void;

interface Part {
  readonly start?: (file: string, args: string[], done: (used: string) => void, places: Places | null) => void;
  readonly doors?: Readonly<Record<string, unknown>>;
}

/** By part: bytes from its beginning to the end of the file, and its length. */
declare const POSTERN_PARTS: Readonly<Record<string, readonly [fromEnd: number, length: number]>>;

/** What the file of compiled forms begins with, in as many bytes as `HEADER_BYTES` says. */
interface Header {
  /** Of the runtime's file. */
  readonly key: string;
  /** Of the file of compiled forms itself, which V8 would believe though a part of it were missing. */
  readonly size: number;
  /** Kinds of call whose functions are in the forms. */
  readonly warm: readonly string[];
  readonly parts: Readonly<Record<string, readonly [at: number, length: number]>>;
}

const HEADER_BYTES = 2048;

const [file = '', ...args] = process.argv.slice(1);
const runtime = openSync(file, 'r');
const { size, mtimeMs, ctimeMs, ino, mode } = fstatSync(runtime);
const key = [size, mtimeMs, ctimeMs, ino, mode].join();
const places = findPlaces(dirname(dirname(realpathSync.native(file))));
const formsFile = places ? join(places.stateDir, `gate-${process.version}-${args[1]}.v8`) : '';
const forms = openForms();
const scripts = new Map<string, Script>();
const loaded = new Map<string, Part>();
const builtins = new Map<string, unknown>();
let { warm } = forms.header;

load('core').start?.(
  file,
  args,
  (used) => {
    if (places && !(warm.includes(used) && [...scripts.keys()].every((part) => forms.header.parts[part])))
      keepForms(used);
  },
  places,
);

function load(name: string): Part {
  const known = loaded.get(name);
  if (known) return known;
  const module: { exports: Part } = { exports: {} };
  (compile(name).runInThisContext() as Wrapped)(requireFor, module, module.exports);
  loaded.set(name, module.exports);
  return module.exports;
}

/** Takes a part (`postern:scanner`), what one file of it exports (`postern:scanner#<door>`), or a module of Node's. */
function requireFor(name: string): unknown {
  if (!name.startsWith('postern:')) return builtin(name);
  const [part = '', door] = name.slice(8).split('#');
  return door ? load(part).doors?.[door] : load(part);
}

/** Every file of a part asks for its modules anew, and Node is slow to answer. */
function builtin(name: string): unknown {
  const known = builtins.get(name) ?? require(name);
  builtins.set(name, known);
  return known;
}

function compile(name: string): Script {
  const [fromEnd, length] = POSTERN_PARTS[name]!;
  const source = bytesOf(runtime, size - fromEnd, length).toString('latin1');
  const place = forms.header.parts[name];
  const script = new Script(source, {
    filename: file,
    ...(place ? { cachedData: bytesOf(forms.fd, ...place) } : {}),
  });
  if (script.cachedDataRejected) warm = [];
  scripts.set(name, script);
  return script;
}

function bytesOf(fd: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(fd, bytes, 0, length, at));
}

function openForms(): { readonly fd: number; readonly header: Header } {
  try {
    const fd = openSync(formsFile, 'r');
    const header = JSON.parse(bytesOf(fd, 0, HEADER_BYTES).toString('latin1')) as Header;
    if (header.key === key && header.size === fstatSync(fd).size) return { fd, header };
    closeSync(fd);
  } catch {
    // There are none yet, or none that can be read.
  }
  return { fd: -1, header: { key, size: 0, warm: [], parts: {} } };
}

/** Keeps the forms of the parts that ran, with what they have compiled by now, and those of the parts that did not. */
function keepForms(used: string): void {
  try {
    const kept = Object.entries(forms.header.parts).filter(([name]) => !scripts.has(name) && warm.length > 0);
    const bodies = [
      ...[...scripts].map(([name, script]) => [name, script.createCachedData()] as const),
      ...kept.map(([name, place]) => [name, bytesOf(forms.fd, ...place)] as const),
    ];
    let at = HEADER_BYTES;
    const parts: Record<string, readonly [number, number]> = {};
    for (const [name, { length }] of bodies) {
      parts[name] = [at, length];
      at += length;
    }
    const header = JSON.stringify({ key, size: at, warm: [...new Set([...warm, used])], parts });
    if (header.length > HEADER_BYTES) return;
    const temporary = `${formsFile}.${process.pid}`;
    const fd = openSync(temporary, 'w', 0o600);
    for (const bytes of [Buffer.from(header.padEnd(HEADER_BYTES)), ...bodies.map(([, body]) => body)])
      writeSync(fd, bytes);
    fsyncSync(fd);
    closeSync(fd);
    renameSync(temporary, formsFile);
  } catch {
    // The next call tries again.
  }
}
