import { invoke, note, programName, runProgram } from './invoke.ts';
import { originOf } from './origins.ts';
import { locate } from './paths.ts';
import { setVar, subScope } from './scope.ts';
import { noteDynamicScript, readScript } from './shells.ts';
import { runHookVariable } from './simple.ts';
import { type Frame, LIMITS, signal } from './trail.ts';
import { noteUses } from './uses.ts';
import { runText } from './walk.ts';
import { isKnown, SECRET, SILENT, type Stream, shown, splitBlank, UNKNOWN, type Word, word } from './word.ts';

type Builtin = (words: readonly Word[], frame: Frame) => Stream | null;

/** What the shell does itself. `null` hands the words on, as if the name were a program's. */
export const builtins: Readonly<Record<string, Builtin>> = {
  cd: changeFolder,
  pushd: changeFolder,
  popd: (words, frame) => changeFolder([words[0]!, word('-')], frame),
  export: declare(true),
  declare: declare(false),
  typeset: declare(false),
  local: declare(false),
  readonly: declare(false),
  alias: defineAliases,
  unalias: () => SILENT,
  eval: runEval,
  source: runSource,
  '.': runSource,
  trap: runTrap,
  set: setOptions,
  shift: (words, frame) => {
    const by = Number(words[1]?.text ?? 1);
    if (frame.scope.args && Number.isInteger(by)) frame.scope.args = frame.scope.args.slice(by);
    return SILENT;
  },
  unset: (words, frame) => {
    note('unset', words, frame);
    for (const part of operands(words)) {
      frame.scope.vars.set(part.text, []);
      frame.scope.functions.delete(part.text);
    }
    return SILENT;
  },
  read: readVariables,
  mapfile: readVariables,
  readarray: readVariables,
  printf: (words, frame) => (words[1]?.text === '-v' ? assignPrintf(words, frame) : null),
  command: runCommandBuiltin,
  builtin: (words, frame) => invoke(words.slice(1), frame),
  exec: runExec,
  kill: killFound,
  coproc: (words, frame) => invoke(words.slice(1), frame),
};

function operands(words: readonly Word[]): Word[] {
  return words.slice(1).filter((part) => !part.text.startsWith('-') || part.text === '-');
}

function changeFolder(words: readonly Word[], frame: Frame): Stream {
  const { scope } = frame;
  const index = note(words[0]!.text, words, frame);
  noteUses('cd', words, frame, index);
  const target = operands(words)[0]?.text ?? scope.vars.get('HOME')?.[0] ?? UNKNOWN;
  const at = locate(target === '-' ? scope.oldCwd : target, scope.cwd);
  scope.oldCwd = scope.cwd;
  scope.cwd = at.partial ? UNKNOWN : at.path;
  setVar(scope, 'OLDPWD', [scope.oldCwd]);
  setVar(scope, 'PWD', [scope.cwd]);
  return SILENT;
}

function declare(exports: boolean): Builtin {
  return (words, frame) => {
    const flags = words.filter((part) => /^-[a-zA-Z]+$/.test(part.text)).map((part) => part.text);
    const exported = exports || flags.some((flag) => flag.includes('x'));
    for (const part of operands(words)) {
      const equals = part.text.indexOf('=');
      const name = (equals < 0 ? part.text : part.text.slice(0, equals)).replace(/\+$/, '');
      if (equals >= 0 && !frame.scope.vars.has(name)) setVar(frame.scope, name, [part.text.slice(equals + 1)]);
      if (flags.some((flag) => flag.includes('n'))) frame.scope.vars.delete(name);
      if (!exported) continue;
      frame.scope.exported.add(name);
      if (equals >= 0) runHookVariable(name, part.text.slice(equals + 1), frame);
    }
    note(words[0]!.text, words, frame);
    const prints = words.length === 1 || (words.length === 2 && flags.includes('-p'));
    return prints ? { text: UNKNOWN + SECRET, from: [words[0]!.text] } : SILENT;
  };
}

function defineAliases(words: readonly Word[], frame: Frame): Stream {
  for (const part of operands(words)) {
    const equals = part.text.indexOf('=');
    if (equals > 0) frame.scope.aliases.set(part.text.slice(0, equals), part.text.slice(equals + 1));
  }
  return SILENT;
}

function runEval(words: readonly Word[], frame: Frame): Stream {
  const text = words
    .slice(words[1]?.text === '--' ? 2 : 1)
    .map((part) => part.text)
    .join(' ');
  if (isKnown(text)) return runText(text, frame);
  const files = frame.trail.origins.filter((mark) => mark.startsWith('file:'));
  if (files.length > 0 && text.replaceAll(UNKNOWN, '').trim() === '')
    return runPartly(text, [...frame.trail.origins, 'cat'], frame);
  return runPartly(text, frame.trail.origins, frame);
}

