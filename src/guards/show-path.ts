import type { Facts } from '../policy/facts.ts';

/** A path as people write it: relative inside the repository, with `~` inside the home folder. */
export function showPath(path: string, facts: Pick<Facts, 'root' | 'home'>): string {
  if (path.startsWith(`${facts.root}/`)) return path.slice(facts.root.length + 1);
  return path.startsWith(`${facts.home}/`) ? `~${path.slice(facts.home.length)}` : path;
}
