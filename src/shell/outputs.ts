import { decodeBase64, decodeEscapes, decodeHex } from './decode.ts';
import { locate } from './paths.ts';
import { contentOf, writeFile } from './redirect.ts';
import type { Frame } from './trail.ts';
import { SECRET, shown, isKnown, SILENT, type Stream, UNKNOWN, type Word } from './word.ts';

type Output = (args: readonly Word[], frame: Frame) => Stream | null;

/** What a program would print, as far as its arguments and input tell; `UNKNOWN` with the command's text otherwise. */
export function outputOf(program: string, words: readonly Word[], frame: Frame): Stream {
  const model = Object.hasOwn(models, program) ? models[program] : undefined;
  const out = model?.(words.slice(1), frame);
  if (out) return out;
  const text = shown(words.map((part) => part.text).join(' ')).slice(0, 120);
  return { text: UNKNOWN, from: [...(frame.stdin?.from ?? []), text] };
}

const literal = (text: string): Stream => ({ text, from: [] });
const texts = (args: readonly Word[]): string[] => args.map((part) => part.text);
const operands = (args: readonly Word[]): string[] => texts(args).filter((text) => !text.startsWith('-') || text === '-');

const models: Readonly<Record<string, Output>> = {
  echo: (args) => {
    const flags = texts(args).filter((text, at, all) => /^-[neE]+$/.test(text) && all.slice(0, at).every((one) => /^-[neE]+$/.test(one)));
    const text = texts(args).slice(flags.length).join(' ');
    const escapes = flags.some((flag) => flag.includes('e'));
    return literal((escapes ? decodeEscapes(text) : text) + (flags.some((flag) => flag.includes('n')) ? '' : '\n'));
  },
  printf: (args) => literal(formatted(texts(args).filter((text, at) => !(at === 0 && text === '--')))),
  pwd: (_args, frame) => literal(`${frame.scope.cwd}\n`),
  which: (args) => literal(`/usr/bin/${operands(args)[0] ?? UNKNOWN}\n`),
  whoami: (_args, frame) => literal(`${frame.scope.vars.get('USER')?.[0] ?? UNKNOWN}\n`),
  mktemp: (args) => {
    const template = operands(args)[0];
    return literal(template?.includes('/') ? `${template}\n` : '/tmp/tmp.new\n');
  },
  basename: (args) => literal(`${(operands(args)[0] ?? '').replace(/\/+$/, '').replace(/^.*\//, '')}\n`),
  dirname: (args) => {
    const path = operands(args)[0] ?? '';
    return literal(path.includes('/') ? `${path.replace(/\/[^/]*$/, '') || '/'}\n` : '.\n');
  },
  realpath: (args, frame) => located(operands(args), frame),
  readlink: (args, frame) => (texts(args).some((text) => /^-[fem]/.test(text)) ? located(operands(args), frame) : null),
  cat: (args, frame) => concatenated(operands(args), frame),
  tac: (args, frame) => concatenated(operands(args), frame),
  head: (args, frame) => passed(args, frame),
  tail: (args, frame) => passed(args, frame),
  sort: (args, frame) => passed(args, frame),
  uniq: (args, frame) => passed(args, frame),
  tee: (args, frame) => {
    const out = frame.stdin ?? SILENT;
    for (const path of operands(args)) writeFile(path, out, texts(args).includes('-a'), frame);
    return out;
  },
  cp: copied, mv: copied, ln: copied, install: copied,
  curl: (args, frame) => downloaded('curl', args, /^(-[a-zA-Z]*o|--output)$/, frame),
  wget: (args, frame) => downloaded('wget', args, /^(-[a-zA-Z]*O|--output-document)$/, frame),
  env: (args, frame) => (args.length === 0 ? { text: UNKNOWN + SECRET, from: [...(frame.stdin?.from ?? []), 'env'] } : null),
  printenv: (args, frame) => ({ text: UNKNOWN + SECRET, from: [...(frame.stdin?.from ?? []), `printenv ${texts(args).join(' ')}`] }),
  true: () => SILENT, ':': () => SILENT, false: () => SILENT, test: () => SILENT, '[': () => SILENT,
  grep: (args, frame) => filtered(args, frame), egrep: (args, frame) => filtered(args, frame), rg: (args, frame) => filtered(args, frame),
  ls: (args, frame) => {
    const names = operands(args);
    return names.length === 0 ? null : { text: names.join('\n'), from: [`ls ${frame.scope.cwd}`] };
  },
  rev: (_args, frame) => mapped(frame, (text) => text.split('\n').map((line) => [...line].reverse().join('')).join('\n'), 'rev'),
  tr: (args, frame) => translated(operands(args), texts(args), frame),
  sed: (args, frame) => substituted(args, frame),
  base64: (args, frame) => decoded(args, frame, /^(-\w*[dD]\w*|--decode)$/, decodeBase64, 'base64 -d'),
  gbase64: (args, frame) => decoded(args, frame, /^(-\w*[dD]\w*|--decode)$/, decodeBase64, 'base64 -d'),
  openssl: (args, frame) => (texts(args).some((text) => /^(base64|-base64|-a)$/.test(text)) ? decoded(args, frame, /^-d$/, decodeBase64, 'openssl -d') : null),
  xxd: (args, frame) => decoded(args, frame, /^-\w*r\w*$|^-p?s?$/, decodeHex, 'xxd -r'),
  seq: () => literal('1\n2\n3\n'),
  date: () => literal('2024-01-01\n'),
  uuidgen: () => literal('00000000-0000-4000-8000-000000000000\n'),
  hostname: () => literal('host\n'),
  uname: () => literal('Linux\n'),
  nproc: () => literal('4\n'),
};

