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
      const taken = text[1] === '-' || long ? addLong(text, words[at + 1], valued, flags) : addCluster(text, words[at + 1], valued, flags);
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
  ('git npm pnpm yarn bun npx docker podman nerdctl kubectl oc helm terraform tofu terragrunt pulumi cdk aws gcloud az gh glab ' +
    'cargo go pip pip3 uv poetry gem bundle composer dotnet mix rails rake php artisan systemctl service brew apt apt-get yum ' +
    'dnf apk snap launchctl crontab flyctl fly heroku vercel netlify wrangler supabase firebase doctl railway render stripe ' +
    'vault consul nomad etcdctl rclone restic borg mc gsutil bq prisma knex sequelize typeorm drizzle-kit alembic flask django-admin ' +
    'hg svn jj sl fossil bzr p4 lefthook husky pre-commit nx turbo lerna security op pass eksctl kops minikube kind k3d argocd flux ' +
    'istioctl velero skaffold tilt ansible-galaxy vagrant packer multipass virsh lxc zfs zpool btrfs cryptsetup nmcli ufw ip tc').split(' '),
);

/** Programs whose long options start with a single dash. */
const singleDash = new Set('terraform tofu terragrunt find java javac openssl go packer gcc clang ffmpeg xcodebuild pwsh powershell fetch consul nomad vault security dscl emacs rclone7'.split(' '));

/** Programs whose options end at the first operand because a command follows. */
const stopsAtOperand = new Set(['ssh', 'env', 'sudo', 'timeout', 'nice']);

