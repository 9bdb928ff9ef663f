import { ALNUM, CLASS } from './boundary.ts';

const MAX_NAME = 80;

/** Start of the name around `at`. */
export function nameStart(text: string, at: number): number {
  let i = at;
  while (i > 0 && at - i < MAX_NAME && isNameChar(text.charCodeAt(i - 1))) i--;
  if (text.charCodeAt(i - 1) === 92 && i < at && 'ntr'.includes(text[i]!)) i++;
  while (i < at && (text.charCodeAt(i) === 45 || text.charCodeAt(i) === 46)) i++;
  return i;
}

/** End of the name around `at`. */
export function nameEnd(text: string, at: number): number {
  let i = at;
  while (i < text.length && i - at < MAX_NAME && isNameChar(text.charCodeAt(i))) i++;
  return i;
}

/** Whether a character may stand in a name. */
export function isNameChar(code: number): boolean {
  return code < 128 && ((CLASS[code]! & ALNUM) !== 0 || code === 95 || code === 45 || code === 46 || code === 36);
}
