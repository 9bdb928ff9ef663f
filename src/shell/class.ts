import type { ActionClass, Command, PathUse } from '../policy/reading.ts';

const readers = new Set(
  (
    'ls cat head tail less more bat grep egrep fgrep rg ag ack wc sort uniq cut diff comm cmp stat file find fd tree du df pwd cd pushd popd echo printf true false : test [ which type whereis whoami id ' +
    'date uname hostname env printenv ps pgrep jobs top htop free uptime lsof ss netstat man help basename dirname realpath readlink tr column fold nl od xxd hexdump strings jq yq sha256sum md5sum shasum cksum ' +
    'sleep seq expr tty locale history read export declare set alias exit return xargs dig host nslookup ping awk sed tac rev paste join base64 cal nproc arch lscpu lsblk tput clear eza exa shellcheck hadolint'
  ).split(' '),
);

const readSubcommands: Readonly<Record<string, RegExp>> = {
  git: /^(status|log|diff|show|blame|grep|ls-files|ls-tree|ls-remote|rev-parse|rev-list|describe|shortlog|cat-file|check-ignore|reflog|name-rev|merge-base|for-each-ref|show-ref|var|version|help|count-objects|diff-tree|whatchanged|range-diff|cherry|)$/,
  npm: /^(ls|list|view|info|outdated|whoami|root|prefix|bin|explain|why|search|audit|ping|docs|help|v)$/,
  pnpm: /^(ls|list|why|outdated|root|bin|audit)$/,
  yarn: /^(list|why|info|outdated)$/,
  docker: /^(ps|images|logs|inspect|version|info|top|stats|port|diff|history|search|events)$/,
  kubectl: /^(get|describe|logs|top|explain|version|api-resources|cluster-info|diff)$/,
  terraform: /^(plan|show|output|validate|version|graph|providers)$/,
  cargo: /^(tree|metadata|search|version)$/,
  pip: /^(list|show|freeze|check|search)$/,
  systemctl: /^(status|list-units|list-unit-files|is-active|is-enabled|show|cat)$/,
};

/** The strictest class among a line's commands. Programs that are not known to be readers count as writers. */
export function classOf(
  commands: readonly Command[],
  uses: readonly PathUse[],
  problems: number,
  signals: number,
): ActionClass {
  if (commands.some(destroys) || uses.some((use) => use.access === 'delete' && use.recursive)) return 'destructive';
  const writes = uses.some((use) => use.access !== 'read');
  return problems + signals > 0 || writes || !commands.every(onlyReads) ? 'write' : 'read';
}

function onlyReads(command: Command): boolean {
  const { program, subcommand, args } = command;
  if (program === 'sed') return !args.some((arg) => /^(-\w*i|--in-place)/.test(arg ?? ''));
  if (program === 'git') return gitReads(command);
  const row = Object.hasOwn(readSubcommands, program) ? readSubcommands[program] : undefined;
  return row ? row.test(subcommand) : readers.has(program);
}

function gitReads({ subcommand, args }: Command): boolean {
  const rest = args.slice(args.indexOf(subcommand) + 1);
  const onlyOptions = rest.every((arg) => arg?.startsWith('-') && !/^-[dDmMcC]/.test(arg));
  if (/^(branch|tag|remote)$/.test(subcommand))
    return (
      onlyOptions ||
      rest[0] === '-v' ||
      rest.some((arg) => /^(-l|--list|--merged|--contains|--show-current)$/.test(arg ?? ''))
    );
  if (subcommand === 'stash') return /^(list|show)$/.test(rest[0] ?? '');
  if (subcommand === 'config')
    return rest.some((arg) => /^(--get|--list|-l|list|get|--get-all|--get-regexp)$/.test(arg ?? ''));
  return readSubcommands['git']!.test(subcommand);
}

const has = (args: readonly (string | null)[], option: RegExp) => args.some((arg) => option.test(arg ?? ''));

/** Commands whose effect cannot be brought back, by their plainest forms; the rules know more. */
function destroys({ program, subcommand, args }: Command): boolean {
  if (program === 'rm') return has(args, /^-\w*[rR]|^--rec/);
  if (/^(shred|dd|wipefs|blkdiscard|dropdb|dropuser|sgdisk|mkswap)$|^mkfs/.test(program)) return true;
  if (program !== 'git') return (program === 'terraform' || program === 'tofu') && subcommand === 'destroy';
  if (subcommand === 'reset') return has(args, /^--har/);
  if (subcommand === 'clean') return has(args, /^-\w*f|^--for/);
  return subcommand === 'push' && has(args, /^(-\w*[fd]|--force|--delete|--mirror|--prune|\+.*|:.+)$/);
}
