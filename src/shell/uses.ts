import type { Access, PathUse } from '../policy/reading.ts';
import { type Parsed, parseArgs } from './grammar.ts';
import { type Located, locate } from './paths.ts';
import type { Frame } from './trail.ts';
import { type UseRow, useRows } from './use-rows.ts';
import { isKnown, UNKNOWN, type Word } from './word.ts';

type Extra = Pick<PathUse, 'recursive' | 'glob' | 'command'>;

/** Notes that the line uses a path of this machine. */
export function noteUse(text: string, access: Access, frame: Frame, extra: Extra): void {
  if (text === '' || frame.trail.uses.length > 2_000) return;
  const at = frame.place === 'here' ? linked(locate(text, frame.scope.cwd), frame) : mounted(text, frame);
  if (at === null) return;
  if (/^\/dev\/(null|stdin|stdout|stderr|tty|fd|zero|u?random)/.test(at.path)) return;
  const command = extra.command ?? Math.max(frame.trail.commands.length - 1, 0);
  frame.trail.uses.push({
    path: at.path,
    access,
    ...(extra.recursive ? { recursive: true } : {}),
    ...(extra.glob || /[*?]|\[[^\]]+\]/.test(at.path) ? { glob: true } : {}),
    ...(at.partial ? { partial: true } : {}),
    ...(at.tail ? { tail: at.tail } : {}),
    command,
  });
}

/** The path behind a symbolic link that the line itself made. */
function linked(at: Located, { trail: { links } }: Frame): Located {
  if (links.size === 0 || at.partial) return at;
  for (const [link, target] of links)
    if (at.path === link || at.path.startsWith(`${link}/`)) return { ...at, path: target + at.path.slice(link.length) };
  return at;
}

/** The path of this machine that a container sees through a mount; `null` when it is the container's own. */
function mounted(text: string, { scope, mounts }: Frame): Located | null {
  const at = locate(text, scope.cwd);
  const mount = mounts?.find(
    ({ inside }) => at.path === inside || at.path.startsWith(`${inside === '/' ? '' : inside}/`),
  );
  return mount && !at.partial ? locate(mount.outside + at.path.slice(mount.inside.length), '/') : null;
}

/** Notes every path that a command uses according to its row; unknown programs read whatever looks like a path. */
export function noteUses(program: string, words: readonly Word[], frame: Frame, index: number): void {
  if (words.some((part) => part.text === '--help')) return;
  if (frame.place !== 'here' && !frame.mounts) return;
  const parsed = parseArgs(program, words.slice(1));
  const folder = program === 'git' ? parsed.flags.find((flag) => flag.name === '-C')?.value : undefined;
  if (folder) {
    noteUses(program, withoutFolder(words), inFolder(frame, folder.text), index);
    return;
  }
  const key = `${program} ${parsed.operands[0]?.text ?? ''}`;
  const row = Object.hasOwn(useRows, key)
    ? useRows[key]
    : Object.hasOwn(useRows, program)
      ? useRows[program]
      : undefined;
  if (row === undefined) {
    noteGeneric(words.slice(1), frame, index);
    return;
  }
  noteRow(row, parsed, words, frame, index, row === useRows[key] && key.trim() !== program ? 1 : 0);
}

/** `git -C folder …` as git sees it once it stands in the folder. */
function withoutFolder(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex((part) => part.text === '-C');
  return at < 0 ? words.filter((part) => !/^-C./.test(part.text)) : words.toSpliced(at, 2);
}

function inFolder(frame: Frame, folder: string): Frame {
  const at = locate(folder, frame.scope.cwd);
  return { ...frame, scope: { ...frame.scope, cwd: at.partial ? UNKNOWN : at.path } };
}

function noteRow(row: UseRow, parsed: Parsed, words: readonly Word[], frame: Frame, index: number, from: number): void {
  const recursive =
    parsed.flags.some((flag) => /^(-r|-R|-a|--recursive|--archive)$/.test(flag.name)) || row.recursive === true;
  const note = (part: Word, access: Access, whole = recursive) =>
    noteUse(part.text, access, frame, { recursive: whole, glob: part.glob, command: index });
  for (const flag of parsed.flags) {
    const access = row.flags?.[flag.name];
    if (access && flag.value) note(withoutAt(flag.value), access);
  }
  const switched = parsed.flags.some(
    (flag) =>
      row.when?.flags.includes(flag.name) ||
      row.when?.flags.some((name) => name.startsWith('--') && flag.name.startsWith(`${name}=`)),
  );
  const access = switched ? row.when!.operands : row.operands;
  const skip =
    from +
    (row.skip ?? 0) -
    (row.skipUnless && parsed.flags.some((flag) => row.skipUnless!.includes(flag.name)) ? 1 : 0);
  let operands: readonly (Word & { afterDashes?: boolean })[] = parsed.operands.slice(Math.max(skip, 0));
  if (row.onlyAfterDashes && parsed.operands.some((part) => part.afterDashes))
    operands = parsed.operands.filter((part) => part.afterDashes);
  const target = parsed.flags.find((flag) => flag.name === '-t' || flag.name === '--target-directory')?.value;
  if (access === 'copy' || access === 'move') noteTransfer(operands, target ?? null, access, note);
  else if (access) for (const part of operands) note(part, access);
  row.words?.(words.slice(1).map((part) => part.text)).forEach((use) => {
    noteUse(use.path, use.access, frame, { recursive: use.recursive ?? false, command: index });
  });
}

function withoutAt(value: Word): Word {
  return value.text.startsWith('@') ? { ...value, text: value.text.slice(1) } : value;
}

function noteTransfer(
  operands: readonly Word[],
  target: Word | null,
  kind: 'copy' | 'move',
  note: (part: Word, access: Access, whole?: boolean) => void,
): void {
  const last = target ?? operands.at(-1);
  const sources = target ? operands : operands.slice(0, -1);
  for (const source of sources) {
    note(source, 'read');
    if (kind === 'move') note(source, 'delete', true);
  }
  if (!last || (sources.length === 0 && !target)) return;
  note(
    last,
    'write',
    sources.some((source) => /\/[.*]?$/.test(source.text)),
  );
  for (const source of sources) {
    const name = source.text.replace(/\/+$/, '').replace(/^.*\//, '');
    if (name !== '' && isKnown(name)) note({ text: `${last.text}/${name}`, glob: source.glob }, 'write');
    else if (name.includes(UNKNOWN)) note({ text: `${last.text}/${UNKNOWN}`, glob: false }, 'write');
  }
}

/** A program without a row: words that look like paths may be read by it. */
function noteGeneric(words: readonly Word[], frame: Frame, index: number): void {
  for (const part of words) {
    const text = part.text.replace(/^-{1,2}[\w-]+=@?/, '').replace(/^@/, '');
    const looksLikePath =
      /^[~./]|^[\w@.-]+\/|^[\w-]*\.[\w.-]+$/.test(text) &&
      !/^[a-z][\w+.-]*:\/\//i.test(text) &&
      !/\s/.test(text) &&
      text.length < 512;
    if (looksLikePath && !text.startsWith('-') && isKnown(text))
      noteUse(text, 'read', frame, { glob: part.glob, command: index });
  }
}
