import { invoke, runChild } from './invoke.ts';
import { subScope } from './scope.ts';
import { runCode } from './shells.ts';
import type { Frame } from './trail.ts';
import { isKnown, SILENT, type Stream, splitBlank, UNKNOWN, type Word, word } from './word.ts';

type Feeder = (words: readonly Word[], frame: Frame) => Stream | null;

/** Programs that run a command once per item they find or read. */
export const feeders: Readonly<Record<string, Feeder>> = {
  find: runFind,
  gfind: runFind,
  bfs: runFind,
  fd: runFd,
  fdfind: runFd,
  xargs: runXargs,
  gxargs: runXargs,
  parallel: runParallel,
  rush: runParallel,
};

/** Stands for what `find` finds: `<start>/<name pattern>`, or everything below the start. */
function findings(words: readonly Word[]): Word[] {
  const starts: string[] = [];
  let at = 1;
  while (/^-([HLP]|O\d|D)$/.test(words[at]?.text ?? '')) at++;
  while (at < words.length && !/^[-(!]/.test(words[at]!.text)) starts.push(words[at++]!.text);
  const names: string[] = [];
  let negated = false;
  for (; at < words.length; at++) {
    const { text } = words[at]!;
    if (/^-i?(name|wholename|path)$/.test(text)) {
      if (!negated) names.push((words[at + 1]?.text ?? '').replace(/^(\.|\*)\//, ''));
      at++;
      negated = false;
    } else if (/^-or?$/.test(text) && words[at - 1]!.text === '-prune') {
      names.length = 0;
    } else if (text === '-empty') names.push('.empty.tmp');
    else negated = text === '!' || text === '-not';
  }
  const folders = starts.length > 0 ? starts : ['.'];
  return folders.flatMap((start) => {
    const base = start.endsWith('/') ? start.slice(0, -1) : start;
    if (names.length === 0) return [word(`${base}/*`, true)];
    return names.map((name) => word(`${base}/${name}`, /[*?[]/.test(name)));
  });
}

function runFind(words: readonly Word[], frame: Frame): Stream {
  const found = findings(words);
  const inner = { ...frame, scope: subScope(frame.scope), stdin: null };
  for (let at = 1; at < words.length; at++) {
    const { text } = words[at]!;
    if (text === '-delete')
      invoke([word('rm'), word('-f'), ...found.map((part) => ({ ...part, text: part.text }))], inner);
    if (!/^-(exec|execdir|ok|okdir)$/.test(text)) continue;
    const end = words.findIndex(
      (part, index) => index > at && (part.text === ';' || (part.text === '+' && words[index - 1]!.text === '{}')),
    );
    const body = words.slice(at + 1, end < 0 ? words.length : end);
    runTemplate(body, '{}', found, inner);
    at = end < 0 ? words.length : end;
  }
  return { text: found.map((part) => part.text).join('\n'), from: ['find'] };
}

/** Runs a command in which `mark` stands for the items; without a mark the items come last. */
function runTemplate(body: readonly Word[], mark: string, items: readonly Word[], frame: Frame): Stream {
  if (body.length === 0) return SILENT;
  const filled = body.flatMap((part) => {
    if (part.text === mark) return items;
    if (!part.text.includes(mark)) return [part];
    return items.map((item) => ({ text: part.text.replaceAll(mark, () => item.text), glob: part.glob || item.glob }));
  });
  const isShellText = body.some((part) => part.text.includes(mark) && part.text !== mark && /\s/.test(part.text));
  if (!isShellText) return runChild(filled, frame);
  const joined = items.map((item) => item.text).join(' ');
  return runChild(
    body.map((part) => ({ ...part, text: part.text.replaceAll(mark, () => joined) })),
    frame,
  );
}

function runFd(words: readonly Word[], frame: Frame): Stream | null {
  const at = words.findIndex((part) => /^(-x|-X|--exec|--exec-batch)$/.test(part.text));
  const before = words.slice(1, at < 0 ? words.length : at);
  const valued = /^(-[tedESojcx]|--type|--extension|--max-depth|--exclude|--size|--owner|--threads|--color)$/;
  const pattern =
    before.find((part, index) => !part.text.startsWith('-') && !valued.test(before[index - 1]?.text ?? ''))?.text ??
    '*';
  const extension = words.findIndex((part) => part.text === '-e' || part.text === '--extension');
  const name = extension > 0 ? `*.${words[extension + 1]?.text}` : /^[\w.-]+$/.test(pattern) ? pattern : '*';
  const found = [word(`./${name}`, true)];
  if (at > 0) {
    const body = words.slice(at + 1);
    const marked = body.some((part) => part.text.includes('{'));
    runTemplate(marked ? body : [...body, word('{}')], '{}', found, frame);
  }
  return { text: found[0]!.text, from: ['fd'] };
}

const xargsValued = new Set(
  '-a -d -E -L -n -P -s -J -R -S --arg-file --delimiter --max-lines --max-args --max-procs --max-chars'.split(' '),
);

function runXargs(words: readonly Word[], frame: Frame): Stream {
  let mark = '';
  let at = 1;
  for (; at < words.length && words[at]!.text.startsWith('-'); at++) {
    const { text } = words[at]!;
    if (text === '--') {
      at++;
      break;
    }
    const replace = /^(?:-[a-zA-Z0-9]*?[Ii]|--replace=?)(.*)$/.exec(text);
    if (replace && !xargsValued.has(text.slice(0, 2))) {
      mark = replace[1] || (/I$/.test(text) ? (words[++at]?.text ?? '{}') : '{}');
    } else if (xargsValued.has(text)) at++;
  }
  const body = words.slice(at);
  const whole = mark !== '' || words.some((part) => /^(-0|-d|--null|--delimiter.*)$/.test(part.text));
  const items = itemsOf(frame.stdin, whole);
  const inner = { ...frame, scope: subScope(frame.scope), stdin: { text: '', from: frame.stdin?.from ?? [] } };
  if (mark) return runTemplate(body, mark, items, inner);
  return body.length === 0 ? SILENT : runChild([...body, ...items], inner);
}

/** Items on standard input: words, or whole lines for `-I` and `-0`. */
function itemsOf(stdin: Stream | null, whole = false): Word[] {
  if (!stdin || !isKnown(stdin.text)) {
    const known = splitBlank(stdin?.text ?? '').filter((item) => item.replaceAll(UNKNOWN, '') !== '');
    return [word(UNKNOWN), ...known.map((item) => word(item))];
  }
  const listed = stdin.from.some((mark) => mark === 'find' || mark === 'fd' || mark.startsWith('ls'));
  const texts = whole
    ? stdin.text.split(/[\n\0]/).filter((line) => line !== '')
    : splitBlank(stdin.text.replace(/['"\0]/g, ' '));
  return texts.map((item) => word(item, listed && /[*?[]/.test(item)));
}

function runParallel(words: readonly Word[], frame: Frame): Stream {
  const valued =
    /^(-j|-P|-S|-n|-N|-L|-I|-a|--jobs|--delay|--timeout|--retries|--joblog|--results|--colsep|--arg-file|--max-procs)$/;
  let at = 1;
  while (words[at]?.text.startsWith('-')) at += valued.test(words[at]!.text) ? 2 : 1;
  const rest = words.slice(at);
  const colons = rest.findIndex((part) => /^:::+\+?$/.test(part.text));
  const body = colons < 0 ? rest : rest.slice(0, colons);
  const given = colons < 0 ? itemsOf(frame.stdin) : rest.slice(colons + 1).filter((part) => !/^:::+/.test(part.text));
  const inner = { ...frame, scope: subScope(frame.scope), stdin: null };
  if (body.length === 0) {
    for (const item of given) runCode({ text: item.text, from: frame.stdin?.from ?? [] }, inner);
    return SILENT;
  }
  const text = body.map((part) => part.text).join(' ');
  const all = given.map((item) => item.text).join(' ');
  const filled = /\{[./#%\d]*\}/.test(text) ? text.replace(/\{[./#%\d]*\}/g, () => all) : `${text} ${all}`;
  return runCode({ text: filled, from: [] }, inner);
}
