import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { activeHooksDir } from '../git-hooks.ts';
import { count, printable } from '../output.ts';
import { type Check, type Checkup, FIX, failed, note, ok, type Result } from './check.ts';

/** What interrupted writes, mended logs and undone changes left behind. */
export const leftovers: Check = {
  id: 'leftovers',
  async run(checkup) {
    const results = [...temporaries(checkup), ...kept(checkup)];
    return results.length > 0 ? results : [ok('none')];
  },
};

/** `.name.<pid>.<count>.tmp`, as atomic writes name their files. */
const TEMPORARY = /^\..+\.(\d+)\.\d+\.tmp$/;

function temporaries({ places }: Checkup): Result[] {
  const folders = ['', '.postern', '.claude', '.claude/hooks'].map((name) => join(places.root, name));
  const inFolders = new Set([...folders, activeHooksDir(places), places.stateDir]);
  const paths = [...inFolders].flatMap((folder) =>
    names(folder)
      .filter(isAbandoned)
      .map((name) => join(folder, name)),
  );
  if (paths.length === 0) return [];
  const text = `${count(paths.length, 'file')} left from interrupted writes, such as ${printable(paths[0]!)}.`;
  return [
    failed(text, FIX, () =>
      paths.forEach((path) => {
        rmSync(path, { force: true });
      }),
    ),
  ];
}

/** The file of a process that still runs is at work, not left over. */
function isAbandoned(name: string): boolean {
  const pid = TEMPORARY.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Kept for the person to look at; never removed by us. */
function kept({ places }: Checkup): Result[] {
  const undone = names(join(places.stateDir, 'undone'));
  const torn = names(places.stateDir).filter((name) => name.startsWith('audit.torn-'));
  const folder = relative(places.root, places.stateDir);
  return [
    ...(undone.length > 0
      ? [note(`${count(undone.length, 'change')} by agents that were undone: look at ${folder}/undone`)]
      : []),
    ...(torn.length > 0 ? [note(`${count(torn.length, 'torn line')} cut off the log: ${folder}/${torn.at(-1)}`)] : []),
  ];
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
