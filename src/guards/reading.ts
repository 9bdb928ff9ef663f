import { isAbsolute, normalize, resolve } from 'node:path';
import type { Action } from '../policy/call.ts';
import type { Access, CommandReading, PathUse } from '../policy/reading.ts';
import { readCommand } from '../shell/read.ts';

export interface CallReading {
  /** `null` for calls that are not shell commands. */
  readonly command: CommandReading | null;
  readonly uses: readonly PathUse[];
}

/** Reads what a call's own words say about the paths it uses. `scripts` holds the text of script files, by absolute path. */
export function readCall(
  action: Action,
  where: { cwd: string; home: string; tool: string; scripts?: ReadonlyMap<string, string> },
): CallReading {
  const use = (path: string, access: Access): PathUse => ({ path: absolute(path, where), access });
  switch (action.kind) {
    case 'bash': {
      const command = readCommand(action.command, where);
      return { command, uses: command.uses };
    }
    case 'read':
      return { command: null, uses: action.paths.map((path) => use(path, 'read')) };
    case 'write':
    case 'commit':
      return { command: null, uses: action.files.map((file) => use(file.path, 'write')) };
    case 'push':
      return { command: null, uses: action.paths.map((path) => use(path, 'write')) };
    case 'prompt':
      return { command: null, uses: action.mentions.map((path) => use(path, 'read')) };
    case 'fetch':
      return { command: null, uses: action.url.startsWith('file:') ? [use(fileUrlPath(action.url), 'read')] : [] };
    case 'tool':
      return { command: null, uses: pathsIn(action.input).map((path) => use(path, accessOf(where.tool))) };
  }
}

function absolute(path: string, where: { cwd: string; home: string }): string {
  const plain = path.startsWith('file:') ? fileUrlPath(path) : path;
  if (plain === '~' || plain.startsWith('~/')) return normalize(where.home + plain.slice(1));
  return isAbsolute(plain) ? normalize(plain) : resolve(where.cwd, plain);
}

function fileUrlPath(url: string): string {
  const path = url.replace(/^file:(\/\/[^/]*)?/i, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const MAX_PATH_CHARS = 4096;
const MAX_STRINGS = 2000;
const PATH_KEY = /path|file|uri|url|dir|folder|source|src|dest|target|name/i;

/** Strings anywhere in an MCP tool's input that may be paths: single words, or anything under a key that says so. */
function pathsIn(input: unknown): string[] {
  const found: string[] = [];
  const queue: { value: unknown; key: string }[] = [{ value: input, key: '' }];
  for (let seen = 0; queue.length > 0 && seen < MAX_STRINGS; seen++) {
    const { value, key } = queue.pop()!;
    if (typeof value === 'string') {
      if (isPathLike(value, key)) found.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value))
        queue.push({ value: inner, key: Array.isArray(value) ? key : name });
    }
  }
  return found;
}

function isPathLike(text: string, key: string): boolean {
  if (text === '' || text.length > MAX_PATH_CHARS || text.includes('\n') || text.includes('\0')) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text.toLowerCase().startsWith('file:');
  return PATH_KEY.test(key) || !/\s/.test(text);
}

/** A tool whose name says that it only looks is held to reading. */
function accessOf(tool: string): Access {
  const verb = tool.slice(tool.lastIndexOf('__') + 2);
  return /(^|[_-])(read|get|list|search|find|view|fetch|show|stat|describe)([_-]|$)/i.test(verb) &&
    !/(write|edit|set|put|delete|remove|move|create|update)/i.test(verb)
    ? 'read'
    : 'write';
}
