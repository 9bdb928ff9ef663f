import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AskGit, emptyTree } from '../repo/ask-git.ts';
import { type Change, stagedChange } from './diff.ts';

/** What a commit of the index would change. */
export function readStaged(gitDir: string, ask: AskGit): Change {
  return stagedChange([headOf(ask), ...mergedHeads(gitDir)], ask);
}

/** What the index would change against the parent of HEAD, as an amended commit does. */
export function readAmended(ask: AskGit): Change {
  return stagedChange([amendedBase(ask)], ask);
}

/** What HEAD stands on. */
export function amendedBase(ask: AskGit): string {
  const parent = ask(['rev-parse', '--verify', '--quiet', 'HEAD^'], { also: [1, 128] }).trim();
  return parent || emptyTree(headOf(ask));
}

/** The commit that the new one stands on; before the first one, the empty tree. */
export function headOf(ask: AskGit): string {
  const head = ask(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { also: [1, 128] }).trim();
  return head || emptyTree(ask(['hash-object', '-t', 'tree', '--stdin'], { input: '' }).trim());
}

/** The other parents of a merge that is being concluded: what comes from them is not this commit's doing. */
function mergedHeads(gitDir: string): string[] {
  try {
    return readFileSync(join(gitDir, 'MERGE_HEAD'), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
