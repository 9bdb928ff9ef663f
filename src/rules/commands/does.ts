import type { CommandEffect } from '../../policy/command-effect.ts';

/** Effects by rule, the first that fits; every rule has one, which a test holds. */
const BY_RULE: readonly (readonly [rules: RegExp, effect: CommandEffect])[] = [
  [
    /^(download-and-run|decode-and-run|dynamic-\w+|git-unknown|remote-shell|remote-shell-pipe|unreadable|git-remote-helper)$/,
    'runs-unknown-code',
  ],
  [
    /^(raw-socket|reverse-shell|listen-shell|environment-sent|environment-piped|send-file-out|archive-sent|secret-in-url|ssh-forward)$/,
    'sends-out',
  ],
  [/^(keychain|credential-print|environment-print|private-key|memory-dump|proc-environ)$/, 'reads-secret'],
  [/^(traces-deleted|redirect-trace|history-wiped|history-off)$/, 'hides-traces'],
  [
    /^(no-verify|commit-n|am-no-verify|hooks?-\w+|config-env|gate-by-plumbing|other-worktree|agent-marks)$/,
    'bypasses-hooks',
  ],
  [/^(agent-\w+|defences-off|preload|shell-hijack|redirect-startup|ssh-access|insecure-install)$/, 'weakens-guard'],
  [
    /^git-(branch-delete|branch-force|push-\w+|rewrite\w*(-tool)?|reflog|prune-now|ref-delete|tag-\w+|rebase-root)$/,
    'rewrites-history',
  ],
  [/^(git-(?!folder-write)\S+|vcs-discard)$/, 'discards-work'],
  [/^(publish|image-push|build-push)$/, 'publishes'],
  [/^(sql-destroy|database-\w+|redis|memcached|mongo|migration-reset|framework-\w+|warehouse-delete)$/, 'changes-data'],
  [
    /^(volume-delete|container-\w+|compose-volumes|kube-\w+|helm|cluster-delete|terraform-\w+|iac|ansible|aws|gcloud|azure|other-clouds|github|hosting|package-cache|remote-\w+|service-delete|cloud-mirror)$/,
    'changes-remote',
  ],
  [
    /^(fork-bomb|chmod-\w+|setuid|kill-all|power|systemctl|service|kernel|sysrq|system-\w+|users|crontab|schedule|mount|network-down|machine-settings|desktop-control|redirect-system|archive-over-system)$/,
    'changes-machine',
  ],
  [
    /^(truncate|in-place-empty|printed-empty|null-overwrite|git-folder-write|archive-absolute|disk-\w+|dd-file|volume-destroy|fill-disk|redirect-\w+)$/,
    'overwrites',
  ],
  [
    /^(rm-\w+(-off)?|shred|trash-emptied|move-away|mirror-delete|remove-source|archive-removes|windows-delete|lisp-delete)$/,
    'deletes',
  ],
];

/** The effect of the commands that a rule is about; `null` for a rule that nobody named here. */
export function commandEffect(rule: string): CommandEffect | null {
  return BY_RULE.find(([rules]) => rules.test(rule))?.[1] ?? null;
}
