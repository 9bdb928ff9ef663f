import { type Answer, type Facts, type Question, questionKey } from '../../policy/facts.ts';
import type { Hit } from './judge.ts';

/** What the repository could tell that would make a hit harmless. */
export function questionsAbout(hit: Hit, facts: Facts): readonly Question[] {
  switch (hit.row.softenedBy) {
    case 'worktree':
      return [{ ask: 'worktree', path: folderOf(hit, facts) }];
    case 'targets':
      return askable(hit) ? hit.targets.map((target) => ({ ask: 'path', path: target.path })) : [];
    case 'branch':
      return (hit.view?.operands ?? []).filter((name) => !name.includes('\0')).map((name) => ({ ask: 'branch', name }));
    default:
      return [];
  }
}

/** What is known about a hit once the repository was asked: harmless, or which files it would cost. */
export type Softening = { readonly kind: 'harmless' } | { readonly kind: 'stands'; readonly files: readonly string[] };

/** Weighs the answers. Without an answer the hit stands: the repository may hold uncommitted work. */
export function soften(hit: Hit, facts: Facts): Softening {
  const questions = questionsAbout(hit, facts);
  const answers = questions.map((question) => facts.answers.get(questionKey(question)));
  const files = answers.flatMap((answer) => (answer?.is === 'worktree' ? [...answer.dirty, ...answer.untracked] : []));
  const harmless = answers.length > 0 && answers.every((answer) => isHarmless(answer, hit));
  return harmless ? { kind: 'harmless' } : { kind: 'stands', files };
}

function isHarmless(answer: Answer | undefined, hit: Hit): boolean {
  switch (answer?.is) {
    case 'worktree':
      return answer.dirty.length === 0 && (hit.row.id.includes('clean') ? answer.untracked.length === 0 : true);
    case 'path':
      // What is absent now may be made by an earlier part of the same line: `mv src old && rm -rf old`.
      return answer.state === 'ignored' || answer.state === 'clean';
    case 'branch':
      return answer.exists && (answer.merged || answer.pushed);
    default:
      return false;
  }
}

/** Only whole, known paths of the repository can be asked about. */
function askable(hit: Hit): boolean {
  return hit.targets.every((target) => target.zone === 'inside' && !target.partial && !/[*?[]/.test(target.path));
}

function folderOf(hit: Hit, facts: Facts): string {
  const folder = hit.view?.value('-C');
  const cwd = facts.reading?.commands[hit.command]?.run?.cwd;
  if (folder && hit.view) return hit.view.target(folder).path;
  return cwd || facts.root;
}
