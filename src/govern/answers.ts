import { sha256 } from '../audit/sha256.ts';
import { type Answer, type Question, questionKey } from '../policy/facts.ts';
import { errorCode, isInside, readBounded } from '../repo/files.ts';
import { git, zeroSeparated } from '../repo/git.ts';
import type { Places } from '../repo/places.ts';
import { BASELINE_PATH, knownTo, readSecretsBaseline } from '../repo/secrets-baseline.ts';

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
    case 'text':
      return text(question, places, timeoutMs);
    case 'secrets-baseline':
      return secretsBaseline(places);
  }
}

const MAX_TEXT_BYTES = 8 * 1024 * 1024;

/** A new file held nothing before. */
function text({ path, from }: Extract<Question, { ask: 'text' }>, places: Places, timeoutMs: number): Answer {
  if (from === 'worktree') return worktreeText(path);
  const name = from === 'index' ? `:0:${path}` : `${from.commit}:${path}`;
  const { code, stdout } = git(places.root, ['cat-file', 'blob', name], { timeoutMs, maxBytes: MAX_TEXT_BYTES });
  return code === 0 ? { is: 'text', text: stdout } : { is: 'unknown', why: 'git cat-file failed' };
}

function worktreeText(path: string): Answer {
  try {
    return { is: 'text', text: readBounded(path, MAX_TEXT_BYTES).toString('utf8') };
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { is: 'text', text: '' } : { is: 'unknown', why: 'the file cannot be read' };
  }
}

function secretsBaseline({ root }: Places): Answer {
  const baseline = readSecretsBaseline(root);
  switch (baseline.kind) {
    case 'none':
      return { is: 'secrets-baseline', knows: () => false };
    case 'read':
      return { is: 'secrets-baseline', knows: knownTo(baseline) };
    case 'unreadable':
      return { is: 'unknown', why: `${BASELINE_PATH} cannot be read: ${baseline.problem}` };
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
