import { posix } from 'node:path';
import { shownPath } from '../install/locate.ts';
import { showSteps, stepFacts } from '../install/show.ts';
import type { Situation } from '../install/situation.ts';
import { changesAnything, type Step } from '../install/step.ts';
import { readSurroundings } from '../install/surroundings.ts';
import type { Places } from '../repo/places.ts';
import { printable } from './output.ts';
import { quoted } from './shell-quote.ts';

/** What `init` did or would do. */
export interface Installation {
  readonly steps: readonly Step[];
  readonly situation: Situation;
}

/** The outcome of `init` for programs. */
export function initFacts({ steps, situation }: Installation, { root }: Places, dryRun: boolean): object {
  const { hooks, payload, choice } = situation;
  const changed = changesAnything(steps);
  const facts = {
    version: payload.version,
    root,
    profile: choice.profile,
    hooks: hooks.shown,
    ...readSurroundings(root),
  };
  return { ...facts, dryRun, changed, steps: stepFacts(steps, hooks.shown) };
}

/** The same for people, with what to do next. */
export async function initWords(
  { steps, situation }: Installation,
  { root }: Places,
  dryRun: boolean,
): Promise<string> {
  const { hooks, payload, choice } = situation;
  const list = showSteps(steps, hooks.shown);
  if (!changesAnything(steps))
    return `Postern ${payload.version} guards ${printable(root)} already; nothing was changed.\n${list}`;
  if (dryRun) return `Postern ${payload.version} would do this in ${printable(root)}:\n${list}Nothing was changed.\n`;
  const head = `Postern ${payload.version} guards ${printable(root)} (profile ${choice.profile}).\n`;
  return `${head}Git hooks go to ${hooks.shown}: ${hooks.because}.\n${list}${await next(steps, hooks.shown, root)}`;
}

async function next(steps: readonly Step[], hooksShown: string, root: string): Promise<string> {
  const { runner, monorepo } = readSurroundings(root);
  const files = committed(steps, hooksShown);
  const { simpleGit } = await import('simple-git');
  const ignored = files.length > 0 ? await simpleGit(root).checkIgnore(files) : [];
  const toAdd = files.filter((path) => !ignored.includes(path));
  const lines = [`${runner} postern doctor`, '  proves every gate'];
  if (toAdd.length > 0) {
    lines.push(`git add ${toAdd.map(quoted).join(' ')} && git commit -m 'Guard this repository'`);
    lines.push(`  then each clone needs, once: ${runner} postern init --yes`);
  }
  if (ignored.length > 0) lines.push(`Ignored by git, so that other clones are not guarded: ${ignored.join(', ')}`);
  if (monorepo)
    lines.push('Start agents in this folder, not in a package below it: Claude Code reads hooks only there.');
  return `Next:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** What the steps wrote into the worktree; files of folders that are ours alone by their folder. */
function committed(steps: readonly Step[], hooksShown: string): string[] {
  const written = steps
    .flatMap(({ acts }) => acts)
    .flatMap((act) => (act.kind === 'write' ? [shownPath(act.path, hooksShown)] : []));
  const folders = ['.postern', '.claude/hooks', '.claude/agents', '.claude/commands', hooksShown];
  const paths = written.map((path) => (folders.includes(posix.dirname(path)) ? posix.dirname(path) : path));
  return [...new Set(paths)].filter((path) => !path.startsWith('.git/'));
}
