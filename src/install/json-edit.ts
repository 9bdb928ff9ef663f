import type { JsonNode, Member } from './json.ts';

/** How a JSON file is written: what an inserted piece must look like to fit in. */
interface Manner {
  readonly eol: string;
  readonly indent: string;
  /** False for a file that stands on one line. */
  readonly spread: boolean;
}

/** The member of an object by its key. */
export function member(node: JsonNode, key: string): Member | undefined {
  return node.kind === 'object' ? node.members.find((one) => one.key === key) : undefined;
}

/**
 * Adds `value` at the end of an object (with `key`) or array, whose content stands `depth` levels deep. Nothing else
 * changes by one character, and `removeChild` is the exact inverse.
 */
export function insertChild(text: string, into: JsonNode, depth: number, value: unknown, key?: string): string {
  const manner = mannerOf(text);
  const last = children(into).at(-1);
  const spread = last === undefined ? manner.spread : text.slice(into.start, into.end).includes('\n');
  const piece = printed(value, key, spread ? manner : null, depth);
  if (last !== undefined) return splice(text, last.end, `,${spread ? newLine(manner, depth) : ''}${piece}`);
  const framed = spread ? newLine(manner, depth) + piece + newLine(manner, depth - 1) : piece;
  return splice(text, into.start + 1, framed);
}

/** Takes one child out of an object or array, together with the comma and the space that belong to it. */
export function removeChild(text: string, from: JsonNode, index: number, depth: number): string {
  const all = children(from);
  const child = all[index]!;
  const before = all[index - 1];
  const after = all[index + 1];
  if (before !== undefined) return text.slice(0, before.end) + text.slice(child.end);
  if (after !== undefined) return text.slice(0, child.start) + text.slice(after.start);
  const tail = newLine(mannerOf(text), depth - 1);
  const end = child.end + (text.startsWith(tail, child.end) ? tail.length : 0);
  return text.slice(0, from.start + 1) + text.slice(end);
}

/** Puts `value` in the place of a node. */
export function replaceNode(text: string, node: JsonNode, depth: number, value: unknown): string {
  const manner = mannerOf(text);
  const spread = text.slice(node.start, node.end).includes('\n');
  return text.slice(0, node.start) + printed(value, undefined, spread ? manner : null, depth) + text.slice(node.end);
}

function children(node: JsonNode): { start: number; end: number }[] {
  if (node.kind === 'array') return [...node.items];
  return node.kind === 'object' ? node.members.map(({ start, value }) => ({ start, end: value.end })) : [];
}

function mannerOf(text: string): Manner {
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ',
    spread: text.includes('\n') || /^\uFEFF?\s*\{\s*\}\s*$/.test(text),
  };
}

function printed(value: unknown, key: string | undefined, manner: Manner | null, depth: number): string {
  const name = key === undefined ? '' : `${JSON.stringify(key)}:`;
  if (manner === null) return name + JSON.stringify(value);
  const lines = JSON.stringify(value, null, manner.indent).split('\n');
  return (name && `${name} `) + lines.join(newLine(manner, depth));
}

function newLine({ eol, indent }: Manner, depth: number): string {
  return eol + indent.repeat(depth);
}

function splice(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}
