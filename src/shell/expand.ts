import { expandBraces } from './brace.ts';
import { parameterValues, simpleValues } from './parameter.ts';
import type { DoubleQuotedChild, WordNode, WordPart } from './parse.ts';
import { tilde } from './paths.ts';
import { type Frame, LIMITS } from './trail.ts';
import { treeOf } from './tree.ts';
import { runArithmetic, runProcess, runSubstitution } from './walk.ts';
import { splitBlank, UNKNOWN, type Word } from './word.ts';

/** The words that one source word becomes: braces, tilde, parameters, substitutions, splitting. Globs stay as they are. */
export function expandWord(node: WordNode, frame: Frame): Word[] {
  if (!node.parts) return [{ text: tilde(node.text, node.value, frame), glob: false }];
  if (node.parts.some((part) => part.type === 'BraceExpansion') && node.text.length < 2_000) {
    const choices = expandBraces(node.text);
    if (choices.length > 1 || choices[0] !== node.text) return expandChoices(choices, frame);
  }
  const fields = new Fields(frame);
  node.parts.forEach((part, index) => {
    addPart(part, fields, frame, index === 0 ? node.text : '');
  });
  return fields.done();
}

/** The word as one string, as in assignments and redirections: no splitting, several values joined by blanks. */
export function expandText(node: WordNode | undefined, frame: Frame): string {
  if (!node) return '';
  return expandWord(node, frame)
    .map((part) => part.text)
    .join(' ');
}

/** Text of a heredoc body or another list of parts that is expanded as if it stood in double quotes. */
export function expandQuoted(parts: readonly WordPart[], frame: Frame): string {
  const fields = new Fields(frame);
  for (const part of parts) addQuoted(part as DoubleQuotedChild, fields, frame);
  return fields
    .done()
    .map((part) => part.text)
    .join(' ');
}

function expandChoices(choices: readonly string[], frame: Frame): Word[] {
  const statement = treeOf(`: ${choices.join(' ')}`).commands[0];
  if (statement?.command.type !== 'Command') return [{ text: UNKNOWN, glob: false }];
  const plain = (node: WordNode): Word[] =>
    node.parts?.some((part) => part.type === 'BraceExpansion')
      ? [{ text: node.value, glob: false }]
      : expandWord(node, frame);
  return statement.command.suffix.flatMap((node) => (node.type === 'Word' ? plain(node) : []));
}

/** Collects fields while the parts of one word are expanded. */
class Fields {
  readonly words: Word[] = [];
  private text = '';
  private glob = false;
  private started = false;
  private readonly separators: string;

  constructor(frame: Frame) {
    this.separators = frame.scope.vars.get('IFS')?.[0] ?? ' \t\n';
  }

  literal(text: string, glob = false): void {
    if (this.text.length + text.length > LIMITS.valueBytes) this.text = UNKNOWN;
    else this.text += text;
    this.glob ||= glob;
    this.started = true;
  }

  /** Several values as `"$@"` gives them: each its own field. */
  several(values: readonly string[]): void {
    values.forEach((value, index) => {
      if (index > 0) this.flush();
      this.literal(value);
    });
  }

  /** An unquoted expansion: split into fields, and its wildcards are live. */
  split(value: string): void {
    const separators = this.separators;
    if (value === '') return;
    if (separators.includes(value[0]!)) this.flush();
    splitBlank(value, separators).forEach((piece, index) => {
      if (index > 0) this.flush();
      this.literal(piece, /[*?[]/.test(piece));
    });
    if (separators.includes(value[value.length - 1]!)) this.flush();
  }

  flush(): void {
    if (this.started) this.words.push({ text: this.text, glob: this.glob });
    this.text = '';
    this.glob = false;
    this.started = false;
  }

  done(): Word[] {
    this.flush();
    return this.words;
  }
}

function addPart(part: WordPart, fields: Fields, frame: Frame, wholeWord: string): void {
  switch (part.type) {
    case 'Literal':
      fields.literal(wholeWord ? tilde(wholeWord, part.value, frame) : part.value);
      return;
    case 'Glob':
    case 'ExtendedGlob':
      fields.literal(part.text, true);
      return;
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      fields.literal(part.value);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) fields.literal('');
      for (const child of part.parts) addQuoted(child, fields, frame);
      return;
    case 'SimpleExpansion':
      addSplit(simpleValues(part.text.slice(1), frame), fields);
      return;
    case 'ParameterExpansion':
      addSplit(parameterValues(part, frame), fields);
      return;
    case 'CommandExpansion':
      fields.split(runSubstitution(part.script, frame));
      return;
    case 'ArithmeticExpansion':
      fields.literal(runArithmetic(part.expression, frame));
      return;
    case 'ProcessSubstitution':
      fields.literal(runProcess(part.script, part.operator, frame));
      return;
    case 'BraceExpansion':
      fields.literal(part.text);
      return;
  }
}

function addSplit(values: readonly string[], fields: Fields): void {
  values.forEach((value, index) => {
    if (index > 0) fields.flush();
    fields.split(value);
  });
}

function addQuoted(part: DoubleQuotedChild, fields: Fields, frame: Frame): void {
  switch (part.type) {
    case 'Literal':
      fields.literal(part.value);
      return;
    case 'SimpleExpansion':
      addJoined(part.text.slice(1) === '*', simpleValues(part.text.slice(1), frame), fields);
      return;
    case 'ParameterExpansion':
      addJoined(part.index?.value === '*', parameterValues(part, frame), fields);
      return;
    case 'CommandExpansion':
      fields.literal(runSubstitution(part.script, frame));
      return;
    case 'ArithmeticExpansion':
      fields.literal(runArithmetic(part.expression, frame));
      return;
  }
}

function addJoined(join: boolean, values: readonly string[], fields: Fields): void {
  if (join) fields.literal(values.join(' '));
  else fields.several(values);
}
