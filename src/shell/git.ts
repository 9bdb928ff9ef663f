import { parseArgs } from './grammar.ts';
import { invoke, runChild } from './invoke.ts';
import { runCode } from './shells.ts';
import type { Frame } from './trail.ts';
import { isKnown, splitBlank, type Word, word } from './word.ts';

/** Configuration keys whose value git runs as a command. */
const commandKeys =
  /^(core\.(editor|pager|sshcommand|fsmonitor|askpass|gitproxy|alternaterefscommand)|sequence\.editor|diff\.external|credential(\..*)?\.helper|.*\.(textconv|clean|smudge|process|cmd|command|driver|program|extcmd|uploadpack|receivepack|sendpack)|pager\..+|gpg\.program|gpg\..+\.program|web\.browser|man\..+|browser\..+|help\.browser|interactive\.difffilter|uploadpack\.packobjectshook|trailer\..+|remote\..+\.(uploadpack|receivepack|vcs)|guitool\..+|hook\..+\.command|submodule\..+\.update|tar\..+\.command|sendemail\..*cmd)$/i;

/** Follows the commands that git itself would run: aliases, `--exec`, filters, editors, hooks of its configuration. */
export function gitRuns(words: readonly Word[], frame: Frame): void {
  if (frame.active.filter((name) => name === 'git alias').length > 3) return;
  const { flags, operands } = parseArgs('git', words.slice(1));
  for (const flag of flags) {
    if (flag.name === '-c' && flag.value) runSetting(flag.value.text, frame);
    if (runsItsValue.has(flag.name) && flag.value) runCode({ text: flag.value.text, from: [] }, frame);
  }
  const name = operands[0]?.text ?? '';
  runAlias(name, words, frame);
  const at = words.findIndex((part) => part.text === name);
  const rest = words.slice(at + 1);
  if (Object.hasOwn(bySubcommand, name)) bySubcommand[name]!(rest, frame);
}

const runsItsValue = new Set([
  '--upload-pack',
  '--receive-pack',
  '--extcmd',
  '--tree-filter',
  '--index-filter',
  '--env-filter',
  '--msg-filter',
  '--commit-filter',
  '--tag-name-filter',
  '--parent-filter',
  '--setup',
  '--open-files-in-pager',
  '--exec-pack',
]);

function runSetting(setting: string, frame: Frame): void {
  const equals = setting.indexOf('=');
  if (equals > 0) configure(setting.slice(0, equals), setting.slice(equals + 1), frame);
}

function configure(key: string, value: string, frame: Frame): void {
  const alias = /^alias\.(.+)$/i.exec(key);
  if (alias) {
    frame.scope.gitAliases.set(alias[1]!, value);
    runAliasText(value, [], frame);
  } else if (commandKeys.test(key) && value !== '') {
    const text = value.replace(/^!/, '');
    if (isKnown(text)) runCode({ text, from: [] }, { ...frame, stdin: null });
  }
}

function runAlias(name: string, words: readonly Word[], frame: Frame): void {
  const text = frame.scope.gitAliases.get(name);
  if (text === undefined) return;
  const at = words.findIndex((part) => part.text === name);
  runAliasText(text, words.slice(at + 1), frame);
}

function runAliasText(text: string, rest: readonly Word[], frame: Frame): void {
  const inner = { ...frame, active: [...frame.active, 'git alias'] };
  if (text.startsWith('!'))
    runCode({ text: [text.slice(1), ...rest.map((part) => part.text)].join(' '), from: [] }, inner);
  else invoke([word('git'), ...splitBlank(text.replace(/['"]/g, '')).map((part) => word(part)), ...rest], inner);
}

type GitRun = (rest: readonly Word[], frame: Frame) => void;

/** Runs what these options name; `appended` stands for the files that git hands to it. */
const valuesOf =
  (names: readonly string[], appended = ''): GitRun =>
  (rest, frame) => {
    const run = (text: string) => runCode({ text: text + appended, from: [] }, frame);
    rest.forEach((part, at) => {
      for (const name of names) {
        if (part.text === name && rest[at + 1]) run(rest[at + 1]!.text);
        else if (name.startsWith('--') && part.text.startsWith(`${name}=`)) run(part.text.slice(name.length + 1));
        else if (!name.startsWith('--') && part.text.startsWith(name) && part.text.length > 2) run(part.text.slice(2));
      }
    });
  };

const bySubcommand: Readonly<Record<string, GitRun>> = {
  rebase: (rest, frame) => {
    valuesOf(['-x', '--exec'])(rest, frame);
    rest.forEach((part, at) => {
      if (/^--exe?c?$/.test(part.text) && part.text !== '--exec' && rest[at + 1])
        runCode({ text: rest[at + 1]!.text, from: [] }, frame);
    });
  },
  grep: valuesOf(['-O', '--open-files-in-pager'], ' ./*'),
  difftool: valuesOf(['-x', '--extcmd'], ' ./*'),
  mergetool: valuesOf(['-x', '--extcmd'], ' ./*'),
  archive: valuesOf(['--exec']),
  push: valuesOf(['--exec']),
  bisect: (rest, frame) => {
    if (rest[0]?.text === 'run') runChild(rest.slice(1), frame);
  },
  submodule: (rest, frame) => {
    const at = rest.findIndex((part) => part.text === 'foreach');
    if (at < 0) return;
    const body = rest.slice(at + 1).filter((part, index) => index > 0 || !/^--(recursive|quiet)$/.test(part.text));
    const command = body.filter((part, index) => !(index < 2 && /^--(recursive|quiet)$/.test(part.text)));
    runCode({ text: command.map((part) => part.text).join(' '), from: [] }, frame);
  },
  config: (rest, frame) => {
    const operands = parseArgs('git', [word('config'), ...rest])
      .operands.slice(1)
      .map((part) => part.text);
    const [key, value] = operands[0] === 'set' ? operands.slice(1) : operands;
    if (key?.includes('.') && value !== undefined) configure(key, value, frame);
  },
};
