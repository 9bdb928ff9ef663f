import { parseArgs } from './grammar.ts';
import { quote, type Word } from './word.ts';

type Carrier = (words: readonly Word[]) => readonly string[];

/** Shell text that a program's options or operands carry, although the program is no wrapper. */
export function carriedText(program: string, words: readonly Word[], stdin = ''): readonly string[] {
  if (!Object.hasOwn(carriers, program)) return [];
  const typed = stdin !== '' && readsCommands.has(program) ? [{ text: stdin, glob: false }] : [];
  return carriers[program]!([...words.slice(1), ...typed]);
}

/** Programs whose standard input holds the same commands as their options. */
const readsCommands = new Set([
  'ed',
  'ex',
  'vim',
  'vi',
  'sqlite3',
  'psql',
  'mysql',
  'ftp',
  'gdb',
  'expect',
  'tclsh',
  'osascript',
]);

const options =
  (program: string, ...names: readonly string[]): Carrier =>
  (words) =>
    parseArgs(program, words).flags.flatMap((flag) =>
      names.includes(flag.name) && flag.value ? [flag.value.text] : [],
    );

/** Text after `marks` in any word: `!cmd`, `.shell cmd`. */
const marked =
  (mark: RegExp): Carrier =>
  (words) =>
    words.flatMap((part) =>
      part.text.split('\n').flatMap((line) => {
        const found = mark.exec(line);
        return found ? [found[1] ?? found[2] ?? ''] : [];
      }),
    );

