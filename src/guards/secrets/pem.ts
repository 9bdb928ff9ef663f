import { textureOf } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';

const MAX_BLOCK = 16384;
const LABEL =
  /BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1|SSH2 ENCRYPTED PRIVATE KEY)[ ]?-{4,5}/y;

/** Reads a private key block whose `BEGIN ` stands at `at`, in any armour: plain, indented, quoted or escaped. */
export function readPem(text: string, at: number): readonly Candidate[] | null {
  LABEL.lastIndex = at;
  const label = LABEL.exec(text);
  if (label === null) return null;
  let start = at;
  while (start > 0 && at - start < 6 && (text[start - 1] === '-' || text[start - 1] === ' ')) start--;
  while (text[start] === ' ') start++;
  const body = at + label[0].length;
  const block = text.slice(body, body + MAX_BLOCK);
  const again = block.indexOf('BEGIN ');
  const limit = body + (again < 0 ? block.length : again);
  const close = block.slice(0, limit - body).indexOf('-END ');
  const end = close < 0 ? openEnd(text, body, limit) : closeEnd(text, body + close, limit);
  if (!isKeyMaterial(text.slice(body, close < 0 ? end : body + close))) return null;
  return [{ rule: 'private-key', kind: 'private key', start, end, severity: 'critical', rank: RANK.structure }];
}

function closeEnd(text: string, at: number, limit: number): number {
  let end = at + 5;
  while (end < limit && text[end] !== '-' && end - at < 64) end++;
  while (end < limit && text[end] === '-' && end - at < 70) end++;
  return end;
}

/** Without an END line the block reaches as far as base64 lines do. */
function openEnd(text: string, from: number, limit: number): number {
  const OPEN = /[A-Za-z0-9+/=\s\\]{0,16384}/y;
  OPEN.lastIndex = from;
  OPEN.test(text);
  return Math.max(from, Math.min(OPEN.lastIndex, limit));
}

/** Whether a body holds real key material: enough base64 (or hex) that looks drawn at random. */
function isKeyMaterial(body: string): boolean {
  const run = body
    .replace(/\\[nrt]|\s|["'+,]/g, '')
    .replace(/^.*?(?:DEK-Info:[A-Z0-9-]*,[0-9A-F]*|Comment:.{0,80}?)/, '');
  const material = run.replace(/[^A-Za-z0-9+/=]/g, '');
  if (material.length < 48 || /\.\.\.|xxxx|EXAMPLE|your|<.{1,40}>|REDACTED/i.test(run.slice(0, 400))) return false;
  if (material.startsWith('MII') && material.length < statedLength(material) / 2) return false;
  const { digit, upper, lower, changes } = textureOf(material.slice(0, 400));
  return (
    digit > 0 &&
    lower > 0 &&
    (upper > 0 || /^[0-9a-f]+$/.test(material)) &&
    changes > Math.min(material.length, 400) / 6
  );
}

/** Base64 characters that the key's own first bytes (DER: `30 82`, then the length) say it has. */
function statedLength(material: string): number {
  const head = Buffer.from(material.slice(0, 8), 'base64');
  return (head.readUInt16BE(2) * 4) / 3;
}
