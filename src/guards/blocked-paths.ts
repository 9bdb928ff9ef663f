import type { Facts, ResolvedUse } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import { matchGlob } from '../policy/glob.ts';
import type { Policy } from '../policy/types.ts';
import type { Guard } from './guard.ts';
import { showPath } from './show-path.ts';

/** Keeps every tool away from the paths that the policy blocks, for reading as well as for writing. */
export const blockedPaths: Guard = {
  name: 'blocked-paths',
  inspect(call, facts, policy) {
    if (call.action.kind === 'commit' || call.action.kind === 'push') return [];
    return facts.uses.filter((use) => isBlocked(use, facts, policy)).map((use) => finding(use, facts));
  },
};

function isBlocked(use: ResolvedUse, facts: Facts, policy: Policy): boolean {
  const { paths, allow } = policy.guards['blocked-paths'];
  if (use.access === 'meta') return false;
  const ends = use.tail ? [facts.root + use.tail, facts.home + use.tail] : [];
  return [use.path, use.real, ...ends].some((path) => {
    const hit = (glob: string) => coversPath(glob, path, use, facts);
    return paths.some(hit) && !allow.some((glob) => matchGlob(expand(glob, facts), relative(path, facts)));
  });
}

/** A path that a command uses is blocked when it is, could expand to, or holds what the policy's glob names. */
function coversPath(glob: string, path: string, use: ResolvedUse, facts: Facts): boolean {
  const expanded = expand(glob, facts);
  if (matchGlob(expanded, relative(path, facts))) return true;
  if (use.recursive && isFolderOf(path, expanded, facts)) return true;
  return use.glob === true && couldExpandTo(path, expanded);
}

/** True for a folder that exists to hold what is blocked (`~/.ssh`), not for every folder above it (`~`, the repository). */
function isFolderOf(path: string, glob: string, facts: Facts): boolean {
  return (
    glob.startsWith(`${path}/`) && !`${facts.home}/`.startsWith(`${path}/`) && !`${facts.root}/`.startsWith(`${path}/`)
  );
}

/** `.e*` could be `.env`; a bare `*` is not held to mean hidden files, as the shell does not either. */
function couldExpandTo(path: string, glob: string): boolean {
  const [pattern, name] = [baseName(path), baseName(glob)];
  return (
    !/[*?[{]/.test(name) &&
    pattern.startsWith('.') === name.startsWith('.') &&
    pattern !== '*' &&
    matchGlob(pattern, name)
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function expand(glob: string, facts: Facts): string {
  return glob.startsWith('~/') ? facts.home + glob.slice(1) : glob;
}

function relative(path: string, facts: Facts): string {
  return path.startsWith(`${facts.root}/`) ? path.slice(facts.root.length + 1) : path;
}

function finding(use: ResolvedUse, facts: Facts): Finding {
  const shown = showPath(use.path, facts);
  const verb = { read: 'read', write: 'written', delete: 'deleted', meta: 'changed', run: 'run' }[use.access];
  return {
    guard: 'blocked-paths',
    rule: 'blocked-path',
    severity: 'high',
    effect: 'deny',
    where: shown,
    why: `may not be ${verb} by agents: it usually holds credentials.`,
    instead: 'ask the person for the one value you need, or work from an example file such as .env.example.',
    ...(use.command === undefined ? {} : { command: use.command }),
  };
}
