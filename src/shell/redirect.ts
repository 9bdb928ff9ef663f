import type { Access } from '../policy/reading.ts';
import { expandQuoted, expandText, expandWord } from './expand.ts';
import type { Redirection, WordNode } from './parse.ts';
import { locate } from './paths.ts';
import type { Frame } from './trail.ts';
import { noteUse } from './uses.ts';
import { SILENT, type Stream, UNKNOWN } from './word.ts';

/** Where a command's input comes from and its output goes to. */
export interface Io {
  readonly stdin: Stream | null;
  /** Files that standard output is written to, as the line names them. */
  readonly outputs: readonly { readonly path: string; readonly append: boolean }[];
  /** Paths of every redirection, inputs too. */
  readonly paths: readonly string[];
}

/** Evaluates redirections: their paths are noted as uses, heredocs and here-strings become the standard input. */
export function applyRedirects(redirects: readonly Redirection[], frame: Frame): Io {
  let stdin: Stream | null = null;
  const outputs: Io['outputs'][number][] = [];
  const paths: string[] = [];
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') {
      const { parts, text } = redirect.body;
      const quoted = redirect.delimiter?.quoted ?? false;
      stdin = { text: quoted || !parts ? text : expandQuoted(parts, frame), from: [] };
    } else if (redirect.type === 'HereString') {
      stdin = { text: `${expandText(redirect.target, frame)}\n`, from: [] };
    } else {
      const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : null;
      for (const target of targetsOf(redirect.target, frame)) {
        const access = accessOf(redirect.operator, target);
        if (access === null) continue;
        paths.push(target);
        noteUse(target, access, frame, { command: frame.trail.commands.length });
        if (access === 'read') {
          if (descriptor === null || descriptor === 0) stdin = contentOf(target, frame);
        } else if (descriptor === null || descriptor === 1) {
          outputs.push({ path: target, append: redirect.operator.includes('>>') });
        }
      }
    }
  }
  return { stdin, outputs, paths };
}

/** Some shells write to every file that the braces of one redirection name. */
function targetsOf(target: WordNode | undefined, frame: Frame): string[] {
  return target?.text.includes('{') ? expandWord(target, frame).map((part) => part.text) : [expandText(target, frame)];
}

/** Hands the output on, or keeps it as the text of the files it was redirected to. */
export function storeOutput(out: Stream, io: Io, frame: Frame): Stream {
  for (const output of io.outputs) writeFile(output.path, out, output.append, frame);
  return io.outputs.length > 0 ? SILENT : out;
}

/** Remembers what the line wrote to a file, so that running the file later in the line can be judged. */
export function writeFile(path: string, text: Stream, append: boolean, frame: Frame): void {
  const at = locate(path, frame.scope.cwd);
  if (at.partial || at.path === '/dev/null') return;
  const before = append ? (frame.scope.files.get(at.path)?.text ?? '') : '';
  frame.scope.files.set(at.path, { text: before + text.text, from: text.from });
}

/** What is known about a file's text: written by this line, a heredoc path, or nothing. */
export function contentOf(path: string, frame: Frame): Stream {
  const at = locate(path, frame.scope.cwd);
  if (at.path === '/dev/null') return SILENT;
  if (at.path === '/dev/stdin' || at.path === '/dev/fd/0') return frame.stdin ?? SILENT;
  return frame.scope.files.get(at.path) ?? { text: UNKNOWN, from: [`file:${at.partial ? '' : at.path}`] };
}

function accessOf(operator: string, target: string): Access | null {
  if (operator === '<') return 'read';
  if (operator === '<&') return null;
  if (operator === '>&' && /^(\d+|-|\d+-)$/.test(target)) return null;
  return 'write';
}
