import { decodeBase64, decodeHex } from './base64.ts';
import { ALNUM, BASE64, CLASS, DASH, indexWithin } from './boundary.ts';

/** A run of base64 or hex digits that decodes to text. */
export interface Blob {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Shortest run that is decoded: sixteen bytes. */
const MIN_RUN = 22;

/**
 * Calls `visit` for every encoded text. Only every 22nd character is looked at until one belongs to a run, and a run is
 * given up at its first byte that is not printable, so plain text costs next to nothing.
 */
export function eachBlob(text: string, maxChars: number, visit: (blob: Blob) => void): void {
  for (let i = MIN_RUN - 1; i < text.length; i += MIN_RUN) {
    if (!isDigit(text.charCodeAt(i))) continue;
    let start = i;
    while (start > 0 && isDigit(text.charCodeAt(start - 1)) && i - start < MIN_RUN) start--;
    const end = runEnd(text, i);
    if (end - start >= MIN_RUN) visitRun(text, start, end, maxChars, visit);
    if (end > i) i = end - 1;
  }
}

function isDigit(code: number): boolean {
  return code < 128 && (CLASS[code]! & (ALNUM | DASH | BASE64)) !== 0;
}

const FOLD = /(?:\\n|\r?\n)[ \t]{0,40}(?=[A-Za-z0-9+/=])/y;

/** End of a run; lines of equal width, as mail and PEM fold them, are one run. */
function runEnd(text: string, from: number): number {
  let lineStart = from;
  for (let i = from; ; ) {
    while (i < text.length && isDigit(text.charCodeAt(i))) i++;
    if (i - lineStart < 38) return i;
    FOLD.lastIndex = i;
    if (!FOLD.test(text)) return i;
    i = FOLD.lastIndex;
    lineStart = i;
  }
}

function visitRun(text: string, from: number, to: number, maxChars: number, visit: (blob: Blob) => void): void {
  let start = from;
  while (start < to && '=-_/+'.includes(text[start]!)) start++;
  const name = indexWithin(text, '=', start, Math.min(to - start, 80));
  if (!beginsText(text, start) && (name < 0 || to - name <= MIN_RUN)) return;
  const run = text.slice(start, to);
  const decoded = decodeRun(run, maxChars) ?? decodeAfterName(run, maxChars);
  if (decoded === null) return;
  visit({ start: start + decoded.skip, end: to, text: decoded.text });
}

/** Whether the first digits, read as base64 or as hex, give text: most runs are paths and long names, and end here. */
function beginsText(text: string, start: number): boolean {
  const head = text.slice(start, start + 12);
  return decodeBase64(head, 16) !== null || decodeHex(head, 16) !== null;
}

interface Decoded {
  readonly text: string;
  readonly skip: number;
}

function decodeRun(run: string, maxChars: number): Decoded | null {
  if (/^[0-9a-f]+$/i.test(run.slice(0, 64)) && run.length % 2 === 0 && run.length >= 32) {
    const hex = decodeHex(run, maxChars);
    if (hex !== null && /[A-Za-z]{2}/.test(hex)) return { text: hex, skip: 0 };
  }
  const plain = decodeBase64(run.includes('\\n') ? run.replaceAll('\\n', '') : run.replace(/\s+/g, ''), maxChars);
  return plain !== null && plain.length >= 12 ? { text: plain, skip: 0 } : null;
}

/** `NAME=<base64>`: the run begins after the `=`. */
function decodeAfterName(run: string, maxChars: number): Decoded | null {
  const cut = run.indexOf('=');
  if (cut < 0 || cut > 80 || run.length - cut < MIN_RUN) return null;
  const rest = decodeRun(run.slice(cut + 1), maxChars);
  return rest === null ? null : { text: rest.text, skip: cut + 1 + rest.skip };
}
