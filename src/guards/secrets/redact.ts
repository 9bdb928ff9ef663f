import type { SecretMatch } from './match.ts';
import { type ScanOptions, scan } from './scan.ts';

/** Turns a secret into a short keyed mark, so that two places with the same secret can be told without its value. */
export type Fingerprint = (secret: string) => string;

/** The text with every secret masked as `[secret:<rule>]`, or `[secret:<rule>:<fingerprint>]` when that can be made. */
export function redact(text: string, fingerprint?: Fingerprint, options?: ScanOptions): string {
  return mask(text, scan(text, options), fingerprint);
}

/** The text with these parts masked; they are in order and do not overlap. */
export function mask(
  text: string,
  matches: readonly Pick<SecretMatch, 'start' | 'end' | 'rule'>[],
  fingerprint?: Fingerprint,
): string {
  if (matches.length === 0) return text;
  let out = '';
  let at = 0;
  for (const { start, end, rule } of matches) {
    const mark = fingerprint === undefined ? '' : `:${fingerprint(text.slice(start, end))}`;
    out += `${text.slice(at, start)}[secret:${rule}${mark}]`;
    at = end;
  }
  return out + text.slice(at);
}
