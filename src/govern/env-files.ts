import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** `.env` and its kin; examples and what tests run with hold nothing real. */
function isEnvFile(path: string): boolean {
  return (
    /^\.env(?:$|\.)/.test(basename(path)) && !/\.(?:example|sample|template|dist|defaults|schema|test|ci)$/.test(path)
  );
}

/** Repo-relative paths of the environment files in one folder (`''` for the top). */
export function envFilesIn(root: string, folder: string): string[] {
  return entriesOf(join(root, folder)).flatMap((entry) =>
    entry.isFile() && isEnvFile(entry.name) ? [join(folder, entry.name)] : [],
  );
}

const MAX_FOLDERS = 2000;
const MAX_DEPTH = 4;

/** The same of the folder and those below it, breadth first and bounded: they lie near the top, or in packages. */
export function envFilesBelow(root: string): string[] {
  const found: string[] = [];
  const queue: { folder: string; depth: number }[] = [{ folder: '', depth: 0 }];
  for (let at = 0; at < queue.length && at < MAX_FOLDERS; at++) {
    const { folder, depth } = queue[at]!;
    found.push(...envFilesIn(root, folder));
    if (depth === MAX_DEPTH) continue;
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.isDirectory() && !/^(?:\.|node_modules$|vendor$|target$|dist$)/.test(entry.name)) {
        queue.push({ folder: join(folder, entry.name), depth: depth + 1 });
      }
    }
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
