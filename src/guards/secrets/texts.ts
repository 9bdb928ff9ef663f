import type { Action, FileWrite } from '../../policy/call.ts';
import type { Facts } from '../../policy/facts.ts';
import { showPath } from '../show-path.ts';
import { applyEdits, type EditedFile, type Span, windowsAround } from './edit.ts';
import type { SecretMatch } from './match.ts';
import type { ScanOptions } from './scan.ts';

/** One text of a call that is looked at. */
export interface Text extends ScanOptions {
  readonly text: string;
  /** Where a match stands, in the reader's words. */
  readonly where: (match: SecretMatch) => string;
  /** The file that the text belongs to. */
  readonly file?: FileWrite;
  /** Line of the file for a line of the text; `undefined` when that cannot be told. */
  readonly lineOf?: (line: number) => number | undefined;
  /** Only matches that reach into these parts are the call's doing; all are when this is missing. */
  readonly changed?: readonly Span[];
  /** The whole file as the edits leave it. */
  readonly after?: string;
}

/** Everything that a call writes, runs, sends or commits, as texts. */
export function textsOf(action: Action, facts: Facts): readonly Text[] {
  switch (action.kind) {
    case 'bash':
      return [{ text: action.command, surface: 'bash', where: () => 'the command' }];
    case 'write':
      return writtenTexts(action.files, facts);
    case 'commit':
      return [...action.files.map((file) => fileText(file, facts)), ...messageText(action.message)];
    case 'prompt':
      return [{ text: action.text, surface: 'prompt', where: ({ line }) => `line ${line} of the prompt` }];
    case 'fetch':
      return [
        { text: action.url, surface: 'tool', where: () => 'the URL' },
        { text: action.body, surface: 'tool', where: () => 'the request body' },
      ];
    case 'tool':
      return [{ text: stringsOf(action.input), surface: 'tool', where: () => "the tool's input" }];
    case 'push':
      return (action.files ?? []).map((file) => fileText(file, facts));
    case 'read':
      return [];
  }
}

/** Edits of a file that could be read are judged together, as the file they result in; all others by what they add. */
function writtenTexts(files: readonly FileWrite[], facts: Facts): Text[] {
  const edited = new Map<string, EditedFile | null>();
  for (const { path } of files) {
    const before = facts.before?.get(path);
    if (before === undefined || edited.has(path)) continue;
    edited.set(
      path,
      applyEdits(
        before,
        files.filter((file) => file.path === path),
      ),
    );
  }
  const plain = files.filter(({ path }) => !edited.get(path)).map((file) => fileText(file, facts));
  return [...[...edited].flatMap(([path, after]) => (after ? editTexts(path, after, facts) : [])), ...plain];
}

function editTexts(path: string, after: EditedFile, facts: Facts): Text[] {
  return windowsAround(after).map(({ text, changed, linesBefore }) => {
    const file: FileWrite = { path, text, partial: true };
    const lineOf = (line: number) => line + linesBefore;
    return { ...fileText(file, facts, lineOf), changed, after: after.text };
  });
}

function fileText(file: FileWrite, facts: Facts, lineOf = lineNumbers(file)): Text {
  const shown = showPath(file.path, facts);
  return {
    text: file.text,
    path: file.path,
    surface: 'file',
    file,
    lineOf,
    where: ({ line }) => placeOf(shown, lineOf(line), file.commit),
  };
}

function lineNumbers({ partial, lines }: FileWrite): (line: number) => number | undefined {
  return (line) => (lines ? lines[line - 1] : partial ? undefined : line);
}

/** `path:line`, where the line in the file can be told, and the commit, where one brings it. */
function placeOf(path: string, line: number | undefined, commit: string | undefined): string {
  return `${path}${line === undefined ? '' : `:${line}`}${commit === undefined ? '' : ` in ${commit}`}`;
}

function messageText(message: string | undefined): readonly Text[] {
  return message === undefined ? [] : [{ text: message, surface: 'prompt', where: () => 'the commit message' }];
}

/** A tool's input as text: `name: value` lines, so that names still tell what their values are. */
function stringsOf(input: unknown, name = '', depth = 0): string {
  if (typeof input === 'string') return name === '' ? input : `${name}: ${input}`;
  if (typeof input !== 'object' || input === null || depth > 32) return '';
  const parts = Array.isArray(input) ? input.map((part) => ['', part] as const) : Object.entries(input);
  return parts.map(([key, part]) => stringsOf(part, key, depth + 1)).join('\n');
}
