import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readBounded, writeAtomic } from '../repo/files.ts';
import { git, zeroSeparated } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';
import { mergeText } from './merge-text.ts';
import { hasPlainParents } from './plain-parents.ts';
import type { Restored } from './snapshot-restore.ts';
import { type Snapshot, snapshotRef } from './snapshot-store.ts';
import type { Ask } from './work-commit.ts';

/** A file that the work changed: blob ids before and after, `''` for none. */
interface Change {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly isPlain: boolean;
}

/** Brings the changed tracked files of a snapshot back. */
export function restoreTracked({ id, work }: Snapshot, places: Places, ask: Ask): Restored[] {
  if (work === null) return [];
  const plans = changesOf(work, ask).map((change) => ({ change, plan: planOf(change, places.root, ask) }));
  checkOut(
    work,
    plans.filter(({ plan }) => plan === 'restored').map(({ change }) => change.path),
    places,
    ask,
  );
  return plans.map(({ change, plan }) => {
    const { path } = change;
    const see = `git show ${snapshotRef(id)}:${path}`;
    if (plan === 'deleted') rmSync(join(places.root, path));
    const became = plan === 'conflict' && merges(change, places, ask) ? 'merged' : plan;
    return { what: path, became, see };
  });
}

function changesOf(work: string, ask: Ask): Change[] {
  const parent = ask(['rev-parse', '--verify', '--quiet', `${work}^1`]).stdout.trim();
  const base = parent || must(ask, 'hash-object', '-t', 'tree', '/dev/null').trim();
  const parts = zeroSeparated(must(ask, 'diff-tree', '-r', '-z', '--raw', '--no-renames', '--full-index', base, work));
  const changes: Change[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [from = '', to = '', before = '', after = ''] = parts[at]!.slice(1).split(' ');
    const modes = [from, to].filter((mode) => mode !== '000000');
    const isPlain = modes.every((mode) => mode.startsWith('100'));
    changes.push({ path: parts[at + 1]!, before: blob(before), after: blob(after), isPlain });
  }
  return changes;
}

function blob(id: string): string {
  return /^0*$/.test(id) ? '' : id;
}

function planOf({ path, before, after }: Change, root: string, ask: Ask): Restored['became'] {
  const now = currentBlob(path, root, ask);
  if (now === after) return 'same';
  if (now !== before && now !== '') return 'conflict';
  return after === '' ? 'deleted' : 'restored';
}

/** The blob id that the file would have, `''` when there is none, `other` when something else is in its place. */
function currentBlob(path: string, root: string, ask: Ask): string {
  const at = join(root, path);
  if (!hasPlainParents(path, root)) return 'other';
  const stat = lstatSync(at, { throwIfNoEntry: false });
  if (!stat) return '';
  if (stat.isSymbolicLink()) return ask(['hash-object', '--stdin'], { input: readlinkSync(at) }).stdout.trim();
  if (!stat.isFile()) return 'other';
  return ask(['hash-object', '--', path]).stdout.trim() || 'other';
}

/** Writes files of a commit as a checkout would: filters, line ends, modes and links. The index stays as it is. */
function checkOut(work: string, paths: readonly string[], { stateDir }: Places, ask: Ask): void {
  if (paths.length === 0) return;
  const index = join(stateDir, `undo-index.${process.pid}`);
  try {
    const read = ask(['read-tree', work], { index });
    const input = paths.map((path) => `${path}\0`).join('');
    const written = read.code === 0 ? ask(['checkout-index', '-f', '-z', '--stdin'], { index, input }) : read;
    if (written.code !== 0) throw new Error(written.stderr.trim());
  } finally {
    for (const path of [index, `${index}.lock`]) rmSync(path, { force: true });
  }
}

/** Joins the work with what has changed since; false when both changed the same lines, or it is no text. */
function merges({ path, before, after, isPlain }: Change, { root, stateDir }: Places, ask: Ask): boolean {
  const at = join(root, path);
  if (!isPlain || before === '' || after === '' || !hasPlainParents(path, root)) return false;
  if (!lstatSync(at, { throwIfNoEntry: false })?.isFile()) return false;
  const texts = [before, after].map((id) => git(root, ['cat-file', '--filters', `--path=${path}`, id], LATIN));
  if (texts.some(({ code }) => code !== 0)) return false;
  const [base, theirs] = texts.map(({ stdout }) => Buffer.from(stdout, 'latin1')) as [Buffer, Buffer];
  const merged = mergeText({ ours: readBounded(at, MAX_BYTES), base, theirs }, stateDir, ask);
  if (merged === null) return false;
  writeAtomic(at, merged);
  return true;
}

const MAX_BYTES = 64 * 1024 * 1024;
const LATIN = { encoding: 'latin1', maxBytes: MAX_BYTES } as const;

function must(ask: Ask, ...args: string[]): string {
  const { code, stdout, stderr } = ask(args);
  if (code !== 0) throw new Error(`git ${args[0]} failed: ${stderr.trim()}`);
  return stdout;
}