/** A download that lands in a file: running that file later is running the download. */
function downloaded(program: string, args: readonly Word[], option: RegExp, frame: Frame): Stream | null {
  const words = texts(args);
  const at = words.findIndex((text) => option.test(text));
  const attached = words.flatMap((text) => /^(?:-[a-zA-Z]*[oO]|--output=|--output-document=)([^a-zA-Z].*|.*[./].*)$/.exec(text)?.[1] ?? [])[0];
  const url = words.find((text) => /^(https?|ftp):\/\/|^[\w.-]+\.\w+\//.test(text)) ?? '';
  const remote = url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  const keepsName = program === 'wget' || words.some((text) => /^-[a-zA-Z]*O|^--remote-name/.test(text));
  const target = at >= 0 ? words[at + 1] : (attached ?? (keepsName ? remote : undefined));
  if (target === undefined || target === '' || target === '-') return null;
  writeFile(target, { text: UNKNOWN, from: [`${program} ${url}`] }, false, frame);
  return SILENT;
}

function formatted(args: readonly string[]): string {
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

function located(paths: readonly string[], frame: Frame): Stream {
  const at = locate(paths[0] ?? '', frame.scope.cwd);
  return literal(at.partial ? UNKNOWN : `${at.path}\n`);
}

function concatenated(paths: readonly string[], frame: Frame): Stream {
  if (paths.length === 0) return frame.stdin ?? SILENT;
  const parts = paths.map((path) => (path === '-' ? (frame.stdin ?? SILENT) : contentOf(path, frame)));
  return { text: parts.map((part) => part.text).join(''), from: parts.flatMap((part) => part.from) };
}

function passed(args: readonly Word[], frame: Frame): Stream {
  const files = operands(args).filter((text) => !/^\d+$/.test(text));
  if (files.length > 0) return concatenated(files, frame);
  return frame.stdin ?? SILENT;
}

function filtered(args: readonly Word[], frame: Frame): Stream | null {
  const quiet = texts(args).some((text) => /^-\w*[qc]/.test(text));
  if (operands(args).length >= 2 || !frame.stdin || quiet) return null;
  return isKnown(frame.stdin.text) ? frame.stdin : { text: frame.stdin.text, from: [...frame.stdin.from, `grep ${texts(args).join(' ')}`] };
}

function copied(args: readonly Word[], frame: Frame): Stream {
  const paths = operands(args);
  const target = paths.at(-1);
  if (paths.length !== 2 || target === undefined) return SILENT;
  const source = locate(paths[0]!, frame.scope.cwd);
  const known = frame.scope.files.get(source.path);
  if (known) writeFile(target, known, false, frame);
  return SILENT;
}

function mapped(frame: Frame, map: (text: string) => string | null, name: string): Stream {
  const stdin = frame.stdin ?? SILENT;
  const text = isKnown(stdin.text) ? map(stdin.text) : null;
  return { text: text ?? UNKNOWN, from: text === null ? [...stdin.from, name] : stdin.from };
}

function decoded(args: readonly Word[], frame: Frame, flag: RegExp, decode: (text: string) => string | null, name: string): Stream | null {
  if (!texts(args).some((text) => flag.test(text))) return null;
  const files = operands(args).filter((text) => !/^(base64|enc|\d+)$/.test(text));
  const stdin = files.length > 0 ? concatenated(files.slice(0, 1), frame) : (frame.stdin ?? SILENT);
  return mapped({ ...frame, stdin }, decode, name);
}

function translated(sets: readonly string[], all: readonly string[], frame: Frame): Stream {
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

function substituted(args: readonly Word[], frame: Frame): Stream | null {
  const script = operands(args);
  const found = /^s(.)((?:(?!\1)[^\\.*[\]^$+?(){}|])*)\1((?:(?!\1)[^\\&])*)\1(g?)$/.exec(script[0] ?? '');
  if (!found || script.length > 1 || texts(args).some((text) => /^-[^eE]/.test(text))) return null;
  const [, , from, to, global] = found;
  return mapped(frame, (text) => (global ? text.replaceAll(from!, () => to!) : text.split('\n').map((line) => line.replace(from!, () => to!)).join('\n')), 'sed');
}
