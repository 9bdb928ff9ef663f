import { entropy, textureOf } from './entropy.ts';
import { classifyName } from './names.ts';
import { isPlaceholder } from './placeholder.ts';
import { scan } from './scan.ts';
import { isRandom } from './values.ts';

/** A value of an environment file that must not be seen anywhere else. */
export interface EnvValue {
  readonly name: string;
  readonly value: string;
}

const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,127})[ \t]*=[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n]*?))(?:[ \t]+#[^\n]*)?[ \t\r]*$/gm;
const MAX_CHARS = 256;

/** The values of an environment file that open something; ordinary words, addresses and settings are left out. */
export function secretValues(text: string): EnvValue[] {
  const found: EnvValue[] = [];
  for (const [, name = '', double, single, plain] of text.matchAll(LINE)) {
    const value = double ?? single ?? plain ?? '';
    if (!isPublicName(name))
      for (const part of secretParts(name, value)) found.push({ name, value: part.slice(0, MAX_CHARS) });
  }
  return found;
}

/** Variables that frameworks put into what they send to every browser. */
function isPublicName(name: string): boolean {
  return /(?:^|_)PUBLIC_|^(?:VITE|REACT_APP|GATSBY|VUE_APP|NUXT_PUBLIC|STORYBOOK)_|PUBLISHABLE/i.test(name);
}

/** Shorter values are as often found by chance as not. */
export const MIN_CHARS = 8;

function secretParts(name: string, value: string): string[] {
  if (value.length < MIN_CHARS) return [];
  const line = `${name}=${value}`;
  const spans = scan(line, { path: '.env' }).map(({ start, end }) => line.slice(Math.max(start, name.length + 1), end));
  if (spans.length > 0) return spans.filter((span) => span.length >= MIN_CHARS);
  return !isPlaceholder(value) && isWhole(name, value) ? [value] : [];
}

/** Whether the value of a variable opens something by itself. */
export function isWhole(name: string, value: string): boolean {
  if (/\s|:\/\/|^\.{0,2}\/|^[\w.+-]+@[\w-]+\./.test(value)) return false;
  const kind = classifyName(name);
  const { lower, upper, digit, symbol, longestWord } = textureOf(value);
  if (longestWord >= value.length * 0.75) return false;
  const classes = [lower, upper, digit, symbol].filter((count) => count > 0).length;
  if (kind !== 'none') return classes > 1 && entropy(value) > 2.5 && !/^[\d.,:_-]+$/.test(value);
  if (/^[0-9a-f-]+$/i.test(value)) return false;
  return isRandom(value, { name: kind, quoted: true, loose: false, code: false }) && entropy(value) > 3.5;
}

/** A keyed hash of the first characters of a value: enough to rule out nearly every place of a text, and too little to tell anything. */
export function prefixHash(value: string, seed: number): number {
  let hash = 0;
  for (let i = 0; i < MIN_CHARS; i++) hash = (Math.imul(hash, seed) + value.charCodeAt(i)) | 0;
  return hash >>> PREFIX_SHIFT;
}

/** Twenty bits are kept. */
const PREFIX_SHIFT = 12;

/** Calls `visit` wherever characters with one of these prefix hashes begin. One pass, whatever the number of values. */
export function eachPrefix(
  text: string,
  prefixes: ReadonlySet<number>,
  seed: number,
  visit: (at: number, prefix: number) => void,
): void {
  const maybe = new Uint8Array(1 << 12);
  for (const prefix of prefixes) maybe[prefix >>> 8] = 1;
  let power = 1;
  for (let i = 0; i < MIN_CHARS; i++) power = Math.imul(power, seed);
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, seed) + text.charCodeAt(i)) | 0;
    if (i >= MIN_CHARS) hash = (hash - Math.imul(power, text.charCodeAt(i - MIN_CHARS))) | 0;
    if (i < MIN_CHARS - 1 || maybe[hash >>> 20] === 0 || !prefixes.has(hash >>> PREFIX_SHIFT)) continue;
    visit(i - MIN_CHARS + 1, hash >>> PREFIX_SHIFT);
  }
}
