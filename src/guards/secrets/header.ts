import { decodeBase64 } from './base64.ts';
import { type Candidate, RANK } from './match.ts';
import { isPlaceholder } from './placeholder.ts';
import { isGivenPassword, isRandom } from './values.ts';

const SCHEME =
  /(?:\\{0,3}["'`])?[ \t]{0,4}[:=,]?[ \t]{0,4}(?:[bruf]?\\{0,3}["'`])?(?:([A-Za-z][A-Za-z0-9-]{1,20})(?:[ +]|%20))?([A-Za-z0-9._~+/=:-]{12,4000})/y;
const COOKIES = /(?:\\{0,3}["'`])?[ \t]{0,4}[:=,][ \t]{0,4}(?:[bruf]?\\{0,3}["'`])?/y;
const COOKIE = /[ ]?([\w.-]{1,60})=([^;\s"'\\]{0,1000});?/y;
const SESSION = /sess|^sid$|[._-]sid$|auth|token|jwt|remember|login|identity|session/i;

/** Reads the credential of a header whose name stands at `from`..`to`; `null` when the name is no header's. */
export function readHeader(text: string, from: number, to: number): readonly Candidate[] | null {
  const name = text.slice(from, to).toLowerCase();
  if (name === 'bearer' || name === 'basic') return readScheme(text, from, from);
  if (name.endsWith('authorization')) return readScheme(text, to, from);
  if (name === 'cookie' || name === 'set-cookie') return readCookies(text, to);
  return null;
}

function readScheme(text: string, at: number, from: number): readonly Candidate[] | null {
  SCHEME.lastIndex = at;
  const match = SCHEME.exec(text);
  if (match === null || (at === from && match[1] === undefined)) return null;
  const end = SCHEME.lastIndex;
  const start = end - match[2]!.length;
  const scheme = (match[1] ?? '').toLowerCase();
  const basic = scheme === 'basic' || scheme === '' ? readBasic(text, start, end) : null;
  if (basic !== null) return [basic];
  const value = match[2]!.replace(/[.:]+$/, '');
  if (scheme === 'basic' || isPlaceholder(match[2]!)) return null;
  if (!isRandom(value, { name: 'token', quoted: true, loose: false, code: false })) return null;
  return [
    {
      rule: 'authorization-header',
      kind: 'credential in a header',
      start,
      end: start + value.length,
      severity: 'high',
      rank: RANK.judged,
    },
  ];
}

/** Whether `start`..`end` holds `user:password` in base64. */
export function readBasic(text: string, start: number, end: number): Candidate | null {
  const value = text.slice(start, end);
  if (value.length < 12 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  const pair = /^([^:\s]{1,100}):(\S{4,400})$/.exec(decodeBase64(value, 600) ?? '');
  if (pair === null || isPlaceholder(value) || !isGivenPassword(pair[2]!, pair[1]!)) return null;
  return {
    rule: 'basic-auth',
    kind: 'password in a basic-auth credential',
    start,
    end,
    severity: 'high',
    rank: RANK.structure,
  };
}

function readCookies(text: string, at: number): readonly Candidate[] | null {
  COOKIES.lastIndex = at;
  if (!COOKIES.test(text)) return null;
  const found: Candidate[] = [];
  COOKIE.lastIndex = COOKIES.lastIndex;
  for (let match = COOKIE.exec(text); match !== null && found.length < 20; match = COOKIE.exec(text)) {
    const [whole, name, raw] = match as unknown as [string, string, string];
    const end = COOKIE.lastIndex - (whole.endsWith(';') ? 1 : 0);
    const value = raw.replace(/^s%3A/i, '').replace(/%[0-9A-F]{2}/gi, '+');
    if (!SESSION.test(name) || isPlaceholder(value)) continue;
    if (!isRandom(value, { name: 'token', quoted: true, loose: false, code: false })) continue;
    found.push({
      rule: 'session-cookie',
      kind: 'session cookie',
      start: end - raw.length,
      end,
      severity: 'high',
      rank: RANK.judged,
    });
  }
  return found.length > 0 ? found : null;
}
