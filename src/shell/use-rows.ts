import type { Access } from '../policy/reading.ts';
import {
  curlUses,
  findUses,
  gitShow,
  opensslUses,
  perlUses,
  sedFiles,
  stashed,
  tarUses,
  unzipUses,
  type WordUse,
} from './use-words.ts';

/** How a program uses the paths among its words. */
export interface UseRow {
  readonly operands?: Access | 'copy' | 'move';
  /** Operands that are no paths, at the front: a pattern, a mode. */
  readonly skip?: number;
  /** Options that give the pattern themselves, so that nothing is skipped. */
  readonly skipUnless?: readonly string[];
  /** Options whose value is a path. */
  readonly flags?: Readonly<Record<string, Access>>;
  /** Another use of the operands when one of these options stands there. */
  readonly when?: { readonly flags: readonly string[]; readonly operands: Access };
  readonly recursive?: boolean;
  /** With `--` in the line, only what follows it is a path. */
  readonly onlyAfterDashes?: boolean;
  /** Uses that need the words themselves. */
  readonly words?: (words: readonly string[]) => readonly WordUse[];
}

const read: UseRow = { operands: 'read' };
const write: UseRow = { operands: 'write' };
const nothing: UseRow = {};
const pattern: UseRow = {
  operands: 'read',
  skip: 1,
  skipUnless: ['-e', '-f', '--regexp', '--file', '--expression'],
  flags: { '-f': 'read', '--file': 'read' },
};
const sed: UseRow = {
  ...pattern,
  when: { flags: ['-i', '--in-place', '--in-plac', '--in-pla'], operands: 'write' },
  words: sedFiles,
};
const editor: UseRow = { operands: 'write', flags: { '-S': 'read', '-o': 'write' } };
const attached = (mark: RegExp, access: Access) => (words: readonly string[]) =>
  words.flatMap((text): readonly WordUse[] => {
    const found = mark.exec(text);
    return found ? [{ path: found[1]!, access }] : [];
  });
const gitPaths: UseRow = { operands: 'write', onlyAfterDashes: true };

