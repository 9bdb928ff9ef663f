import { type ParsedScript, parseScript } from './parse.ts';
import { readPlainLine } from './plain-line.ts';

/** The syntax tree of a bash script; see `parseScript`, which is not even loaded for a plain line. */
export function treeOf(text: string): ParsedScript {
  return readPlainLine(text) ?? parseScript(text);
}
