import type { AskGit } from '../repo/ask-git.ts';
import type { PushTarget } from './range.ts';

/** What this repository remembers of the remote. */
export interface RemoteTips {
  /** The remote's default branch by its name there (`refs/heads/main`), or empty when that is not known. */
  readonly defaultRef: string;
  /** The tip of the default branch, or else the tips of all branches that were fetched. */
  readonly commits: readonly string[];
}

/** Reads the remote-tracking refs; a remote that is only a URL is looked up among the configured ones. */
export function remoteTips(target: PushTarget, ask: AskGit): RemoteTips {
  const name = nameOf(target, ask);
  if (name === null) return { defaultRef: '', commits: [] };
  const folder = `refs/remotes/${name}/`;
  const refs = readRefs([`${folder}HEAD`, `${folder}main`, `${folder}master`], ask);
  const pointed = refs.find((ref) => ref.name === `${folder}HEAD`);
  const main = pointed?.target ? pointed : refs[0];
  if (main) {
    const branch = main.target || main.name;
    return { defaultRef: `refs/heads/${branch.slice(folder.length)}`, commits: [main.commit] };
  }
  return { defaultRef: '', commits: [...new Set(readRefs([folder], ask).map((ref) => ref.commit))] };
}

function readRefs(patterns: readonly string[], ask: AskGit) {
  return ask(['for-each-ref', '--format=%(refname) %(objectname) %(symref)', ...patterns])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', commit = '', target = ''] = line.split(' ');
      return { name, commit, target };
    });
}

/** A name that can stand in a ref is the remote's own; anything else is a URL or a path. */
function nameOf({ remote, url }: PushTarget, ask: AskGit): string | null {
  if (remote !== url && /^[^\s:~^?*[\\]+$/.test(remote)) return remote;
  const answer = ask(['config', '-z', '--get-regexp', '^remote\\..*\\.(push)?url$'], { also: [1] });
  for (const entry of answer.split('\0')) {
    const [key = '', value] = entry.split('\n');
    if (value === url || value === remote) return key.replace(/^remote\./, '').replace(/\.(push)?url$/, '');
  }
  return null;
}
