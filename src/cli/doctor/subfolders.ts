import { dirname } from 'node:path';
import { zeroSeparated } from '../../repo/git.ts';
import { printable } from '../output.ts';
import { type Check, note, ok } from './check.ts';

/** Folders that are named at most. */
const MAX_NAMED = 5;

/** Claude Code loads project hooks from the folder that it was started in, and from no other. */
export const subfolders: Check = {
  id: 'subfolders',
  async run({ places, context }) {
    const below = context.cwd === places.root ? [] : [`You are in ${printable(context.cwd)}.`];
    const own = await foldersWithSettings(places.root);
    const named = own
      .slice(0, MAX_NAMED)
      .map((folder) => printable(folder))
      .join(', ');
    const more = own.length > MAX_NAMED ? ` and ${own.length - MAX_NAMED} more` : '';
    const nested = own.length === 0 ? [] : [`These have a .claude/ of their own: ${named}${more}.`];
    if (below.length + nested.length === 0) return [ok('no folder below the root invites sessions of its own')];
    const rule = `Sessions started below ${printable(places.root)} load none of its hooks: start them there.`;
    return [note([rule, ...below, ...nested].join(' '))];
  },
};

async function foldersWithSettings(root: string): Promise<string[]> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ':(glob)*/**/.claude/**'];
  const { simpleGit } = await import('simple-git');
  const paths = zeroSeparated(await simpleGit(root).raw(listing));
  return [...new Set(paths.map((path) => dirname(path.slice(0, path.indexOf('.claude/') + 1))))].sort();
}
