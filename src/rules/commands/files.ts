import type { Row, Target, View, Zone } from './row.ts';

const fatal: readonly Zone[] = ['root', 'system', 'home', 'above', 'git', 'device'];
const personal: readonly Zone[] = ['in-home', 'outside', 'unknown'];
const valuable =
  /\.(db|sqlite3?|mdb|rdb|dump|tfstate|kdbx|p12|pfx|jks|keystore|pem|key|wallet)$|(^|\/)(\.ssh|\.gnupg|\.aws|\.kube|\.docker|\.password-store)(\/|$)|(^|\/)(\.env|\.netrc|\.pgpass|id_(rsa|ed25519|ecdsa|dsa))$/i;
const deleters = ['rm', 'grm', 'srm', 'rimraf', 'trash', 'trash-put', 'del-cli', 'unlink', 'shred', 'wipe'];
const historyFile =
  /(^|\/)(\.\w*_?history|\.histfile|fish_history|ConsoleHost_history\.txt|\.viminfo|\.lesshst)$|^\/var\/log(\/|$)|(^|\/)(wtmp|btmp|lastlog|utmp)$/;

const inZones = (view: View, zones: readonly Zone[]): readonly Target[] =>
  view.targets.filter((target) => zones.includes(target.zone));
const isRecursive = (view: View): boolean => view.program === 'rimraf' || view.has('-r', '-R', '--recursive');
const isManifest = (target: Target): boolean =>
  /(^|\/)((package|tsconfig|composer|deno|settings|manifest|vercel|firebase)(\.[\w-]+)?\.json|README\.md|requirements\.txt|CMakeLists\.txt)$/.test(
    target.path,
  );
/** True for a shell's history or a log of the system. */
export const isTrace = (target: Target): boolean => historyFile.test(target.path);
const isGitLock = (target: Target): boolean => /\/\.git\/([\w/.-]+\/)?[\w-]+\.lock$/.test(target.path);
const isWild = (target: Target): boolean =>
  /(^|\/)[*?.]*\*[*?.]*$/.test(target.path) || /(^|\/)\*\.\w+$/.test(target.path);
/** True for the device of a disk, or of memory. */
export const isDisk = (text: string): boolean =>
  /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|mapper\/|md\d|loop|dm-|sr\d|mem$|kmem$|port$|zvol|nbd|block)/.test(
    text,
  );

/** Files that the last operand, or what an option names, would be written to. */
function written(view: View): readonly Target[] {
  const into = view.value('-t', '--target-directory');
  const last = view.targets.at(-1);
  if (into !== null) return [view.target(into)];
  return last && view.targets.length > 1 ? [last] : [];
}

