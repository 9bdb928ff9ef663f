import type { CheckName } from '../../rules/secrets/row.ts';
import { decodeBase64 } from './base64.ts';

/** `right` and `wrong` check digits; `unknown` when the text has none to look at. */
export type CheckResult = 'right' | 'wrong' | 'unknown';

export function check(name: CheckName, token: string): CheckResult {
  return CHECKS[name](token);
}

const CHECKS: Record<CheckName, (token: string) => CheckResult> = {
  // GitHub and npm: the last six characters are the CRC-32 of what stands between prefix and check, in base 62.
  'crc-base62': (token) => {
    const body = token.slice(token.lastIndexOf('_') + 1);
    return result(base62(crc32(body.slice(0, -6))) === body.slice(-6));
  },
  // Grafana: `glsa_<32>_<crc of all before it, in hex>`.
  'crc-hex': (token) => {
    const cut = token.lastIndexOf('_');
    return result(crc32(token.slice(0, cut)).toString(16).padStart(8, '0') === token.slice(cut + 1).toLowerCase());
  },
  'atlassian-crc': (token) => {
    const cut = token.lastIndexOf('=');
    if (cut < 0) return 'unknown';
    return result(crc32(token.slice(0, cut)).toString(16).padStart(8, '0') === token.slice(cut + 1).toLowerCase());
  },
  bech32: (token) => result(bech32(token.toLowerCase())),
  'discord-id': (token) => result(/^\d{17,20}$/.test(decodeBase64(token.slice(0, token.indexOf('.')), 64) ?? '')),
  'base64-json': (token) => result((decodeBase64(token.slice(token.indexOf('eyJ')), 4096) ?? '').startsWith('{"')),
  'base64-text': (token) => result(decodeBase64(token, 4096) !== null),
};

function result(right: boolean): CheckResult {
  return right ? 'right' : 'wrong';
}

let crcTable: Uint32Array | undefined;

/** CRC-32 (IEEE) of a text whose characters are bytes. */
export function crc32(text: string): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) crc = crcTable[(crc ^ text.charCodeAt(i)) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Base 62 with the digits 0-9A-Za-z, six characters. */
export function base62(value: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = digits[rest % 62] + text;
  return text.padStart(6, '0');
}

/** Whether a lower-case bech32 text has a right checksum (BIP 173). */
function bech32(text: string): boolean {
  const cut = text.lastIndexOf('1');
  const values: number[] = [];
  for (let i = 0; i < cut; i++) values.push(text.charCodeAt(i) >> 5);
  values.push(0);
  for (let i = 0; i < cut; i++) values.push(text.charCodeAt(i) & 31);
  for (let i = cut + 1; i < text.length; i++) values.push('qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(text[i]!));
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (let i = 0; i < 5; i++)
      if ((top >>> i) & 1) sum ^= [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3][i]!;
  }
  return sum === 1;
}
