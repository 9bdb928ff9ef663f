import { isSignedBy, keyIdOf } from '../audit/host-key.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { diffDigest, type Entry, entryOf, parseEntries, RAW_DIFF } from './entries.ts';
import { readObjects } from './objects.ts';

/** The trailer by which a commit says that its content passed the commit gate, and on whose machine. */
export const MARK = 'Postern-Gate';

/** What a mark signs: the change, wherever its commit comes to lie. */
export function markedBytes(entries: readonly Entry[]): Buffer {
  return Buffer.from(`postern-commit-1\n${diffDigest(entries, [])}`);
}

/** What the index changes against a commit or tree. */
export function stagedEntries(base: string, ask: AskGit): Entry[] {
  return parseEntries(ask(['diff-index', '--cached', ...RAW_DIFF, base, '--'], { encoding: 'latin1' }));
}

/** Those commits that no mark by one of the keys (base64) is on. Merges are none: what they bring is marked in its own commits. */
export function unmarkedCommits(commits: readonly string[], keys: readonly string[], ask: AskGit): string[] {
  if (commits.length === 0) return [];
  const objects = readObjects(commits, ask, ['commit']);
  const changes = changesOf(commits, ask);
  return commits.filter((id) => {
    const text = objects.get(id)?.bytes.toString('utf8') ?? '';
    const [header = ''] = text.split('\n\n', 1);
    if ((header.match(/^parent /gm) ?? []).length > 1) return false;
    return !isMarked(text.slice(header.length), changes.get(id) ?? [], keys);
  });
}

const MARK_LINE = new RegExp(`^${MARK}: ([0-9a-f]{8}):([A-Za-z0-9+/]+=*)$`, 'gm');

function isMarked(message: string, entries: readonly Entry[], keys: readonly string[]): boolean {
  return [...message.matchAll(MARK_LINE)].some(([, id, signature]) =>
    keys.some((key) => keyIdOf(key) === id && isSignedBy(key, markedBytes(entries), Buffer.from(signature!, 'base64'))),
  );
}

/** What each commit changes against its parent. */
function changesOf(commits: readonly string[], ask: AskGit): Map<string, Entry[]> {
  const form = ['diff-tree', '--stdin', '-r', '--root', ...RAW_DIFF];
  const tokens = ask(form, { encoding: 'latin1', input: `${commits.join('\n')}\n` }).split('\0');
  const changes = new Map<string, Entry[]>();
  let entries: Entry[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!.trim();
    if (token.startsWith(':')) {
      entries.push(entryOf(token, tokens[++at] ?? ''));
    } else if (token !== '') {
      entries = [];
      changes.set(token, entries);
    }
  }
  return changes;
}
