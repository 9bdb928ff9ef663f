import type { CommandNode, ParsedScript, PipelineNode, Statement, WordNode } from './parse.ts';

/**
 * The tree of a line that is nothing but plain words, blanks, `|`, `&&`, `||` and `;`, just as the parser makes it; `null` for
 * every other line. Most lines of a day are such, and need no parser to be loaded. A test holds it against the parser.
 */
export function readPlainLine(text: string): ParsedScript | null {
  if (text.length > MAX_CHARS || !PLAIN.test(text)) return null;
  const commands: Statement[] = [];
  let at = 0;
  for (const part of text.split(';')) {
    const statement = readStatement(part, at);
    if (statement === null) return null;
    commands.push(statement);
    at += part.length + 1;
  }
  return { type: 'Script', pos: 0, end: text.length, shebang: undefined, commands, errors: undefined };
}

const MAX_CHARS = 2000;
const PLAIN = /^[\w./:@%+,=-](?:[\w./:@%+,= |&;-]*[\w./:@%+,=-])?$/;

/** Words that begin a compound command, or after which `name=value` is no plain word. */
const SPECIAL =
  /^(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|in|select|function|time|coproc|local|alias|export|declare|typeset|readonly|let|eval)$/;

function readStatement(part: string, start: number): Statement | null {
  const pieces = part.split(/(&&|\|\|)/);
  const found: (CommandNode | PipelineNode)[] = [];
  let at = start;
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 0) {
      const pipeline = readPipeline(piece, at);
      if (pipeline === null) return null;
      found.push(pipeline);
    }
    at += piece.length;
  }
  const { pos } = found[0]!;
  const { end } = found.at(-1)!;
  const operators = pieces.filter((_, index) => index % 2 === 1) as ('&&' | '||')[];
  const command = found.length === 1 ? found[0]! : { type: 'AndOr' as const, pos, end, commands: found, operators };
  return { type: 'Statement', pos, end, command, background: undefined } as Statement;
}

function readPipeline(text: string, start: number): CommandNode | PipelineNode | null {
  const commands: CommandNode[] = [];
  let at = start;
  for (const piece of text.split('|')) {
    const command = readCommand(piece, at);
    if (command === null) return null;
    commands.push(command);
    at += piece.length + 1;
  }
  if (commands.length === 1) return commands[0]!;
  const operators = commands.slice(1).map(() => '|' as const);
  const { pos } = commands[0]!;
  const { end } = commands.at(-1)!;
  return { type: 'Pipeline', pos, end, prefixes: [], commands, operators } as PipelineNode;
}

function readCommand(text: string, start: number): CommandNode | null {
  const words = [...text.matchAll(/[^ ]+/g)].map((found) => wordAt(found[0], start + found.index));
  const [name, ...suffix] = words;
  if (name === undefined || name.text.includes('=') || words.some((word) => isSpecial(word.text))) return null;
  return {
    type: 'Command',
    pos: name.pos,
    end: words.at(-1)!.end,
    name,
    prefix: [],
    suffix,
    args: suffix,
    redirects: [],
  };
}

function isSpecial(word: string): boolean {
  return word.includes('&') || SPECIAL.test(word);
}

function wordAt(text: string, pos: number): WordNode {
  return { type: 'Word', text, pos, end: pos + text.length, parts: undefined, value: text } as WordNode;
}
