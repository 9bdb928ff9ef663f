import { runProgramText } from './code.ts';
import type { Language } from './code-tokens.ts';
import { originOf } from './origins.ts';
import { locate } from './paths.ts';
import { readScript, runCode } from './shells.ts';
import { type Frame, signal } from './trail.ts';
import { isKnown, type Stream, UNKNOWN, type Word } from './word.ts';

interface Interpreter {
  readonly language: Language | 'shell';
  /** Options whose value is program text. */
  readonly code: RegExp;
  /** Other options that take a value. */
  readonly valued?: RegExp;
  /** Options after which no script follows: `-m module`. */
  readonly ends?: RegExp;
}

const python: Interpreter = { language: 'python', code: /^-[a-zA-Z]*c$/, valued: /^-[WX]$/, ends: /^-m$/ };
const node: Interpreter = {
  language: 'javascript',
  code: /^(-[pi]*e|-p|-pe|--eval|--print)$/,
  valued: /^(-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--input-type|--title)$/,
};
const shellLike: Interpreter = {
  language: 'shell',
  code: /^(-c|-command|-com\w*|-Command|-EncodedCommand|\/c|\/k|\/C|\/K)$/i,
};

const interpreters: Readonly<Record<string, Interpreter>> = {
  python,
  python2: python,
  python3: python,
  pypy: python,
  pypy3: python,
  ipython: python,
  bpython: python,
  jython: python,
  py: python,
  node,
  nodejs: node,
  tsx: node,
  'ts-node': node,
  bun: { ...node, ends: /^(run|install|add|test|x|build|init|create|remove|update|pm|link|i)$/ },
  deno: { ...node, code: /^eval$/, ends: /^(run|test|task|fmt|lint|install|check|cache|compile)$/ },
  electron: node,
  osascript: { language: 'other', code: /^-e$/ },
  perl: { language: 'perl', code: /^-[a-zA-Z0-9]*[eE]$/, valued: /^-[IM]$/ },
  ruby: { language: 'ruby', code: /^-[a-zA-Z]*e$/, valued: /^-[rIC]$/ },
  jruby: { language: 'ruby', code: /^-e$/ },
  irb: { language: 'ruby', code: /^-e$/ },
  php: { language: 'php', code: /^(-r|--run|-B|-R)$/, valued: /^-[dcSt]$/, ends: /^(artisan|-S)$/ },
  lua: { language: 'lua', code: /^-e$/, valued: /^-l$/ },
  luajit: { language: 'lua', code: /^-e$/ },
  Rscript: { language: 'r', code: /^-e$/ },
  R: { language: 'r', code: /^-e$/ },
  julia: { language: 'other', code: /^(-e|-E|--eval)$/ },
  elixir: { language: 'other', code: /^(-e|--eval)$/ },
  groovy: { language: 'other', code: /^-e$/ },
  scala: { language: 'other', code: /^-e$/ },
  swift: { language: 'other', code: /^-e$/ },
  raku: { language: 'perl', code: /^-e$/ },
  crystal: { language: 'ruby', code: /^eval$/ },
  nim: { language: 'other', code: /^--eval$/ },
  ghc: { language: 'other', code: /^-e$/ },
  racket: { language: 'other', code: /^-e$/ },
  awk: { language: 'awk', code: /^(-e|--source)$/ },
  gawk: { language: 'awk', code: /^(-e|--source)$/ },
  mawk: { language: 'awk', code: /^-e$/ },
  nawk: { language: 'awk', code: /^-e$/ },
  pwsh: shellLike,
  powershell: shellLike,
  cmd: shellLike,
};

export function isInterpreter(program: string): boolean {
  return Object.hasOwn(interpreters, baseName(program));
}

function baseName(program: string): string {
  return /^(python|ruby|perl|php|lua|node)[\d.]+$/.test(program) ? program.replace(/[\d.]+$/, '') : program;
}