const editor = marked(
  /^\+?:?\s*(?:silent!?\s+)?(?:%|\d+,\d+|r\s*|w\s*)?!\s*(.+)$|^\+?:?\s*(?:call|echo|let \w+ ?=)\s+system\(['"](.+?)['"]\)/,
);

const carriers: Readonly<Record<string, Carrier>> = {
  tar: (words) => [
    ...words.flatMap(
      (part) =>
        /^--(?:checkpoint-action=exec=|to-command=|use-compress-program=|rsh-command=|info-script=|new-volume-script=)([\s\S]+)/.exec(
          part.text,
        )?.[1] ?? [],
    ),
    ...words.flatMap((part, at) =>
      /^(?:exec=)([\s\S]+)/.exec(part.text) && words[at - 1]?.text === '--checkpoint-action'
        ? [part.text.slice(5)]
        : [],
    ),
    ...options('tar', '-I', '-F', '--to-command', '--use-compress-program', '--rsh-command', '--info-script')(words),
  ],
  rsync: options('rsync', '-e', '--rsh', '--rsync-path'),
  zip: (words) =>
    words.flatMap((part, at) => (/^(-TT|--unzip-command)$/.test(words[at - 1]?.text ?? '') ? [part.text] : [])),
  ssh: (words) =>
    words.flatMap((part) => /^(?:-o)?(?:Proxy|Local|KnownHosts)Command[= ]([\s\S]+)/i.exec(part.text)?.[1] ?? []),
  scp: (words) => [
    ...options('scp', '-S')(words),
    ...words.flatMap((part) => /^(?:-o)?(?:Proxy|Local)Command[= ]([\s\S]+)/i.exec(part.text)?.[1] ?? []),
  ],
  sftp: options('sftp', '-S'),
  split: (words) => words.flatMap((part) => /^--filter=([\s\S]+)/.exec(part.text)?.[1] ?? []),
  sort: (words) => words.flatMap((part) => /^--compress-program=([\s\S]+)/.exec(part.text)?.[1] ?? []),
  man: options('man', '-P', '--pager'),
  gdb: marked(/^(?:shell|!|make|pipe .*\|)\s*(.+)$/),
  lldb: marked(/^(?:platform shell|shell|!)\s+(.+)$/),
  vim: editor,
  vi: editor,
  nvim: editor,
  ex: editor,
  view: editor,
  gvim: editor,
  ed: marked(/^!\s*(.+)$/),
  sqlite3: marked(/^\s*\.(?:shell|system)\s+(.+)$/),
  psql: marked(/\\!\s*(.+)$|\\copy .* (?:to|from) program '(.+)'/i),
  mysql: marked(/^(?:\\!|system)\s+(.+)$/),
  ftp: marked(/^!\s*(.+)$/),
  less: marked(/^\+!\s*(.+)$/),
  expect: (words) =>
    words.flatMap((part) => [...part.text.matchAll(/(?:spawn|exec|system)\s+([^;\n]+)/g)].map((found) => found[1]!)),
  tclsh: (words) =>
    words.flatMap(({ text }) => [
      ...[...text.matchAll(/\bexec\s+([^;\n]+)/g)].map((found) => found[1]!),
      ...[...text.matchAll(/\bfile\s+delete\s+([^;\n]+)/g)].map(
        (found) => `rm -rf ${found[1]!.replace(/-force\s+|--\s+/g, '')}`,
      ),
    ]),
  nc: options('nc', '-c'),
  ncat: options('ncat', '-c', '--sh-exec'),
  socat: (words) =>
    words.flatMap((part) => /^(?:EXEC|SYSTEM|SHELL):([\s\S]+?)(?:,\w[\s\S]*)?$/i.exec(part.text)?.[1] ?? []),
  sed: sedText,
  gsed: sedText,
  // `cargo watch -s 'text'`; `-x` runs a cargo command.
  cargo: (words) =>
    words[0]?.text === 'watch'
      ? words.flatMap((part, at) => (/^(-s|--shell)$/.test(words[at - 1]?.text ?? '') ? [part.text] : []))
      : [],
  make: (words) =>
    words.flatMap(
      (part) =>
        /^\.?SHELL=(.+)/.exec(part.text)?.[1] ??
        /^--eval=\S*\$\(shell ([^)]+)\)/.exec(part.text)?.[1] ??
        /\$\(shell ([^)]+)\)/.exec(part.text)?.[1] ??
        [],
    ),
  npm: (words) => words.flatMap((part) => /^scripts\.[\w:-]+=([\s\S]+)/.exec(part.text)?.[1] ?? []),
  emacs: (words) =>
    words.flatMap((part) =>
      [
        ...part.text.matchAll(
          /\((?:shell-command(?:-to-string)?|async-shell-command|call-process-shell-command)\s+"((?:[^"\\]|\\.)*)"/g,
        ),
      ].map((found) => found[1]!),
    ),
  'start-stop-daemon': (words) => {
    const program = options('start-stop-daemon', '-x', '--exec', '-a', '--startas')(words)[0];
    return program ? [[program, ...afterDashes(words)].join(' ')] : [];
  },
  screen: (words) =>
    words.flatMap((part, at) => (words[at - 1]?.text === 'stuff' ? [part.text.replace(/\\[nr]|\^M/g, '\n')] : [])),
  just: (words) => {
    const at = words.findIndex((part) => /^(-c|--command)$/.test(part.text));
    return at < 0 ? [] : [quoted(words.slice(at + 1))];
  },
  onchange: (words) => [afterDashes(words).join(' ')],
  systemctl: () => [],
  start: () => [],
  xdotool: () => [],
  osascript: (words) =>
    words.flatMap((part) =>
      [...part.text.matchAll(/do shell script "((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]!.replace(/\\(.)/g, '$1')),
    ),
  ansible: (words) =>
    words.some((part) => /^(shell|command|raw|script|ansible\.builtin\.\w+)$/.test(part.text)) ||
    !words.some((part) => part.text === '-m')
      ? options('ansible', '-a', '--args')(words)
      : [],
  salt: (words) =>
    words.flatMap((part, at) => (/^cmd\.(run|shell)$/.test(words[at - 1]?.text ?? '') ? [part.text] : [])),
  'docker-entrypoint.sh': () => [],
  hg: (words) => words.flatMap((part) => /^alias\.\w+=!([\s\S]+)/.exec(part.text)?.[1] ?? []),
  composer: () => [],
};

function afterDashes(words: readonly Word[]): readonly string[] {
  const at = words.findIndex((part) => part.text === '--');
  return at < 0 ? [] : [quoted(words.slice(at + 1))];
}

function quoted(words: readonly Word[]): string {
  return words.map((part) => quote(part.text)).join(' ');
}

function sedText(words: readonly Word[]): readonly string[] {
  return words.flatMap((part) => {
    const found = /^(?:\d+|\$|\/[^/]*\/)?\s*e\s+([\s\S]+)$/.exec(part.text);
    return found ? [found[1]!] : [];
  });
}
