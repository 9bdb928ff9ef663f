import type { Row, View } from './row.ts';

const commitish = /^(HEAD|@|stash@|[0-9a-f]{7,40}$|.*[~^])/;
const rest = (view: View): readonly string[] => view.operands;

/** Whether `git checkout` would overwrite files, rather than switch branches. */
function overwritesFiles(view: View): boolean {
  if (view.has('-b', '-B', '--orphan', '--detach', '--track', '-t')) return false;
  const dashes = view.args.indexOf('--');
  if (dashes >= 0) return dashes < view.args.length - 1;
  const operands = rest(view);
  if (operands.length > 1) return true;
  const only = operands[0] ?? '';
  return (
    view.has('--pathspec-from-file', '--ours', '--theirs') ||
    only === '.' ||
    only === '..' ||
    only.startsWith('./') ||
    only.startsWith('../') ||
    only.startsWith(':') ||
    only === '*' ||
    /[*?]/.test(only) ||
    (/\.\w{1,5}$/.test(only) && !/^(v?\d|release|hotfix|feature)/.test(only) && !commitish.test(only))
  );
}

/** Rows about losing work or history in git. */
export const git = (): readonly Row[] => [
  {
    id: 'git-reset-hard',
    program: 'git',
    sub: 'reset',
    anyFlag: ['--hard', '--merge', '--keep'],
    softenedBy: 'worktree',
    effect: 'deny',
    when: (view) => view.has('--hard', '--merge'),
    why: 'discards uncommitted work',
    instead: 'Put it aside first: `git stash`.',
    hits: [
      'git reset --hard',
      'git reset --hard HEAD~3',
      'sudo git -C app reset --har',
      "g''it re''set --ha''rd",
      'v=--hard; git reset $v',
      'git reset HEAD~1 --hard',
      'git --no-pager reset --hard',
    ],
    misses: [
      'git reset',
      'git reset --soft HEAD~1',
      'git reset HEAD src/app.ts',
      'echo "git reset --hard"',
      'git log --grep "reset --hard"',
    ],
  },
  {
    id: 'git-clean',
    program: 'git',
    sub: 'clean',
    softenedBy: 'worktree',
    effect: 'deny',
    when: (view) =>
      ((view.has('-f', '--force') ||
        view.values('-c').some((text) => /^clean\.requireforce=(false|no|0|off)$/i.test(text))) &&
        !view.has('-n', '--dry-run', '-i', '--interactive')) ||
      (!view.has('-n', '--dry-run', '-i', '--interactive') && view.has('-d', '-x', '-X') && view.has('-f')),
    why: 'deletes untracked files for good.',
    instead: 'List them first: `git clean -nd`.',
    hits: [
      'git clean -fd',
      'git -C ../other clean -fdx',
      'git clean --force',
      'git clean -xdf -e .env',
      'git -c clean.requireForce=false clean -d',
    ],
    misses: ['git clean -n', 'git clean -nfd', 'git clean --dry-run -fd', 'git clean -i'],
  },
  {
    id: 'git-checkout-files',
    program: 'git',
    sub: 'checkout',
    softenedBy: 'worktree',
    effect: 'deny',
    when: (view) => overwritesFiles(view) && !view.has('-p', '--patch'),
    why: 'overwrites uncommitted changes in files',
    instead: 'Put them aside first: `git stash`.',
    hits: [
      'git checkout -- .',
      'git checkout .',
      'git checkout main -- src/app.ts',
      'git checkout HEAD src',
      'git checkout src/app.ts',
      'git checkout --theirs -- a.ts',
    ],
    misses: [
      'git checkout feature',
      'git checkout -b topic',
      'git checkout -b topic origin/main',
      'git checkout v1.2.0',
      'git checkout reset--hard',
      'git checkout -',
    ],
  },
  {
    id: 'git-switch-force',
    program: 'git',
    sub: ['checkout', 'switch'],
    anyFlag: ['-f', '--force', '--discard-changes'],
    softenedBy: 'worktree',
    effect: 'deny',
    why: 'throws away uncommitted changes while switching',
    instead: 'Put them aside first: `git stash`.',
    hits: ['git checkout -f', 'git switch --discard-changes main', 'git checkout --force main', 'git switch -f main'],
    misses: ['git switch main', 'git checkout main', 'git switch -c topic'],
  },
  {
    id: 'git-branch-reset',
    program: 'git',
    sub: ['checkout', 'switch'],
    anyFlag: ['-B', '-C', '--force-create'],
    effect: 'ask',
    when: (view) => view.args.some((text) => /^-(B|C)$|^--force-c/.test(text)) && view.args.indexOf('-C') !== 0,
    why: 'moves an existing branch and may lose its commits.',
    instead: 'Make a new branch: `git switch -c topic`.',
    hits: ['git checkout -B main origin/main', 'git switch -C main', 'git switch --force-create main'],
    misses: ['git checkout -b x', 'git -C app switch main'],
  },
  {
    id: 'git-restore',
    program: 'git',
    sub: 'restore',
    softenedBy: 'worktree',
    effect: 'deny',
    when: (view) =>
      (!view.has('-S', '--staged') || view.has('-W', '--worktree')) &&
      !view.has('-p', '--patch') &&
      (view.operands.length > 0 || view.has('--pathspec-from-file')),
    why: 'overwrites uncommitted changes in files',
    instead: 'Put them aside first: `git stash`.',
    hits: [
      'git restore .',
      'git restore --worktree src',
      'git restore -SW src/app.ts',
      'git restore -s HEAD~1 src',
      'git restore src/app.ts',
    ],
    misses: ['git restore --staged .', 'git restore -S src/app.ts', 'git restore --staged src'],
  },
  {
    id: 'git-stash-drop',
    program: 'git',
    sub: ['stash drop', 'stash clear'],
    effect: 'deny',
    why: 'deletes stashed work for good.',
    instead: 'Keep it and look: `git stash list`.',
    hits: ['git stash drop', 'git stash clear', 'git stash drop stash@{2}', 'echo "`git stash clear`"'],
    misses: ['git stash', 'git stash pop', 'git stash list', 'git stash push -m "drop"'],
  },
  {
    id: 'git-branch-delete',
    program: 'git',
    sub: 'branch',
    softenedBy: 'branch',
    effect: 'ask',
    when: (view) => view.has('-D') || (view.has('-d', '--delete') && view.has('-f', '--force')),
    why: 'deletes a branch whose commits may be nowhere else.',
    instead: 'Delete it only when merged: `git branch -d feature`.',
    hits: [
      'git branch -D feature',
      'git branch --delete --force feature',
      'git branch -df feature',
      'git for-each-ref --format="%(refname:short)" refs/heads | xargs -n1 git branch -D',
    ],
    misses: ['git branch -d feature', 'git branch --list', 'git branch --merged | xargs git branch -d'],
  },
  {
    id: 'git-branch-force',
    program: 'git',
    sub: 'branch',
    anyFlag: ['-f', '--force', '-M', '-C'],
    effect: 'ask',
    when: (view) =>
      (view.has('-f', '--force') && !view.has('-d', '-D', '--delete') && view.operands.length > 0) ||
      (view.has('-C') && view.args.indexOf('-C') > 0 && view.args.indexOf('branch') < view.args.indexOf('-C')) ||
      (view.has('-M') && view.operands.length > 1),
    why: 'moves a branch and may lose its commits.',
    instead: 'Make a new branch: `git branch topic`.',
    hits: ['git branch -f main HEAD~3', 'git branch --force main origin/main', 'git branch -M old main'],
    misses: ['git branch topic', 'git -C app branch', 'git branch -m new-name', 'git branch -M main'],
  },
  {
    id: 'git-push-force',
    program: 'git',
    sub: 'push',
    effect: 'deny',
    when: (view) => {
      const bare =
        view.args.some((text) => /^--forc?e?$|^--fo$/.test(text)) ||
        view.has('-f') ||
        view.operands.some((text) => text.startsWith('+'));
      return bare && !view.args.some((text) => /^-[a-eg-zA-Z]*n/.test(text));
    },
    why: 'overwrites history on the remote.',
    instead:
      'Refuse to overwrite what others pushed: `git push --force-with-lease --force-if-includes origin feature`.',
    hits: [
      'git push -f',
      'git push --force origin main',
      'git push -uf origin HEAD',
      'git push origin +main',
      '  git   push   --force ',
      'p=pu; git ${p}sh -f origin main',
      'git push --forc',
    ],
    misses: [
      'git push',
      'git push origin main',
      'git push --force-with-lease --force-if-includes origin feature',
      'git push --force --dry-run',
      'git commit -m "git push --force"',
      'git push --follow-tags',
    ],
  },
  {
    id: 'git-push-lease',
    program: 'git',
    sub: 'push',
    effect: 'ask',
    when: (view) =>
      view.args.some((text) => text.startsWith('--force-w')) &&
      view.operands.some((text) =>
        /(^|:)(refs\/heads\/)?(main|master|trunk|production|prod|release|develop)$/.test(text),
      ),
    why: 'rewrites a shared branch on the remote.',
    instead: 'Push a branch of your own: `git push origin feature`.',
    hits: ['git push --force-with-lease origin main', 'git push --force-with-lease=main origin HEAD:master'],
    misses: ['git push --force-with-lease origin feature', 'git push --force-with-lease'],
  },
  {
    id: 'git-push-delete',
    program: 'git',
    sub: 'push',
    effect: 'deny',
    when: (view) =>
      view.has('-d', '--delete', '--prune', '--mirror') ||
      view.operands.slice(1).some((text) => /^:./.test(text)) ||
      (view.operands[0] ?? '').startsWith(':'),
    why: 'deletes or overwrites refs on the remote.',
    instead: 'Push only your branch: `git push origin feature`.',
    hits: [
      'git push -d origin feature',
      'git push origin :feature',
      'git push --prune origin',
      'git push --mirror',
      'git push origin --delete v1',
      'git push --mirro backup',
    ],
    misses: ['git push origin feature', 'git push origin HEAD:feature', 'git push --tags'],
  },
  {
    id: 'git-remote-helper',
    program: 'git',
    effect: 'deny',
    when: (view) => view.args.some((text) => /^ext::|^--upload-pack=.*(sh|rm|touch|curl)\b/.test(text)),
    why: 'runs a command as a remote.',
    instead: 'Use an ordinary remote: `git fetch origin`.',
    hits: ['git clone "ext::sh -c rm% -rf% ~"'],
    misses: ['git clone https://example.test/x.git'],
  },
  {
    id: 'git-rewrite',
    program: 'git',
    sub: ['filter-branch', 'filter-repo'],
    effect: 'deny',
    why: 'rewrites the whole history.',
    instead: 'Ask the person; look at the size first: `git count-objects -vH`.',
    hits: ['git filter-branch --tree-filter "rm x" HEAD', 'git filter-repo --path x --invert-paths --force'],
    misses: ['git log -- x'],
  },
  {
    id: 'git-rewrite-tool',
    program: ['git-filter-repo', 'bfg', 'git-filter-branch'],
    effect: 'deny',
    why: 'rewrites the whole history.',
    instead: 'Ask the person; look at the size first: `git count-objects -vH`.',
    hits: ['bfg --delete-files x', 'git-filter-repo --path x'],
    misses: ['bfg --help'],
  },
  {
    id: 'git-reflog',
    program: 'git',
    sub: ['reflog expire', 'reflog delete'],
    effect: 'deny',
    when: (view) => !view.has('-n', '--dry-run'),
    why: 'deletes the record that lost commits are found by.',
    instead: 'Look at it: `git reflog`.',
    hits: ['git reflog expire --expire=now --all', 'git reflog delete HEAD@{1}'],
    misses: ['git reflog', 'git reflog show main', 'git reflog expire --dry-run --all'],
  },
  {
    id: 'git-prune-now',
    program: 'git',
    sub: ['gc', 'prune', 'repack', 'prune-packed', 'pack-objects'],
    effect: 'ask',
    when: (view) =>
      (view.args.some(
        (text) => /^--prune=(now|all|0|\d+\.(second|minute)s?)/.test(text) || /^--expire[= ]?(now|all)?/.test(text),
      ) ||
        (view.args.includes('prune') && !view.has('-n', '--dry-run')) ||
        (view.args.includes('repack') &&
          view.args.some((text) => /^-\w*A?[a]?\w*d/.test(text)) &&
          view.args.some((text) => text === '--unpack-unreachable=now'))) &&
      !view.args.includes('worktree'),
    why: 'deletes unreachable commits that could still be recovered.',
    instead: 'Let git keep its grace period: `git gc`.',
    hits: ['git gc --prune=now', 'git prune', 'git gc --aggressive --prune=all', 'git prune --expire now'],
    misses: ['git gc', 'git prune -n', 'git worktree prune', 'git remote prune origin'],
  },
  {
    id: 'git-ref-delete',
    program: 'git',
    sub: ['update-ref', 'symbolic-ref'],
    effect: 'deny',
    when: (view) =>
      view.has('-d', '--delete', '--stdin') || (view.operands.length >= 2 && !view.args.includes('symbolic-ref')),
    why: 'moves or deletes a ref behind every check.',
    instead: 'Use branches and tags: `git branch topic`.',
    hits: ['git update-ref -d refs/heads/main', 'git update-ref refs/heads/main HEAD~5', 'git symbolic-ref -d HEAD'],
    misses: ['git symbolic-ref HEAD', 'git show-ref'],
  },
  {
    id: 'git-tag-force',
    program: 'git',
    sub: 'tag',
    anyFlag: ['-f', '--force'],
    effect: 'ask',
    why: 'moves an existing tag.',
    instead: 'Make a new tag: `git tag v1.2.1`.',
    hits: ['git tag -f v1', 'git tag --force v1 HEAD~1'],
    misses: ['git tag -a v1 -m "x"', 'git tag v2', 'git tag -l'],
  },
  {
    id: 'git-tag-delete',
    program: 'git',
    sub: 'tag',
    anyFlag: ['-d', '--delete'],
    effect: 'ask',
    why: 'deletes a tag.',
    instead: 'Look first: `git tag -l`.',
    hits: ['git tag -d v1.2.0', 'git tag --delete v1'],
    misses: ['git tag -l "v1.*"', 'git tag v2'],
  },
  {
    id: 'git-worktree-force',
    program: 'git',
    sub: 'worktree remove',
    anyFlag: ['-f', '--force'],
    effect: 'ask',
    why: 'deletes a worktree with its uncommitted work.',
    instead: 'Remove it only when clean: `git worktree remove ../wt`.',
    hits: ['git worktree remove -f ../wt', 'git worktree remove --force ../wt'],
    misses: ['git worktree remove ../wt', 'git worktree prune', 'git worktree add -f ../x'],
  },
  {
    id: 'git-rm-force',
    program: 'git',
    sub: 'rm',
    effect: 'ask',
    softenedBy: 'worktree',
    when: (view) =>
      !view.has('--cached', '-n', '--dry-run') &&
      (view.has('-f', '--force') || (view.has('-r') && view.operands.some((text) => text === '.' || text === '*'))),
    why: 'deletes files with their uncommitted changes',
    instead: 'Delete without force: `git rm docs/old.md`.',
    hits: ['git rm -rf src', 'git rm -f a.ts', 'git rm -r .'],
    misses: ['git rm docs/old.md', 'git rm --cached -rf .', 'git rm -r --cached .'],
  },
  {
    id: 'git-read-tree',
    program: 'git',
    sub: ['read-tree', 'checkout-index'],
    effect: 'deny',
    softenedBy: 'worktree',
    when: (view) => view.has('-u', '--reset', '-f', '--force', '-a'),
    why: 'overwrites the working tree',
    instead: 'Put your work aside first: `git stash`.',
    hits: ['git read-tree -u --reset HEAD', 'git checkout-index -f -a'],
    misses: ['git read-tree --empty --index-output=/tmp/i', 'git ls-tree HEAD'],
  },
  {
    id: 'git-submodule-drop',
    program: 'git',
    sub: ['submodule deinit', 'submodule update'],
    anyFlag: ['-f', '--force'],
    effect: 'ask',
    why: 'throws away changes inside submodules.',
    instead: 'Look first: `git submodule status`.',
    hits: ['git submodule deinit -f --all', 'git submodule update --force --recursive'],
    misses: ['git submodule update --init', 'git submodule status'],
  },
  {
    id: 'git-abort-work',
    program: 'git',
    sub: ['rebase', 'am', 'merge', 'cherry-pick'],
    anyFlag: ['--skip'],
    effect: 'ask',
    when: (view) => view.args.includes('--skip'),
    why: 'drops a commit from the series.',
    instead: 'Resolve it and go on: `git rebase --continue`.',
    hits: ['git rebase --skip', 'git am --skip'],
    misses: ['git rebase --continue', 'git rebase --abort', 'git merge --abort'],
  },
  {
    id: 'git-unstage-all-deleted',
    program: 'git',
    sub: ['replace', 'notes prune', 'notes remove', 'remote remove', 'remote rm', 'lfs prune', 'bundle-uri'],
    effect: 'ask',
    when: (view) =>
      !view.args.some((text) => /^(-l|--list|--dry-run|-n|-d)$/.test(text)) &&
      (!view.args.includes('replace') || view.operands.length > 0),
    why: 'removes refs or objects of the repository.',
    instead: 'Look first: `git remote -v`.',
    hits: ['git remote remove origin', 'git replace a b', 'git lfs prune'],
    misses: ['git remote -v', 'git lfs pull', 'git notes list'],
  },
  {
    id: 'git-unknown',
    program: 'git',
    effect: 'ask',
    when: (view) => {
      const first = view.operands[0];
      return (first?.includes('\0') ?? false) && !view.inScript;
    },
    why: 'runs a git command that cannot be known beforehand.',
    instead: 'Write the git command out: `git status`.',
    hits: ['git $(cat cmd)', 'git "$SUB" x'],
    misses: ['git status', 'git commit -m "$MSG"'],
  },
  {
    id: 'git-apply-reverse',
    program: 'git',
    sub: 'apply',
    effect: 'ask',
    softenedBy: 'worktree',
    anyFlag: ['-R', '--reverse'],
    unless: ['--check', '--stat', '--numstat', '--summary'],
    why: 'takes changes out of the working tree',
    instead: 'Look first: `git apply -R --check fix.patch`.',
    hits: ['git diff | git apply -R', 'git apply --reverse fix.patch', 'git apply -R <(git diff)'],
    misses: ['git apply fix.patch', 'git apply -R --check fix.patch'],
  },
  {
    id: 'git-rebase-root',
    program: 'git',
    sub: 'rebase',
    anyFlag: ['--root'],
    effect: 'ask',
    why: 'rewrites the whole history.',
    instead: 'Rebase onto a branch: `git rebase main`.',
    hits: ['git rebase -i --root', 'git rebase --root --autosquash'],
    misses: ['git rebase main', 'git rebase --continue'],
  },
  {
    id: 'vcs-discard',
    program: ['hg', 'sl', 'jj', 'svn', 'bzr', 'fossil', 'p4', 'cvs', 'darcs', 'pijul'],
    effect: 'ask',
    when: (view) => {
      const [first = '', second = ''] = view.operands;
      return (
        /^(strip|purge|clean|obliterate|uncommit|prune|hide|abandon)$/.test(first) ||
        (first === 'revert' && (view.program !== 'p4' || !view.has('-n'))) ||
        (/^(update|up|checkout|co|goto)$/.test(first) && view.has('-C', '--clean')) ||
        (first === 'restore' && view.program === 'jj') ||
        (first === 'op' && second === 'restore') ||
        first === 'rollback' ||
        (first === 'delete' && view.has('--force')) ||
        (first === 'cleanup' && view.has('--remove-unversioned', '--remove-ignored')) ||
        (first === 'push' && view.has('-f', '--force', '--deleted'))
      );
    },
    why: 'discards work in another version control system.',
    instead: 'Look first: `hg status`.',
    hits: [
      'hg update -C',
      'hg revert --all',
      'sl clean --files',
      'sl revert --all',
      'svn revert -R .',
      'jj abandon',
      'hg purge --all',
      'hg strip tip',
      'svn cleanup --remove-unversioned',
    ],
    misses: ['hg status', 'svn update', 'jj log', 'sl status', 'hg push'],
  },
];
