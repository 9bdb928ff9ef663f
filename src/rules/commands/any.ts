import { isDisk, isTrace } from './files.ts';
import type { Row } from './row.ts';

const off = /^(0|false|no|off|skip|)$/i;

/** Variables that switch hook managers off, and the values that do. */
const switches: Readonly<Record<string, RegExp>> = {
  HUSKY: off,
  HUSKY_SKIP_HOOKS: /./,
  HUSKY_SKIP_INSTALL: /^(?!x)x/,
  LEFTHOOK: off,
  LEFTHOOK_EXCLUDE: /./,
  LEFTHOOK_SKIP: /./,
  SKIP: /./,
  PRE_COMMIT_ALLOW_NO_CONFIG: /./,
  OVERCOMMIT_DISABLE: /./,
  OVERCOMMIT_SKIP: /./,
  SKIP_SIMPLE_GIT_HOOKS: /./,
  GIT_HOOKS_DISABLE: /./,
  NO_VERIFY: /./,
  SKIP_HOOKS: /./,
  GITHOOKS_DISABLE: /./,
  PRE_COMMIT_SKIP: /./,
  CAPTAINHOOK_SKIP_HOOKS: /./,
  SKIP_GIT_HOOKS: /./,
  YORKIE_SKIP: /./,
  NO_HOOKS: /./,
  GIT_NO_VERIFY: /./,
  RUSTY_HOOK_SKIP: /./,
  POSTERN_SKIP_REVIEW: /./,
  POSTERN_DISABLE: /./,
  POSTERN_OFF: /./,
  CLAUDE_CODE_SIMPLE: /./,
};

