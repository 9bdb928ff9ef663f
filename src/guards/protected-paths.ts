import type { Facts, ResolvedUse } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import { matchGlob } from '../policy/glob.ts';
import type { Policy } from '../policy/types.ts';
import { PROTECTED_PATHS, type ProtectedPath } from '../rules/paths.ts';
import type { Guard } from './guard.ts';
import { showPath } from './show-path.ts';

/** Stops agents from changing what governs them: settings, hooks, policy, runtime, git hooks and config, the log, HALT. */
export const protectedPaths: Guard = {
  name: 'protected-paths',
  inspect(call, facts, policy) {
    if (call.client === 'person' || call.action.kind === 'commit' || call.action.kind === 'push') return [];
    const rows = [...PROTECTED_PATHS, ...policyRows(policy)];
    const harmless = new Set<string>();
    return facts.uses
      .filter((use) => use.access !== 'read' && use.access !== 'run')
      .flatMap((use) => {
        const key = keyOf(use);
        if (harmless.has(key)) return [];
        const found = hits(use, rows, facts);
        if (found.length === 0) harmless.add(key);
        return found;
      });
  },
};

/** What tells the paths that govern. */
export type GovernanceFacts = Pick<Facts, 'root' | 'home' | 'stateDir' | 'commonDir' | 'hooksDir' | 'installed'>;

/** Repo-relative paths among `paths` that a push review must cover. */
export function governancePaths(paths: readonly string[], facts: GovernanceFacts, policy: Policy): string[] {
  const rows = [...PROTECTED_PATHS, ...policyRows(policy)].filter((row) => row.effect === 'deny');
  return paths.filter(
    (path) => rows.some((row) => isProtected(`${facts.root}/${path}`, row, facts)) || facts.installed.includes(path),
  );
}

/** Uses with the same key are judged alike. */
function keyOf({ path, real, access, recursive, glob, partial, tail }: ResolvedUse): string {
  return [path, real, access, recursive ? 'r' : '', glob ? 'g' : '', partial ? 'p' : '', tail ?? ''].join('\0');
}

function policyRows(policy: Policy): ProtectedPath[] {
  return policy.guards['protected-paths'].paths.map((glob) => ({
    id: 'policy-path',
    glob: glob.toLowerCase(),
    base: 'repo' as const,
    why: 'is protected by this repository’s policy.',
    effect: 'deny' as const,
  }));
}

function hits(use: ResolvedUse, rows: readonly ProtectedPath[], facts: Facts): Finding[] {
  const row = rows.find((one) => touches(use, one, facts));
  if (row) return [finding(use, row, facts)];
  const installed = [use.path, use.real].some((path) =>
    facts.installed.some((file) => same(`${facts.root}/${file}`, path)),
  );
  return installed
    ? [
        finding(
          use,
          { id: 'installed', glob: '', base: 'repo', why: 'was installed by Postern.', effect: 'deny' },
          facts,
        ),
      ]
    : [];
}

type Bases = Pick<Facts, 'root' | 'home' | 'stateDir' | 'commonDir' | 'hooksDir'>;

function touches(use: ResolvedUse, row: ProtectedPath, facts: Facts): boolean {
  if (use.tail && row.effect === 'deny' && endsIn(use.tail, row, facts)) return true;
  return (use.real === use.path ? [use.path] : [use.path, use.real]).some((path) => {
    if (isProtected(path, row, facts)) return true;
    if (use.glob && examples(row, facts).some((example) => matchGlob(path.toLowerCase(), example.toLowerCase())))
      return true;
    if (use.partial) return !isWholeBase(row, facts) && isBelow(folderOf(row, facts), path);
    if (use.recursive !== true || isAncestorOfMuch(path, facts)) return false;
    if (use.access === 'delete') return isBelow(path, folderOf(row, facts));
    return use.access === 'write' && !isWholeBase(row, facts) && same(path, folderOf(row, facts));
  });
}

/** Whether a path whose beginning is unknown (`$DIR/.claude/settings.json`) would be the row's in this repository or at home. */
function endsIn(tail: string, row: ProtectedPath, facts: Facts): boolean {
  return (
    isProtected(facts.root + tail, row, facts) || (row.base === 'home' && isProtected(facts.home + tail, row, facts))
  );
}

/** A row whose folder is the repository or home itself says nothing about a path that is only known to lie below that. */
function isWholeBase(row: ProtectedPath, facts: Facts): boolean {
  return [facts.root, facts.home, facts.commonDir, ''].includes(folderOf(row, facts));
}

/** Deleting the repository, home or root altogether is another guard's finding; saying so here would name the wrong reason. */
function isAncestorOfMuch(path: string, facts: Facts): boolean {
  return isBelow(path, facts.home) && !facts.home.startsWith(facts.root);
}

function isProtected(path: string, row: ProtectedPath, facts: Bases): boolean {
  const base = baseOf(row, facts);
  if (!isBelow(base, path)) return false;
  const below = path.toLowerCase().slice(base.length).replace(/^\/+/, '');
  return below === ''
    ? row.glob === '**'
    : matchGlob(row.glob, below) && (row.glob.includes('/') || !below.includes('/') || row.glob === '**');
}

/** Paths that stand for a row when a command's own glob is held against it. */
function examples(row: ProtectedPath, facts: Facts): string[] {
  const base = baseOf(row, facts);
  const literal = row.glob
    .replace(/\{([^,}]*)[^}]*\}/g, '$1')
    .replace('**', 'pre-commit')
    .replace('*', '');
  const ours = facts.installed.map((file) => `${facts.root}/${file}`).filter((file) => isProtected(file, row, facts));
  return [`${base}/${literal}`, ...ours];
}

/** The deepest folder that the row's glob names without a wildcard. */
function folderOf(row: ProtectedPath, facts: Facts): string {
  const fixed = row.glob.split('/').slice(0, -1);
  const wild = fixed.findIndex((part) => /[*?[{]/.test(part));
  return [baseOf(row, facts), ...(wild < 0 ? fixed : fixed.slice(0, wild))].join('/').replace(/^\/+/, '/');
}

function baseOf(row: ProtectedPath, facts: Bases): string {
  switch (row.base) {
    case 'repo':
      return facts.root;
    case 'home':
      return facts.home;
    case 'state':
      return facts.stateDir;
    case 'git':
      return facts.commonDir;
    case 'hooks':
      return facts.hooksDir;
    case 'root':
      return '';
  }
}

function isBelow(folder: string, path: string): boolean {
  const a = bare(folder);
  const b = bare(path);
  return b === a || b.startsWith(`${a}/`);
}

/** In lower case and without slashes at the end. */
function bare(path: string): string {
  const lower = path.toLowerCase();
  return lower.endsWith('/') ? lower.replace(/\/+$/, '') : lower;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function finding(use: ResolvedUse, row: ProtectedPath, facts: Facts): Finding {
  return {
    guard: 'protected-paths',
    rule: row.id,
    severity: row.effect === 'deny' ? 'critical' : 'medium',
    effect: row.effect,
    where: showPath(use.path, facts),
    why: row.why,
    instead: 'tell the person what you would change and why; they can edit it in a plain editor.',
    ...(use.command === undefined ? {} : { command: use.command }),
  };
}