/** Follows an interpreter: its program text on the command line, in a script file, or on standard input. */
export function runInterpreter(program: string, words: readonly Word[], frame: Frame): Stream {
  const interpreter = interpreters[baseName(program)]!;
  const out: Stream = {
    text: UNKNOWN,
    from: [
      ...(frame.stdin?.from ?? []),
      words
        .map((part) => part.text)
        .join(' ')
        .slice(0, 120),
    ],
  };
  if (interpreter.language === 'awk') return runAwk(words, frame, out);
  const codes: string[] = [];
  let at = 1;
  for (; at < words.length && /^[-/]./.test(words[at]!.text); at++) {
    const { text } = words[at]!;
    if (interpreter.language !== 'shell' && text.startsWith('/')) break;
    if (interpreter.ends?.test(text)) return out;
    if (/^-enc?o?d?e?d?/i.test(text) && interpreter.language === 'shell')
      signal(frame, 'decoded-to-shell', `${program} ${text}`);
    if (interpreter.code.test(text)) {
      const rest =
        interpreter.language === 'shell'
          ? words
              .slice(at + 1)
              .map((part) => part.text)
              .join(' ')
          : (words[++at]?.text ?? '');
      codes.push(rest);
      if (interpreter.language === 'shell') break;
    } else if (
      /^(-e|-c|-r|-p|--eval=|--print=)./.test(text) &&
      interpreter.code.test(text.slice(0, 2)) &&
      !text.startsWith('--')
    )
      codes.push(text.slice(2));
    else if (/^--(eval|print)=/.test(text)) codes.push(text.slice(text.indexOf('=') + 1));
    else if (interpreter.valued?.test(text)) at++;
  }
  if (codes.length === 0 && interpreter.ends?.test(words[at]?.text ?? '')) return out;
  if (codes.length === 0 && interpreter.code.test(words[at]?.text ?? '')) codes.push(words[++at]?.text ?? '');
  if (codes.length > 0) for (const code of codes) runText(code, interpreter, frame.trail.origins, frame);
  else runFile(words.slice(at), interpreter, frame);
  return out;
}

function runText(code: string, interpreter: Interpreter, from: readonly string[], frame: Frame): void {
  if (code.replaceAll(UNKNOWN, '').trim() === '' && code !== '') {
    noteHidden(from, frame);
    return;
  }
  if (from.length > 0 && !isKnown(code) && originOf(from) === 'download') noteHidden(from, frame);
  if (interpreter.language === 'shell')
    runCode({ text: code.replace(/^["']([\s\S]*)["']$/, '$1').replace(/\$env:(\w+)/g, '$$$1'), from }, frame);
  else runProgramText(code, interpreter.language, frame);
}

function noteHidden(from: readonly string[], frame: Frame): void {
  const origin = originOf(from);
  const id = origin === 'download' ? 'download-to-shell' : origin === 'decoded' ? 'decoded-to-shell' : 'dynamic-code';
  signal(frame, id, from.join(' | ') || 'a program that the line computes');
}

function runFile(rest: readonly Word[], interpreter: Interpreter, frame: Frame): void {
  const path = rest[0]?.text;
  if (path !== undefined && path !== '-' && path !== '/dev/stdin') {
    const script = readScript(path, frame);
    if (script === null) return;
    const inScript = frame.inScript || script.from.includes('script');
    runText(script.text, interpreter, script.from, { ...frame, inScript });
    return;
  }
  if (!frame.stdin) return;
  const files = frame.stdin.from.filter((mark) => mark.startsWith('file:/'));
  if (files.length > 0) for (const file of files) readScript(file.slice(5), frame);
  else runText(frame.stdin.text, interpreter, frame.stdin.from, frame);
}

function runAwk(words: readonly Word[], frame: Frame, out: Stream): Stream {
  const given = new Map<string, string>();
  let at = 1;
  for (; at < words.length && /^-./.test(words[at]!.text); at++) {
    if (/^-f/.test(words[at]!.text)) return out;
    if (/^(-F|-v|-i)$/.test(words[at]!.text)) at++;
    const variable = /^(?:-v)?(\w+)=([\s\S]*)$/.exec(words[at]?.text ?? '');
    if (variable) given.set(variable[1]!, variable[2]!);
  }
  const code = words[at]?.text;
  if (code !== undefined) runProgramText(code, 'awk', frame, given);
  return out;
}

/** Absolute path of a script operand, for callers that show it. */
export function scriptPath(text: string, cwd: string): string {
  return locate(text, cwd).path;
}
