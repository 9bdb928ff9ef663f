import { builtins } from './builtins.ts';
import { carriedText } from './carriers.ts';
import { runBody } from './compound.ts';
import { feeders } from './feeders.ts';
import { gitRuns } from './git.ts';
import { subcommandOf } from './grammar.ts';
import { isInterpreter, runInterpreter } from './interpreters.ts';
import { noteSecretFiles } from './leaks.ts';
import { outputOf } from './outputs.ts';
import { locate } from './paths.ts';
import { runRecipes } from './recipes.ts';
import { subScope } from './scope.ts';
import { isShell, runCode, runScriptFile, runShell } from './shells.ts';
import { type Frame, mayGoOn, signal } from './trail.ts';
import { unwrap } from './unwrap.ts';
import { noteUses } from './uses.ts';
import { isKnown, SILENT, type Stream, shown, UNKNOWN, type Word, word } from './word.ts';

/** Follows an argument vector: functions, builtins, wrappers, shells and interpreters are seen through, the rest is noted. */
export function invoke(words: readonly Word[], frame: Frame): Stream {
  const head = words[0];
  if (!head || !mayGoOn(frame)) return SILENT;
  const inner = { ...frame, depth: frame.depth + 1 };
  const program = programName(head.text);
  if (program === null || head.glob) return runDynamic(words, inner);
  const body = frame.scope.functions.get(head.text);
  if (body && !frame.active.includes(`command ${head.text}`)) return callFunction(head.text, words, inner);
  const builtin = Object.hasOwn(builtins, program) ? builtins[program] : undefined;
  return builtin?.(words, inner) ?? runProgram(program, words, inner);
}

/** Follows an argument vector whose program is neither a function nor a builtin of the shell. */
export function runProgram(program: string, words: readonly Word[], frame: Frame): Stream {
  if (isShell(program)) return runShell(words, frame);
  if (/^git-(?!filter-)[a-z]/.test(program))
    return invoke([word('git'), word(program.slice(4)), ...words.slice(1)], frame);
  const inner = unwrap(program, words, frame);
  if (inner !== null) return inner;
  return runPlain(program, words, withScriptFile(program, words, frame));
}

function runPlain(program: string, words: readonly Word[], frame: Frame): Stream {
  const index = note(program, words, frame);
  noteUses(program, typed(program, words, frame), frame, index);
  noteSecretFiles(program, words, frame);
  for (const text of carriedText(program, words, frame.stdin?.text))
    runCode({ text, from: [] }, { ...frame, stdin: null });
  const fed = Object.hasOwn(feeders, program) ? feeders[program]!(words, frame) : null;
  if (fed) return fed;
  if (program === 'git') gitRuns(words, frame);
  if (program === 'hub') invoke([word('git'), ...words.slice(1)], frame);
  runRecipes(program, words, frame);
  if (isInterpreter(program)) return runInterpreter(program, words, frame);
  if (words[0]!.text.includes('/') && frame.place === 'here') runScriptFile(words[0]!.text, words.slice(1), frame);
  return outputOf(program, words, frame);
}

/** `psql -f x.sql` reads what the line wrote to the file, as if it came on standard input. */
function withScriptFile(program: string, words: readonly Word[], frame: Frame): Frame {
  if (frame.scope.files.size === 0 || !/sql|cqlsh|duckdb|mongo|cockroach/.test(program)) return frame;
  for (const { text } of words.slice(1)) {
    const { path } = locate(text.replace(/^(-f|--file=|--init-file=|source |\.read )/, ''), frame.scope.cwd);
    const stdin = frame.scope.files.get(path);
    if (stdin) return { ...frame, stdin };
  }
  return frame;
}

const typesCommands = new Set(['sftp', 'lftp', 'ftp', 'smbclient']);

/** The words with what is typed into a program that reads its commands from standard input. */
function typed(program: string, words: readonly Word[], { stdin }: Frame): readonly Word[] {
  return stdin && typesCommands.has(program) ? [...words, word(stdin.text)] : words;
}

/** Adds one command to the reading; the answer is its index. */
export function note(program: string, words: readonly Word[], frame: Frame): number {
  const rest = words.slice(1);
  const args = rest.map((part) => (isKnown(part.text) ? part.text : null));
  const { scope, trail } = frame;
  trail.commands.push({
    program,
    subcommand: subcommandOf(program, args),
    args,
    text: shown([words[0]!.text, ...rest.map((part) => part.text)].join(' ')).slice(0, 200),
    run: {
      words: rest,
      cwd: isKnown(scope.cwd) ? scope.cwd : '',
      home: trail.where.home,
      env: environment(frame),
      stdin: frame.stdin,
      place: frame.place,
      outputs: frame.outputs,
      forked: frame.forked,
      inScript: frame.inScript,
    },
  });
  return trail.commands.length - 1;
}

function environment(frame: Frame): ReadonlyMap<string, string> {
  if (frame.scope.exported.size === 0) return frame.env;
  const exported = [...frame.scope.exported].map((name) => [name, frame.scope.vars.get(name)?.[0] ?? UNKNOWN] as const);
  return new Map([...exported, ...frame.env]);
}

/** Base name of a program, `null` when it cannot be known. */
export function programName(text: string): string | null {
  const base = text
    .slice(text.lastIndexOf('/') + 1)
    .replace(/\.(exe|cmd)$/i, '')
    .replace(/(?<=.)@[\w.^~-]+$/, '');
  return isKnown(base) && base !== '' ? base : null;
}

function runDynamic(words: readonly Word[], frame: Frame): Stream {
  const index = note('', words, frame);
  noteUses('', words, frame, index);
  signal(frame, 'dynamic-command', words.map((part) => shown(part.text)).join(' '));
  return { text: UNKNOWN, from: [] };
}

function callFunction(name: string, words: readonly Word[], frame: Frame): Stream {
  if (frame.active.includes(name)) {
    if (frame.forked) signal(frame, 'fork-bomb', `${name}() runs itself again and again`);
    return { text: UNKNOWN, from: [] };
  }
  const node = frame.scope.functions.get(name)!;
  const { scope } = frame;
  const saved = scope.args;
  scope.args = words.slice(1).map((part) => part.text);
  const out = runBody(node.body, { ...frame, active: [...frame.active, name] });
  scope.args = saved;
  return out;
}

/** Follows an argument vector in a copy of the scope, as a separate process does. */
export function runChild(words: readonly Word[], frame: Frame): Stream {
  return invoke(words, { ...frame, scope: subScope(frame.scope) });
}
