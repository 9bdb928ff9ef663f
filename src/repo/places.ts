import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where one repository keeps its things. All paths are absolute and real. */
export interface Places {
  /** Top folder of the worktree. */
  readonly root: string;
  /** This worktree's own git directory. */
  readonly gitDir: string;
  /** The git directory that all worktrees share. */
  readonly commonDir: string;
  /** `<commonDir>/postern`: the log, the kill switch, the policy cache. */
  readonly stateDir: string;
}

/** The repository that holds `start`, found by reading files only; `null` outside of any. */
export function findPlaces(start: string): Places | null {
  for (let folder = real(start); ; folder = dirname(folder)) {
    const gitDir = gitDirOf(folder);
    if (gitDir) {
      const commonDir = commonDirOf(gitDir);
      return { root: folder, gitDir, commonDir, stateDir: join(commonDir, 'postern') };
    }
    if (folder === dirname(folder)) return null;
  }
}

function real(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}

/** `.git` is a directory, or in worktrees and submodules a file that says `gitdir: <path>`. */
function gitDirOf(folder: string): string | null {
  const dotGit = join(folder, '.git');
  try {
    if (lstatSync(dotGit).isDirectory()) return lstatSync(join(dotGit, 'HEAD')).isFile() ? real(dotGit) : null;
    const text = readFileSync(dotGit, 'utf8');
    return text.startsWith('gitdir: ') ? real(resolve(folder, text.slice(8).trimEnd())) : null;
  } catch {
    return null;
  }
}

function commonDirOf(gitDir: string): string {
  try {
    const file = join(gitDir, 'commondir');
    return existsSync(file) ? real(resolve(gitDir, readFileSync(file, 'utf8').trimEnd())) : gitDir;
  } catch {
    return gitDir;
  }
}