/** Rows about whatever is run: its environment, and where its output goes. */
export const any = (): readonly Row[] => [
  {
    id: 'redirect-system',
    program: '*',
    effect: 'ask',
    always: true,
    when: (view) =>
      view.place === 'here'
        ? view.outputs.filter(
            (target) =>
              ['system', 'root', 'home'].includes(target.zone) &&
              !isTrace(target) &&
              !/^\/(usr\/local|opt|mnt|media|srv|var\/www|home|Users|nix|dev|proc\/self)(\/|$)/.test(target.path),
          )
        : [],
    why: 'writes into the operating system.',
    instead: 'Write into the repository or a temporary folder: `echo x > /tmp/app.conf`.',
    hits: [
      'echo x > /etc/hosts',
      "echo 'root::0:0::/:/bin/sh' >> /etc/passwd",
      "sudo sh -c 'echo x > /etc/resolv.conf'",
      'echo c > /proc/sysrq-trigger',
      "echo '@reboot x' >> /var/spool/cron/crontabs/dev",
      '{ echo a; } > /etc/x',
    ],
    misses: [
      'echo x > out.txt',
      'echo x > /tmp/a',
      'npm test > /dev/null',
      'echo x > /var/tmp/a',
      'echo hi >> notes.md',
    ],
  },
  {
    id: 'redirect-disk',
    program: '*',
    effect: 'deny',
    severity: 'critical',
    always: true,
    when: (view) => view.outputs.filter((target) => isDisk(target.path)),
    why: 'overwrites a disk.',
    instead: 'Write an image file instead: `dd if=/dev/zero of=/tmp/disk.img bs=1M count=64`.',
    hits: ['cat image.iso > /dev/sdb', 'pv < image.iso > /dev/sda', 'echo 1 > /dev/nvme0n1'],
    misses: ['echo x > /dev/null', 'echo x > /dev/stderr', 'echo x > /dev/tty'],
  },
  {
    id: 'redirect-git',
    program: '*',
    effect: 'deny',
    always: true,
    when: (view) => view.outputs.filter((target) => target.zone === 'git'),
    why: "changes git's own files by hand.",
    instead: 'Use git itself: `git status`.',
    hits: ['echo x > .git/HEAD', 'echo "[core] hooksPath=x" >> .git/config', 'printf x > .git/hooks/pre-commit'],
    misses: ['git log > log.txt', 'cat .git/config > /tmp/c'],
  },
  {
    id: 'redirect-trace',
    program: '*',
    effect: 'deny',
    always: true,
    when: (view) => view.outputs.filter(isTrace),
    why: 'overwrites the record of what was run or logged.',
    instead: 'Leave histories and logs; look at them: `tail -n 50 app.log`.',
    hits: ["echo '' > ~/.bash_history", 'echo x > /var/log/auth.log'],
    misses: ['history > /tmp/h', 'echo x > logs/dev.log'],
  },
  {
    id: 'redirect-startup',
    program: '*',
    effect: 'ask',
    always: true,
    when: (view) =>
      view.outputs.filter(
        (target) =>
          target.zone === 'in-home' &&
          /\/(\.(bash|zsh)(rc|_profile|env|_login|_logout)|\.z?profile|\.zlogin|\.config\/(autostart|systemd|fish)\/|\.ssh\/|\.gitconfig|\.config\/git\/|\.npmrc|\.pypirc|\.vimrc|\.inputrc|\.xinitrc|Library\/LaunchAgents)/.test(
            `${target.path}/`,
          ),
      ),
    why: 'changes what every later shell or git of this person does.',
    instead: 'Set it for this run only: `FOO=1 npm test`.',
    hits: ["echo 'alias ls=rm' >> ~/.bashrc", 'echo key >> ~/.ssh/authorized_keys', 'cat x > ~/.gitconfig'],
    misses: ['echo x > .npmrc', 'echo x > ~/notes.txt'],
  },
  {
    id: 'hooks-env',
    program: '*',
    effect: 'deny',
    always: true,
    when: (view) =>
      [...view.env].some(
        ([name, value]) =>
          Object.hasOwn(switches, name) &&
          switches[name]!.test(value) &&
          (name !== 'SKIP' || /^(git|pre-commit|npm|yarn|pnpm|make|gt|lefthook|husky)$/.test(view.program)) &&
          (name !== 'HUSKY' || !/^(ci|install|i|add)$/.test(view.operands[0] ?? '') || view.program === 'git'),
      ),
    why: 'switches the hook manager off.',
    instead: 'Mend what the hook reports, then `git commit -m "fix"`.',
    hits: [
      'HUSKY=0 git commit -m x',
      'LEFTHOOK=0 git push',
      'SKIP=eslint git commit -m x',
      'OVERCOMMIT_DISABLE=1 git commit -m x',
      'export HUSKY=0; git commit -m x',
      'env HUSKY=0 git push',
      'HUSKY_SKIP_HOOKS=1 git commit -m x',
    ],
    misses: ['HUSKY=0 npm ci', 'CI=1 git push', 'SKIP=1 node x.js'],
  },
  {
    id: 'preload',
    program: '*',
    effect: 'ask',
    when: (view) =>
      ['LD_PRELOAD', 'DYLD_INSERT_LIBRARIES', 'LD_AUDIT'].some((name) => (view.env.get(name) ?? '') !== '') ||
      /--require[= ](\/tmp|\.\/\.|\/dev)/.test(view.env.get('NODE_OPTIONS') ?? ''),
    why: 'loads foreign code into the program.',
    instead: 'Run it plainly: `npm test`.',
    hits: ['LD_PRELOAD=/tmp/x.so git push', 'NODE_OPTIONS="--require /tmp/x.js" npm test'],
    misses: ['NODE_OPTIONS=--max-old-space-size=4096 npm run build', 'NODE_ENV=test npm test'],
  },
  {
    id: 'agent-environment',
    program: '*',
    effect: 'deny',
    when: (view) =>
      [
        'CLAUDE_CODE_SIMPLE',
        'CLAUDE_CODE_SAFE_MODE',
        'DISABLE_HOOKS',
        'CLAUDE_CODE_DISABLE_HOOKS',
        'CLAUDE_DISABLE_HOOKS',
        'POSTERN_DISABLE',
        'POSTERN_MODE',
        'POSTERN_SKIP_REVIEW',
        'POSTERN_HOME',
        'POSTERN_POLICY',
      ].some((name) => view.env.has(name) && view.env.get(name) !== '' && view.env.get(name) !== '0'),
    why: 'switches the guard off through the environment.',
    instead: 'Run it plainly: `git push`.',
    hits: [
      'POSTERN_SKIP_REVIEW="no time" git push',
      'CLAUDE_CODE_SIMPLE=1 claude -p x',
      'export POSTERN_SKIP_REVIEW=x && git push',
    ],
    misses: ['FOO=1 git push', 'git push'],
  },
  {
    id: 'agent-redirected',
    program: ['git', 'postern', 'node', 'npx', 'npm', 'codex', 'claude'],
    effect: 'deny',
    when: (view) =>
      (['ANTHROPIC_BASE_URL', 'OPENAI_BASE_URL', 'CODEX_HOME', 'CLAUDE_CONFIG_DIR', 'XDG_STATE_HOME'].some((name) =>
        view.env.get(name),
      ) &&
        /^(git push|postern|npx postern)\b/.test(view.text)) ||
      (view.env.get('PATH') ?? '')
        .split(':')
        .some((folder) => /^(\/tmp|\/var\/tmp|\/dev\/shm|\.\.?)(\/|$)/.test(folder)),
    why: 'puts other programs, another model or another key in the place of those that guard.',
    instead: 'Run it plainly: `git push`.',
    hits: [
      'PATH=/tmp/evil:$PATH git push',
      'ANTHROPIC_BASE_URL=http://127.0.0.1:9 git push',
      'XDG_STATE_HOME=/tmp/x npx postern review',
    ],
    misses: ['PATH="$PWD/node_modules/.bin:$PATH" npm test', 'OPENAI_BASE_URL=http://localhost:1 npm test', 'git push'],
  },
  {
    id: 'service-delete',
    program: '*',
    effect: 'ask',
    when: (view) =>
      /.(-cli|ctl)$/.test(view.program) &&
      !/^(system|journal|login|time|host|locale|coredump|resolve|sys|machine|bluetooth|audit|redis|php|wp|sam|kube)(ctl|-cli)$/.test(
        view.program,
      ) &&
      view.operands.slice(0, 3).some((text) => /^(delete|destroy|purge|terminate|wipe|nuke)$/.test(text)),
    why: 'deletes something through a service’s command line.',
    instead: 'Look first: list what there is.',
    hits: ['launchdarkly-cli flags delete x', 'acmectl cluster destroy prod', 'vultr-cli instance delete x'],
    misses: [
      'launchdarkly-cli flags list',
      'acmectl get clusters',
      'acmectl cluster destroy prod --dry-run',
      'echo acmectl delete',
    ],
  },
];
