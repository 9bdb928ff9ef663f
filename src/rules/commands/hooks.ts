import type { Row, View } from './row.ts';

const hookKey =
  /^(core\.hookspath|hook\..*|include\.path|includeif\..*|core\.fsmonitor|init\.templatedir|core\.worktree)$/i;

/** Settings that the command's `-c`, `--config-env` and environment give git. */
function settings(view: View): readonly string[] {
  const env = view.env;
  const counted = [...env.keys()].flatMap((name) => (/^GIT_CONFIG_KEY_\d+$/.test(name) ? [`${env.get(name)}=`] : []));
  const packed = env.get('GIT_CONFIG_PARAMETERS') ?? '';
  return [
    ...view.values('-c'),
    ...view.values('--config-env'),
    ...view.args.flatMap((text) => /^--config-env=(.*)$/.exec(text)?.[1] ?? []),
    ...counted,
    ...(packed ? [packed.replace(/^'|'$/g, '')] : []),
  ];
}

const isCommitting = (view: View): boolean =>
  /^(commit|push|merge|rebase|cherry-pick|revert|am|pull|gc|tag|checkout|switch|ci|citool|flow|fetch|worktree|clone|stash|)$/.test(
    view.operands[0] ?? '',
  );

const publishes = (view: View): boolean => /^(commit|push|am|merge|rebase|cherry-pick)$/.test(view.operands[0] ?? '');

/** What agent clients set for the programs that they start. */
const agentMark = /^(CLAUDECODE|CLAUDE_CODE_\w+|AI_AGENT|CODEX_\w+|GEMINI_CLI|CURSOR_AGENT|COPILOT_\w+|OPENCODE\w*)$/;

/** The repository or the working tree is named apart from the folder that git runs in. */
const namesRepository = (view: View): boolean =>
  view.value('--work-tree', '--git-dir') !== null || view.env.has('GIT_WORK_TREE') || view.env.has('GIT_DIR');

const isInGitFolder = (view: View): boolean => /(^|\/)\.git(\/|$)/.test(view.target(view.value('-C') ?? '.').path);

