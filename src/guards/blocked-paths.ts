import { type Facts, questionKey, type ResolvedUse } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import { matchGlob } from '../policy/glob.ts';
import { alternatives } from '../policy/glob-syntax.ts';
import type { Policy } from '../policy/types.ts';
import type { Guard } from './guard.ts';
import { showPath } from './show-path.ts';

/** Keeps every tool away from the paths that the policy blocks, for reading as well as for writing. */
export const blockedPaths: Guard = {
  name: 'blocked-paths',
  inspect(call, facts, policy) {
    if (call.action.kind === 'commit' || call.action.kind === 'push') return [];
    const globs = globsOf(policy, facts);
    const known = new Map<string, boolean>();
    return facts.uses
      .filter((use) => {
        const key = keyOf(use);
        const before = known.get(key);
        const blocked = before ?? isBlocked(use, facts, globs);
        if (before === undefined) known.set(key, blocked);
        return blocked;
      })
      .filter((use) => !isNewFromExample(use, facts, globs))
      .map((use) => finding(use, facts));
  },
  questions(call, facts, policy) {
    if (call.action.kind !== 'bash') return [];
    const globs = globsOf(policy, facts);
    return facts.uses
      .filter((use) => isFromExample(use, facts, globs) && isBlocked(use, facts, globs))
      .slice(0, 8)
      .map((use) => ({ ask: 'path', path: use.path }));
  },
};

function globsOf(policy: Policy, facts: Facts): Globs {
  const { paths, allow } = policy.guards['blocked-paths'];
  return { paths: paths.map((one) => expand(one, facts)), allow: allow.map((one) => expand(one, facts)) };
}

/** `cp .env.example .env` where there is no `.env` yet tells nothing and loses nothing. */
function isNewFromExample(use: ResolvedUse, facts: Facts, globs: Globs): boolean {
  if (!isFromExample(use, facts, globs)) return false;
  const answer = facts.answers.get(questionKey({ ask: 'path', path: use.path }));
  return answer?.is === 'path' && answer.state === 'absent';
}

function isFromExample(use: ResolvedUse, facts: Facts, { allow }: Globs): boolean {
  if (use.access !== 'write' || use.command === undefined || use.glob || use.partial) return false;
  const sources = facts.uses.filter(({ command, access }) => command === use.command && access === 'read');
  return sources.length === 1 && allow.some((glob) => matchGlob(glob, relative(sources[0]!.path, facts)));
}

/** The policy's globs with the home folder written out. */
interface Globs {
  readonly paths: readonly string[];
  readonly allow: readonly string[];
}

/** Uses with the same key are judged alike. */
function keyOf({ path, real, access, recursive, glob, tail }: ResolvedUse): string {
  return [path, real, access, recursive ? 'r' : '', glob ? 'g' : '', tail ?? ''].join('\0');
}

function isBlocked(use: ResolvedUse, facts: Facts, { paths, allow }: Globs): boolean {
  if (use.access === 'meta') return false;
  const ends = use.tail ? [facts.root + use.tail, facts.home + use.tail] : [];
  const all = use.real === use.path ? [use.path, ...ends] : [use.path, use.real, ...ends];
  return all.some((path) => {
    const below = relative(path, facts);
    return (
      paths.some((glob) => coversPath(glob, path, below, use, facts)) && !allow.some((glob) => matchGlob(glob, below))
    );
  });
}

/** A path that a command uses is blocked when it is, could expand to, or holds what the policy's glob names. */
function coversPath(glob: string, path: string, below: string, use: ResolvedUse, facts: Facts): boolean {
  if (matchGlob(glob, below)) return true;
  if (use.recursive && use.access !== 'write' && isFolderOf(path, glob, facts)) return true;
  return use.glob === true && couldExpandTo(path, glob);
}

/** True for a folder that exists to hold what is blocked (`~/.ssh`), not for every folder above it (`~`, the repository). */
function isFolderOf(path: string, glob: string, facts: Facts): boolean {
  return (
    glob.startsWith(`${path}/`) && !`${facts.home}/`.startsWith(`${path}/`) && !`${facts.root}/`.startsWith(`${path}/`)
  );
}

/** `.e*` could be `.env`; a bare `*` is not held to mean hidden files, as the shell does not either. */
function couldExpandTo(path: string, glob: string): boolean {
  const pattern = baseName(path);
  if (pattern === '*') return false;
  return alternatives(glob).some((one) => {
    const name = baseName(one);
    return !/[*?[{]/.test(name) && pattern.startsWith('.') === name.startsWith('.') && matchGlob(pattern, name);
  });
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
