import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode, isInside, realPath, writeAtomic } from '../repo/files.ts';
import { git } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';
import { type Locate, locator } from './locate.ts';
import { InstallProblem } from './problem.ts';
import type { Act, Step } from './step.ts';

export interface ApplyOptions {
  /** Called before every single change, with what is about to happen. */
  readonly before?: (step: Step, act: Act) => void;
}

/**
 * Carries out a plan, one whole change after the other. Stopped in between, it is finished by planning and applying again.
 * Throws before the first change when one would leave the repository through a link.
 */
export function applyPlan(
  steps: readonly Step[],
  places: Places,
  hooksDir: string,
  { before }: ApplyOptions = {},
): void {
  const locate = locator(places, hooksDir);
  for (const act of steps.flatMap(({ acts }) => acts)) {
    if (act.kind === 'write') throughLink(locate(act.path), act, places);
  }
  for (const step of steps) {
    for (const act of step.acts) {
      before?.(step, act);
      applyAct(act, places, locate);
    }
  }
}

function applyAct(act: Act, places: Places, locate: Locate): void {
  switch (act.kind) {
    case 'write':
      if (act.saveOld) setAside(locate(act.path), places.stateDir);
      write(throughLink(locate(act.path), act, places), act.text, act.mode);
      break;
    case 'copy':
      copy(locate(act.path), locate(act.to));
      break;
    case 'rename':
      renameSync(locate(act.path), locate(act.to));
      break;
    case 'remove':
      rmSync(locate(act.path), { force: true });
      removeEmptyFolders(dirname(locate(act.path)), places);
      break;
    case 'config':
      configure(places.root, act.key, act.value);
  }
}

/** What a killed write left behind goes first: nobody else writes here while the lock is held. */
function write(path: string, data: string | Buffer, mode: number | undefined): void {
  const [folder, start] = [dirname(path), `.${basename(path)}.`];
  mkdirSync(folder, { recursive: true });
  const left = readdirSync(folder).filter(
    (name) => name.startsWith(start) && /^\d+\.\d+\.tmp$/.test(name.slice(start.length)),
  );
  for (const name of left) rmSync(join(folder, name), { force: true });
  writeAtomic(path, data, mode);
}

/** A file that a link stands for is written in its place. Files that we own, which come with a mode, replace a link. */
function throughLink(path: string, act: Act & { kind: 'write' }, { root }: Places): string {
  if (act.mode !== undefined || !isLink(path)) return path;
  const target = realPath(path);
  if (isInside(root, target)) return target;
  throw new InstallProblem(
    `${act.path} is a symbolic link to ${target}, outside of this repository.`,
    'Make it a file, then run this again.',
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function copy(from: string, to: string): void {
  if (isLink(from)) symlinkSync(readlinkSync(from), to);
  else write(to, readFileSync(from), lstatSync(from).mode & 0o777);
}

/** Keeps the text that is about to be overwritten where the person finds it: `<state>/replaced/<time>-<name>`. */
function setAside(path: string, stateDir: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  const folder = join(stateDir, 'replaced');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const kept = join(folder, `${time}-${basename(path)}`);
  copyFileSync(path, kept);
  chmodSync(kept, 0o600);
}

/** Folders that a removed file leaves empty go too, up to the repository's own. */
function removeEmptyFolders(folder: string, { root, commonDir }: Pick<Places, 'root' | 'commonDir'>): void {
  if (folder === root || !isInside(root, folder) || isInside(commonDir, folder)) return;
  try {
    rmdirSync(folder);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error))) return;
    throw error;
  }
  removeEmptyFolders(dirname(folder), { root, commonDir });
}

/** `null` unsets a key. */
function configure(root: string, key: string, value: string | null): void {
  const args = value === null ? ['--unset-all', key] : [key, value];
  const answer = git(root, ['config', '--local', ...args]);
  if (answer.code === 0 || (value === null && answer.code === 5)) return;
  throw new InstallProblem(
    `git config --local ${args.join(' ')} failed: ${answer.stderr.trim()}`,
    'Mend that, then run this again.',
  );
}
