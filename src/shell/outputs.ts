import { decodeBase64, decodeEscapes, decodeHex } from './decode.ts';
import { locate } from './paths.ts';
import { writeFile } from './redirect.ts';
import {
  concatenated,
  copied,
  decoded,
  downloaded,
  filtered,
  formatted,
  literal,
  located,
  mapped,
  operands,
  passed,
  substituted,
  texts,
  translated,
} from './text-models.ts';
import type { Frame } from './trail.ts';
import { SECRET, SILENT, type Stream, shown, UNKNOWN, type Word } from './word.ts';

/** Remembers a symbolic link, so that what the line does behind it is seen for what it is. */
function noteLink(args: readonly Word[], frame: Frame): void {
  const [target, link] = operands(args);
  if (!target || !texts(args).some((text) => /^-\w*s|^--sym/.test(text))) return;
  const name = target.replace(/\/+$/, '').replace(/^.*\//, '');
  const at = locate(link === undefined || link === '.' ? name : link, frame.scope.cwd);
  const to = locate(target, at.path.slice(0, at.path.lastIndexOf('/')) || '/');
  if (frame.place === 'here' && !at.partial && !to.partial && at.path !== to.path)
    frame.trail.links.set(at.path, to.path);
}

type Output = (args: readonly Word[], frame: Frame) => Stream | null;

/** What a program would print, as far as its arguments and input tell; `UNKNOWN` with the command's text otherwise. */
export function outputOf(program: string, words: readonly Word[], frame: Frame): Stream {
  const model = Object.hasOwn(models, program) ? models[program] : undefined;
  const out = model?.(words.slice(1), frame);
  if (out) return out;
  const text = shown(words.map((part) => part.text).join(' ')).slice(0, 120);
  return { text: UNKNOWN, from: [...(frame.stdin?.from ?? []), text] };
}

const models: Readonly<Record<string, Output>> = {
  echo: (args) => {
    const flags = texts(args).filter(
      (text, at, all) => /^-[neE]+$/.test(text) && all.slice(0, at).every((one) => /^-[neE]+$/.test(one)),
    );
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
  cp: copied,
  mv: copied,
  ln: (args, frame) => {
    noteLink(args, frame);
    return copied(args, frame);
  },
  install: copied,
  curl: (args, frame) => downloaded('curl', args, /^(-[a-zA-Z]*o|--output)$/, frame),
  wget: (args, frame) => downloaded('wget', args, /^(-[a-zA-Z]*O|--output-document)$/, frame),
  aria2c: (args, frame) => downloaded('aria2c', args, /^(-o|--out)$/, frame),
  axel: (args, frame) => downloaded('axel', args, /^(-o|--output)$/, frame),
  wget2: (args, frame) => downloaded('wget', args, /^(-[a-zA-Z]*O|--output-document)$/, frame),
  env: (args, frame) =>
    args.length === 0 ? { text: UNKNOWN + SECRET, from: [...(frame.stdin?.from ?? []), 'env'] } : null,
  printenv: (args, frame) => ({
    text: UNKNOWN + SECRET,
    from: [...(frame.stdin?.from ?? []), `printenv ${texts(args).join(' ')}`],
  }),
  true: () => SILENT,
  ':': () => SILENT,
  false: () => SILENT,
  test: () => SILENT,
  '[': () => SILENT,
  grep: (args, frame) => filtered(args, frame),
  egrep: (args, frame) => filtered(args, frame),
  rg: (args, frame) => filtered(args, frame),
  ls: (args, frame) => {
    const names = operands(args);
    return names.length === 0 ? null : { text: names.join('\n'), from: [`ls ${frame.scope.cwd}`] };
  },
  rev: (_args, frame) =>
    mapped(
      frame,
      (text) =>
        text
          .split('\n')
          .map((line) => [...line].reverse().join(''))
          .join('\n'),
      'rev',
    ),
  tr: (args, frame) => translated(operands(args), texts(args), frame),
  sed: (args, frame) => substituted(args, frame),
  base64: (args, frame) => decoded(args, frame, /^(-\w*[dD]\w*|--decode)$/, decodeBase64, 'base64 -d'),
  gbase64: (args, frame) => decoded(args, frame, /^(-\w*[dD]\w*|--decode)$/, decodeBase64, 'base64 -d'),
  openssl: (args, frame) =>
    texts(args).some((text) => /^(base64|-base64|-a)$/.test(text))
      ? decoded(args, frame, /^-d$/, decodeBase64, 'openssl -d')
      : null,
  xxd: (args, frame) => decoded(args, frame, /^-\w*r\w*$|^-p?s?$/, decodeHex, 'xxd -r'),
  seq: () => literal('1\n2\n3\n'),
  date: () => literal('2024-01-01\n'),
  uuidgen: () => literal('00000000-0000-4000-8000-000000000000\n'),
  hostname: () => literal('host\n'),
  uname: () => literal('Linux\n'),
  nproc: () => literal('4\n'),
};
