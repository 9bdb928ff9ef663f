import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

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
  const position = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(Math.max(0, offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // `uniqueKeys` compares every key with every other; the walk below takes one pass.
  const options = { version: '1.2', uniqueKeys: false, stringKeys: true, prettyErrors: false, lineCounter } as const;
  const doc = parseDocument(text, options);
  const broken = [...doc.errors, ...doc.warnings].map(({ code, message, pos }) => ({
    offset: pos[0],
    message: WORDS[code] ?? clause(message),
  }));
  if (doc.directives?.yaml.version !== '1.2') broken.push({ offset: 0, message: 'must be YAML 1.2' });
  if (text.includes('\uFFFD')) broken.push({ offset: text.indexOf('\uFFFD'), message: 'is not valid UTF-8' });
  const { doubles, excess } = walk(doc);
  const flaws = [...broken, ...excess, ...doubles].map(({ offset, message }) => ({ ...position(offset), message }));
  // Turning a broken tree into data can take the process down with it.
  if (broken.length + excess.length > 0) return unparsable(...flaws);
  return { ...toValue(doc, flaws), locate: (path, part) => position(offsetOf(doc, path, part)) };
}

const WORDS: Readonly<Record<string, string>> = {
  NON_STRING_KEY: 'keys must be plain text',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  MULTIPLE_DOCS: 'a policy is one document, without `---` in between',
};

interface FlawInText {
  readonly offset: number;
  readonly message: string;
}

/** Keys that stand twice in one map, and the alias that is one too many. */
function walk(doc: Document.Parsed): { doubles: FlawInText[]; excess: FlawInText[] } {
  const doubles: FlawInText[] = [];
  const excess: FlawInText[] = [];
  let aliases = 0;
  visit(doc, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          doubles.push({ offset: key.range?.[0] ?? 0, message: `duplicate key \`${key.value}\`` });
        seen.add(key.value);
      }
    },
    Alias(_, alias) {
      const known = alias.resolve(doc) !== undefined;
      if (known && ++aliases <= MAX_ALIASES) return;
      const message = known ? `uses more than ${MAX_ALIASES} aliases` : `there is no anchor \`${alias.source}\``;
      excess.push({ offset: alias.range?.[0] ?? 0, message });
      return visit.BREAK;
    },
  });
  return { doubles, excess };
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
    const pair = isMap(node) ? node.items.findLast((item) => isScalar(item.key) && item.key.value === key) : undefined;
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
