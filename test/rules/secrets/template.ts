/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';

const ALPHABETS: Record<string, string> = {
  a62: LOWER + UPPER + DIGITS,
  a58: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
  a36: LOWER + DIGITS,
  A36: UPPER + DIGITS,
  hex: '0123456789abcdef',
  HEX: '0123456789ABCDEF',
  b32: `${UPPER}234567`,
  b32l: `${LOWER}234567`,
  b64: `${UPPER + LOWER + DIGITS}+/`,
  url: `${LOWER + UPPER + DIGITS}-_`,
  dig: DIGITS,
  dig9: DIGITS,
  low: LOWER,
  bech: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  bechl: 'qpzry9x8gf2tvdw0s3jn54khce6mua7l',
};

/** What a template says: the text, and the spans that stood between `«` and `»`. */
export interface Filled {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** Fills `{alphabet*length}`, `{uuid}` and `{snow}` with random characters and takes the `«…»` marks out. */
export function fill(template: string, random: () => number): Filled {
  const pick = (chars: string) => chars[Math.floor(random() * chars.length)]!;
  const many = (alphabet: string, length: number): string => {
    const chars = ALPHABETS[alphabet]!;
    const first =
      alphabet === 'dig9' ? '123456789' : alphabet === 'b64' || alphabet === 'url' ? ALPHABETS['a62']! : chars;
    const last = alphabet === 'b64' || alphabet === 'url' ? ALPHABETS['a62']! : chars;
    return Array.from({ length }, (_, i) => pick(i === 0 ? first : i === length - 1 ? last : chars)).join('');
  };
  const marked = template
    .replace(/\{uuid\}/g, () => [8, 4, 4, 4, 12].map((n) => many('hex', n)).join('-'))
    .replace(/\{snow\}/g, () => Buffer.from(`1${many('dig', 17)}`).toString('base64'))
    .replace(/\{(\w+)\*(\d+)\}/g, (_, alphabet: string, length: string) => many(alphabet, Number(length)));
  const secrets = [...marked.matchAll(/«([^»]*)»/g)].map((match) => match[1]!);
  return { text: marked.replace(/[«»]/g, ''), secrets };
}
