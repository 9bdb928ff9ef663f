import type { AskGit } from '../repo/ask-git.ts';

/** One object of the repository. */
export interface GitObject {
  /** `blob`, `commit`, `tag` … */
  readonly type: string;
  readonly bytes: Buffer;
}

/** Content that is larger stays unread: it is pictures and archives, which nothing here can read. */
const MAX_OBJECT_BYTES = 1024 * 1024;
const MAX_OBJECTS_BYTES = 64 * 1024 * 1024;

/** Reads those objects among `ids` that are of one of `types`. Ids that lead nowhere, and what is too large, are left out. */
export function readObjects(ids: readonly string[], ask: AskGit, types: readonly string[]): Map<string, GitObject> {
  const objects = new Map<string, GitObject>();
  if (ids.length === 0) return objects;
  const wanted = ask(['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` })
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, type = '', size]) => types.includes(type) && Number(size) <= MAX_OBJECT_BYTES);
  if (wanted.length === 0) return objects;
  const input = `${wanted.map(([id]) => id).join('\n')}\n`;
  const out = ask(['cat-file', '--batch'], { input, encoding: 'latin1', maxBytes: MAX_OBJECTS_BYTES });
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf('\n', at);
    const [id = '', type = '', size] = out.slice(at, end).split(' ');
    objects.set(id, { type, bytes: Buffer.from(out.slice(end + 1, end + 1 + Number(size)), 'latin1') });
    at = end + 1 + Number(size) + 1;
  }
  return objects;
}