/** Runs a text of which only parts are known; what made the rest is in `from`. */
export function runPartly(text: string, from: readonly string[], frame: Frame): Stream {
  const whole = text.replaceAll(UNKNOWN, '').trim() === '';
  const files = from.filter((mark) => mark.startsWith('file:/'));
  if (whole && files.length > 0 && files.length === from.length) {
    for (const file of files) invoke([word('source'), word(file.slice(5))], frame);
    return { text: UNKNOWN, from: [] };
  }
  const origin = originOf(from);
  if (origin === 'download') signal(frame, 'download-to-shell', from.join(' | '));
  else if (origin === 'decoded') signal(frame, 'decoded-to-shell', from.join(' | '));
  else if (whole && origin !== 'setup') signal(frame, 'dynamic-code', from.join(' | ') || shown(text));
  return whole ? { text: UNKNOWN, from: [] } : runText(text, frame);
}

function runSource(words: readonly Word[], frame: Frame): Stream {
  const path = operands(words)[0]?.text;
  if (path === undefined) return SILENT;
  noteDynamicScript(path, frame);
  const script = readScript(path, frame);
  if (script === null) return SILENT;
  return isKnown(script.text)
    ? runText(script.text, { ...frame, inScript: frame.inScript || script.from.includes('script') })
    : runPartly(script.text, script.from, frame);
}

function runTrap(words: readonly Word[], frame: Frame): Stream {
  const [body, ...signals] = operands(words).map((part) => part.text);
  if (body === undefined || body === '-' || signals.length === 0) return SILENT;
  const run = () => runText(body, { ...frame, scope: subScope(frame.scope), stdin: null });
  if (signals.some((name) => !/^(EXIT|0)$/i.test(name))) return run();
  if (frame.trail.atExit.length < LIMITS.loops) frame.trail.atExit.push(run);
  else frame.trail.problems.add('too many traps');
  return SILENT;
}

function setOptions(words: readonly Word[], frame: Frame): Stream {
  const at = words.findIndex((part, index) => index > 0 && (part.text === '--' || !/^[-+]/.test(part.text)));
  const takesName = words[at - 1]?.text.endsWith('o');
  if (at > 0 && !takesName) {
    const from = words[at]!.text === '--' ? at + 1 : at;
    frame.scope.args = words.slice(from).map((part) => part.text);
  }
  note('set', words, frame);
  return words.length === 1 ? { text: UNKNOWN + SECRET, from: ['set'] } : SILENT;
}

function readVariables(words: readonly Word[], frame: Frame): Stream {
  const lines = frame.stdin?.text.replace(/\n$/, '').split('\n') ?? [UNKNOWN];
  const value = lines.length === 1 ? lines[0]! : UNKNOWN;
  const names = operands(words).map((part) => part.text);
  const many = words[0]!.text !== 'read' || words.some((part) => /^-\w*a/.test(part.text));
  names.forEach((name) => {
    if (many) setVar(frame.scope, name, [UNKNOWN]);
    else setVar(frame.scope, name, [names.length === 1 ? value : UNKNOWN]);
  });
  const items = words[0]!.text === 'read' ? value.split(/\s+/) : lines;
  if (many && items.every(isKnown)) setVar(frame.scope, names.at(-1) ?? 'MAPFILE', items);
  if (names.length > 1 && isKnown(value) && !many) {
    const parts = value.trim().split(/\s+/);
    names.forEach((name, at) => {
      setVar(frame.scope, name, [at === names.length - 1 ? parts.slice(at).join(' ') : (parts[at] ?? '')]);
    });
  }
  return SILENT;
}

function assignPrintf(words: readonly Word[], frame: Frame): Stream {
  const out = runProgram('printf', [words[0]!, ...words.slice(3)], frame);
  setVar(frame.scope, words[2]?.text ?? '_', [out.text]);
  return SILENT;
}

function runCommandBuiltin(words: readonly Word[], frame: Frame): Stream {
  if (words[1] && /^-\w*[vV]/.test(words[1].text)) return { text: `/usr/bin/${words[2]?.text ?? UNKNOWN}`, from: [] };
  const rest = words
    .slice(1)
    .filter((part, index) => !(index === 0 && part.text === '-p') && !(index <= 1 && part.text === '--'));
  const name = rest[0]?.text ?? '';
  return invoke(rest, { ...frame, active: [...frame.active, `command ${name}`] });
}

/** `kill $(pgrep x)` and `pgrep x | xargs kill` end what `pkill x` would. */
function killFound(_words: readonly Word[], frame: Frame): null {
  const from = [...frame.trail.origins, ...(frame.stdin?.from ?? [])];
  for (const text of from) {
    const [finder, ...rest] = splitBlank(text);
    // `ps` without a pattern behind it lists everything.
    if (finder === 'ps' && !from.some((one) => /^(grep|egrep|rg|awk .*\/)/.test(one)))
      invoke([word('pkill'), word('.')], frame);
    if (finder === 'pgrep' || finder === 'pidof') invoke([word('pkill'), ...rest.map((part) => word(part))], frame);
  }
  return null;
}

function runExec(words: readonly Word[], frame: Frame): Stream {
  let at = 1;
  while (words[at]?.text.startsWith('-')) at += words[at]!.text === '-a' ? 2 : 1;
  const program = words[at] ? programName(words[at]!.text) : '';
  return program === '' ? SILENT : invoke(words.slice(at), frame);
}
