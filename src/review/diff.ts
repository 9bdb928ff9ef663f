import type { FileWrite } from '../policy/call.ts';
import type { AskGit } from '../repo/ask-git.ts';
import { zeroSeparated } from '../repo/git.ts';
import { addedFiles } from './added.ts';
import { type AddedLines, type Patch, parsePatch } from './patch.ts';

/** Whatever a person's configuration and the repository's attributes say, the diff looks the same. */
const PLAIN = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=none'];
const PATCH = [
  ...PLAIN,
  ...['-p', '-U0', '-M', '--full-index', '--inter-hunk-context=0', '--submodule=short'],
  ...['--src-prefix=a/', '--dst-prefix=b/'],
];
const NAMES = [...PLAIN, '--name-only', '--no-renames', '-z'];

/** Bytes of patch text that are read: more is refused, since it cannot be looked at while somebody waits. */
export const MAX_PATCH_BYTES = 64 * 1024 * 1024;
const PATCH_TIMEOUT_MS = 120_000;
const HOW = { maxBytes: MAX_PATCH_BYTES, timeoutMs: PATCH_TIMEOUT_MS };

export interface Change {
  /** Repo-relative paths, sorted, old and new names of what was renamed. */
  readonly paths: readonly string[];
  readonly files: readonly FileWrite[];
}

/** What the index changes against every one of `bases`: one commit or tree usually, each parent for a merge. */
export function stagedChange(bases: readonly string[], ask: AskGit): Change {
  const diff = (flags: readonly string[], base: string) => ask(['diff-index', '--cached', ...flags, base, '--'], HOW);
  const paths = inAll(bases.map((base) => zeroSeparated(diff(NAMES, base))));
  const patches = bases.map((base) => parsePatch(diff(PATCH, base)));
  return { paths, files: addedFiles(common(patches), ask) };
}

/** Repo-relative paths in which `head` differs from every one of `bases`. */
export function changedPaths(head: string, bases: readonly string[], ask: AskGit): string[] {
  return inAll(bases.map((base) => zeroSeparated(ask(['diff-tree', '-r', ...NAMES, base, head, '--']))));
}

const EACH = ['diff-tree', '--stdin', '-r', '--root', '-c'];

/** Paths that any of the commits touches; a merge touches what differs from all its parents. */
export function touchedPaths(commits: readonly string[], ask: AskGit): string[] {
  if (commits.length === 0) return [];
  return zeroSeparated(ask([...EACH, '--no-commit-id', ...NAMES], { input: listed(commits) }));
}

/** Text that the commits add, each one's for itself. */
export function addedText(commits: readonly string[], ask: AskGit): FileWrite[] {
  if (commits.length === 0) return [];
  return addedFiles(parsePatch(ask([...EACH, ...PATCH], { ...HOW, input: listed(commits) })), ask);
}

function listed(commits: readonly string[]): string {
  return `${commits.join('\n')}\n`;
}

function inAll(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists.map((list) => new Set(list));
  return [...first].filter((path) => others.every((other) => other.has(path))).sort();
}

/** The lines that are new against every parent. */
function common([first, ...others]: readonly Patch[]): Patch {
  if (!first || others.length === 0) return first ?? { added: [], binaries: [] };
  const known = others.map((patch) => new Set(patch.added.flatMap(linePlaces)));
  const blobs = others.map((patch) => new Set(patch.binaries.map(({ blob }) => blob)));
  return {
    added: first.added.map((file) => ({
      ...file,
      lines: file.lines.filter(({ number }) => known.every((places) => places.has(`${number}:${file.path}`))),
    })),
    binaries: first.binaries.filter(({ blob }) => blobs.every((ids) => ids.has(blob))),
  };
}

function linePlaces({ path, lines }: AddedLines): string[] {
  return lines.map(({ number }) => `${number}:${path}`);
}
