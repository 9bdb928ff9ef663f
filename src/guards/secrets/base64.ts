const DIGITS: Int8Array = /* @__PURE__ */ (() => {
  const table = new Int8Array(128).fill(-1);
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let i = 0; i < 64; i++) table[digits.charCodeAt(i)] = i;
  table[45] = 62;
  table[95] = 63;
  return table;
})();

/**
 * Decodes base64 or base64url into a text, at most `maxChars` long; UTF-16, which PowerShell encodes its commands in, counts as
 * text too. `null` as soon as a byte is not printable ASCII, tab or line end, so that random tokens cost a few characters
 * only. Stops at `=`.
 */
export function decodeBase64(text: string, maxChars: number): string | null {
  const codes: number[] = [];
  let bits = 0;
  let have = 0;
  let bytes = 0;
  let wide = false;
  for (let i = 0; i < text.length && codes.length < maxChars; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) break;
    if (code === 10 || code === 13) continue;
    const digit = code < 128 ? DIGITS[code]! : -1;
    if (digit < 0) return null;
    bits = ((bits << 6) | digit) & 0xffff;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    const byte = (bits >> have) & 0xff;
    wide = bytes === 1 ? byte === 0 : wide;
    if (bytes++ % 2 === 1 && wide ? byte !== 0 : !isText(byte)) return null;
    if (byte !== 0) codes.push(byte);
  }
  return textOf(codes);
}

/** Decodes hex digits into a text; `null` when a byte is not printable. */
export function decodeHex(text: string, maxChars: number): string | null {
  const codes: number[] = [];
  for (let i = 0; i + 1 < text.length && codes.length < maxChars; i += 2) {
    const byte = Number.parseInt(text.slice(i, i + 2), 16);
    if (!isText(byte)) return null;
    codes.push(byte);
  }
  return textOf(codes);
}

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 10 || byte === 13 || byte === 9;
}

function textOf(codes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.slice(i, i + 4096));
  return text;
}
