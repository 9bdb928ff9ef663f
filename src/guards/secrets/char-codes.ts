import type { Blob } from './blobs.ts';
import { ALNUM, classAt, DIGIT, SPACE } from './boundary.ts';

const DECIMAL = /\d{2,3}(?:,[ \t\r\n]{0,8}\d{2,3}){15,2000}/y;
const HEX = /0x[0-9a-fA-F]{2}(?:,[ \t\r\n]{0,8}0x[0-9a-fA-F]{2}){15,2000}/y;

/** Calls `visit` for every list of numbers that are the codes of a text: `String.fromCharCode(103, 104, …)`, `bytes([0x67, …])`. */
export function eachCodeList(text: string, visit: (blob: Blob) => void): void {
  for (let comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
    if ((classAt(text, comma - 1) & ALNUM) === 0 || !isNumberAfter(text, comma)) continue;
    const start = numberBefore(text, comma);
    if (start === comma) continue;
    const pattern = text.startsWith('0x', start) ? HEX : DECIMAL;
    pattern.lastIndex = start;
    const list = pattern.exec(text)?.[0];
    if (list === undefined) continue;
    const codes = list.split(',').map(Number);
    if (codes.every((code) => code >= 32 && code < 127))
      visit({ start, end: start + list.length, text: String.fromCharCode(...codes) });
    comma = start + list.length;
  }
}

/** Whether a digit comes next, which rules out nearly every comma. */
function isNumberAfter(text: string, comma: number): boolean {
  return (
    (classAt(text, comma + 1) & DIGIT) !== 0 ||
    ((classAt(text, comma + 1) & SPACE) !== 0 && (classAt(text, comma + 2) & (DIGIT | SPACE)) !== 0)
  );
}

/** Where the number that ends at `end` begins: two or three digits, or `0x` and two. `end` itself for none. */
function numberBefore(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < 4 && /[0-9a-fA-Fx]/.test(text[start - 1]!)) start--;
  return /^(?:\d{2,3}|0x[0-9a-fA-F]{2})$/.test(text.slice(start, end)) ? start : end;
}
