import type { Place } from '../policy/reading.ts';

/** A command that runs another command. */
export interface Wrapper {
  /** Subcommands that must follow the program, with their alternatives: `compose exec|run`. */
  readonly path?: string;
  /** Options that take a value, beyond `=`. */
  readonly valued?: string;
  /** Options whose value is shell text that is run. */
  readonly code?: string;
  /** Operands before the command: a container, a duration. */
  readonly skip?: number;
  /** True when `NAME=value` may stand before the command. */
  readonly env?: boolean;
  /** `argv`: the rest is one command. `shell`: the rest is joined and given to a shell. `each`: every operand is shell text. `stdin`: shell text comes in on standard input. */
  readonly rest: 'argv' | 'shell' | 'each' | 'stdin' | 'none';
  readonly place?: Place;
  /** True when the wrapper itself is a command worth judging. */
  readonly keep?: boolean;
}

const argv: Wrapper = { rest: 'argv' };
const shell: Wrapper = { rest: 'shell' };
const after = (skip: number, valued = ''): Wrapper => ({ rest: 'argv', skip, valued });
const sub = (path: string, more: Partial<Wrapper> = {}): Wrapper => ({ rest: 'argv', path, keep: true, ...more });

const sudo: Wrapper = { rest: 'argv', env: true, valued: '-u -g -h -p -C -T -R -D -U -r -t -c --user --group --host --prompt --chdir --chroot --role --type --other-user --close-from' };
const su: Wrapper = { rest: 'none', code: '-c --command --session-command', valued: '-s --shell -g --group -G -w' };
const containerRun = '-v -p -e -w -u -h -l -m -c --name --network --net --volume --mount --env --env-file --entrypoint --workdir --user --hostname --label --memory --cpus --platform --publish --restart --gpus --device --add-host --cap-add --cap-drop --security-opt --pull --ulimit --tmpfs --log-driver --shm-size --ipc --pid --link --dns --cidfile --volumes-from --userns --runtime --detach-keys --index';
const docker: readonly Wrapper[] = [
  sub('exec', { skip: 1, valued: containerRun, place: 'container' }),
  sub('run', { skip: 1, valued: containerRun, place: 'container' }),
  sub('container exec|run', { skip: 1, valued: containerRun, place: 'container' }),
  sub('compose exec|run', { skip: 1, valued: containerRun, place: 'container' }),
  sub('machine ssh', { skip: 1, place: 'remote' }),
];
const kube: readonly Wrapper[] = [
  sub('exec', { skip: 1, valued: '-c --container -n --namespace --context -f --filename', place: 'container' }),
  sub('run', { skip: 1, valued: '--image -n --namespace --restart --context --overrides -l --labels --env --port', place: 'container' }),
  sub('debug', { skip: 1, valued: '--image -n --namespace --context --target -c --container', place: 'container' }),
];
const tmux: readonly Wrapper[] = [
  sub('new-session|new|new-window|neww|split-window|splitw|respawn-pane|respawnp|respawn-window|run-shell|run|if-shell|display-popup|popup|pipe-pane', { rest: 'each', valued: '-s -n -c -t -F -x -y -e -f -d0 -l -p -T -w -h' }),
  sub('send-keys|send', { rest: 'each', valued: '-t -N' }),
];

