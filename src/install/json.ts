/** A JSON value together with where it stands. Offsets count UTF-16 code units from the start of the text. */
export type JsonNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'other' }
);

export interface Member {
  readonly key: string;
  /** Of the key's opening quote. */
  readonly start: number;
  readonly value: JsonNode;
}

export type JsonReading =
  | { readonly kind: 'ok'; readonly root: JsonNode }
  | { readonly kind: 'broken'; readonly problem: string; readonly line: number; readonly column: number };

/** Reads strict JSON, a leading byte order mark allowed, and refuses duplicate keys, of which readers keep different ones. */
export function readJson(text: string): JsonReading {
  const reader = new Reader(text);
  try {
    return { kind: 'ok', root: reader.document() };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const before = text.slice(0, error.at).split(/\r\n|\n|\r/);
    const column = before.at(-1)!.replace(/^\uFEFF/, '').length + 1;
    return { kind: 'broken', problem: error.message, line: before.length, column };
  }
}

class Broken extends Error {
  readonly at: number;
  constructor(problem: string, at: number) {
    super(problem);
    this.at = at;
  }
}

const maxDepth = 200;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith('\uFEFF')) this.#at = 1;
  }

  document(): JsonNode {
    const root = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#broken('there is more after the end of the value');
    return root;
  }

  #value(depth: number): JsonNode {
    this.#space();
    if (depth > maxDepth) throw this.#broken('it is nested too deeply');
    const start = this.#at;
    const first = this.#text[start];
    if (first === '{') return { kind: 'object', start, members: this.#members(depth), end: this.#at };
    if (first === '[') return { kind: 'array', start, items: this.#items(depth), end: this.#at };
    if (this.#match(STRING) === null && this.#match(SCALAR) === null) throw this.#broken(valueProblem(first));
    return { kind: 'other', start, end: this.#at };
  }

  #members(depth: number): Member[] {
    const members: Member[] = [];
    this.#list('}', () => {
      const start = this.#at;
      const quoted = this.#match(STRING);
      if (quoted === null) throw this.#broken(valueProblem(this.#text[start], 'a key in double quotes'));
      const key = JSON.parse(quoted) as string;
      if (members.some((member) => member.key === key)) throw new Broken(`the key ${quoted} stands here twice`, start);
      this.#space();
      if (this.#text[this.#at] !== ':') throw this.#broken('a colon is missing');
      this.#at++;
      members.push({ key, start, value: this.#value(depth + 1) });
    });
    return members;
  }

  #items(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this.#list(']', () => items.push(this.#value(depth + 1)));
    return items;
  }

  /** Everything from an opening bracket to its `close`. */
  #list(close: string, one: () => void): void {
    this.#at++;
    this.#space();
    if (this.#text[this.#at] === close) return void this.#at++;
    for (;;) {
      one();
      this.#space();
      const next = this.#text[this.#at];
      if (next === close) return void this.#at++;
      if (next !== ',') throw this.#broken(valueProblem(next, `a comma or \`${close}\``));
      const comma = this.#at++;
      this.#space();
      if (this.#text[this.#at] === close) throw new Broken('there is a comma after the last entry', comma);
    }
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? '-')) this.#at++;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found ? found[0] : null;
  }

  #broken(problem: string): Broken {
    return new Broken(problem, this.#at);
  }
}

function valueProblem(found: string | undefined, wanted = 'a value'): string {
  if (found === undefined) return 'it ends too early';
  if (found === '/' || found === '#') return 'JSON has no comments';
  if (found === "'") return 'JSON strings stand in double quotes';
  return `${wanted} is missing`;
}
