import { sha256 } from '../audit/sha256.ts';
import { type Answer, type Question, questionKey } from '../policy/facts.ts';
import { isInside, readBounded } from '../repo/files.ts';
import { git, zeroSeparated } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';

/** Longest that all questions of one call may take together, in milliseconds. */
const BUDGET_MS = 3000;
const MAX_SCRIPT_BYTES = 256 * 1024;

/** Looks the answers up in the repository. What cannot be found out in time is `unknown`, which softens nothing. */
export function answerAll(questions: readonly Question[], places: Places): Map<string, Answer> {
  const end = Date.now() + BUDGET_MS;
  return new Map(
    questions.map((question) => [questionKey(question), answer(question, places, Math.max(1, end - Date.now()))]),
  );
}

function answer(question: Question, places: Places, timeoutMs: number): Answer {
  switch (question.ask) {
    case 'script':
      return script(question.path);
    case 'worktree':
      return worktree(question.path, timeoutMs);
    case 'path':
      return pathState(question.path, places, timeoutMs);
    case 'branch':
      return branch(question.name, places, timeoutMs);
  }
}

function script(path: string): Answer {
  try {
    const text = readBounded(path, MAX_SCRIPT_BYTES).toString('utf8');
    return { is: 'script', text, sha256: sha256(text) };
  } catch {
    return { is: 'unknown', why: 'the script cannot be read' };
  }
}

function worktree(path: string, timeoutMs: number): Answer {
  const { code, stdout } = git(path, ['status', '--porcelain=v1', '-z', '--untracked-files=normal'], timeoutMs);
  if (code !== 0) return { is: 'unknown', why: 'git status failed' };
  const entries = zeroSeparated(stdout).filter((entry) => entry[2] === ' ');
  const [untracked, dirty] = [entries.filter(isUntracked), entries.filter((entry) => !isUntracked(entry))];
  return {
    is: 'worktree',
    dirty: dirty.map((entry) => entry.slice(3)),
    untracked: untracked.map((entry) => entry.slice(3)),
  };
}

function isUntracked(entry: string): boolean {
  return entry.startsWith('??');
}

function pathState(path: string, places: Places, timeoutMs: number): Answer {
  if (!isInside(places.root, path)) return { is: 'path', state: 'outside' };
  const { code, stdout } = git(
    places.root,
    ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignored=matching', '--', `:(literal)${path}`],
    timeoutMs,
  );
  if (code !== 0) return { is: 'unknown', why: 'git status failed' };
  const entries = zeroSeparated(stdout);
  if (entries.some((entry) => !entry.startsWith('!!') && !isUntracked(entry))) return { is: 'path', state: 'dirty' };
  if (entries.some(isUntracked)) return { is: 'path', state: 'untracked' };
  const tracked = git(places.root, ['ls-files', '-z', '--', `:(literal)${path}`], timeoutMs).stdout !== '';
  if (entries.length > 0) return { is: 'path', state: tracked ? 'untracked' : 'ignored' };
  return { is: 'path', state: tracked ? 'clean' : 'absent' };
}

function branch(name: string, places: Places, timeoutMs: number): Answer {
  const ask = (...args: string[]) => git(places.root, args, timeoutMs);
  const head = ask('rev-parse', '--verify', '--quiet', `refs/heads/${name}`);
  if (head.code !== 0) return { is: 'branch', exists: false, merged: false, pushed: false };
  const sha = head.stdout.trim();
  return {
    is: 'branch',
    exists: true,
    merged: ask('merge-base', '--is-ancestor', sha, 'HEAD').code === 0,
    pushed: ask('branch', '-r', '--contains', sha).stdout.trim() !== '',
  };
}
