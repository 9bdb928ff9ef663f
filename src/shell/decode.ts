const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Decodes base64 (either alphabet, blanks ignored) to text; `null` when it is not base64. */
export function decodeBase64(text: string): string | null {
  const clean = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (clean === '' || !/^[A-Za-z0-9+/]+$/.test(clean)) return null;
  let bits = 0;
  let count = 0;
  const bytes: number[] = [];
  for (const char of clean) {
    bits = (bits << 6) | alphabet.indexOf(char);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return utf8(bytes);
}

/** Decodes pairs of hexadecimal digits, as `xxd -r -p` does; `null` when it is not hexadecimal. */
export function decodeHex(text: string): string | null {
  const clean = text.replace(/\s/g, '');
  if (!/^([0-9a-fA-F]{2})+$/.test(clean)) return null;
  return utf8(clean.match(/../g)!.map((pair) => Number.parseInt(pair, 16)));
}

/** Replaces `\n`, `\x72`, `\162`, `\u0072` as `printf` and `echo -e` do. */
export function decodeEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  const simple: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
    e: '\x1b',
    '\\': '\\',
    '"': '"',
    "'": "'",
  };
  return text.replace(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|0?[0-7]{1,3}|.)/g,
    (all, code: string) => {
      if (/^[xuU]./.test(code)) return safeChar(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]+$/.test(code)) return safeChar(Number.parseInt(code, 8));
      return simple[code] ?? all;
    },
  );
}

function safeChar(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function utf8(bytes: readonly number[]): string {
  return new TextDecoder().decode(new Uint8Array(bytes)).replaceAll('\0', '');
}
