import { decodeEscapes } from './decode.ts';
import { locate } from './paths.ts';
import { contentOf, writeFile } from './redirect.ts';
import type { Frame } from './trail.ts';
import { isKnown, SILENT, type Stream, UNKNOWN, type Word } from './word.ts';

/** A text that is known. */
export const literal = (text: string): Stream => ({ text, from: [] });
/** The words' values. */
export const texts = (args: readonly Word[]): string[] => args.map((part) => part.text);
/** Values of the words that are no options. */
export const operands = (args: readonly Word[]): string[] =>
  texts(args).filter((text) => !text.startsWith('-') || text === '-');

/** A download that lands in a file: running that file later is running the download. */
export function downloaded(program: string, args: readonly Word[], option: RegExp, frame: Frame): Stream | null {
  const words = texts(args);
  const at = words.findIndex((text) => option.test(text));
  const attached = words.flatMap(
    (text) => /^(?:-[a-zA-Z]*[oO]|--output=|--output-document=)([^a-zA-Z].*|.*[./].*)$/.exec(text)?.[1] ?? [],
  )[0];
  const url = words.find((text) => /^(https?|ftp):\/\/|^[\w.-]+\.\w+\//.test(text)) ?? '';
  const remote = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  const keepsName = program === 'wget' || words.some((text) => /^-[a-zA-Z]*O|^--remote-name/.test(text));
  const target = at >= 0 ? words[at + 1] : (attached ?? (keepsName ? remote : undefined));
  if (target === undefined || target === '' || target === '-') return null;
  writeFile(target, { text: UNKNOWN, from: [`${program} ${url}`] }, false, frame);
  return SILENT;
}

/** Output model, see `outputs.ts`. */
export function formatted(args: readonly string[]): string {
  const format = decodeEscapes(args[0] ?? '');
  let rest = args.slice(1);
  let out = '';
  for (let round = 0; round === 0 || (rest.length > 0 && round < 64); round++) {
    const before = rest.length;
    out += format.replace(/%(?:%|[-+ #0]*\d*(?:\.\d+)?([sbqdiuxXoc]))/g, (all, kind: string | undefined) => {
      if (kind === undefined) return '%';
      const value = rest[0] ?? '';
      rest = rest.slice(1);
      return all.includes('%b') ? decodeEscapes(value) : value;
    });
    if (rest.length === before) break;
  }
  return out;
}

/** Output model, see `outputs.ts`. */
export function located(paths: readonly string[], frame: Frame): Stream {
  const at = locate(paths[0] ?? '', frame.scope.cwd);
  return literal(at.partial ? UNKNOWN : `${at.path}\n`);
}

/** Output model, see `outputs.ts`. */
export function concatenated(paths: readonly string[], frame: Frame): Stream {
  if (paths.length === 0) return frame.stdin ?? SILENT;
  const parts = paths.map((path) => (path === '-' ? (frame.stdin ?? SILENT) : contentOf(path, frame)));
  return { text: parts.map((part) => part.text).join(''), from: parts.flatMap((part) => part.from) };
}

/** Output model, see `outputs.ts`. */
export function passed(args: readonly Word[], frame: Frame): Stream {
  const files = operands(args).filter((text) => !/^\d+$/.test(text));
  if (files.length > 0) return concatenated(files, frame);
  return frame.stdin ?? SILENT;
}

/** Output model, see `outputs.ts`. */
export function filtered(args: readonly Word[], frame: Frame): Stream | null {
  const quiet = texts(args).some((text) => /^-\w*[qc]/.test(text));
  if (operands(args).length >= 2 || !frame.stdin || quiet) return null;
  return isKnown(frame.stdin.text)
    ? frame.stdin
    : { text: frame.stdin.text, from: [...frame.stdin.from, `grep ${texts(args).join(' ')}`] };
}

/** Output model, see `outputs.ts`. */
export function copied(args: readonly Word[], frame: Frame): Stream {
  const paths = operands(args);
  const target = paths.at(-1);
  if (paths.length !== 2 || target === undefined) return SILENT;
  const source = locate(paths[0]!, frame.scope.cwd);
  const known = frame.scope.files.get(source.path);
  if (known) writeFile(target, known, false, frame);
  else if (systemProgram.test(source.path)) renamed(source.path, target, frame);
  return SILENT;
}

const systemProgram = /^(\/usr(\/local)?|\/opt\/homebrew)?\/s?bin\/[^/]+$/;

/** A program under another name is a script that hands its arguments on to it. */
function renamed(program: string, target: string, frame: Frame): void {
  const name = program.slice(program.lastIndexOf('/') + 1);
  const path = /(^|\/)\.?$|\/$/.test(target) ? `${target.replace(/\/$/, '')}/${name}` : target;
  writeFile(path, { text: `${program} "$@"`, from: [] }, false, frame);
}

/** Output model, see `outputs.ts`. */
export function mapped(frame: Frame, map: (text: string) => string | null, name: string): Stream {
  const stdin = frame.stdin ?? SILENT;
  const text = isKnown(stdin.text) ? map(stdin.text) : null;
  return { text: text ?? UNKNOWN, from: text === null ? [...stdin.from, name] : stdin.from };
}

/** Output model, see `outputs.ts`. */
export function decoded(
  args: readonly Word[],
  frame: Frame,
  flag: RegExp,
  decode: (text: string) => string | null,
  name: string,
): Stream | null {
  if (!texts(args).some((text) => flag.test(text))) return null;
  const files = operands(args).filter((text) => !/^(base64|enc|\d+)$/.test(text));
  const stdin = files.length > 0 ? concatenated(files.slice(0, 1), frame) : (frame.stdin ?? SILENT);
  return mapped({ ...frame, stdin }, decode, name);
}

/** Output model, see `outputs.ts`. */
export function translated(sets: readonly string[], all: readonly string[], frame: Frame): Stream {
  if (all.some((text) => /^-\w*[cC]/.test(text))) return mapped(frame, () => null, 'tr');
  const from = charSet(sets[0] ?? '');
  const to = charSet(sets[1] ?? '');
  const removes = all.some((text) => /^-\w*d/.test(text));
  return mapped(
    frame,
    (text) =>
      [...text]
        .map((char) => {
          const at = from.indexOf(char);
          if (at < 0) return char;
          return removes ? '' : (to[Math.min(at, to.length - 1)] ?? char);
        })
        .join(''),
    'tr',
  );
}

function charSet(text: string): string[] {
  const named = text.replace('[:lower:]', 'a-z').replace('[:upper:]', 'A-Z').replace('[:digit:]', '0-9');
  const plain = decodeEscapes(named).replace(/([^\\])-([^\\])/g, (_all, from: string, to: string) => {
    const size = Math.min(Math.max(to.charCodeAt(0) - from.charCodeAt(0) + 1, 0), 128);
    return Array.from({ length: size }, (_, n) => String.fromCharCode(from.charCodeAt(0) + n)).join('');
  });
  return [...plain];
}

/** Output model, see `outputs.ts`. */
export function substituted(args: readonly Word[], frame: Frame): Stream | null {
  const script = operands(args);
  const found = /^s(.)((?:(?!\1)[^\\.*[\]^$+?(){}|])*)\1((?:(?!\1)[^\\&])*)\1(g?)$/.exec(script[0] ?? '');
  if (!found || script.length > 1 || texts(args).some((text) => /^-[^eE]/.test(text))) return null;
  const [, , from, to, global] = found;
  return mapped(
    frame,
    (text) =>
      global
        ? text.replaceAll(from!, () => to!)
        : text
            .split('\n')
            .map((line) => line.replace(from!, () => to!))
            .join('\n'),
    'sed',
  );
}