/** Rows about going round the hooks that guard commits and pushes. */
export const hooks = (): readonly Row[] => [
  {
    id: 'no-verify',
    program: 'git',
    effect: 'deny',
    always: true,
    when: (view) => {
      const end = view.args.indexOf('--');
      const before = end < 0 ? view.args : view.args.slice(0, end);
      const isMessage = (at: number) =>
        /^(-[a-zA-Z]*m|--message|-F|--file|-C|--author|--grep|-S|-G)$/.test(before[at - 1] ?? '');
      return (
        /^(commit|push|merge|rebase|cherry-pick|revert|am|pull|ci|citool)$/.test(view.operands[0] ?? '') &&
        before.some((text, at) => /^--no-v(e(r(i(f(y)?)?)?)?)?$/.test(text) && !isMessage(at))
      );
    },
    why: 'skips the commit and push hooks.',
    instead: 'Mend what the hook reports, then `git commit -m "fix"`.',
    hits: [
      'git commit -m x --no-verify',
      'git push --no-verify',
      'git commit --no-veri -m x',
      'git rebase --no-verify main',
      'git merge --no-verify x',
    ],
    misses: ['git commit -m "--no-verify"', 'git commit -m x', 'git log --grep=--no-verify', 'git push --no-thin'],
  },
  {
    id: 'other-worktree',
    program: 'git',
    effect: 'ask',
    always: true,
    when: (view) => publishes(view) && (namesRepository(view) || isInGitFolder(view)),
    why: 'runs git where it does not find the hooks of this repository.',
    instead: 'Run it in the working tree: `git push`.',
    hits: [
      'cd .git && git push',
      'git -C .git push origin main',
      'git --work-tree=/tmp push',
      'GIT_WORK_TREE=/tmp git commit -m x',
      'cd /tmp && git --git-dir=/home/dev/work/acme-app/.git push',
      'GIT_DIR=.git git push',
    ],
    misses: ['git -C packages/app push', 'cd src && git commit -m x', 'git --git-dir=.git log', 'git commit -m ".git"'],
  },
  {
    id: 'agent-marks',
    program: ['git', 'unset', 'export'],
    effect: 'ask',
    always: true,
    when: (view) => {
      if (view.program === 'git') return publishes(view) && [...view.env.keys()].some((name) => agentMark.test(name));
      return (view.program === 'unset' || view.has('-n')) && view.args.some((text) => agentMark.test(text));
    },
    why: 'hides from the git hooks that an agent is at work.',
    instead: 'Run it as it is: `git push`.',
    hits: [
      'env -u CLAUDECODE git push',
      'env --unset=CLAUDECODE git commit -m x',
      'env -i PATH=/usr/bin git push',
      'CLAUDECODE= git push',
      'unset CLAUDECODE; git push',
      'export -n AI_AGENT',
    ],
    misses: ['env -u PAGER git push', 'env -i ls', 'unset NODE_ENV', 'export CI=1', 'CI=1 git commit -m x'],
  },
  {
    id: 'commit-n',
    program: 'git',
    sub: 'commit',
    anyFlag: ['-n'],
    effect: 'deny',
    always: true,
    when: (view) => !view.args.includes('--dry-run'),
    why: 'skips the commit hooks.',
    instead: 'Mend what the hook reports, then `git commit -m "fix"`.',
    hits: ['git commit -n -m x', 'git commit -anm x', 'git commit -qn -F msg.txt'],
    misses: ['git commit -m -n', 'git commit -v -m "notes"', 'git commit -mn'],
  },
  {
    id: 'am-no-verify',
    program: 'git',
    sub: 'am',
    anyFlag: ['-n'],
    effect: 'deny',
    why: 'skips the hooks.',
    instead: 'Apply it with hooks: `git am fix.patch`.',
    hits: ['git am -n x.patch'],
    misses: ['git am x.patch'],
  },
  {
    id: 'hooks-path',
    program: 'git',
    effect: 'deny',
    always: true,
    when: (view) =>
      settings(view).some(
        (text) =>
          /^'?core\.hookspath'?\s*=/i.test(text) ||
          /^(include\.path|includeif\..*|hook\..*)=/i.test(text) ||
          /(^|')core\.hookspath/i.test(text),
      ),
    why: 'points git at other hooks.',
    instead: 'Commit with the hooks that are there: `git commit -m "fix"`.',
    hits: [
      'git -c core.hooksPath=/dev/null commit -m x',
      'git -c CORE.HOOKSPATH= push',
      'HP=/dev/null git --config-env=core.hooksPath=HP commit -m x',
      'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null git commit -m x',
      'GIT_CONFIG_PARAMETERS="\'core.hooksPath=/dev/null\'" git push',
    ],
    misses: ['git -c color.ui=never log -1', 'git -c user.name=x commit -m y'],
  },
  {
    id: 'hooks-config',
    program: 'git',
    sub: 'config',
    effect: 'deny',
    when: (view) => {
      if (
        view.has('--get', '--get-all', '--get-regexp', '--list', '-l', '--show-origin') &&
        !view.has('--unset', '--add', '--replace-all')
      )
        return false;
      const words = view.operands[0] === 'set' || view.operands[0] === 'unset' ? view.operands.slice(1) : view.operands;
      if (['get', 'list'].includes(view.operands[0] ?? '')) return false;
      const removes =
        view.has('--unset', '--unset-all', '--remove-section', '--rename-section') || view.operands[0] === 'unset';
      const key = words[0] ?? '';
      return (
        (hookKey.test(key) && (words.length > 1 || removes)) ||
        (view.has('--remove-section') && /^(core|hook)/.test(key)) ||
        view.has('-e', '--edit') ||
        (key.includes('\0') && words.length > 1)
      );
    },
    why: 'changes which hooks git runs.',
    instead: 'Look at it: `git config --get core.hooksPath`.',
    hits: [
      'git config core.hooksPath /dev/null',
      'git config --global core.hooksPath /dev/null',
      'git config --unset core.hooksPath',
      'git config set core.hooksPath x',
      'git config --remove-section core',
      'git config --local include.path ../x',
    ],
    misses: [
      'git config --get core.hooksPath',
      'git config core.hooksPath',
      'git config user.email',
      'git config pull.rebase true',
      'git config get core.hookspath',
    ],
  },
  {
    id: 'config-env',
    program: 'git',
    effect: 'deny',
    when: (view) =>
      (['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG', 'GIT_TEMPLATE_DIR', 'GIT_EXEC_PATH'].some(
        (name) => view.env.has(name) && view.env.get(name) !== '',
      ) &&
        isCommitting(view)) ||
      view.args.some((text) => text.startsWith('--exec-path=')) ||
      ((view.env.has('GIT_DIR') || view.args.some((text) => /^--git-dir/.test(text))) &&
        /^(commit|push)$/.test(view.operands[0] ?? '') &&
        !/^(\.git|\0.*)$/.test(view.env.get('GIT_DIR') ?? view.value('--git-dir') ?? '')),
    why: 'runs git with another configuration, without the hooks.',
    instead: 'Commit plainly: `git commit -m "fix"`.',
    hits: ['GIT_CONFIG_GLOBAL=/tmp/c git commit -m x', 'GIT_DIR=/tmp/g git commit -m x', 'GIT_EXEC_PATH=/tmp git push'],
    misses: ['git commit -m x', 'GIT_AUTHOR_NAME=x git commit -m y', 'GIT_CONFIG_NOSYSTEM=1 git status'],
  },
  {
    id: 'hooks-export',
    program: ['export', 'declare', 'set', 'setx', 'typeset'],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) =>
        /^(HUSKY=(0|false)?$|LEFTHOOK=(0|false)$|OVERCOMMIT_DISABLE=|GIT_CONFIG_(GLOBAL|SYSTEM|COUNT|KEY_\d+|PARAMETERS)=|HUSKY_SKIP_HOOKS=|SKIP_SIMPLE_GIT_HOOKS=|GIT_TEMPLATE_DIR=|POSTERN_SKIP)/.test(
          text,
        ),
      ),
    why: 'switches hooks off for what follows.',
    instead: 'Leave the hooks on: `git status`.',
    hits: ['export HUSKY=0', 'export OVERCOMMIT_DISABLE=1', 'export GIT_CONFIG_GLOBAL=/tmp/x'],
    misses: ['export PATH=/x:$PATH', 'export HUSKY=1'],
  },
  {
    id: 'hooks-removed',
    program: [
      'rm',
      'mv',
      'chmod',
      'unlink',
      'ln',
      'cp',
      'tee',
      'truncate',
      'sed',
      'perl',
      'rsync',
      'dd',
      'install',
      'touch',
      'chattr',
      'shred',
      'patch',
      'find',
    ],
    effect: 'deny',
    when: (view) => {
      const isHook = (path: string) =>
        /(^|\/)(\.git\/hooks|\.husky|\.githooks|\.lefthook|\.git\/modules\/[^/]+\/hooks)(\/|$)|(^|\/)\.git\/config$|(^|\/)\.?lefthook(-local)?\.(ya?ml|json|toml)$|(^|\/)\.(pre-commit-config|overcommit)\.ya?ml$|(^|\/)\.huskyrc|(^|\/)\.simple-git-hooks|(^|\/)\.claude(\.json$|\/(settings[\w.]*\.json$|hooks(\/|$))|$)|(^|\/)\.postern(\/|$)|(^|\/)\.git\/postern(\/|$)/.test(
          path,
        ) && !/\/\.husky\/_(\/|$)/.test(path);
      const writes = ['sed', 'perl'].includes(view.program)
        ? view.args.some((text) => /^-\w*i|^--in-place/.test(text))
        : true;
      const made = view.program === 'chmod' && view.operands.some((text) => /^([augo]*\+[rx]+|[57]\d\d)$/.test(text));
      const all =
        view.program === 'find'
          ? []
          : ['cp', 'ln', 'install', 'rsync'].includes(view.program)
            ? view.targets.slice(-1)
            : view.targets;
      return writes && !made ? all.filter((target) => isHook(target.path)) : [];
    },
    why: 'removes, replaces or disarms a guard of this repository.',
    instead: 'Leave it as it is; look: `cat .husky/pre-commit`.',
    hits: [
      'rm .git/hooks/pre-commit',
      'chmod -x .husky/pre-commit',
      'ln -sf /bin/true .git/hooks/pre-commit',
      'mv .husky /tmp/h',
      'sed -i 1d .husky/pre-push',
      'rm -rf .claude',
      'tee .git/config < x',
      'mv .claude/settings.json /tmp/s.json',
    ],
    misses: ['cat .husky/pre-commit', 'ls .git/hooks', 'chmod +x .husky/pre-commit', 'cp .husky/pre-commit /tmp/x'],
  },
  {
    id: 'hooks-uninstall',
    program: [
      'husky',
      'lefthook',
      'pre-commit',
      'overcommit',
      'simple-git-hooks',
      'postern',
      'captainhook',
      'prek',
      'gitleaks-hook',
      'yorkie',
      'hk',
    ],
    effect: 'deny',
    when: (view) =>
      view.operands.some((text) => /^(uninstall|unfreeze|allow-once|remove|unset|disable|clean)$/.test(text)) ||
      view.has('--uninstall') ||
      (view.program === 'postern' && /^(upgrade|init|policy)$/.test(view.operands[0] ?? '') && view.has('--force')),
    why: 'takes the hooks out.',
    instead: 'Leave them in; see what they do: `cat .husky/pre-commit`.',
    hits: [
      'npx husky uninstall',
      'lefthook uninstall',
      'pre-commit uninstall',
      'npx postern uninstall',
      'postern unfreeze --reason x',
      'overcommit --uninstall',
    ],
    misses: [
      'npx husky init',
      'pre-commit run --all-files',
      'lefthook run pre-commit',
      'npx postern doctor',
      'postern status',
    ],
  },
  {
    id: 'hooks-package',
    program: ['npm', 'pnpm', 'yarn', 'bun'],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      return (
        /^(uninstall|remove|rm|un|r)\b.*\b(husky|lefthook|simple-git-hooks|pre-commit|postern|lint-staged|yorkie)\b/.test(
          text,
        ) ||
        /^pkg (delete|set) .*\b(husky|scripts\.(prepare|postinstall|preinstall|precommit)|lint-staged|simple-git-hooks)\b/.test(
          text,
        ) ||
        /^(set-script) (prepare|postinstall)/.test(text) ||
        /^config set (script-shell|ignore-scripts|git-tag-version=)/.test(text)
      );
    },
    why: 'takes the hook manager out of the package.',
    instead: 'Leave it in; see what it does: `cat .husky/pre-commit`.',
    hits: [
      'npm uninstall husky',
      'npm pkg delete scripts.prepare',
      'yarn remove lefthook',
      'npm config set script-shell /tmp/sh',
    ],
    misses: ['npm uninstall lodash', 'npm pkg get scripts', 'npm install husky'],
  },
  {
    id: 'gate-by-plumbing',
    program: 'git',
    sub: ['commit-tree', 'update-index', 'fast-import', 'send-pack', 'http-push', 'send-email'],
    effect: 'ask',
    when: (view) =>
      !view.args.includes('update-index') ||
      view.has('--assume-unchanged', '--skip-worktree', '--index-info', '--cacheinfo', '--force-remove'),
    why: 'makes commits or pushes behind the hooks.',
    instead: 'Use `git commit -m "fix"`.',
    hits: [
      'git commit-tree HEAD^{tree} -m x',
      'git fast-import < x',
      'git update-index --skip-worktree .claude/settings.json',
      'git send-pack origin main',
    ],
    misses: ['git update-index --refresh', 'git write-tree'],
  },
];
