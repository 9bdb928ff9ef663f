import type { Row, View } from './row.ts';

const broad = (view: View) =>
  view.targets.filter(
    (target) =>
      ['root', 'system', 'home', 'device'].includes(target.zone) &&
      !/^\/(usr\/local|opt|var\/www|srv|app)(\/|$)/.test(target.path),
  );

/** Rows about processes, services, permissions, users, schedules and the record of what ran. */
export const machine = (): readonly Row[] => [
  {
    id: 'chmod-broad',
    program: ['chmod', 'chown', 'chgrp', 'chattr', 'setfacl', 'chflags', 'chcon', 'xattr', 'icacls', 'takeown'],
    effect: 'deny',
    when: (view) =>
      view.program === 'icacls' || view.program === 'takeown'
        ? true
        : view.program === 'chmod' &&
            view.args.some((text) => /^[ugoa]*\+[rx]$/.test(text)) &&
            !view.has('-R', '--recursive')
          ? []
          : broad(view),
    why: 'changes permissions of system or home folders.',
    instead: 'Change one file of the repository: `chmod +x scripts/build.sh`.',
    hits: [
      'chmod -R 777 /',
      'chown -R nobody:nogroup /',
      'sudo chown -R dev /usr',
      'chattr -R +i /home/dev',
      'chmod 000 ~',
      'chmod 666 /etc/passwd',
      'find / -type f -exec chmod 777 {} +',
      'chmod -R a+w /etc',
    ],
    misses: [
      'chmod +x scripts/a.sh',
      'chmod 644 README.md',
      'chmod 600 /tmp/key',
      "find . -name '*.sh' -exec chmod +x {} \\;",
    ],
  },
  {
    id: 'chmod-all',
    program: ['chmod', 'chown', 'chgrp'],
    effect: 'ask',
    anyFlag: ['-R', '--recursive'],
    when: (view) =>
      /^(0?777|0?666|0?000|a\+rwx|a\+w|ugo\+rwx|o\+w|[ugoa]*-[rwx]+|a=rwx|a=)$/.test(view.operands[0] ?? '') ||
      view.program !== 'chmod'
        ? view.targets.filter(
            (target) =>
              ['above', 'git', 'in-home', 'outside', 'unknown'].includes(target.zone) &&
              target.text !== view.operands[0],
          )
        : [],
    why: 'changes permissions of a whole tree.',
    instead: 'Change one file: `chmod +x scripts/build.sh`.',
    hits: [
      'chmod -R 777 .',
      'chown -R root:root .',
      'chmod -R 000 ~/work',
      'sudo chown -R root ../x',
      'chmod -R a-rwx .git',
    ],
    misses: ['chmod -R u+w node_modules', 'chmod -R 755 dist', 'chmod -R 777 /tmp/x'],
  },
  {
    id: 'chmod-open',
    program: ['chmod'],
    effect: 'ask',
    when: (view) =>
      /^[0-7]?[0-7]?[0-7]?[67][67]{2}$|^0?777$|^0?666$|^(a|o|ugo)\+\w*w/.test(view.operands[0] ?? '') &&
      view.targets.some(
        (target, at) =>
          at > 0 &&
          (['system', 'home', 'in-home'].includes(target.zone) ||
            /(^|\/)(\.ssh|\.env|id_\w+|.*\.(pem|key))(\/|$)/.test(target.path)),
      ),
    why: 'opens private files to everyone.',
    instead: 'Keep keys private: `chmod 600 /tmp/key`.',
    hits: ['chmod 777 ~/.ssh', 'chmod 666 certs/server.key', 'chmod -R o+w ~/.config'],
    misses: ['chmod 777 /tmp/x', 'chmod 600 certs/server.key'],
  },
  {
    id: 'setuid',
    program: ['chmod', 'setcap'],
    effect: 'ask',
    when: (view) =>
      view.program === 'setcap'
        ? view.operands.length > 0
        : /^([4267][0-7]{3}|[ugoa]*\+[rwx]*s)/.test(view.operands[0] ?? ''),
    why: 'lets a program run with more rights than its user.',
    instead: 'Give it plain execute rights: `chmod 755 scripts/build.sh`.',
    hits: ['chmod u+s /tmp/sh', 'chmod 4755 ./app', 'setcap cap_setuid+ep ./app'],
    misses: ['chmod 0755 a.sh', 'chmod +x a.sh'],
  },
  {
    id: 'kill-all',
    program: ['kill', 'pkill', 'killall', 'killall5', 'skill', 'taskkill', 'slay', 'xkill', 'fuser', 'Stop-Process'],
    effect: 'deny',
    when: (view) => {
      const ids = view.args.filter(
        (text) => !/^-([A-Z]+|9|15|2|1|0|s|n|\d{1,2})$/.test(text) || (text === '-1' && view.args[0] !== '-1'),
      );
      const fed = view.stdin?.from ?? [];
      if (
        view.program === 'kill' &&
        ids.some((text) => text.includes('\0')) &&
        fed.some((text) => /^(ps|pgrep)\b/.test(text)) &&
        !fed.some((text) => /^grep|^pgrep (?!-[uU] ?\S+$)|awk.*\/\w/.test(text))
      )
        return true;
      if (view.program === 'kill')
        return (
          !view.args.includes('-0') &&
          !view.args.includes('-l') &&
          (ids.some((text) => /^(1|-1|0|PPID)$/.test(text)) ||
            (view.args[0] === '-1' && view.args[1] === '-1') ||
            (view.args.includes('--') && view.args.at(-1) === '-1'))
        );
      if (view.program === 'killall5' || view.program === 'xkill') return true;
      if (view.program === 'fuser')
        return view.has('-k', '--kill') && view.operands.some((text) => text.startsWith('/') && !text.includes('tcp'));
      if (view.program === 'taskkill')
        return view.args.some((text) => text === '*' || /^(explorer|lsass|svchost|csrss|wininit)/i.test(text));
      if (view.program === 'pkill' || view.program === 'killall' || view.program === 'skill') {
        const pattern = view.operands.at(-1) ?? '';
        return /^(\.|\.\*|\*|\^|\$|.|""|)$/.test(pattern)
          ? view.has('-u', '-U', '-9', '-f', '-KILL') || pattern !== '' || view.args.includes('')
          : /^(systemd|init|launchd|sshd|Xorg|gnome-shell|dockerd|kubelet|WindowServer|loginwindow|Finder|claude|codex|postern|login|.*gate\.cjs|dbus-daemon|NetworkManager|tmux|bash|zsh|sh)$/.test(
              pattern,
            );
      }
      return false;
    },
    why: 'ends every process, or one that the machine or the guard needs.',
    instead: 'End the one process you started: `kill -TERM 12345`.',
    hits: [
      'kill -9 -1',
      'kill -9 1',
      'pkill -9 -f .',
      'pkill -KILL -f .',
      'killall -9 -u dev',
      'pkill -u dev',
      'killall systemd',
      'kill $(pgrep -f postern)',
      'pgrep -f postern | xargs kill',
      'killall5',
      'kill -KILL -- -1',
      "ps aux | awk '{print $2}' | xargs kill -9",
    ],
    misses: [
      'kill -TERM 12345',
      'kill -0 $PID',
      'pkill -f "vite dev"',
      'kill -9 4242',
      'killall node',
      'kill %1',
      'kill $(pgrep -f vite)',
      'kill -l',
      'pgrep -f vite | xargs kill',
      'lsof -ti:3000 | xargs kill -9',
      "ps aux | grep vite | awk '{print $2}' | xargs kill",
      'kill $(lsof -t -i:3000)',
      'fuser -k 3000/tcp',
    ],
  },
  {
    id: 'power',
    program: [
      'shutdown',
      'reboot',
      'halt',
      'poweroff',
      'telinit',
      'init',
      'Stop-Computer',
      'Restart-Computer',
      'pm-suspend',
      'pm-hibernate',
      'kexec',
    ],
    effect: 'deny',
    when: (view) =>
      !view.args.some((text) => /^(-c|--help|-w|--wtmp-only)$/.test(text)) &&
      (view.program !== 'init' || /^[06sS1]$/.test(view.operands[0] ?? '')),
    why: 'stops or restarts the machine.',
    instead: 'Ask the person to do it.',
    hits: ['shutdown -h now', 'sudo reboot', 'init 0', 'poweroff -f', 'telinit 6'],
    misses: ['shutdown -c', 'npm init', 'reboot --help'],
  },
  {
    id: 'systemctl',
    program: 'systemctl',
    effect: 'ask',
    when: (view) =>
      /^(enable|reenable|preset|preset-all)$/.test(view.operands[0] ?? '') ||
      (!view.has('--user') &&
        /^(poweroff|reboot|halt|kexec|suspend|hibernate|hybrid-sleep|rescue|emergency|isolate|default|stop|disable|mask|kill|set-default|switch-root|exit|revert|edit|set-property|restart|link|daemon-reexec|soft-reboot)$/.test(
          view.operands[0] ?? '',
        )),
    why: 'stops, starts for good or restarts a service or the machine.',
    instead: 'Look first: `systemctl status nginx`.',
    hits: [
      'systemctl poweroff',
      'systemctl stop sshd',
      'systemctl disable --now firewalld',
      'systemctl mask ufw',
      'systemctl isolate rescue.target',
      'systemctl --user enable --now x.timer',
    ],
    misses: [
      'systemctl status nginx',
      'systemctl list-units',
      'systemctl is-active nginx',
      'systemctl start nginx',
      'systemctl --user daemon-reload',
    ],
  },
  {
    id: 'service',
    program: [
      'service',
      'rc-service',
      'launchctl',
      'sc',
      'sv',
      'initctl',
      'rc-update',
      'update-rc.d',
      'chkconfig',
      'supervisorctl',
      'pm2',
      'monit',
      'Stop-Service',
      'net',
    ],
    effect: 'ask',
    when: (view) =>
      (view.operands.some(
        (text) =>
          /^(stop|disable|delete|remove|unload|bootout|off|shutdown|kill|unmonitor)$/.test(text) ||
          (view.program === 'launchctl' && /^(load|bootstrap|enable|submit)$/.test(text)),
      ) &&
        !(view.program === 'pm2' && view.operands.length > 1 && !view.operands.includes('all'))) ||
      (view.program === 'pm2' &&
        /^(delete|kill|stop)$/.test(view.operands[0] ?? '') &&
        (view.operands[1] === 'all' || view.operands[0] === 'kill')),
    why: 'stops, removes or installs a service.',
    instead: 'Look first: `service nginx status`.',
    hits: [
      'service sshd stop',
      'launchctl unload x.plist',
      'launchctl load ~/Library/LaunchAgents/x.plist',
      'launchctl bootout system/x',
      'sc delete x',
      'update-rc.d ssh remove',
      'pm2 delete all',
      'pm2 kill',
      'supervisorctl stop all',
    ],
    misses: ['service nginx status', 'launchctl list', 'pm2 list', 'pm2 restart web'],
  },
  {
    id: 'defences-off',
    program: [
      'setenforce',
      'ufw',
      'iptables',
      'ip6tables',
      'nft',
      'firewall-cmd',
      'pfctl',
      'csrutil',
      'spctl',
      'aa-disable',
      'aa-teardown',
      'aa-complain',
      'auditctl',
      'netsh',
      'fdesetup',
      'Set-MpPreference',
      'iptables-restore',
      'apparmor_parser',
      'semodule',
      'nvram',
      'mokutil',
      'ebtables',
      'ipset',
    ],
    effect: 'deny',
    when: (view) => {
      const text = view.args.join(' ');
      if (view.program === 'setenforce') return /^(0|permissive)$/i.test(view.operands[0] ?? '');
      if (/^(aa-|Set-Mp|iptables-restore)/.test(view.program)) return true;
      if (/tables$/.test(view.program)) return /(^| )(-F|--flush|-X|-P \w+ ACCEPT|-Z|-D|--delete)( |$)/.test(text);
      return (
        /\b(disable|reset|flush|off|stop|--global-disable|--master-disable|-d|delete|-F|destroy|panic-on|-e 0|-D|clear|remove)\b|(^| )(-d|-F|-D|-e 0|-c)( |$)|--panic-on|--remove/.test(
          text,
        ) && !/^(status|list)/.test(text)
      );
    },
    why: "takes down the machine's defences.",
    instead: 'Look first: `ufw status`.',
    hits: [
      'setenforce 0',
      'ufw disable',
      'iptables -F',
      'iptables -P INPUT ACCEPT',
      'pfctl -d',
      'csrutil disable',
      'spctl --master-disable',
      'nft flush ruleset',
      'auditctl -e 0',
      'firewall-cmd --panic-on',
      'netsh advfirewall set allprofiles state off',
    ],
    misses: ['ufw status', 'iptables -L', 'getenforce', 'nft list ruleset', 'csrutil status'],
  },
  {
    id: 'kernel',
    program: ['sysctl', 'modprobe', 'rmmod', 'insmod', 'update-grub', 'grub-mkconfig', 'dracut', 'mkinitcpio'],
    effect: 'ask',
    when: (view) =>
      view.program === 'sysctl'
        ? view.has('-w', '--write') || view.args.some((text) => /=/.test(text))
        : !view.args.some((text) => /^(-n|--dry-run|--show|-c|-l|-L)$/.test(text)),
    why: 'changes the running kernel or how it starts.',
    instead: 'Look first: `sysctl -a`.',
    hits: ['sysctl -w kernel.randomize_va_space=0', 'rmmod x', 'insmod evil.ko', 'sysctl vm.swappiness=0'],
    misses: ['sysctl -a', 'sysctl kernel.hostname'],
  },
  {
    id: 'sysrq',
    program: ['tee', ':', 'echo', 'printf', 'cat'],
    effect: 'deny',
    when: (view) =>
      view.targets.some((target) => /^\/(proc\/(sysrq-trigger|sys\/)|sys\/)/.test(target.path)) &&
      view.program === 'tee',
    why: 'drives the kernel directly.',
    instead: 'Ask the person to do it.',
    hits: ['echo b | sudo tee /proc/sysrq-trigger'],
    misses: ['cat /proc/cpuinfo', 'echo b'],
  },
  {
    id: 'system-packages',
    program: [
      'apt',
      'apt-get',
      'aptitude',
      'yum',
      'dnf',
      'zypper',
      'pacman',
      'apk',
      'rpm',
      'dpkg',
      'emerge',
      'snap',
      'port',
      'pkg',
      'brew',
      'winget',
      'choco',
      'nix-env',
      'nix-collect-garbage',
      'flatpak',
      'xbps-remove',
      'opkg',
      'microdnf',
      'yay',
      'paru',
      'pkg_delete',
    ],
    effect: 'ask',
    when: (view) => {
      const first = view.operands[0] ?? '';
      if (view.has('-s', '--simulate', '--dry-run', '--assume-no', '-n') && view.program !== 'pacman') return false;
      if (view.program === 'pacman' || view.program === 'yay' || view.program === 'paru')
        return view.args.some((text) => /^-R|--remove|^-S\w*c\w*c/.test(text));
      if (view.program === 'rpm' || view.program === 'dpkg')
        return view.args.some((text) => /^-(e|r|P)$|^--(erase|remove|purge|force-\w+)$/.test(text));
      if (view.program === 'brew')
        return /^(uninstall|remove|rm)$/.test(first) && view.has('--force', '--ignore-dependencies', '--zap');
      if (view.program === 'nix-collect-garbage') return view.has('-d', '--delete-old');
      return (
        /^(remove|purge|autoremove|erase|del|delete|uninstall|unmerge|dist-upgrade|full-upgrade|distro-sync|autopurge|rm)$/.test(
          first,
        ) ||
        view.program === 'xbps-remove' ||
        view.program === 'pkg_delete'
      );
    },
    why: 'removes packages of the operating system.',
    instead: 'Simulate it first: `apt-get -s remove nginx`.',
    hits: [
      'apt-get purge -y linux-image-amd64',
      'sudo apt remove python3',
      'yum erase glibc',
      'pacman -Rns base',
      'dnf remove sudo',
      'dpkg --purge libc6',
      'rpm -e glibc',
      'apk del busybox',
      'brew uninstall --force --ignore-dependencies openssl',
    ],
    misses: [
      'apt-get install -y jq',
      'apt list --installed',
      'brew install jq',
      'apt-get -s remove x',
      'pacman -S jq',
      'apt-get update',
      'brew uninstall jq',
    ],
  },
  {
    id: 'users',
    program: [
      'userdel',
      'groupdel',
      'deluser',
      'delgroup',
      'usermod',
      'passwd',
      'chpasswd',
      'visudo',
      'vipw',
      'gpasswd',
      'useradd',
      'adduser',
      'chsh',
      'dscl',
      'sysadminctl',
      'dseditgroup',
      'newusers',
      'pwconv',
      'chage',
      'pw',
      'faillock',
      'net-user',
    ],
    effect: 'deny',
    when: (view) =>
      !view.args.some((text) => /^(-S|--status|-l|-h|--help|-read|-list|-D|--check)$/.test(text)) ||
      (/^(usermod|userdel)$/.test(view.program) && view.operands.length > 0),
    why: 'changes users, groups, passwords or who may become root.',
    instead: 'Look first: `id`.',
    hits: [
      'userdel -r dev',
      'echo root:x | chpasswd',
      'usermod -aG sudo dev',
      'passwd -d root',
      'visudo',
      'useradd -o -u 0 x',
      'gpasswd -a dev docker',
    ],
    misses: ['id', 'passwd -S dev', 'groups dev'],
  },
  {
    id: 'crontab',
    program: 'crontab',
    effect: 'ask',
    when: (view) =>
      view.has('-r') ||
      view.operands.includes('-') ||
      view.operands.some((text) => text !== '') ||
      (view.stdin !== null && !view.has('-l')) ||
      view.has('-e'),
    why: 'erases or replaces the scheduled jobs.',
    instead: 'Look first: `crontab -l`.',
    hits: [
      'crontab -r',
      'echo "" | crontab -',
      'crontab jobs.txt',
      'crontab -u root -r',
      '(crontab -l; echo "* * * * * x") | crontab -',
      'crontab -ir',
    ],
    misses: ['crontab -l', 'crontab -u dev -l'],
  },
  {
    id: 'schedule',
    program: ['atrm', 'schtasks', 'at', 'batch', 'systemd-run'],
    effect: 'ask',
    when: (view) =>
      view.program === 'schtasks'
        ? view.args.some((text) => /^\/(delete|create|change)$/i.test(text))
        : view.program === 'atrm'
          ? view.operands.length > 0
          : view.program === 'systemd-run'
            ? view.args.some((text) => /^--on-/.test(text))
            : view.has('-r', '-d', '-f') && view.operands.length > 0,
    why: 'adds or removes jobs that run later.',
    instead: 'Look first: `atq`.',
    hits: ['atrm 1', 'schtasks /delete /tn x /f', 'at -r 3'],
    misses: ['atq', 'at -l'],
  },
  {
    id: 'history-wiped',
    program: [
      'history',
      'journalctl',
      'logrotate',
      'wevtutil',
      'Clear-History',
      'Clear-EventLog',
      'log',
      'fc',
      'dmesg',
      'lastlog',
      'utmpdump',
      'aureport',
      'auditctl',
      'ausearch',
      'atuin',
    ],
    effect: 'deny',
    when: (view) => {
      if (view.program === 'history') return view.args.some((text) => /^-\w*[cdw]/.test(text));
      if (view.program === 'journalctl') return view.args.some((text) => /^--(vacuum-|rotate)/.test(text));
      if (view.program === 'logrotate') return view.has('-f', '--force');
      if (view.program === 'wevtutil') return view.operands[0] === 'cl' || view.operands[0] === 'clear-log';
      if (view.program === 'log') return view.operands[0] === 'erase';
      if (view.program === 'dmesg') return view.has('-C', '--clear', '-c', '--read-clear');
      if (view.program === 'fc') return view.has('-p', '-P');
      if (view.program === 'lastlog') return view.has('-C', '--clear');
      if (view.program === 'atuin')
        return view.operands.includes('delete') || view.has('--delete') || view.operands.includes('prune');
      return /^Clear-/.test(view.program) || (view.program === 'auditctl' && view.has('-D'));
    },
    why: 'erases the record of what was run or logged.',
    instead: 'Leave the record; look at it: `journalctl -u api -n 50`.',
    hits: [
      'history -c',
      'history -cw',
      'journalctl --vacuum-time=1s',
      'journalctl --rotate',
      'dmesg -C',
      'wevtutil cl System',
      'history -d 100',
    ],
    misses: ['history', 'history 20', 'journalctl -u api -n 50', 'dmesg', 'fc -l'],
  },
  {
    id: 'history-off',
    program: ['unset', 'set', 'bash', 'sh', 'zsh', 'export', 'shopt', 'declare', 'setopt', 'unsetopt', 'readonly'],
    effect: 'ask',
    when: (view) =>
      (/^(\/dev\/null|0|)$/.test(view.env.get('HISTFILE') ?? 'x') && /^(ba|z|)sh$/.test(view.program)) ||
      view.args.some(
        (text) =>
          /^(HISTFILE|HISTSIZE|HISTFILESIZE|HISTCONTROL|SAVEHIST)(=|$)/.test(text) &&
          (/=(\/dev\/null|0|)$/.test(text) || view.program === 'unset'),
      ) ||
      (view.program === 'set' && /\+o history/.test(view.args.join(' '))),
    why: 'stops the shell from recording what is run.',
    instead: 'Leave the history on: `history`.',
    hits: [
      'unset HISTFILE',
      'HISTFILE=/dev/null bash',
      'export HISTFILE=/dev/null',
      'set +o history',
      'export HISTSIZE=0',
    ],
    misses: ['export HISTSIZE=10000', 'set -o pipefail', 'set -euo pipefail'],
  },
  {
    id: 'mount',
    program: ['umount', 'mount', 'pivot_root', 'swapoff', 'overlayroot-chroot'],
    effect: 'ask',
    when: (view) =>
      view.program === 'umount'
        ? view.has('-a', '-f', '-l', '--all') ||
          view.targets.some((target) => ['root', 'system', 'home'].includes(target.zone))
        : view.program === 'mount'
          ? view.args.some((text) => /remount|^--bind$|^--move$/.test(text))
          : true,
    why: 'changes what the machine has mounted.',
    instead: 'Look first: `df -h`.',
    hits: ['umount -a', 'umount -l /home', 'mount -o remount,rw /', 'mount --bind /tmp /etc', 'swapoff -a'],
    misses: ['mount', 'df -h'],
  },
  {
    id: 'network-down',
    program: [
      'ip',
      'ifconfig',
      'nmcli',
      'route',
      'networksetup',
      'ifdown',
      'rfkill',
      'tc',
      'resolvectl',
      'dhclient',
      'wg-quick',
      'tailscale',
    ],
    effect: 'ask',
    when: (view) =>
      (/\b(down|flush|delete|del|off|block|logout|disconnect|-setdnsservers|netem)\b/.test(view.args.join(' ')) &&
        !/^(-|addr$|a$)/.test(view.args.join(' ').trim() === '' ? '-' : '')) ||
      view.program === 'ifdown',
    why: 'takes the network down.',
    instead: 'Look first: `ip addr`.',
    hits: [
      'ip link set eth0 down',
      'ifconfig en0 down',
      'nmcli networking off',
      'ip route flush table main',
      'ip addr del 10.0.0.1/24 dev eth0',
    ],
    misses: ['ip addr', 'ip route', 'ifconfig', 'nmcli device status'],
  },
  {
    id: 'machine-settings',
    program: [
      'defaults',
      'hostnamectl',
      'timedatectl',
      'localectl',
      'dconf',
      'gsettings',
      'reg',
      'scutil',
      'systemsetup',
      'pmset',
      'update-alternatives',
      'loginctl',
      'authconfig',
      'pam-auth-update',
      'tccutil',
      'kextunload',
    ],
    effect: 'ask',
    when: (view) =>
      /^(delete|reset|set-\w+|write|add|import|load|--set|--remove|--remove-all|terminate-\w+|kill-\w+|reset-recursively|--enable|--disable|-set\w*|unload|restore)$/.test(
        view.operands[0] ?? view.args[0] ?? '',
      ) && !(view.program === 'defaults' && view.operands[0] === 'read'),
    why: "changes the machine's settings.",
    instead: 'Look first: `hostnamectl`.',
    hits: [
      'defaults delete com.apple.dock',
      'hostnamectl set-hostname x',
      'timedatectl set-time 2000-01-01',
      'reg delete HKLM\\x /f',
      'loginctl terminate-user dev',
      'dconf reset -f /',
    ],
    misses: ['hostnamectl', 'defaults read', 'gsettings get x y', 'timedatectl'],
  },
  {
    id: 'shell-hijack',
    program: ['enable', 'hash', 'shopt', 'ztcp', 'zmodload'],
    effect: 'ask',
    when: (view) =>
      view.program === 'enable'
        ? view.has('-f')
        : view.program === 'hash'
          ? view.has('-p')
          : view.program === 'ztcp' || (view.program === 'zmodload' && view.args.includes('zsh/net/tcp')),
    why: 'makes a shell name mean another program, or opens a socket.',
    instead: 'Call the program by its own name: `ls`.',
    hits: ['enable -f /tmp/evil.so evil', 'hash -p /bin/rm ls', 'ztcp 203.0.113.5 4444'],
    misses: ['hash -r', 'shopt -s globstar', 'enable'],
  },
  {
    id: 'desktop-control',
    program: ['osascript', 'xdotool', 'automator', 'shortcuts'],
    effect: 'ask',
    when: (view) =>
      view.args
        .concat(view.stdin?.text ?? '')
        .some((text) =>
          /empty (the )?trash|shut down|restart\b|log out|\bdelete\b|keystroke|with administrator privileges/i.test(
            text,
          ),
        ),
    why: 'drives the desktop as if a person did.',
    instead: 'Show a notice: `osascript -e \'display notification "done"\'`.',
    hits: [
      'osascript -e \'tell application "Finder" to empty trash\'',
      'osascript -e \'tell app "System Events" to shut down\'',
    ],
    misses: ['osascript -e \'display notification "done"\''],
  },
];
