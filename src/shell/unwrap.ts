import { carriedText } from './carriers.ts';
import { note, programName, runChild } from './invoke.ts';
import { outputOf } from './outputs.ts';
import { locate } from './paths.ts';
import { subScope } from './scope.ts';
import { runCode } from './shells.ts';
import { runHookVariable } from './simple.ts';
import type { Frame, Mount } from './trail.ts';
import { noteUses } from './uses.ts';
import { SILENT, type Stream, UNKNOWN, type Word } from './word.ts';
import { type Wrapper, wrappers } from './wrappers.ts';

/** Follows what a wrapper runs; `null` when the program is no wrapper, or not one with these words. */
export function unwrap(program: string, words: readonly Word[], frame: Frame): Stream | null {
  const rows = Object.hasOwn(wrappers, program) ? wrappers[program]! : [];
  for (const row of rows) {
    const from = row.path ? afterPath(words, row.path.split(' ')) : 1;
    if (from !== null) return runWrapped(program, words, from, row, frame);
  }
  return runLocalBinary(program, words, frame);
}

const runnerWords =
  /^(add|audit|bin|cache|config|constraints|create|dedupe|deploy|dlx|doctor|exec|explain|fetch|global|help|import|info|init|install|i|ci|link|list|ls|login|logout|node|npm|outdated|owner|pack|patch|plugin|policies|prune|publish|rebuild|remove|rm|un|uninstall|root|run|search|self-update|set|setup|start|stage|store|tag|team|test|t|unlink|unplug|unpublish|up|update|upgrade|upgrade-interactive|version|versions|why|workspace|workspaces|x|pm|build|repl|env|server|recursive|licenses|autoclean|generate-lock-entry|pkg|approve-builds|cat-file|find-hash|dist-tag|deprecate|whoami|view|lint|dev|format|typecheck)$/;

/** `pnpm prisma …` and `yarn prisma …` run a program of the project. */
function runLocalBinary(program: string, words: readonly Word[], frame: Frame): Stream | null {
  if (program !== 'pnpm' && program !== 'yarn') return null;
  const name = words[1]?.text ?? '-';
  if (!/^[a-z][\w@/.-]*$/.test(name) || runnerWords.test(name) || name.includes(':')) return null;
  note(program, words, frame);
  return runChild(words.slice(1), frame);
}

/** Index after the subcommands of `path`, options between them skipped; `null` when they do not match. */
function afterPath(words: readonly Word[], path: readonly string[]): number | null {
  let at = 1;
  for (const step of path) {
    const choices = step.split('|');
    let tries = 0;
    while (at < words.length && !choices.includes(words[at]!.text)) {
      const isOption = words[at]!.text.startsWith('-');
      const isValue = at > 1 && words[at - 1]!.text.startsWith('-') && !words[at - 1]!.text.includes('=');
      if (!isOption && !isValue) return null;
      if (++tries > 32) return null;
      at++;
    }
    if (at >= words.length) return null;
    at++;
  }
  return at;
}

interface Split {
  readonly code: readonly Word[];
  readonly env: readonly [string, string][];
  readonly folder: string | null;
  readonly skipped: readonly Word[];
  readonly rest: readonly Word[];
}

function runWrapped(program: string, words: readonly Word[], from: number, row: Wrapper, outer: Frame): Stream {
  const split = splitWords(words.slice(from), row);
  if (row.keep || split.rest.length + split.code.length === 0)
    noteUses(program, words, outer, note(program, words, outer));
  if (program === 'env' && split.rest.length + split.code.length === 0) return outputOf(program, words, outer);
  const frame =
    row.place === 'container'
      ? inContainer(words, innerFrame(split, row, outer), outer)
      : innerFrame(split, row, outer);
  for (const text of carriedText(program, words)) runCode({ text, from: [] }, { ...outer, stdin: null });
  for (const code of split.code)
    runCode(
      {
        text: [code, ...(program === 'env' ? split.rest : [])].map((part) => part.text).join(' '),
        from: outer.trail.origins,
      },
      frame,
    );
  if (split.code.length > 0 && row.rest !== 'each') return { text: UNKNOWN, from: [] };
  if (row.rest === 'none') return shellOnStdin(program, words, frame);
  if (row.rest === 'stdin') return frame.stdin ? runCode(frame.stdin, { ...frame, stdin: null }) : SILENT;
  if (row.rest === 'each') {
    for (const part of split.rest) runCode({ text: part.text, from: outer.trail.origins }, frame);
    return SILENT;
  }
  if (split.rest.length === 0) return shellOnStdin(program, words, frame);
  if (row.rest === 'shell') {
    return runCode({ text: split.rest.map((part) => part.text).join(' '), from: outer.trail.origins }, frame);
  }
  return runChild(split.rest, frame);
}

function innerFrame(split: Split, row: Wrapper, outer: Frame): Frame {
  const scope = subScope(outer.scope);
  const place = row.place ?? outer.place;
  if (place !== 'here') scope.cwd = UNKNOWN;
  if (split.folder !== null) {
    const at = locate(split.folder, scope.cwd);
    scope.cwd = at.partial ? UNKNOWN : at.path;
  }
  const frame: Frame = { ...outer, scope, place, env: new Map([...outer.env, ...split.env]) };
  for (const [name, value] of split.env) runHookVariable(name, value, frame);
  return frame;
}

