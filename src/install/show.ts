import { shownPath } from './locate.ts';
import { InstallProblem } from './problem.ts';
import type { Label, Step } from './step.ts';

/** How a label reads when the step is still to come, and when it is done. */
const WORDS: Readonly<Record<Label, string>> = {
  create: 'create',
  update: 'update',
  merge: 'merge',
  chain: 'put before',
  set: 'set',
  restore: 'restore',
  remove: 'remove',
  keep: 'leave',
  drift: 'changed',
  offer: 'retired',
  same: 'same',
  blocked: 'blocked',
};

/** One line for each step that a person should know of. */
export function showSteps(steps: readonly Step[], hooksShown: string): string {
  return steps
    .filter(({ label }) => label !== 'same')
    .map(
      ({ label, path, note }) =>
        `  ${WORDS[label].padEnd(10)} ${shownPath(path, hooksShown)}${note ? `  (${note})` : ''}\n`,
    )
    .join('');
}

/** The same for programs, with nothing left out. */
export function stepFacts(steps: readonly Step[], hooksShown: string): { step: Label; path: string; note?: string }[] {
  return steps.map(({ label, path, note }) => ({
    step: label,
    path: shownPath(path, hooksShown),
    ...(note ? { note } : {}),
  }));
}

/** Throws when anything stands in the way of a plan, with all of it. */
export function refuseBlocked(steps: readonly Step[], hooksShown: string): void {
  const blocked = steps.filter(({ label }) => label === 'blocked');
  if (blocked.length === 0) return;
  const lines = blocked.map(({ path, note }) => `${shownPath(path, hooksShown)} ${note}`);
  throw new InstallProblem(lines.join('\n  '), [...new Set(blocked.map(({ instead }) => instead))].join('\n  '));
}
