const MAX_SOURCE = 600;
const MAX_COUNT = 10_000;

/**
 * Why a pattern may take more than linear time, or `null` when its structure rules that out: no look-around, no
 * back-reference, no repetition inside an unbounded or long repetition, and no two neighbouring repetitions that can take
 * the same characters unless both are bounded.
 */
export function regexProblem(source: string, flags = ''): string | null {
  if (source.length > MAX_SOURCE) return `is longer than ${MAX_SOURCE} characters`;
  try {
    new RegExp(source, flags);
  } catch (error) {
    return `is no valid pattern (${(error as Error).message})`;
  }
  const reader: Reader = { source, at: 0, problem: null };
  const tree = readChoice(reader);
  return reader.problem ?? sequenceProblem(tree);
}

/** Most characters that one repetition of a bounded pattern may take. */
const MAX_BOUND = 8000;

/**
 * Why a pattern is not fit to be tried at every place where its anchor stands, or `null`: a match must end after a bounded
 * number of characters, since a text may hold the anchor everywhere, and no match may be empty.
 */
export function unboundedProblem(source: string): string | null {
  const problem = regexProblem(source);
  if (problem !== null) return problem;
  const plain = source.replace(/\\[\s\S]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/[*+]|\{\d+,\}/.test(plain)) return 'repeats without an upper bound: write `{1,100}` instead of `+` or `*`';
  const most = Math.max(0, ...[...plain.matchAll(/\{(?:\d+,)?(\d+)\}/g)].map(([, count]) => Number(count)));
  if (most > MAX_BOUND) return `repeats more than ${MAX_BOUND} times`;
  return new RegExp(`^(?:${source})$`).test('') ? 'matches the empty text' : null;
}

/** Characters of ASCII that an element can take, one flag each; index 128 stands for everything above. */
type CharSet = readonly boolean[];

interface Item {
  readonly chars: CharSet;
  readonly least: number;
  readonly most: number;
  /** What a group holds; empty for single characters. */
  readonly inner: readonly Item[][];
}

interface Reader {
  readonly source: string;
  at: number;
  problem: string | null;
}

function readChoice(reader: Reader): Item[][] {
  const branches: Item[][] = [[]];
  while (reader.at < reader.source.length && reader.source[reader.at] !== ')' && reader.problem === null) {
    if (reader.source[reader.at] === '|') {
      reader.at++;
      branches.push([]);
    } else {
      const item = readItem(reader);
      if (item !== null) branches.at(-1)!.push(item);
    }
  }
  return branches;
}

function readItem(reader: Reader): Item | null {
  const char = reader.source[reader.at]!;
  if (char === '^' || char === '$') {
    reader.at++;
    return null;
  }
  const { chars, inner } = char === '(' ? readGroup(reader) : { chars: readChars(reader), inner: [] };
  const { least, most } = readCount(reader);
  return chars === null ? null : { chars, least, most, inner };
}

function readGroup(reader: Reader): { chars: CharSet | null; inner: Item[][] } {
  const opening = /^\((?:\?(?:(:)|<[A-Za-z]\w*>|([=!]|<[=!])))?/.exec(reader.source.slice(reader.at));
  if (opening === null || opening[2] !== undefined) reader.problem ??= 'looks around (`(?=`, `(?!`, `(?<=`, `(?<!`)';
  reader.at += opening?.[0].length ?? 1;
  const inner = readChoice(reader);
  reader.at++;
  const chars = union(inner.flat().map((item) => item.chars));
  return { chars, inner };
}

function readCount(reader: Reader): { least: number; most: number } {
  const count = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(reader.source.slice(reader.at));
  if (count === null) return { least: 1, most: 1 };
  reader.at += count[0].length;
  if (count[1] !== undefined)
    return { least: count[1] === '+' ? 1 : 0, most: count[1] === '?' ? 1 : Number.POSITIVE_INFINITY };
  const least = Number(count[2]);
  const most = count[3] === '' ? least : count[4] === '' ? Number.POSITIVE_INFINITY : Number(count[4]);
  if (most !== Number.POSITIVE_INFINITY && most > MAX_COUNT) reader.problem ??= `repeats more than ${MAX_COUNT} times`;
  return { least, most };
}

const of = (test: RegExp): CharSet =>
  Array.from({ length: 129 }, (_, code) => test.test(code < 128 ? String.fromCharCode(code) : '€'));

function readChars(reader: Reader): CharSet | null {
  const rest = reader.source.slice(reader.at);
  const piece =
    /^(?:\[(?:\\.|[^\]\\])*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|k<\w+>|[\s\S])|[\s\S])/.exec(
      rest,
    )?.[0] ?? rest;
  reader.at += piece.length;
  if (/^\\(?:[1-9]|k<)/.test(piece)) reader.problem ??= 'refers back to a group';
  if (/^\\[bB]$/.test(piece)) return null;
  if (/^\\[pP]/.test(piece)) return of(/[\s\S]/);
  try {
    return of(new RegExp(`^(?:${piece})$`, 's'));
  } catch {
    return of(/[\s\S]/);
  }
}

function union(sets: readonly CharSet[]): CharSet {
  return Array.from({ length: 129 }, (_, code) => sets.some((set) => set[code]));
}

function overlaps(a: Item, b: Item): boolean {
  return a.chars.some((has, code) => has && b.chars[code]);
}

/** Repetitions longer than this count as unbounded where they meet or nest. */
const LONG = 64;

function sequenceProblem(branches: readonly Item[][]): string | null {
  for (const items of branches) {
    for (const item of items) {
      if (item.most > LONG && item.inner.flat().some((inner) => inner.most > 1 && inner.most !== inner.least)) {
        return 'repeats a repetition (`(a+)+`)';
      }
      const problem = ambiguous(item) ?? sequenceProblem(item.inner);
      if (problem !== null) return problem;
    }
    const problem = neighbours(items);
    if (problem !== null) return problem;
  }
  return null;
}

/** A long repetition of alternatives that begin with the same character can be taken apart in many ways. */
function ambiguous(item: Item): string | null {
  if (item.most <= LONG) return null;
  const firsts = item.inner.map((branch) => branch[0]).filter((first) => first !== undefined);
  for (const [i, a] of firsts.entries()) {
    if (firsts.slice(i + 1).some((b) => overlaps(a, b))) return 'repeats alternatives that overlap (`(a|a)+`)';
  }
  return null;
}

function neighbours(items: readonly Item[]): string | null {
  for (const [i, item] of items.entries()) {
    if (item.most !== Number.POSITIVE_INFINITY) continue;
    for (const next of items.slice(i + 1)) {
      if (next.most === Number.POSITIVE_INFINITY && overlaps(item, next))
        return 'has neighbouring repetitions that overlap (`a*a*`)';
      if (next.least > 0 && !overlaps(item, next)) break;
    }
  }
  return null;
}