const valuedTable: Readonly<Record<string, string>> = {
  git: '-C -c --git-dir --work-tree --namespace --super-prefix --config-env --attr-source',
  'git commit': '-m -F -C -c -t --message --file --reuse-message --reedit-message --fixup --squash --author --date --template --cleanup --trailer --pathspec-from-file',
  'git push': '-o --push-option --repo --receive-pack --exec',
  'git clean': '-e --exclude',
  'git checkout': '-b -B --orphan --conflict --pathspec-from-file',
  'git switch': '-c -C --create --force-create --orphan --conflict',
  'git restore': '-s --source --conflict --pathspec-from-file',
  'git reset': '--pathspec-from-file',
  'git merge': '-m -F -s -X --strategy --strategy-option --into-name --cleanup',
  'git pull': '-s -X --strategy --strategy-option -o --server-option --upload-pack --depth',
  'git fetch': '-o --server-option --upload-pack --depth --refmap -j',
  'git clone': '-b --branch -o --origin -u --upload-pack --depth --reference -c --config --template -j --filter --separate-git-dir',
  'git rebase': '-x --exec -s -X --strategy --strategy-option --onto -C --whitespace',
  'git tag': '-m -F -u --message --file --local-user --sort --format --points-at --contains --merged --no-merged --cleanup',
  'git branch': '-u --set-upstream-to --sort --format --points-at --contains --no-contains --merged --no-merged',
  'git stash': '-m --message',
  'git log': '-n --max-count --since --until --author --grep --format --pretty -S -G -L --date',
  'git grep': '-e -f -A -B -C -m --max-depth --threads',
  'git diff': '-S -G -O --output --diff-filter',
  'git difftool': '-x --extcmd -t --tool',
  'git cherry-pick': '-m --mainline -s -X --strategy',
  'git revert': '-m --mainline -s -X --strategy',
  'git am': '-C -p --directory --exclude --include --patch-format',
  'git apply': '-p -C --directory --exclude --include',
  'git worktree': '-b -B --reason --expire',
  'git config': '-f --file --blob --type --default --value --get-color -t',
  'git gc': '--max-cache-size',
  'git update-ref': '-m',
  'git notes': '-m -F -C -c --ref',
  'git format-patch': '-o --output-directory --start-number -v --subject-prefix --to --cc',
  'git submodule': '-b --branch --name --reference --depth -j',
  'git filter-branch': '--env-filter --tree-filter --index-filter --parent-filter --msg-filter --commit-filter --tag-name-filter --setup --subdirectory-filter -d --original --state-branch',
  'git bisect': '--term-good --term-bad',
  'git archive': '-o --output --format --prefix --remote --exec',
  rm: '', rmdir: '',
  cp: '-t --target-directory -S --suffix',
  mv: '-t --target-directory -S --suffix',
  ln: '-t --target-directory -S --suffix',
  install: '-t --target-directory -m --mode -o --owner -g --group -S --suffix',
  chmod: '--reference', chown: '--reference --from', chgrp: '--reference',
  touch: '-d -r -t --date --reference',
  truncate: '-s --size -r --reference',
  shred: '-n --iterations -s --size --random-source',
  tee: '',
  sed: '-e -f --expression --file -l',
  gsed: '-e -f --expression --file -l',
  grep: '-e -f -m -A -B -C -d -D --regexp --file --max-count --include --exclude --exclude-dir --color --label',
  rg: '-e -f -g -t -T -A -B -C -m -j -M --regexp --file --glob --type --type-not --max-count --replace -r',
  sort: '-o -k -t -S -T --output --key --field-separator --buffer-size --temporary-directory --files0-from',
  head: '-n -c --lines --bytes', tail: '-n -c -s --lines --bytes --pid',
  cut: '-d -f -c -b --delimiter --fields', awk: '-F -v -f', gawk: '-F -v -f -i', mawk: '-F -v -f',
  curl: '-o -O0 -d -F -T -H -X -u -A -e -b -c -x -K -m -w -y -Y -z -E -C -r -Q -t -U -P -D --data --data-raw --data-binary --data-urlencode --data-ascii --json --form --form-string --upload-file --header --request --user --user-agent --referer --cookie --cookie-jar --proxy --config --max-time --connect-timeout --write-out --output --output-dir --cert --key --cacert --url --retry --retry-delay --resolve --range --netrc-file --limit-rate --interface --dump-header',
  wget: '-O -o -a -P -i -U -t -T -Q -e -A -R -D -l --output-document --output-file --directory-prefix --input-file --user-agent --post-data --post-file --body-data --body-file --header --method --user --password --tries --timeout --execute --load-cookies',
  http: '-a --auth -A -o --output -s --session -p --print --timeout --verify',
  man: '-P --pager -M -S -s -L -C',
  setfacl: '-m -x -M -X --modify --remove',
  nc: '-e -c -p -s -w -i -X -x -q -g -G -m -O -o -P -T', ncat: '-e -c -p -s -w -i -g -G -m -o --exec --sh-exec --lua-exec',
  netcat: '-e -c -p -s -w -i -X -x -q', socat: '-b -t -T -l', telnet: '-l -n -e -b',
  ssh: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B -P',
  scp: '-c -F -i -J -l -o -P -S -D -X', sftp: '-b -c -F -i -J -l -o -P -S -s -R -B',
  rsync: '-e -f -B -M -T --rsh --exclude --include --filter --files-from --exclude-from --include-from --backup-dir --suffix --rsync-path --temp-dir --partial-dir --bwlimit --log-file --password-file --chmod --chown --timeout --port --out-format --compare-dest --copy-dest --link-dest --max-delete --max-size --min-size',
  tar: '-f -C -T -X -I -b -g -F -H -L -N -V -K --file --directory --files-from --exclude --exclude-from --use-compress-program --checkpoint-action --to-command --transform --rsh-command --info-script --new-volume-script --owner --group --mode --strip-components',
  zip: '-b -n -t -tt -x -i -P -s -O --exclude --include', unzip: '-d -x -P', '7z': '',
  dd: '', patch: '-p -i -o -d -r -B -D -F -V -Y -z --input --output --directory --strip --reject-file',
  docker: '-H --host -c --context --config -l --log-level',
  'docker run': '-v -p -e -w -u -h -l -m --name --network --net --volume --mount --env --env-file --entrypoint --workdir --user --hostname --label --memory --cpus --platform --publish --restart --gpus --device --add-host --cap-add --cap-drop --security-opt --pull --ulimit --tmpfs --log-driver --shm-size --ipc --pid --link --dns --cidfile --volumes-from --userns -c',
  'docker exec': '-e -u -w --env --env-file --user --workdir --detach-keys',
  'docker compose': '-f --file -p --project-name --profile --env-file --project-directory --parallel --ansi --progress -e -u -w --env --user --workdir --index --scale -t --timeout --name --entrypoint -v',
  'docker build': '-f -t --file --tag --build-arg --target --platform --secret --cache-from --cache-to -o --output --progress --network --label',
  'docker stop': '-t --time -s', 'docker system': '--filter --format', 'docker volume': '--filter --format -f0', 'docker images': '-f --filter --format', 'docker ps': '-f --filter --format -n',
  'compose run': '-e -u -w -v -p --env --user --workdir --volume --publish --name --entrypoint --label',
  'compose exec': '-e -u -w --env --user --workdir --index',
  'compose down': '-t --timeout --rmi',
  'docker-compose': '-f --file -p --project-name --profile --env-file --project-directory -e -u -w --index -t --timeout',
  podman: '--connection --url --root --runroot --log-level',
  kubectl: '-n --namespace --context --kubeconfig --cluster --user -s --server --token --as --as-group --request-timeout -v -l --selector -o --output -f --filename -c --container --field-selector -k --kustomize --cache-dir --timeout --grace-period0 --replicas0 --type -p --patch --image --overrides --sort-by --template --since --tail --subresource',
  oc: '-n --namespace --context --kubeconfig --cluster --user -s --server --token -l --selector -o --output -f --filename -c',
  helm: '-n --namespace --kube-context --kubeconfig -f --values --set --set-string --set-file --version --timeout --repo -o --output --description --history-max',
  terraform: '-chdir0 -target0', pulumi: '-s --stack -C --cwd -m --message --color -t --target --config --profiling',
  ansible: '-i -m -a -u -e -l -f -b0 --inventory --module-name --args --extra-vars --limit --forks --user --become-user --private-key -t --vault-password-file',
  'ansible-playbook': '-i -u -e -l -f -t --inventory --extra-vars --limit --tags --skip-tags --forks --vault-password-file --private-key --start-at-task',
  aws: '--profile --region --output --endpoint-url --query --color --cli-read-timeout --cli-connect-timeout --ca-bundle',
  gcloud: '--project --account --configuration --format --filter --region --zone --verbosity --impersonate-service-account --billing-project --flags-file --location --cluster --command',
  az: '-g --resource-group -n --name --subscription -o --output --query --ids -l --location --account-name --container-name',
  gh: '-R --repo --hostname -b --body -t --title -F --field -f --raw-field -X --method -H --header --input -q --jq -l --label -a --assignee -r --reviewer -m --milestone --notes --notes-file --body-file --base --head -B --template --json -L --limit -s --state -u --user -o --org -e --env -d --description',
  glab: '-R --repo -X --method -F --field -f --raw-field -H --header -g --group',
  gsutil: '-o -i -h -u', bq: '--project_id --dataset_id --location --format -q0 --job_id',
  psql: '-c -f -d -h -p -U -v -o -L -F -P -R -T --command --file --dbname --host --port --username --set --variable --output --log-file --field-separator --pset',
  mysql: '-e -h -P -D -S -u0 --execute --host --port --user --database --socket --password0 --init-command --defaults-file --defaults-extra-file',
  mariadb: '-e -h -P -D -S --execute --host --port --user --database --init-command',
  sqlite3: '-cmd -separator -init --cmd --init', sqlcmd: '-Q -q -S -U -P -d -i -o -E0', mongosh: '--eval -u -p --host --port --authenticationDatabase -f --file --username --password', mongo: '--eval -u -p --host --port',
  'redis-cli': '-h -p -a -n -u -x0 -s --user --pass -r -i --pattern --eval --rdb -D -d', cqlsh: '-e -f -u -p -k --execute --file --keyspace', clickhouse: '-q -h -u -d --query --host --user --database --password --port', 'clickhouse-client': '-q -h -u -d --query --host --user --database --password --port',
  duckdb: '-c -cmd -init -s', cockroach: '-e --execute --host --url --database -d --user -u --certs-dir', snowsql: '-q --query -c -f -a -u -d -s', bcp: '', 'mysqladmin': '-h -P -u -S --host --user --port', dropdb: '-h -p -U --host --port --username --maintenance-db', dropuser: '-h -p -U', createdb: '-h -p -U -O -T -E -D -l', pg_restore: '-d -h -p -U -n -t -j -f -F -L --dbname --host --port --username --schema --table', pg_dump: '-d -h -p -U -n -t -j -f -F -N -T --file --host --port --username --dbname',
  npm: '--prefix -w --workspace --registry --tag --access --otp --userconfig -C --dir --loglevel', pnpm: '--filter -F -C --dir --registry --tag --otp --reporter', yarn: '--cwd --registry --tag', bun: '--cwd', cargo: '--manifest-path -p --package --features --target --target-dir --token -Z --color --bin --example -j --index --registry --vers --version0', pip: '-r -c -i -t -e --requirement --constraint --index-url --target --extra-index-url --prefix --root', twine: '-r -u -p --repository --repository-url --username --password', gem: '-v --version -k --key --host', mvn: '-f -pl -P -s -D0 -T', gradle: '-p -b -P0 -x', composer: '-d --working-dir', poetry: '-C -P -r --repository -u -p', uv: '--project --directory --index-url --token --publish-url -p --python --with',
  systemctl: '-H -M -n -o -p -s -t --host --machine --signal --type --state --root', journalctl: '-u -n -p -S -U -t -o --unit --lines --since --until --vacuum-size --vacuum-time --vacuum-files', kill: '-s -n', pkill: '-s -n -P -u -U -g -G -t --signal --parent --euid --uid --pgroup', killall: '-s -u -o -y --signal --user', crontab: '-u', iptables: '-t -A -D -I -P -s -d -p -j --dport --sport -i -o', sysctl: '-p0', usermod: '-a0 -G -g -s -d -l -u -L0 --groups --shell --home', useradd: '-G -g -s -d -u -c -p', mount: '-t -o', umount: '-t -O', parted: '-a --align', mkswap: '-L -U', wipefs: '-o -t', sgdisk: '-n -d -t -c', hdparm: '', ufw: '', passwd: '-d0', 'apt-get': '-o -t -c', apt: '-o -t -c', yum: '-c --enablerepo --disablerepo', dnf: '-c --enablerepo', brew: '',
  rclone: '--config --filter --exclude --include --transfers --checkers --log-level --backup-dir --max-age --min-age', mc: '--config-dir -C', restic: '-r --repo -p --password-file --tag --host --keep-last --keep-daily --keep-weekly', borg: '--keep-daily --keep-weekly --keep-monthly -P --prefix',
  'find-dummy': '', xargs: '-a -d -E -I -L -n -P -s --arg-file --delimiter --max-lines --max-args --max-procs --replace0 --max-chars -J -R -S', mail: '-s -a -c -b -r -S', mutt: '-s -a -c -b -i -e', sendmail: '-f -F', sqlplus: '', openssl: '-in -out -k -pass -passin -passout -inkey -keyout -config -connect', gpg: '-r -o -u --recipient --output --homedir --local-user --passphrase --passphrase-file', base64: '-w -i -o --wrap', xxd: '-l -s -c -g -o', od: '-A -t -N -j -w', strings: '-n', jq: '-f --arg0 --indent', yq: '', vim: '-c -S -u --cmd -s -w', vi: '-c', nvim: '-c -S -u --cmd -s', ex: '-c', emacs: '-eval -l -f', 'ssh-keygen': '-f -t -b -C -N -P -R -F -i0 -s -I -n -V', at: '-f -q -t', nvme: '', stripe: '-d --api-key --project-name --confirm0', firebase: '-P --project --only --token', vercel: '--token -t --scope -S --cwd -A', netlify: '--site --auth -s -d --dir -m', heroku: '-a --app -r --remote --confirm -c', flyctl: '-a --app -c --config -t --access-token -C --command', fly: '-a --app -c --config -t --access-token -C --command', wrangler: '-c --config -e --env --name --file --command', supabase: '--project-ref --workdir --db-url --linked0', doctl: '-t --access-token --context -o --output --format', vault: '', 'liquibase': '', flyway: '', atlas: '-u --url --to --dev-url --env', sqitch: '', dbmate: '-u --url -d -e', migrate: '-path -database -source', goose: '-dir -table', knex: '--knexfile --env --cwd', prisma: '--schema', alembic: '-c --config -n --name -x', flask: '-A --app -e', 'django-admin': '--settings --pythonpath', php: '-d -c -f -r -S -t -z', rails: '-e --environment', rake: '-f -R', mix: '', dotnet: '-p --project -c --configuration -s --startup-project --context -k --api-key --source', nuget: '-Source -ApiKey',
};