/** Wrappers by program. Where several rows stand, the first whose subcommands match is used. */
export const wrappers: Readonly<Record<string, readonly Wrapper[]>> = {
  sudo: [sudo], doas: [{ ...sudo, valued: '-u -C' }], pkexec: [{ ...sudo, valued: '--user' }], run0: [sudo], sudoedit: [],
  env: [{ rest: 'argv', env: true, valued: '-u -C --unset --chdir', code: '-S --split-string' }],
  su: [su], runuser: [{ rest: 'argv', code: '-c --command', valued: '-u --user -s -g -G -l --login' }], sg: [{ rest: 'none', code: '-c', skip: 1 }],
  gosu: [after(1)], 'su-exec': [after(1)], setpriv: [after(0, '--reuid --regid --groups --inh-caps --bounding-set --securebits')], capsh: [{ rest: 'none', code: '-c' }],
  nice: [after(0, '-n --adjustment')], ionice: [after(0, '-c -n -p -P -u --class --classdata')], chrt: [after(1, '-T -P -D')], taskset: [after(1, '-p')],
  timeout: [after(1, '-k -s --kill-after --signal')], gtimeout: [after(1, '-k -s --kill-after --signal')], nohup: [argv], setsid: [argv], stdbuf: [after(0, '-i -o -e')],
  unbuffer: [argv], time: [after(0, '-f -o --format --output')], watch: [{ rest: 'shell', valued: '-n --interval -d0' }], script: [{ rest: 'argv', code: '-c --command', skip: 1 }],
  entr: [{ rest: 'argv', code: '-s' }], newgrp: [{ rest: 'stdin' }], 'ssh-agent': [after(0, '-a -t -k -O -P -E')], iex: [{ rest: 'stdin' }], 'Invoke-Expression': [{ rest: 'stdin' }], flock: [{ rest: 'argv', skip: 1, code: '-c --command', valued: '-w -E --wait --timeout --conflict-exit-code' }], chroot: [{ ...after(1, '--userspec --groups'), keep: true, place: 'container' }],
  unshare: [after(0, '-S -G -R -w --setuid --setgid --root --wd')], nsenter: [after(0, '-t -S -G --target --setuid --setgid')], firejail: [argv], bwrap: [after(0, '--bind --ro-bind --dev --proc --tmpfs --symlink --dir --setenv --unsetenv --chdir')],
  strace: [after(0, '-e -o -p -s -P -u -E -a -S -I -b -O -X')], ltrace: [after(0, '-e -o -p -s -u -a -n -l -x')], valgrind: [argv], perf: [sub('stat|record|trace', { valued: '-e -o -F -p' })], gdb: [], catchsegv: [argv], rlwrap: [after(0, '-f -H -C')],
  busybox: [argv], toybox: [argv], sem: [after(0, '-j --id --jobs')], parallel: [], caffeinate: [after(0, '-t -w')], 'dbus-run-session': [argv], 'xvfb-run': [after(0, '-n -s -e -f -p -w --server-num --server-args')], 'dbus-launch': [argv],
  proxychains: [after(0, '-f')], proxychains4: [after(0, '-f')], torsocks: [argv], torify: [argv], faketime: [after(1, '-f')], numactl: [argv], cgexec: [after(0, '-g')], prlimit: [argv], setarch: [after(1)], linux32: [argv], linux64: [argv], arch: [argv], choom: [after(0, '-n -p')], uclampset: [after(0, '-m -M')], systemd_run: [],
  'systemd-run': [after(0, '-p -u -E -M --unit --property --setenv --slice --uid --gid --on-calendar --on-active --working-directory --description')], 'systemd-inhibit': [argv], 'systemd-nspawn': [after(0, '-D -M -i -u')], tini: [after(0, '-e -p')], 'dumb-init': [argv], exec: [argv], daemonize: [argv], 'start-stop-daemon': [{ rest: 'none', code: '--exec -x --startas' }], chpst: [after(0, '-u -e -n')], setuidgid: [after(1)], envdir: [after(1)], unclutter: [],
  ssh: [{ rest: 'shell', skip: 1, valued: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B -P', place: 'remote', keep: true }], autossh: [{ rest: 'shell', skip: 1, valued: '-M -p -i -o -L -R -D', place: 'remote', keep: true }], mosh: [{ rest: 'argv', skip: 1, place: 'remote', keep: true }], sshpass: [after(0, '-p -f -d -P')], rsh: [{ rest: 'shell', skip: 1, valued: '-l', place: 'remote', keep: true }], pdsh: [{ rest: 'shell', valued: '-w -l -x -g', place: 'remote', keep: true }], pssh: [{ rest: 'shell', valued: '-h -H -l -p -t -o', place: 'remote', keep: true }], 'parallel-ssh': [{ rest: 'shell', valued: '-h -H -l -p -t -o', place: 'remote', keep: true }], 'fly-ssh': [],
  docker, podman: docker, nerdctl: docker, 'docker-compose': [sub('exec|run', { skip: 1, valued: containerRun, place: 'container' })], kubectl: kube, oc: [...kube, sub('rsh', { skip: 1, valued: '-c -n', place: 'container' })], k: kube, crictl: [sub('exec', { skip: 1, place: 'container' })], lxc: [sub('exec', { skip: 1, place: 'container' })], incus: [sub('exec', { skip: 1, place: 'container' })], 'lxc-attach': [after(0, '-n')], machinectl: [sub('shell', { skip: 1, place: 'container' })], 'docker-machine': [sub('ssh', { skip: 1, place: 'remote' })], minikube: [sub('ssh', { place: 'remote' })], multipass: [sub('exec', { skip: 1, place: 'container' })], toolbox: [sub('run', { valued: '-c' })], distrobox: [sub('enter', { skip: 1 })], wsl: [{ ...after(0, '-d -u'), keep: true }], vagrant: [sub('ssh', { rest: 'none', code: '-c --command', place: 'remote' })], heroku: [sub('run', { rest: 'shell', valued: '-a --app -s --size -r --remote -x0', place: 'remote' })], fly: [sub('ssh console', { rest: 'none', code: '-C --command', place: 'remote' })], flyctl: [sub('ssh console', { rest: 'none', code: '-C --command', place: 'remote' })], gcloud: [sub('compute ssh', { rest: 'none', code: '--command -command', place: 'remote' })], railway: [sub('run')], dokku: [sub('run', { skip: 1, place: 'remote' })],
  npx: [{ rest: 'argv', code: '-c --call', valued: '-p --package' }], bunx: [after(0, '-p --package')], pnpx: [argv], uvx: [after(0, '--from --with -p --python')], pipx: [sub('run', { valued: '--spec --pip-args' })],
  npm: [sub('exec|x', { code: '-c --call', valued: '-p --package -w --workspace --prefix' })], pnpm: [sub('exec|dlx', { valued: '--package' })], yarn: [sub('exec', { rest: 'shell' }), sub('dlx', { valued: '-p --package' })], bun: [sub('x')], nvm: [sub('exec|run', { skip: 1 })], fnm: [sub('exec', { valued: '--using' })], volta: [sub('run', { valued: '--node --npm --yarn' })], corepack: [sub('npm|pnpm|yarn')],
  uv: [sub('run', { valued: '--with --python -p --project --directory --env-file --group --extra --package' }), sub('tool run')], poetry: [sub('run')], pipenv: [sub('run')], pdm: [sub('run')], hatch: [sub('run')], rye: [sub('run')], pixi: [sub('run')], conda: [sub('run', { valued: '-n -p --name --prefix --cwd' })], mamba: [sub('run', { valued: '-n -p' })], micromamba: [sub('run', { valued: '-n -p' })], rbenv: [sub('exec')], pyenv: [sub('exec')], nodenv: [sub('exec')], mise: [sub('exec|x|run', {})], rtx: [sub('exec')], asdf: [sub('exec')], bundle: [sub('exec')], bundler: [sub('exec')], 'bin/bundle': [], direnv: [sub('exec', { skip: 1 })], devbox: [sub('run')], devenv: [sub('shell')], dotenv: [after(0, '-e -f -v -p -c0')], 'dotenvx': [sub('run', { valued: '-f --env-file' })], 'dotenv-cli': [argv], op: [sub('run', { valued: '--env-file --account' })], 'aws-vault': [sub('exec', { skip: 1 })], doppler: [sub('run', { code: '--command', valued: '-p -c --project --config' })], infisical: [sub('run', { code: '--command', valued: '--env' })], chamber: [sub('exec', { skip: 1 })], envconsul: [argv], teller: [sub('run')], 'cross-env': [{ rest: 'argv', env: true }], 'cross-env-shell': [{ rest: 'shell', env: true }], 'env-cmd': [after(0, '-f -e -r')], xcrun: [after(0, '--sdk')], envchain: [after(1)], bosh: [], nix: [sub('develop|shell|run')], 'nix-shell': [{ rest: 'none', code: '--run --command', valued: '-p' }], guix: [sub('shell|environment')],
  concurrently: [{ rest: 'each', valued: '-n --names -c -p --prefix -k0' }], hyperfine: [{ rest: 'each', valued: '-w -r -m -M -p -s -n --warmup --runs --export-json --export-markdown', code: '-p --prepare -c --cleanup -s --setup' }], 'npm-run-all': [], nodemon: [{ rest: 'argv', code: '-x --exec', valued: '-w -e -i --watch --ext --ignore --delay' }], watchexec: [after(0, '-e -w -i -f -d --exts --watch --ignore --filter --debounce')], chokidar: [{ rest: 'none', code: '-c --command' }], onchange: [argv], reflex: [after(0, '-r -g -R -G')], retry: [after(0, '-t -d -m')], wait_on: [], 'start-server-and-test': [{ rest: 'each' }], 'wait-for-it': [argv], 'wait-for-it.sh': [argv], dockerize: [after(0, '-wait -timeout -template')], foreman: [sub('run', { valued: '-e -f' })], overmind: [], honcho: [sub('run', { valued: '-e -f' })],
  tmux, screen: [{ rest: 'argv', valued: '-S -c -e -h -p -s -T -t -d0 -r0', code: '-X0' }], zellij: [sub('run', {})], byobu: [argv], dtach: [after(1, '-e -r')], abduco: [after(1, '-e')],
  at: [{ rest: 'stdin', keep: true }], batch: [{ rest: 'stdin', keep: true }], xterm: [{ rest: 'argv', valued: '-T -geometry' }], 'gnome-terminal': [argv], alacritty: [argv], kitty: [argv], expect: [], ccache: [argv], sccache: [argv], distcc: [argv], bear: [argv], mpirun: [after(0, '-n -np --host')], srun: [after(0, '-n -N -p -t')], ts: [], tsp: [argv], pueue: [sub('add', { rest: 'shell' })], nq: [argv], task_spooler: [], dvc: [], act: [], lockrun: [], ifne: [argv], chronic: [argv], mispipe: [{ rest: 'each' }], errno: [], vipe: [], zsh_: [shell],
};