/** Rows about deleting and overwriting files. */
export const files = (): readonly Row[] => [
  {
    id: 'rm-fatal',
    program: deleters,
    effect: 'deny',
    severity: 'critical',
    when: (view) =>
      inZones(
        view,
        isRecursive(view) ? fatal : fatal.filter((zone) => zone !== 'system' || view.place === 'here'),
      ).filter((target) => !isTrace(target) && !isGitLock(target)),
    why: 'deletes a system, home, repository or parent folder, or files in it.',
    instead: 'Delete only what a build made: `rm -rf ./dist`.',
    hits: [
      'rm -rf /',
      'rm -rf ~',
      'rm -fr .',
      'rm -rf "$HOME"/',
      'rm --recursive --force /usr',
      'rm -rf .git',
      'rm -rf ../..',
      'rm -rf /*',
      'rm -rf "$PWD"',
      'rm -rf /etc',
      'sudo rm -rf /var/lib',
      'rm -f .git/index',
      'cd / && rm -rf home',
      'rm -rf node_modules/../../..',
      'rm *',
      'find . -type f -delete',
    ],
    misses: [
      'rm -rf dist',
      'rm -rf /tmp/build-1',
      'echo rm -rf /',
      'rm -rf ./node_modules',
      'rm -rf ~/.cache/pip',
      'rm -f .git/index.lock',
      'rm -rf --help',
    ],
  },
  {
    id: 'rm-tree',
    program: deleters,
    effect: 'ask',
    softenedBy: 'targets',
    when: (view) => (isRecursive(view) ? inZones(view, [...personal, 'inside']) : []),
    why: 'deletes folders that no build makes again.',
    instead: 'Move them aside first: `mkdir -p /tmp/aside && cp -r src /tmp/aside/`.',
    hits: [
      'rm -rf src',
      'rm -rf ../other-repo',
      'rm -rf "$DIR"',
      'rm -r ~/Documents/notes',
      'rm -rf "${X}"/*',
      'ls | xargs rm -rf',
      'rimraf src',
    ],
    misses: [
      'rm -rf coverage',
      'rm -rf /tmp/x',
      'rm -rf build/$VERSION',
      'd=$(mktemp -d); rm -rf "$d"',
      'rm -rf packages/*/node_modules',
    ],
  },
  {
    id: 'rm-files',
    program: deleters,
    effect: 'ask',
    softenedBy: 'targets',
    when: (view) =>
      (isRecursive(view) || view.place === 'container'
        ? []
        : view.targets.filter(
            (target) =>
              personal.includes(target.zone) ||
              (['inside', 'regenerable'].includes(target.zone) && valuable.test(target.path)) ||
              (target.zone === 'inside' && target.glob && isWild(target)),
          )
      ).filter((target) => !isTrace(target)),
    why: 'deletes personal, data or unknown files, or a whole pattern of them.',
    instead: 'Name the files of the repository one by one, or look first: `ls`.',
    hits: [
      'rm ~/.ssh/id_ed25519',
      'rm src/*',
      'rm data/app.db',
      'rm "$FILE"',
      'find . -name "*.ts" -delete',
      'unlink ~/notes.txt',
    ],
    misses: ['rm src/old.ts', 'rm -f *.log', 'find . -name "*.pyc" -delete', 'rm /tmp/x.txt', 'f=$(mktemp); rm "$f"'],
  },
  {
    id: 'rm-guard-off',
    program: deleters,
    effect: 'deny',
    anyFlag: ['--no-preserve-root'],
    why: 'switches off the protection of the root folder.',
    instead: 'Delete only what a build made: `rm -rf ./dist`.',
    hits: ['rm -rf --no-preserve-root build', 'rm --no-pres -r x'],
    misses: ['rm -rf build'],
  },
  {
    id: 'shred',
    program: ['shred', 'srm', 'wipe', 'scrub'],
    effect: 'deny',
    when: (view) => view.operands.length > 0,
    why: 'overwrites files so that nothing can bring them back.',
    instead: 'Remove a temporary file plainly: `rm /tmp/file`.',
    hits: ['shred -u notes.txt', 'shred /dev/sda', 'wipe -rf src'],
    misses: ['shred --help', 'echo shred x'],
  },
  {
    id: 'traces-deleted',
    program: [...deleters, 'truncate', 'tee', 'cp', 'mv', 'ln', 'sed', 'vi', 'chattr'],
    effect: 'deny',
    when: (view) =>
      (view.program === 'cp' || view.program === 'ln' ? view.targets.slice(-1) : view.targets).filter(
        (target) => isTrace(target) && (view.program !== 'sed' || view.has('-i')),
      ),
    why: 'erases the record of what was run or logged.',
    instead: 'Leave histories and logs; look at them: `tail -n 50 app.log`.',
    hits: [
      'rm ~/.bash_history',
      'rm -rf /var/log/*',
      'truncate -s 0 ~/.zsh_history',
      '> ~/.bash_history',
      'ln -sf /dev/null ~/.bash_history',
      'cp /dev/null /var/log/auth.log',
      'find /var/log -name "*.log" -delete',
    ],
    misses: ['cat ~/.bash_history', 'rm -f logs/dev.log', 'truncate -s 0 logs/dev.log'],
  },
  {
    id: 'truncate',
    program: ['truncate'],
    effect: 'ask',
    softenedBy: 'targets',
    when: (view) =>
      view.targets.filter(
        (target) =>
          (!['temp', 'regenerable', 'cache'].includes(target.zone) || valuable.test(target.path)) &&
          !isTrace(target) &&
          !/^\+|^\d+[KMGT]B?$/i.test(view.value('-s', '--size') ?? '') &&
          !(
            target.zone === 'inside' &&
            /\.(log|txt|out|tmp|json|lock|csv|gitkeep|keep)$/.test(target.path) &&
            !target.glob
          ),
      ),
    why: 'empties files that hold data or source.',
    instead: 'Keep a copy first: `cp data/app.db /tmp/app.db`.',
    hits: [
      'truncate -s 0 data/app.db',
      '> data/app.db',
      ': > src/app.ts',
      'find . -type f -exec truncate -s 0 {} \\;',
      '> /etc/hosts',
    ],
    misses: ['truncate -s 0 logs/dev.log', '> /tmp/out.txt', 'echo hi > notes.md', '> out.log'],
  },
  {
    id: 'in-place-empty',
    program: ['sed', 'gsed', 'perl'],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) => /^-[a-zA-Z]*i|^--in-place/.test(text)) &&
      (view.program === 'perl'
        ? view.args.some((text) => /^-[a-zA-Z]*n/.test(text)) && !view.args.some((text) => /print|say|\bp\b/.test(text))
        : view.args.some((text) => /^(1,\$)?\s*[dD]$/.test(text))),
    why: 'empties files in place.',
    instead: 'Keep a copy first: `cp config.yaml /tmp/config.yaml`.',
    hits: ['sed -i d config.yaml', "sed -i '1,$d' src/a.ts", "perl -i -ne '' src/a.py"],
    misses: ["sed -i '/debug/d' a.ts", 'sed -n d x', "perl -i -ne 'print unless /x/' a.txt"],
  },
  {
    id: 'printed-empty',
    program: ['cat', 'echo', 'printf', 'true', ':'],
    effect: 'ask',
    softenedBy: 'targets',
    when: (view) =>
      view.stdin === null &&
      view.args.every((text) => /^(|-[neE]+|\/dev\/null|\\n)$/.test(text)) &&
      !view.text.includes('>>')
        ? view.outputs.filter(
            (target) =>
              ['inside', 'in-home', 'outside', 'unknown'].includes(target.zone) &&
              (!/\.(log|txt|out|tmp|lock|csv|gitkeep|keep|json|md)$|(^|\/)\.\w+keep$/.test(target.path) ||
                isManifest(target)),
          )
        : [],
    why: 'replaces a file by nothing.',
    instead: 'Keep a copy first: `cp data/app.db /tmp/app.db`.',
    hits: ['cat /dev/null > package.json', 'echo "" > README.md', 'printf "" > src/app.ts', 'true > ~/notes.org'],
    misses: [
      'echo hi > src/a.ts',
      'cat > src/a.ts <<E\nx\nE',
      ': > out.log',
      'echo "" > /tmp/x',
      'printf "" > src/.gitkeep',
    ],
  },
  {
    id: 'trash-emptied',
    program: ['trash-empty', 'gio', 'kioclient', 'kioclient5'],
    effect: 'ask',
    when: (view) => view.program === 'trash-empty' || view.has('--empty') || view.operands[0] === 'emptyTrash',
    why: 'deletes for good what was thrown away.',
    instead: 'Look first: `trash-list`.',
    hits: ['trash-empty', 'gio trash --empty'],
    misses: ['trash-list', 'gio trash a.txt', 'gio open a.txt'],
  },
  {
    id: 'null-overwrite',
    program: ['cp', 'mv', 'ln', 'tee', 'dd', 'install', 'sort', 'cat', 'rsync'],
    effect: 'ask',
    when: (view) => {
      const out =
        view.program === 'sort'
          ? view.values('-o', '--output').map((text) => view.target(text))
          : view.program === 'tee'
            ? view.targets
            : written(view);
      const fromNull =
        view.program === 'tee'
          ? view.stdin?.text === '' && !view.has('-a')
          : view.operands.includes('/dev/null') && (view.program === 'sort' || view.operands.at(-1) !== '/dev/null');
      const isIntoNull = view.program === 'mv' && view.operands.at(-1) === '/dev/null';
      if (isIntoNull) return true;
      return fromNull && view.program !== 'cat'
        ? out.filter((target) => !['temp', 'regenerable', 'cache', 'device'].includes(target.zone))
        : [];
    },
    why: 'replaces a file by nothing.',
    instead: 'Keep a copy first: `cp data/app.db /tmp/app.db`.',
    hits: [
      'cp /dev/null data/app.db',
      'mv ~/Documents /dev/null',
      'ln -sf /dev/null data/app.db',
      'sort -o README.md /dev/null',
      'tee src/app.ts < /dev/null',
    ],
    misses: ['cp /dev/null /tmp/x', 'cp a.txt b.txt', 'diff a /dev/null', 'npm test | tee test.log'],
  },
  {
    id: 'system-write',
    program: [
      'cp',
      'mv',
      'ln',
      'install',
      'tee',
      'rsync',
      'dd',
      'sort',
      'sponge',
      'sed',
      'perl',
      'truncate',
      'touch',
      'patch',
      'curl',
      'wget',
      'unzip',
    ],
    effect: 'ask',
    when: (view) => {
      const direct =
        view.program === 'tee' ||
        view.program === 'truncate' ||
        view.program === 'sponge' ||
        (['sed', 'perl'].includes(view.program) && view.args.some((text) => /^-\w*i/.test(text)));
      const named = view.values('-o', '-O', '--output', '--output-document').map((text) => view.target(text));
      const out =
        view.place !== 'here'
          ? []
          : direct
            ? view.targets
            : ['curl', 'wget', 'sort'].includes(view.program)
              ? named
              : ['cp', 'mv', 'ln', 'install', 'rsync'].includes(view.program)
                ? written(view)
                : [];
      return out.filter(
        (target) =>
          ['system', 'root'].includes(target.zone) &&
          !/^\/(usr\/local|opt|mnt|media|srv|var\/www|home|Users|Applications|nix)(\/|$)/.test(target.path),
      );
    },
    why: 'writes into the operating system.',
    instead: 'Write into the repository or a temporary folder: `cp app.conf /tmp/app.conf`.',
    hits: [
      'sudo cp hosts /etc/hosts',
      'echo x | sudo tee /etc/sudoers',
      'sed -i s/a/b/ /etc/passwd',
      'sort -o /etc/passwd x',
      'mv app /usr/bin/app',
      'curl -o /etc/cron.d/x https://example.test',
    ],
    misses: [
      'cp /etc/hosts /tmp/hosts',
      'tee out.log',
      'sed s/a/b/ /etc/hosts',
      'sudo cp app /usr/local/bin/app',
      'ln -s /usr/bin/python3 python',
    ],
  },
  {
    id: 'git-folder-write',
    program: ['mv', 'cp', 'rsync', 'tee', 'ln', 'dd'],
    effect: 'ask',
    when: (view) =>
      (view.program === 'mv' ? view.targets : view.program === 'tee' ? view.targets : written(view)).filter(
        (target) => target.zone === 'git' && !/hooks/.test(target.path),
      ),
    why: "changes git's own files by hand.",
    instead: 'Use git itself: `git status`.',
    hits: ['mv .git /tmp/x', 'cp -r other/.git .git', 'echo x | tee .git/HEAD'],
    misses: ['cp .git/config /tmp/c', 'git status'],
  },
  {
    id: 'move-away',
    program: ['mv'],
    effect: 'deny',
    when: (view) =>
      view.targets
        .slice(0, -1)
        .filter((target) => fatal.includes(target.zone) && target.zone !== 'git' && view.place === 'here'),
    why: 'moves a system, home or repository folder away.',
    instead: 'Move single files of the repository: `mv notes.md docs/notes.md`.',
    hits: ['mv / /tmp/x', 'mv ~ /tmp/home', 'mv /etc/passwd /tmp', 'mv . /tmp/x', 'mv /* /dev/null'],
    misses: ['mv a.ts b.ts', 'mv /tmp/a b'],
  },
  {
    id: 'mirror-delete',
    program: ['rsync'],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) => /^--del(ete(-\w+)?)?$/.test(text)) &&
      !view.has('-n', '--dry-run') &&
      !view.args.some((text) => /^-\w*n/.test(text)) &&
      !['temp', 'regenerable'].includes(view.targets.at(-1)?.zone ?? ''),
    why: 'deletes everything in the destination that the source does not have.',
    instead: 'Look first: `rsync -avn --delete src/ backup/`.',
    hits: ['rsync -a --delete empty/ ~/data/', 'rsync -av --delete-after a/ host:/srv/', 'rsync -a --del ./ /backup'],
    misses: ['rsync -avn --delete src/ backup/', 'rsync -a src/ backup/', 'rsync -a --delete src/ dist/'],
  },
  {
    id: 'remove-source',
    program: ['rsync'],
    anyFlag: ['--remove-source-files'],
    unless: ['-n', '--dry-run'],
    effect: 'ask',
    why: 'deletes the source files after copying.',
    instead: 'Copy without it: `rsync -a src/ backup/`.',
    hits: ['rsync -a --remove-source-files src/ host:/x'],
    misses: ['rsync -a src/ backup/'],
  },
  {
    id: 'cloud-mirror',
    program: ['rclone', 'mc', 's3cmd', 's5cmd', 'b2', 'gsutil', 'lftp', 'azcopy'],
    effect: 'ask',
    when: (view) =>
      (/^(sync|purge|delete|deletefile|rmdirs|cleanup|rb|rm|move|mirror|del|bisync|settier|delete-bucket|delete_bucket|rmdir|remove)$/.test(
        view.operands[0] ?? '',
      ) &&
        !view.args.some((text) => /^(-n|--dry-run|--list|-l)$/.test(text)) &&
        (view.program !== 'gsutil' || view.operands[0] !== 'mirror')) ||
      (view.program === 'gsutil' && view.operands[0] === 'rsync' && view.has('-d')) ||
      (view.program === 'lftp' && /mirror.*--delete|\brm\b/.test(view.args.join(' '))),
    why: 'deletes or mirrors away what is stored remotely.',
    instead: 'Look first: `rclone sync --dry-run ./dist remote:bucket`.',
    hits: [
      'rclone sync ./empty remote:bucket',
      'rclone purge remote:x',
      'mc rb --force minio/acme',
      's3cmd del s3://x/y',
      'gsutil -m rm -r gs://x',
      'gsutil rsync -d a gs://b',
    ],
    misses: ['rclone ls remote:', 'rclone copy a remote:b', 'rclone sync --dry-run a b:c', 'mc ls minio', 'gsutil ls'],
  },
  {
    id: 'archive-over-system',
    program: ['tar', 'bsdtar', 'unzip', '7z', 'cpio', 'gtar'],
    effect: 'ask',
    when: (view) =>
      [
        view.value('-C', '--directory', '-d', '-o'),
        ...view.args.flatMap((text) => /^--directory=(.+)|^-C(\/.*)/.exec(text)?.slice(1) ?? []),
      ]
        .filter((text): text is string => !!text)
        .map((text) => view.target(text))
        .filter(
          (target) =>
            ['root', 'system', 'home', 'git'].includes(target.zone) && !/^\/(usr\/local|opt)/.test(target.path),
        ),
    why: 'unpacks over system or home files.',
    instead: 'Unpack into a fresh folder: `tar -xf backup.tar -C /tmp/backup`.',
    hits: ['tar -xf backup.tar -C /', 'tar xf x.tgz -C ~', 'unzip x.zip -d /etc'],
    misses: ['tar xzf app.tgz -C /tmp/x', 'unzip a.zip -d out'],
  },
  {
    id: 'archive-absolute',
    program: ['tar', 'bsdtar', 'gtar'],
    anyFlag: ['-P', '--absolute-names', '--overwrite', '--unlink-first', '--recursive-unlink', '-U'],
    effect: 'ask',
    when: (view) => view.args.some((text) => /^-?[a-zA-Z]*x|^--(extract|get)/.test(text)),
    why: 'unpacks over existing or absolute paths.',
    instead: 'Unpack into a fresh folder: `tar -xf backup.tar -C /tmp/backup`.',
    hits: ['tar -xPf backup.tar', 'tar -x --overwrite -f b.tar'],
    misses: ['tar -cf a.tar src', 'tar -tf a.tar'],
  },
  {
    id: 'archive-removes',
    program: ['tar', 'zip', 'gtar', '7z'],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) => text === '--remove-files' || text === '-sdel') ||
      (view.program === 'zip' && view.has('-m', '--move') && !view.has('-TT')),
    why: 'deletes the files once they are packed.',
    instead: 'Pack without it: `tar -czf app.tgz src`.',
    hits: ['tar --remove-files -czf a.tgz src', 'zip -m a.zip src/*'],
    misses: ['tar -czf a.tgz src', 'zip -r a.zip src'],
  },
  {
    id: 'disk-overwrite',
    program: [
      'dd',
      'cp',
      'mv',
      'tee',
      'cat',
      'install',
      'truncate',
      'shred',
      'pv',
      'ddrescue',
      'dcfldd',
      ':',
      'echo',
      'printf',
    ],
    effect: 'deny',
    severity: 'critical',
    when: (view) =>
      view.args.some((text) => /^of=/.test(text) && isDisk(text.slice(3))) ||
      (['cp', 'mv', 'install'].includes(view.program)
        ? view.operands.slice(-1)
        : ['tee', 'truncate', 'shred', 'ddrescue'].includes(view.program)
          ? view.operands
          : []
      ).some(isDisk),
    why: 'overwrites a disk.',
    instead: 'Write an image file instead: `dd if=/dev/zero of=/tmp/disk.img bs=1M count=64`.',
    hits: [
      'dd if=/dev/zero of=/dev/sda bs=1M',
      'tee /dev/sda < image.iso',
      '> /dev/sda',
      'cp image.iso /dev/nvme0n1',
      'shred /dev/sdb',
    ],
    misses: ['dd if=/dev/zero of=/tmp/disk.img bs=1M count=1', 'dd if=/dev/sda of=/tmp/x count=1', 'tee /dev/null'],
  },
  {
    id: 'dd-file',
    program: ['dd', 'dcfldd'],
    effect: 'ask',
    when: (view) =>
      view.args
        .flatMap((text) => (text.startsWith('of=') ? [view.target(text.slice(3))] : []))
        .filter(
          (target) =>
            !['temp', 'regenerable', 'device', 'cache'].includes(target.zone) &&
            !(
              target.zone === 'inside' &&
              !valuable.test(target.path) &&
              !view.args.some((text) => /^if=\/dev\/(zero|u?random|null)/.test(text))
            ),
        ),
    why: 'overwrites a file byte by byte.',
    instead: 'Write into a temporary folder: `dd if=/dev/zero of=/tmp/disk.img bs=1M count=64`.',
    hits: ['dd if=/dev/zero of=data/app.db', 'dd if=x of=~/photos.img', 'dd if=/dev/urandom of=README.md'],
    misses: ['dd if=/dev/zero of=/tmp/x bs=1M count=1', 'dd if=a of=dist/b'],
  },
  {
    id: 'disk-format',
    program: [
      'mkfs',
      'mkfs.ext2',
      'mkfs.ext3',
      'mkfs.ext4',
      'mkfs.xfs',
      'mkfs.btrfs',
      'mkfs.vfat',
      'mkfs.fat',
      'mkfs.ntfs',
      'mkfs.exfat',
      'mkfs.f2fs',
      'mke2fs',
      'mkswap',
      'newfs',
      'newfs_apfs',
      'newfs_hfs',
      'wipefs',
      'blkdiscard',
      'sgdisk',
      'gdisk',
      'fdisk',
      'sfdisk',
      'cfdisk',
      'parted',
      'hdparm',
      'format',
      'badblocks',
      'nwipe',
      'sg_format',
      'mdadm',
      'tune2fs',
      'debugfs',
      'pvcreate',
      'vgcreate',
      'mkfs.minix',
      'mkntfs',
      'xfs_repair',
      'fsck',
      'e2fsck',
      'partprobe',
      'dmsetup',
    ],
    effect: 'deny',
    severity: 'critical',
    when: (view) =>
      view.operands.length + view.args.length > 0 &&
      !view.args.some((text) =>
        /^(-l|--list|-p|--print|print|-h|--help|-V|-n|--no-act|-I|-i|--detail|-D|--examine|--dump|-d|-N)$/.test(text),
      ) &&
      !view.args.some((text) => /^\/tmp\/|\.img$/.test(text)),
    why: 'formats, partitions or wipes a disk.',
    instead: 'Look only: `lsblk`.',
    hits: [
      'mkfs.ext4 /dev/sda1',
      'mkswap /dev/sda2',
      'parted -s /dev/sda rm 1',
      'hdparm --security-erase p /dev/sda',
      'wipefs -a /dev/sdb',
      'blkdiscard /dev/nvme0n1',
      'sgdisk --zap-all /dev/sda',
      'mdadm --zero-superblock /dev/sdb1',
    ],
    misses: ['fdisk -l', 'parted -l', 'hdparm -I /dev/sda', 'mkfs.ext4 /tmp/disk.img', 'mdadm --detail /dev/md0'],
  },
  {
    id: 'volume-destroy',
    program: [
      'lvremove',
      'vgremove',
      'pvremove',
      'lvreduce',
      'zpool',
      'zfs',
      'btrfs',
      'cryptsetup',
      'diskutil',
      'nvme',
      'asr',
      'losetup',
      'hdiutil',
      'bcdedit',
      'diskpart',
      'vgreduce',
      'resize2fs',
      'swapoff',
      'efibootmgr',
      'grub-install',
      'flashrom',
      'tmutil',
    ],
    effect: 'deny',
    when: (view) =>
      /^(lvremove|vgremove|pvremove|lvreduce|vgreduce|diskpart|flashrom|bcdedit)$/.test(view.program) ||
      view.operands
        .slice(0, 3)
        .some(
          (text) =>
            /^(destroy|labelclear|delete|luksFormat|luksErase|luksKillSlot|luksRemoveKey|erase|reformat|format|sanitize|eraseDisk|eraseVolume|partitionDisk|secureErase|zeroDisk|randomDisk|deleteVolume|deleteContainer|eraseOptical|rollback|remove|format-nvm|write-zeroes|deletelocalsnapshots|detach)$/i.test(
              text,
            ) && !/^(remove|detach)$/.test(text),
        ) ||
      (view.program === 'zpool' && view.operands[0] === 'remove'),
    why: 'destroys a volume, pool or encrypted disk.',
    instead: 'Look only: `lsblk`.',
    hits: [
      'lvremove -f vg/data',
      'zpool destroy tank',
      'zfs destroy -r tank/home',
      'cryptsetup luksFormat /dev/sda2',
      'diskutil eraseDisk APFS x disk2',
      'btrfs subvolume delete /home',
      'nvme format /dev/nvme0',
    ],
    misses: ['zfs list', 'zpool status', 'diskutil list', 'btrfs filesystem df /'],
  },
  {
    id: 'fill-disk',
    program: ['cat', 'yes', 'dd', 'fallocate', 'head', 'cp'],
    effect: 'deny',
    // A pipe ends when its reader does; a file never.
    when: (view) =>
      (view.program === 'yes' && view.outputs.some((target) => target.path !== '/dev/null')) ||
      (view.program === 'cat' &&
        view.operands.some((text) => /^\/dev\/(zero|u?random)$/.test(text)) &&
        view.operands.length === 1 &&
        !view.text.includes('head')) ||
      (view.program === 'fallocate' && /\d{2,}[TP]|\d{3,}G/i.test(view.value('-l', '--length') ?? '')),
    why: 'writes without end.',
    instead: 'Say how much: `head -c 1M /dev/zero`.',
    hits: ['cat /dev/zero > ~/fill', 'cat /dev/urandom > /tmp/x', 'yes > ~/big.txt'],
    misses: ['head -c 16 /dev/urandom', 'cat /dev/null'],
  },
  {
    id: 'windows-delete',
    program: [
      'Remove-Item',
      'ri',
      'rd',
      'rmdir',
      'del',
      'erase',
      'Clear-Content',
      'Clear-Disk',
      'Format-Volume',
      'Clear-RecycleBin',
      'Remove-Partition',
      'vssadmin',
      'cipher',
    ],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) => /^(\/s|\/q|\/S|\/Q|-Recurse|-r|-rec\w*|-Force|-fo\w*|delete|\/w.*)$/i.test(text)) ||
      /^(Clear-Disk|Format-Volume|Clear-Content|Remove-Partition)$/.test(view.program),
    why: 'deletes a folder tree or empties a disk.',
    instead: 'Delete only what a build made: `rm -rf ./dist`.',
    hits: [
      'pwsh -Command "Remove-Item $HOME -Recurse -Force"',
      'cmd.exe /c "rmdir /s /q C:\\Users\\dev"',
      'pwsh -c "Format-Volume -DriveLetter C"',
      'cmd /c "del /s /q C:\\*"',
    ],
    misses: ['rmdir empty', 'pwsh -c "Get-ChildItem"'],
  },
  {
    id: 'lisp-delete',
    program: ['emacs'],
    effect: 'ask',
    when: (view) =>
      view.args.some((text) =>
        /\((delete-directory|delete-file|write-region|move-file-to-trash|rename-file)\b/.test(text),
      ),
    why: 'deletes or writes files from the editor.',
    instead: 'Use a plain command for it: `ls`.',
    hits: ['emacs --batch --eval \'(delete-directory "~" t)\''],
    misses: ['emacs --batch --eval \'(message "hi")\''],
  },
];
