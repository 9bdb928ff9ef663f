import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

export type KeyPath = readonly (string | number)[];

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong at a place in the text. */
export interface Flaw extends Position {
  readonly message: string;
}

/** A YAML text as data, with the places of its parts. `value` is `undefined` when the text is not YAML. */
export interface ParsedYaml {
  readonly value: unknown;
  readonly flaws: readonly Flaw[];
  /** Where the value at a path stands, or its key, or the nearest part around it that exists. */
  readonly locate: (path: KeyPath, part?: 'key' | 'value') => Position;
}

/** Aliases that a policy may use; more is an attack or a mistake. */
const MAX_ALIASES = 100;

/** Parses strict YAML 1.2: one document, unique string keys, known tags. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  try {
    return parse(text);
  } catch {
    return unparsable({ line: 1, column: 1, message: 'cannot be parsed: it is nested too deeply' });
  }
}

function unparsable(...flaws: Flaw[]): ParsedYaml {
  return { value: undefined, flaws, locate: () => ({ line: 1, column: 1 }) };
}

function parse(text: string): ParsedYaml {
  const lineCounter = new LineCounter();
  const options = { version: '1.2', uniqueKeys: true, stringKeys: true, prettyErrors: false, lineCounter } as const;
  const doc = parseDocument(text, options);
  const position = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(Math.max(0, offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const errors = [...doc.errors, ...doc.warnings];
  const flaws = errors.map(({ code, message, pos }): Flaw => {
    const duplicate = code === 'DUPLICATE_KEY' && text.slice(pos[0]).match(/^["']?([^\s:"']+)/);
    return { ...position(pos[0]), message: duplicate ? `duplicate key \`${duplicate[1]}\`` : clause(message) };
  });
  const invalid = text.indexOf('\uFFFD');
  if (invalid !== -1) flaws.push({ ...position(invalid), message: 'is not valid UTF-8' });
  if (doc.directives?.yaml.version !== '1.2') flaws.push({ line: 1, column: 1, message: 'must be YAML 1.2' });
  if (errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return unparsable(...flaws);
  return { ...toValue(doc, flaws), locate: (path, part) => position(offsetOf(doc, path, part)) };
}

function toValue(doc: Document.Parsed, flaws: readonly Flaw[]): Pick<ParsedYaml, 'value' | 'flaws'> {
  try {
    return { value: doc.toJS({ maxAliasCount: MAX_ALIASES }), flaws };
  } catch (error) {
    const message = clause(error instanceof Error ? error.message : String(error));
    return { value: undefined, flaws: [...flaws, { line: 1, column: 1, message }] };
  }
}

function clause(message: string): string {
  const first = message.split('\n', 1)[0]!.replace(/[.:]$/, '');
  return first[0]!.toLowerCase() + first.slice(1);
}

function offsetOf(doc: Document.Parsed, path: KeyPath, part: 'key' | 'value' = 'value'): number {
  let node: unknown = doc.contents;
  let offset = doc.contents?.range?.[0] ?? 0;
  for (const [at, key] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const next = pair ? pair.value : isSeq(node) ? node.items[Number(key)] : undefined;
    if (!pair && next === undefined) return offset;
    const named = part === 'key' && at === path.length - 1;
    offset = rangeStart(named ? null : next) ?? rangeStart(pair?.key) ?? offset;
    node = isAlias(next) ? next.resolve(doc) : next;
  }
  return offset;
}

/** An absent value (`key:` and nothing more) has an empty range, which would point behind the line. */
function rangeStart(node: unknown): number | null {
  const range = (node as Node | null | undefined)?.range;
  return range && (isAlias(node) || range[0] !== range[1]) ? range[0] : null;
}
