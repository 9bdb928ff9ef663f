import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** True when every folder on the way is a folder or missing: git would make room where one is a file or a link. */
export function hasPlainParents(path: string, root: string): boolean {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const stat = lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (stat && !stat.isDirectory()) return false;
  }
  return true;
}
