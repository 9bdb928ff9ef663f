import { posix } from 'node:path';
import type { Frame } from './trail.ts';
import { isKnown, UNKNOWN } from './word.ts';

/** `value` with a leading `~` replaced, when the source word shows that the tilde is not quoted. */
export function tilde(source: string, value: string, frame: Frame): string {
  const assigned = /^[A-Za-z_]\w*=(?=~)/.exec(source)?.[0];
  if (assigned && value.startsWith(assigned))
    return assigned + tilde(source.slice(assigned.length), value.slice(assigned.length), frame);
  if (!source.startsWith('~') || !value.startsWith('~')) return value;
  const end = value.indexOf('/');
  const name = end < 0 ? value.slice(1) : value.slice(1, end);
  const rest = end < 0 ? '' : value.slice(end);
  const folder = homeOf(name, frame);
  return folder === null ? value : folder + rest;
}

function homeOf(name: string, frame: Frame): string | null {
  const home = frame.scope.vars.get('HOME')?.[0] ?? frame.trail.where.home;
  const real = frame.trail.where.home;
  if (name === '') return home;
  if (name === '+') return frame.scope.cwd;
  if (name === '-') return frame.scope.oldCwd;
  if (name === 'root') return '/root';
  if (!/^[\w.-]+$/.test(name)) return null;
  return posix.join(posix.dirname(real), name);
}

/** A path as far as it is known. */
export interface Located {
  /** Absolute and normalised; the longest known folder when `partial`. */
  readonly path: string;
  readonly partial: boolean;
  /** The known end of a partial path: `/.env` of `$DIR/.env`. */
  readonly tail?: string;
}

/** Where `text` points when used from `cwd`. Unknown parts cut the path at the last folder that is certain. */
export function locate(text: string, cwd: string): Located {
  const whole = throughProc(wholePath(text, cwd), cwd);
  const cut = whole.indexOf(UNKNOWN);
  if (cut < 0) return { path: strip(posix.normalize(whole)), partial: false };
  const folder = whole.slice(0, whole.lastIndexOf('/', cut) + 1);
  const end = whole.slice(whole.lastIndexOf(UNKNOWN) + 1);
  const path = strip(posix.normalize(folder || '/'));
  return end.length > 1 && end[0] === '/'
    ? { path, partial: true, tail: strip(posix.normalize(end)) }
    : { path, partial: true };
}

function wholePath(text: string, cwd: string): string {
  if (text[0] === '/' || text.startsWith(UNKNOWN)) return text;
  return isKnown(cwd) ? `${cwd}/${text}` : `${UNKNOWN}/${text}`;
}

/** `/proc/self/cwd/x` and `/proc/1/root/x` lead to ordinary files. */
function throughProc(path: string, cwd: string): string {
  if (!path.startsWith('/proc/')) return path;
  const found = /^\/proc\/[^/]+(?:\/task\/[^/]+)?\/(cwd|root)(?=\/|$)/.exec(path);
  if (!found) return path;
  return (found[1] === 'cwd' ? cwd : '') + path.slice(found[0].length) || '/';
}

function strip(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
