import { ANCHORS } from '../../rules/secrets/anchors.ts';
import { type Provider, rowsOf } from '../../rules/secrets/catalogue.ts';
import type { SecretRow } from '../../rules/secrets/row.ts';
import { FLAG_PROGRAMS } from './flag-table.ts';

/** What an anchor leads to: a row's pattern, or one of the engine's own readers. */
export type Target = Provider | Reader;

/** The engine's own readers. */
export type Reader = 'name' | 'url' | 'pem' | 'jwt' | 'insert' | 'program';

export interface Anchor {
  readonly text: string;
  readonly target: Target;
  /** The provider's rows with this anchor, once they have been asked for. */
  rows?: readonly SecretRow[];
  /** Names are compared without regard to case, prefixes exactly. */
  readonly anyCase: boolean;
}

/** Parts of names that promise a credential, in lower case. */
const NAME_ANCHORS = [
  'pass', 'pwd', 'psw', '_pw', 'secret', 'token', 'key', 'auth', 'cred', 'cookie', 'session', 'sessid', '.sid', 'bearer', 'basic ',
  'jwt', '_pat', 'hmac', 'pepper', 'salt', 'psk', 'uthorization', 'mnemonic', 'phrase', 'seed', ' pw', '"pw',
]; // biome-ignore format: one idea per line wastes a page

const FOLD: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  table.fill(31, 0, 128);
  for (let i = 0; i < 26; i++) table[65 + i] = table[97 + i] = i + 1;
  for (let i = 48; i < 58; i++) table[i] = 27;
  table[95] = 28;
  table[45] = 29;
  table[47] = table[60] = table[42] = 30;
  for (let i = 0; i <= 32; i++) table[i] = 0;
  return table;
})();

/** The rows that an anchor leads to. */
export function rowsAt(anchor: Anchor): readonly SecretRow[] {
  anchor.rows ??= rowsOf(anchor.target as Provider).filter((row) => row.anchors.includes(anchor.text));
  return anchor.rows;
}

interface AnchorIndex {
  /** By hash of three folded characters: 1 + position in `buckets`, or 0. */
  readonly heads: Uint16Array;
  readonly buckets: Anchor[][];
  /** For each bucket the classes of the fourth characters of its anchors, one bit each: most other texts are told apart by it. */
  readonly fourths: number[];
}

/** Of every anchor, made when the texts that were looked at are worth it. */
let whole: AnchorIndex | undefined;
let charsSeen = 0;
const MAX_CHARS_WITHOUT = 8192;

function indexFor(text: string): AnchorIndex {
  charsSeen += text.length;
  if (charsSeen > MAX_CHARS_WITHOUT) whole ??= buildIndex(() => true);
  return whole ?? buildIndex((anchor) => text.indexOf(anchor) >= 0);
}

/**
 * Calls `visit` for every place where one of the catalogue's anchors stands, from left to right, in one pass. It looks at
 * bytes, which costs half of what asking a string for its characters does before V8 has compiled the loop: a character
 * above U+00FF may look like another one there, and the comparison with the text sorts that out.
 */
export function eachAnchor(text: string, visit: (anchor: Anchor, at: number) => void): void {
  const { heads, buckets, fourths } = indexFor(text);
  const bytes = Buffer.from(text, 'latin1');
  let hash = 0;
  for (let i = 0, length = bytes.length; i < length; i++) {
    hash = ((hash << 5) | FOLD[bytes[i]!]!) & 0x7fff;
    const head = heads[hash]!;
    if (head !== 0 && ((fourths[head - 1]! >>> FOLD[bytes[i + 1]!]!) & 1) !== 0)
      visitBucket(buckets[head - 1]!, text, i - 2, visit);
  }
}

function visitBucket(bucket: Anchor[], text: string, at: number, visit: (anchor: Anchor, at: number) => void): void {
  for (const anchor of bucket) {
    if (anchor.anyCase ? sameLetters(text, at, anchor.text) : sameText(text, at, anchor.text)) visit(anchor, at);
  }
}

function sameText(text: string, at: number, anchor: string): boolean {
  for (let i = 0; i < anchor.length; i++) if (anchor.charCodeAt(i) !== text.charCodeAt(at + i)) return false;
  return true;
}

function sameLetters(text: string, at: number, lower: string): boolean {
  for (let i = 0; i < lower.length; i++) {
    const code = text.charCodeAt(at + i);
    if (lower.charCodeAt(i) !== (code | 32) && (i > 2 || code > 127 || FOLD[code] !== FOLD[lower.charCodeAt(i)]))
      return false;
  }
  return true;
}

/** `occurs` tells of an anchor whether it can be in the text: asking that of all costs a tenth of making all of them. */
function buildIndex(occurs: (anchor: string) => boolean): AnchorIndex {
  const built: AnchorIndex = { heads: new Uint16Array(0x8000), buckets: [], fourths: [] };
  for (const [provider, texts] of Object.entries(ANCHORS)) {
    for (const text of texts.split('\n'))
      if (occurs(text)) add(built, { text, target: provider as Provider, anyCase: false });
  }
  for (const text of NAME_ANCHORS) add(built, { text, target: 'name', anyCase: true });
  for (const program of occurs(' ') ? FLAG_PROGRAMS.split(' ') : [])
    if (occurs(program)) add(built, { text: `${program} `, target: 'program', anyCase: false });
  add(built, { text: '://', target: 'url', anyCase: false });
  add(built, { text: 'eyJ', target: 'jwt', anyCase: false });
  add(built, { text: 'BEGIN ', target: 'pem', anyCase: false });
  add(built, { text: 'nto ', target: 'insert', anyCase: true });
  return built;
}

function add(built: AnchorIndex, anchor: Anchor): void {
  let hash = 0;
  for (let i = 0; i < 3; i++) hash = (hash << 5) | FOLD[anchor.text.charCodeAt(i)]!;
  const fourth = anchor.text.length > 3 ? 1 << FOLD[anchor.text.charCodeAt(3)]! : -1;
  const head = built.heads[hash]!;
  if (head !== 0) {
    built.buckets[head - 1]!.push(anchor);
    built.fourths[head - 1]! |= fourth;
  } else {
    built.heads[hash] = built.buckets.push([anchor]);
    built.fourths.push(fourth);
  }
}