/** What a container sees of this machine: its mounted folders, and where it stands. */
function inContainer(words: readonly Word[], frame: Frame, outer: Frame): Frame {
  const mounts: Mount[] = [];
  words.forEach(({ text }, at) => {
    const option = /^(-v|--volume|--mount|-w|--workdir)(?:=|$)/.exec(text);
    if (!option) return;
    const value = text.length > option[0].length ? text.slice(option[0].length) : (words[at + 1]?.text ?? '');
    const mount = option[1] === '--mount' ? boundIn(value) : /^(.+?):(\/[^:]*)/.exec(value)?.slice(1);
    if (/^(-w|--workdir)$/.test(option[1]!)) frame.scope.cwd = value;
    else if (mount?.[0] && mount[1] && /[/.~]/.test(mount[0])) {
      const outside = locate(mount[0], outer.scope.cwd);
      if (!outside.partial) mounts.push({ outside: outside.path, inside: locate(mount[1], '/').path });
    }
  });
  return mounts.length > 0 ? { ...frame, mounts } : frame;
}

/** Source and target of `type=bind,src=…,dst=…`. */
function boundIn(value: string): readonly (string | undefined)[] {
  return [
    /(?:^|,)(?:src|source)=([^,]+)/.exec(value)?.[1],
    /(?:^|,)(?:dst|destination|target)=([^,]+)/.exec(value)?.[1],
  ];
}

/** `sudo -s`, `su -`, `ssh host` and the like read shell text when something is piped into them. */
function shellOnStdin(program: string, words: readonly Word[], frame: Frame): Stream {
  const isShell = /^(su|sudo|doas|ssh|rsh|runuser|chroot|wsl|nsenter|unshare)$/.test(program);
  const only = words.some((part) => /^(-v|-V|-l|-k|-K|--version|--help|-T)$/.test(part.text));
  if (!isShell || only || !frame.stdin) return SILENT;
  return runCode(frame.stdin, { ...frame, stdin: null });
}

function splitWords(words: readonly Word[], row: Wrapper): Split {
  const valued = new Set((row.valued ?? '').split(' '));
  const codes = new Set((row.code ?? '').split(' '));
  const code: Word[] = [];
  const env: [string, string][] = [];
  const skipped: Word[] = [];
  let folder: string | null = null;
  let at = 0;
  let dashes = false;
  for (; at < words.length; at++) {
    const { text } = words[at]!;
    if (!dashes && text === '--') {
      dashes = true;
      continue;
    }
    if (!dashes && /^[-+]./.test(text) && text !== '-') {
      const option = matchOption(text, codes, valued);
      if (option.kind === 'code')
        code.push(
          option.value === null ? (words[++at] ?? { text: '', glob: false }) : { text: option.value, glob: false },
        );
      else if (option.kind === 'valued') {
        const value = option.value ?? words[++at]?.text ?? '';
        if (/^(-C|-D|--chdir|--cwd|-w)$/.test(option.name) && row.env) folder = value;
        if (/^(-u|--unset)$/.test(option.name) && row.env) env.push([value, '']);
      } else if (/^--(chdir|cwd)=/.test(text)) folder = text.slice(text.indexOf('=') + 1);
      else if (row.env && text.startsWith('--unset=')) env.push([text.slice('--unset='.length), '']);
      else if (row.env && /^(-[a-z]*i[a-z]*|--ignore-environment)$/.test(text)) env.push(['CLAUDECODE', '']);
      continue;
    }
    const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text);
    if (row.env && assignment && !dashes) env.push([assignment[1]!, assignment[2]!]);
    else if (skipped.length < (row.skip ?? 0) || row.rest === 'none') skipped.push(words[at]!);
    else break;
  }
  if (row.env && dashes) {
    for (
      let found = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(words[at]?.text ?? '');
      found;
      found = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(words[++at]?.text ?? '')
    )
      env.push([found[1]!, found[2]!]);
  }
  return { code, env, folder, skipped, rest: dropDashes(words.slice(at), words) };
}

function dropDashes(rest: readonly Word[], all: readonly Word[]): readonly Word[] {
  return rest[0]?.text === '--' && all.length > 1 ? rest.slice(1) : rest;
}

interface Option {
  readonly kind: 'code' | 'valued' | 'plain';
  readonly name: string;
  /** Value that stands in the same word, `null` when it is the next one. */
  readonly value: string | null;
}

function matchOption(text: string, codes: ReadonlySet<string>, valued: ReadonlySet<string>): Option {
  const equals = text.indexOf('=');
  if (text.startsWith('--')) {
    const name = equals > 0 ? text.slice(0, equals) : text;
    const value = equals > 0 ? text.slice(equals + 1) : null;
    const isCode =
      codes.has(name) || [...codes].some((code) => code.startsWith('--') && name.length > 4 && code.startsWith(name));
    if (isCode) return { kind: 'code', name, value };
    return { kind: valued.has(name) && value === null ? 'valued' : 'plain', name, value };
  }
  for (let i = 1; i < text.length; i++) {
    const name = `-${text[i]}`;
    const rest = text.slice(i + 1) || null;
    if (codes.has(name)) return { kind: 'code', name, value: rest };
    if (valued.has(name)) return { kind: 'valued', name, value: rest };
  }
  return { kind: codes.has(text) ? 'code' : valued.has(text) ? 'valued' : 'plain', name: text, value: null };
}

/** Base name of the program that a vector runs once wrappers are off, for callers that only need the name. */
export function headProgram(words: readonly Word[]): string {
  return words[0] ? (programName(words[0].text) ?? '') : '';
}
