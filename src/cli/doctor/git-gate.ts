import { relative } from 'node:path';
import { chooseHooks } from '../../install/hooks-place.ts';
import { realPath } from '../../repo/files.ts';
import { git } from '../../repo/git.ts';
import { hooksDir } from '../../repo/hooks-dir.ts';
import { activeHooksDir, type GitHook, gitHooks } from '../git-hooks.ts';
import { printable } from '../output.ts';
import { type Check, type Checkup, FIX, failed, ok, type Result } from './check.ts';
import { byComplaint, type Silence } from './silence.ts';
import { complaintOf, start } from './start.ts';

/** Whether git itself would run our hooks, and whether they reach the runtime. */
export const gitGate: Check = {
  id: 'git hooks',
  async run(checkup) {
    const asleep = sleeping(checkup);
    if (asleep) return [asleep];
    const folder = activeHooksDir(checkup.places);
    if (checkup.context.env['HUSKY'] === '0' && /\.husky\/_\/?$/.test(folder)) return [huskyOff];
    const hooks = gitHooks(folder);
    const absent = hooks.flatMap(absence);
    const unproved = await Promise.all(
      hooks.filter(({ state }) => state === 'ours').map((hook) => prove(hook, checkup)),
    );
    const bad = [...overridden(folder, checkup), ...absent, ...byComplaint(unproved.flatMap((one) => one ?? []))];
    const shown = printable(relative(checkup.places.root, folder));
    return bad.length > 0 ? bad : [ok(`${hooks.length} hooks in ${shown} refuse the canary`)];
  },
};

const huskyOff = failed('HUSKY=0 is set: husky passes over every git hook.', 'unset HUSKY');

/** A fresh clone has the files, but git's configuration does not travel with it. */
function sleeping({ places }: Checkup): Result | null {
  const { dir, config, passOn } = chooseHooks(places, true);
  if (config.length === 0) return null;
  const text = `The git hooks in ${printable(relative(places.root, dir))} are not switched on in this clone.`;
  const whole = gitHooks(dir).every(({ state }) => state === 'ours') && passOn.length === 0;
  if (!whole) return failed(text, 'npx postern init');
  const fix = () => {
    for (const [key, value] of config) git(places.root, ['config', '--local', key, value]);
  };
  return failed(text, `git config core.hooksPath ${relative(places.root, dir)} (or ${FIX})`, fix);
}

/** The runtime reads the repository's configuration only; git may be told otherwise by the user's or the system's. */
function overridden(folder: string, { places }: Checkup): Result[] {
  const expected = hooksDir(places);
  if (realPath(folder) === realPath(expected)) return [];
  const [origin = ''] = git(places.root, ['config', '--show-origin', '--get', 'core.hooksPath']).stdout.split('\t');
  const text = `git runs hooks from ${folder}, as ${origin || 'its configuration'} says, not from ${expected}.`;
  return [failed(printable(text, 400), 'npx postern init')];
}

function absence({ path, state }: GitHook): Result[] {
  const shown = printable(path);
  switch (state) {
    case 'ours':
      return [];
    case 'missing':
      return [failed(`There is no git hook ${shown}.`, 'npx postern init')];
    case 'foreign':
      return [failed(`The git hook ${shown} is not Postern's.`, 'npx postern init')];
    case 'not executable':
      return [failed(`git passes over ${shown}: it is not executable.`, `chmod +x ${shown}`)];
  }
}

/** `null` when the hook refused as the runtime does. */
async function prove({ name, path }: GitHook, { places, context }: Checkup): Promise<Silence | null> {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...rest } = context.env;
  const ended = await start(path, ARGUMENTS[name], { cwd: places.root, env: { ...rest, POSTERN_CANARY: '1' } });
  const refused = ended.code > 0 && `${ended.stdout}${ended.stderr}`.includes(`postern canary ${name}`);
  return refused ? null : { name, complaint: complaintOf(ended) };
}

/** What git hands to each hook. */
const ARGUMENTS: Readonly<Record<GitHook['name'], readonly string[]>> = {
  'pre-commit': [],
  'prepare-commit-msg': ['.git/COMMIT_EDITMSG', 'message'],
  'commit-msg': ['.git/COMMIT_EDITMSG'],
  'pre-push': ['origin', 'canary'],
};
