import { decodeBase64 } from './base64.ts';
import { startsToken } from './boundary.ts';
import { entropy } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';
import { isSample } from './placeholder.ts';

const JWT = /eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{8,6000}\.[A-Za-z0-9_-]{20,1400}={0,2}/y;

/** Reads a signed JSON web token at `at`. Keys for anonymous use and the textbook sample are public. */
export function readJwt(text: string, at: number): readonly Candidate[] | null {
  if (!startsToken(text, at, false)) return null;
  JWT.lastIndex = at;
  const token = JWT.exec(text)?.[0];
  if (token === undefined) return null;
  const [header = '', payload = '', signature = ''] = token.split('.');
  if (!/"(?:alg|typ)"/.test(decodeBase64(header, 2000) ?? '')) return null;
  const claims = decodeBase64(payload, 6000) ?? '';
  const shown = isPublic(claims) || entropy(signature) < 3.5 || isSample(token);
  const base = { rule: 'json-web-token', kind: 'signed JSON web token', start: at, end: at + token.length };
  return [{ ...base, severity: 'high', rank: shown ? RANK.public : RANK.format }];
}

function isPublic(claims: string): boolean {
  if (/"role" ?: ?"anon"/.test(claims)) return true;
  if (/"some" ?: ?"payload"/.test(claims)) return true;
  return /"sub" ?: ?"1234567890"/.test(claims) || /"name" ?: ?"John Doe"/.test(claims);
}
