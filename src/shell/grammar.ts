import { valuedTable } from './valued-options.ts';
import type { Word } from './word.ts';

/** One option as given: `-f` (taken out of clusters), `--force`, with its value when it takes one. */
export interface Flag {
  readonly name: string;
  readonly value: Word | null;
}

/** An argument vector's words after the program, sorted by the program's grammar. */
export interface Parsed {
  readonly flags: readonly Flag[];
  readonly operands: readonly Operand[];
}

export interface Operand extends Word {
  /** True right after an option that is not known: it may be that option's value. */
  readonly loose: boolean;
  /** True after `--`. */
  readonly afterDashes: boolean;
}

/** Sorts words into options and operands. Options that take a value are known per program and subcommand. */
export function parseArgs(program: string, words: readonly Word[]): Parsed {
  const flags: Flag[] = [];
  const operands: Operand[] = [];
  const long = singleDash.has(program);
  let valued: Valued = [valuedOptions(program), none];
  let dashes = false;
  let afterOption = false;
  for (let at = 0; at < words.length; at++) {
    const current = words[at]!;
    const { text } = current;
    if (dashes || text.length < 2 || text[0] !== '-') {
      operands.push({ text, glob: current.glob, loose: afterOption && !dashes, afterDashes: dashes });
      valued = nextValued(program, operands, valued);
      if (operands.length === 1 && stopsAtOperand.has(program)) dashes = true;
      afterOption = false;
    } else if (text === '--') {
      dashes = true;
    } else {
      const taken =
        text[1] === '-' || long
          ? addLong(text, words[at + 1], valued, flags)
          : addCluster(text, words[at + 1], valued, flags);
      afterOption = taken === 0;
      at += taken;
    }
  }
  return { flags, operands };
}

/** Options that take a value: the program's own, and those of its subcommand. */
type Valued = readonly [ReadonlySet<string>, ReadonlySet<string>];

function takesValue(valued: Valued, name: string): boolean {
  return valued[0].has(name) || valued[1].has(name);
}

function nextValued(program: string, operands: readonly Operand[], valued: Valued): Valued {
  const count = operands.length;
  if (count > 2) return valued;
  const text = operands[count - 1]!.text;
  if (count === nestedAt(program, operands)) return [valuedOptions(`compose ${text}`), none];
  return count === 1 ? [valued[0], valuedOptions(`${program} ${text}`)] : valued;
}

/** Number of operands after which `docker compose` has reached its own subcommand, whose options are others. */
function nestedAt(program: string, operands: readonly Operand[]): number {
  if (program === 'docker-compose' || program === 'podman-compose') return 1;
  return operands[0]?.text === 'compose' ? 2 : 0;
}

function addLong(text: string, next: Word | undefined, valued: Valued, flags: Flag[]): number {
  const equals = text.indexOf('=');
  if (equals > 0) {
    flags.push({ name: text.slice(0, equals), value: { text: text.slice(equals + 1), glob: false } });
    return 0;
  }
  const takes = takesValue(valued, text) && next !== undefined;
  flags.push({ name: text, value: takes ? next : null });
  return takes ? 1 : 0;
}

function addCluster(text: string, next: Word | undefined, valued: Valued, flags: Flag[]): number {
  for (let i = 1; i < text.length; i++) {
    const name = `-${text[i]}`;
    if (!takesValue(valued, name)) {
      flags.push({ name, value: null });
      continue;
    }
    const rest = text.slice(i + 1);
    if (rest !== '') flags.push({ name, value: { text: rest.replace(/^=/, ''), glob: false } });
    else flags.push({ name, value: next ?? null });
    return rest === '' && next !== undefined ? 1 : 0;
  }
  return 0;
}

const cache = new Map<string, ReadonlySet<string>>();

function valuedOptions(key: string): ReadonlySet<string> {
  const known = cache.get(key);
  if (known) return known;
  const row = Object.hasOwn(valuedTable, key) ? valuedTable[key] : undefined;
  if (row === undefined) return none;
  const options = new Set(row.split(' '));
  cache.set(key, options);
  return options;
}

const none: ReadonlySet<string> = new Set();

/** First operand of programs that have subcommands, else `''`. */
export function subcommandOf(program: string, args: readonly (string | null)[]): string {
  if (!withSubcommands.has(program)) return '';
  const words = args.slice(0, 32).map((arg) => ({ text: arg ?? '\0', glob: false }));
  const first = parseArgs(program, words).operands[0]?.text ?? '';
  return first.includes('\0') ? '' : first;
}

const withSubcommands = new Set(
  (
    'git npm pnpm yarn bun npx docker podman nerdctl kubectl oc helm terraform tofu terragrunt pulumi cdk aws gcloud az gh glab ' +
    'cargo go pip pip3 uv poetry gem bundle composer dotnet mix rails rake php artisan systemctl service brew apt apt-get yum ' +
    'dnf apk snap launchctl crontab flyctl fly heroku vercel netlify wrangler supabase firebase doctl railway render stripe ' +
    'vault consul nomad etcdctl rclone restic borg mc gsutil bq prisma knex sequelize typeorm drizzle-kit alembic flask django-admin ' +
    'hg svn jj sl fossil bzr p4 lefthook husky pre-commit nx turbo lerna security op pass eksctl kops minikube kind k3d argocd flux ' +
    'istioctl velero skaffold tilt ansible-galaxy vagrant packer multipass virsh lxc zfs zpool btrfs cryptsetup nmcli ufw ip tc'
  ).split(' '),
);

/** Programs whose long options start with a single dash. */
const singleDash = new Set(
  'terraform tofu terragrunt find java javac openssl go packer gcc clang ffmpeg xcodebuild pwsh powershell fetch consul nomad vault security dscl emacs rclone7'.split(
    ' ',
  ),
);

/** Programs whose options end at the first operand because a command follows. */
const stopsAtOperand = new Set(['ssh', 'env', 'sudo', 'timeout', 'nice']);