/** Rows by program, or by program and subcommand. */
export const useRows: Readonly<Record<string, UseRow>> = {
  ':': nothing,
  true: nothing,
  echo: nothing,
  printf: nothing,
  export: nothing,
  declare: nothing,
  set: nothing,
  kill: nothing,
  cd: nothing,
  pushd: nothing,
  popd: nothing,
  test: nothing,
  '[': nothing,
  which: nothing,
  type: nothing,
  man: nothing,
  sleep: nothing,
  alias: nothing,
  mkdir: nothing,
  ls: nothing,
  eza: nothing,
  exa: nothing,
  tree: nothing,
  stat: nothing,
  basename: nothing,
  dirname: nothing,
  realpath: nothing,
  readlink: nothing,
  du: nothing,
  df: nothing,
  rmdir: { operands: 'delete' },
  pwd: nothing,
  expr: nothing,
  seq: nothing,
  find: { words: findUses },
  gfind: { words: findUses },
  fd: nothing,
  locate: nothing,
  make: nothing,
  npm: nothing,
  pnpm: nothing,
  yarn: nothing,
  npx: nothing,
  file: nothing,
  wc: nothing,
  sha256sum: nothing,
  md5sum: nothing,
  shasum: nothing,
  cksum: nothing,
  b3sum: nothing,
  xargs: { flags: { '-a': 'read', '--arg-file': 'read' } },
  sql: nothing,
  tr: nothing,
  date: nothing,
  gh: { flags: { '--body-file': 'read', '--input': 'read', '--notes-file': 'read' } },
  'gh gist': { operands: 'read', skip: 1 },
  'gh release': { operands: 'read', skip: 3 },
  docker: { flags: { '-v': 'write', '--volume': 'write', '--env-file': 'meta' } },
  jest: nothing,
  vitest: nothing,
  pytest: nothing,
  tsc: nothing,
  eslint: nothing,
  prettier: { when: { flags: ['-w', '--write'], operands: 'write' } },
  cmp: read,
  sh: nothing,
  bash: nothing,
  zsh: nothing,
  dash: nothing,
  ksh: nothing,
  fish: nothing,
  python: nothing,
  python3: nothing,
  node: nothing,
  perl: { words: perlUses },
  ruby: { words: perlUses },
  php: nothing,
  ssh: { flags: { '-i': 'meta' } },
  source: nothing,
  awk: { ...pattern, skipUnless: ['-f'], flags: { '-f': 'read' }, when: { flags: ['-i'], operands: 'write' } },
  gawk: { ...pattern, skipUnless: ['-f'], flags: { '-f': 'read' }, when: { flags: ['-i'], operands: 'write' } },
  cat: read,
  tac: read,
  less: read,
  more: read,
  most: read,
  bat: read,
  batcat: read,
  head: read,
  tail: read,
  nl: read,
  od: read,
  hexdump: read,
  hd: read,
  xxd: read,
  strings: read,
  cut: read,
  sort: { operands: 'read', flags: { '-o': 'write', '--output': 'write' } },
  uniq: {
    operands: 'read',
    words: (words) => (words.length === 2 && !words[0]!.startsWith('-') ? [{ path: words[1]!, access: 'write' }] : []),
  },
  paste: read,
  column: read,
  fold: read,
  fmt: read,
  pr: read,
  rev: read,
  diff: read,
  sdiff: read,
  colordiff: read,
  vimdiff: read,
  comm: read,
  join: read,
  base64: read,
  base32: read,
  basenc: read,
  gzip: read,
  bzip2: read,
  xz: read,
  zstd: read,
  zcat: read,
  bzcat: read,
  xzcat: read,
  glow: read,
  pygmentize: read,
  highlight: read,
  expand: read,
  unexpand: read,
  iconv: { operands: 'read', flags: { '-o': 'write' } },
  jq: { operands: 'read', skip: 1, skipUnless: ['-f'] },
  yq: { operands: 'read', when: { flags: ['-i', '--inplace'], operands: 'write' } },
  dotenv: read,
  envsubst: nothing,
  view: read,
  xclip: read,
  pbcopy: nothing,
  mapfile: nothing,
  look: { operands: 'read', skip: 1 },
  split: read,
  csplit: read,
  shuf: { operands: 'read', flags: { '-o': 'write' } },
  sponge: write,
  openssl: { words: opensslUses },
  gpg: { operands: 'read', flags: { '-o': 'write', '--output': 'write' } },
  age: read,
  'ssh-keygen': {
    words: (words) => {
      const at = words.findIndex((text) => /^-\w*f$/.test(text));
      return at >= 0 && words[at + 1]
        ? [{ path: words[at + 1]!, access: words.some((text) => /^-[lyBeF]/.test(text)) ? 'read' : 'write' }]
        : [];
    },
  },
  'ssh-add': nothing,
  'ssh-copy-id': nothing,
  grep: pattern,
  egrep: pattern,
  fgrep: pattern,
  rg: pattern,
  ag: pattern,
  ack: pattern,
  zgrep: pattern,
  ugrep: pattern,
  sed,
  gsed: sed,
  ed: editor,
  ex: editor,
  vi: editor,
  vim: editor,
  nvim: editor,
  nano: editor,
  emacs: editor,
  pico: editor,
  micro: editor,
  code: nothing,
  subl: nothing,
  cp: { operands: 'copy' },
  gcp: { operands: 'copy' },
  mv: { operands: 'move' },
  gmv: { operands: 'move' },
  ln: { operands: 'copy' },
  link: { operands: 'copy' },
  install: { operands: 'copy' },
  ditto: { operands: 'copy' },
  rename: { operands: 'write', skip: 1 },
  scp: { operands: 'copy', flags: { '-i': 'meta' } },
  rsync: { operands: 'copy', flags: { '--files-from': 'read', '--password-file': 'read' } },
  rclone: { operands: 'read', skip: 1 },
  sftp: { flags: { '-b': 'read' } },
  tee: write,
  truncate: { ...write, flags: { '-r': 'read' } },
  touch: { operands: 'meta' },
  chmod: { operands: 'meta', skip: 1 },
  chown: { operands: 'meta', skip: 1 },
  chgrp: { operands: 'meta', skip: 1 },
  chattr: { operands: 'meta', skip: 1 },
  setfacl: { operands: 'meta' },
  xattr: { operands: 'meta' },
  chflags: { operands: 'meta', skip: 1 },
  mknod: write,
  mkfifo: write,
  rm: { operands: 'delete' },
  grm: { operands: 'delete' },
  unlink: { operands: 'delete' },
  shred: { operands: 'delete' },
  srm: { operands: 'delete' },
  trash: { operands: 'delete' },
  'trash-put': { operands: 'delete' },
  rimraf: { operands: 'delete', recursive: true },
  del: { operands: 'delete' },
  'Remove-Item': { operands: 'delete' },
  'Set-Content': write,
  'Out-File': write,
  'Get-Content': read,
  dd: {
    words: (words) =>
      words.flatMap((text): readonly WordUse[] =>
        text.startsWith('of=')
          ? [{ path: text.slice(3), access: 'write' as const }]
          : text.startsWith('if=')
            ? [{ path: text.slice(3), access: 'read' as const }]
            : [],
      ),
  },
  tar: { words: tarUses },
  bsdtar: { words: tarUses },
  unzip: { words: unzipUses },
  zip: {
    operands: 'read',
    words: (words) =>
      words
        .filter((text) => !text.startsWith('-'))
        .slice(0, 1)
        .map((path) => ({ path, access: 'write' as const })),
  },
  '7z': { operands: 'read', skip: 1 },
  gunzip: write,
  cpio: { flags: {} },
  ar: { operands: 'read', skip: 1 },
  patch: { operands: 'write', flags: { '-i': 'read', '-o': 'write', '--input': 'read', '--output': 'write' } },
  curl: {
    flags: {
      '-o': 'write',
      '--output': 'write',
      '-c': 'write',
      '--cookie-jar': 'write',
      '-T': 'read',
      '--upload-file': 'read',
      '-K': 'read',
      '--config': 'read',
      '-D': 'write',
    },
    words: curlUses,
  },
  wget: {
    flags: {
      '-O': 'write',
      '-o': 'write',
      '--output-document': 'write',
      '--post-file': 'read',
      '--body-file': 'read',
      '-P': 'write',
      '-i': 'read',
    },
    words: attached(/^--(?:post|body)-file=(.+)/, 'read'),
  },
  http: { words: attached(/^[\w.-]*:?=?@(.+)/, 'read') },
  xh: { words: attached(/^[\w.-]*:?=?@(.+)/, 'read') },
  aria2c: { flags: { '-o': 'write' } },
  nc: nothing,
  ncat: nothing,
  socat: { words: attached(/^(?:FILE|OPEN|CREATE|GOPEN):([^,]+)/i, 'read') },
  mail: { flags: { '-a': 'read', '-A': 'read' } },
  mutt: { flags: { '-a': 'read', '-i': 'read' } },
  aws: { operands: 'read', skip: 2, words: attached(/^(?:file|fileb):\/\/(.+)/, 'read') },
  gsutil: { operands: 'read', skip: 1 },
  az: { flags: { '-f': 'read', '--file': 'read' } },
  dig: nothing,
  host: nothing,
  nslookup: nothing,
  ping: nothing,
  telnet: nothing,
  sqlite3: {
    words: (words) =>
      words
        .filter((text) => !text.startsWith('-'))
        .slice(0, 1)
        .map((path) => ({ path, access: 'write' as const })),
  },
  psql: { flags: { '-f': 'read', '--file': 'read', '-o': 'write' } },
  mysql: nothing,
  'git add': { operands: 'read' },
  'git apply': { operands: 'read', words: attached(/^--directory=(.+)/, 'write') },
  'git am': { operands: 'read', skip: 0 },
  git: nothing,
  'git checkout': gitPaths,
  'git restore': { operands: 'write', onlyAfterDashes: true },
  'git rm': { operands: 'delete' },
  'git mv': { operands: 'move' },
  'git clean': { operands: 'delete' },
  'git show': { words: gitShow },
  'git cat-file': { words: gitShow },
  'git diff': {
    words: (words) =>
      words.includes('--no-index')
        ? words
            .filter((text) => !text.startsWith('-'))
            .slice(1)
            .map((path) => ({ path, access: 'read' as const }))
        : [],
  },
  'git config': { flags: { '-f': 'write', '--file': 'write' } },
  'git grep': { operands: 'read', skip: 1 },
  'git hash-object': { operands: 'read' },
  'git blame': { operands: 'read' },
  'git update-index': { operands: 'meta' },
  'git stash': { words: stashed },
  'git worktree': nothing,
  'git archive': { flags: { '-o': 'write', '--output': 'write' } },
  'git bundle': nothing,
  'git format-patch': { flags: { '-o': 'write' } },
};
