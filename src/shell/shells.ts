import { runPartly } from './builtins.ts';
import { note } from './invoke.ts';
import { originOf } from './origins.ts';
import { locate } from './paths.ts';
import { contentOf } from './redirect.ts';
import { setVar, subScope } from './scope.ts';
import { type Frame, signal } from './trail.ts';
import { noteUse } from './uses.ts';
import { runText } from './walk.ts';
import { isKnown, SILENT, type Stream, shown, UNKNOWN, type Word } from './word.ts';

const shells = new Set([
  'sh',
  'bash',
  'dash',
  'zsh',
  'ksh',
  'mksh',
  'ash',
  'fish',
  'rbash',
  'csh',
  'tcsh',
  'ksh93',
  'yash',
  'nu',
  'elvish',
  'xonsh',
  'osh',
]);
const valued = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file', '-C', '--init-command']);

export function isShell(program: string): boolean {
  return shells.has(program);
}

/** Follows a shell: its `-c` text, its script file, or what it reads on its standard input. */
export function runShell(words: readonly Word[], outer: Frame): Stream {
  const frame: Frame = { ...outer, scope: subScope(outer.scope) };
  note(words[0]!.text.slice(words[0]!.text.lastIndexOf('/') + 1), words, frame);
  const { code, rest, stdin, readsOnly } = parseShellWords(words);
  if (readsOnly) return SILENT;
  frame.scope.args = rest.map((part) => part.text);
  if (code !== null) {
    if (rest[0]) setVar(frame.scope, '0', [rest[0].text]);
    frame.scope.args = frame.scope.args.slice(1);
    return runCode({ text: code.text, from: frame.trail.origins }, frame);
  }
  if (!stdin && rest.length > 0) {
    frame.scope.args = frame.scope.args.slice(1);
    return runScriptText(rest[0]!.text, frame);
  }
  if (!frame.stdin) return SILENT;
  const out = runCode(frame.stdin, { ...frame, stdin: null });
  return isKnown(out.text) ? out : { text: out.text, from: [...out.from, words.map((part) => part.text).join(' ')] };
}

interface ShellWords {
  readonly code: Word | null;
  readonly rest: readonly Word[];
  readonly stdin: boolean;
  /** True for `bash -n`, which only checks the syntax. */
  readonly readsOnly?: boolean;
}

function parseShellWords(words: readonly Word[]): ShellWords {
  let wantsCode = false;
  let stdin = false;
  let at = 1;
  for (; at < words.length; at++) {
    const text = words[at]!.text;
    if (text === '--' || text === '-') {
      at++;
      break;
    }
    if (!/^[-+]./.test(text)) break;
    if (/^-[A-Za-z]*c/.test(text) || text === '--command' || text === '--commands') wantsCode = true;
    if (/^-[A-Za-z]*s/.test(text)) stdin = true;
    if (/^-[A-Za-z]*n[A-Za-z]*$/.test(text) || text === '--version')
      return { code: null, rest: [], stdin: false, readsOnly: true };
    if (text.startsWith('--command=')) return { code: { text: text.slice(10), glob: false }, rest: [], stdin };
    if (valued.has(text) || /^-[a-zA-Z]+o$/.test(text)) at++;
  }
  const rest = words.slice(at);
  return wantsCode
    ? { code: rest[0] ?? null, rest: rest.slice(1).length > 0 ? rest.slice(1) : [], stdin }
    : { code: null, rest, stdin };
}

/** Runs text that a shell was given, or says why it cannot be known. */
export function runCode(code: Stream, frame: Frame): Stream {
  return isKnown(code.text) ? runText(code.text, frame) : runPartly(code.text, code.from, frame);
}

function runScriptText(path: string, frame: Frame): Stream {
  noteDynamicScript(path, frame);
  const script = readScript(path, frame);
  if (script === null) return SILENT;
  const fromStdin = path === '/dev/stdin' || path === '-';
  const inScript = frame.inScript || script.from.includes('script');
  return runCode(script, { ...frame, stdin: fromStdin ? null : frame.stdin, inScript });
}

/** A script whose name is unknown altogether is itself something to ask about. */
export function noteDynamicScript(path: string, frame: Frame): void {
  if (path.startsWith(UNKNOWN)) signal(frame, 'dynamic-script', shown(path));
}

/** Follows a program file named by a path, when it is a script that the line wrote or the caller has read. */
export function runScriptFile(path: string, args: readonly Word[], outer: Frame): Stream {
  const frame: Frame = { ...outer, scope: subScope(outer.scope) };
  frame.scope.args = args.map((part) => part.text);
  const script = readScript(path, frame);
  if (script === null) return SILENT;
  if (!isKnown(script.text)) return originOf(script.from) === 'other' ? SILENT : runCode(script, frame);
  const first = /^#!.*?\b(node|deno|bun|python[\d.]*|perl|ruby|php|lua|osascript)\b/.exec(script.text.slice(0, 120));
  if (first || script.text.startsWith('\x7fELF')) return SILENT;
  return runText(script.text, { ...frame, inScript: frame.inScript || script.from.includes('script') });
}

/** Text of a script file: written by the line, read by the caller, or asked for. `null` when it is not known yet. */
export function readScript(path: string, frame: Frame): Stream | null {
  const written = contentOf(path, frame);
  const isUnread =
    written.from.length === 1 &&
    written.from[0]!.startsWith('file:') &&
    !frame.scope.files.has(locate(path, frame.scope.cwd).path);
  if (!isUnread) return written;
  if (frame.place !== 'here') return null;
  noteUse(path, 'run', frame, {});
  const at = locate(path, frame.scope.cwd);
  if (at.partial) return null;
  const text = frame.trail.where.scripts?.get(at.path);
  if (text !== undefined) return { text: text.slice(0, 65_536), from: ['script'] };
  frame.trail.scripts.add(at.path);
  return null;
}
