import { ALNUM, classAt, indexWithin } from './boundary.ts';
import { textureOf } from './entropy.ts';
import { type Candidate, RANK } from './match.ts';
import { isPlaceholder } from './placeholder.ts';
import { isGivenPassword } from './values.ts';

const MAX_USERINFO = 400;

/** Reads the user information of a URL whose `://` stands at `at`; a password in it is a secret. */
export function readUrl(text: string, at: number): readonly Candidate[] | null {
  if ((classAt(text, at - 1) & ALNUM) === 0) return null;
  const from = at + 3;
  const stop = userinfoEnd(text, from);
  if (stop < 0) return null;
  const colon = indexWithin(text, ':', from, stop - from);
  const host = hostAt(text, stop + 1);
  if (colon < 0) return tokenAsUser(text, from, stop, host);
  const user = text.slice(from, colon);
  const start = colon + 1;
  const secret = text.slice(start, stop);
  if (!isGivenPassword(decodePercent(secret), user, isDevHost(host))) return null;
  return [
    { rule: 'url-password', kind: 'password in a URL', start, end: stop, severity: 'high', rank: RANK.structure },
  ];
}

function tokenAsUser(text: string, start: number, end: number, host: string): readonly Candidate[] | null {
  const secret = text.slice(start, end);
  const { digit, longestWord, changes } = textureOf(secret);
  if (secret.length < 20 || digit < 2 || longestWord > 9 || changes < secret.length / 5) return null;
  if (host.includes('sentry') || host.includes('ingest') || isPlaceholder(secret)) return null;
  return [{ rule: 'url-token', kind: 'access token in a URL', start, end, severity: 'high', rank: RANK.structure }];
}

/** Position of the `@` that ends the user information; -1 when the URL has none. */
function userinfoEnd(text: string, from: number): number {
  let found = -1;
  const limit = Math.min(text.length, from + MAX_USERINFO);
  for (let i = from; i < limit; i++) {
    const code = text.charCodeAt(i);
    if (code === 64) found = i;
    else if (code <= 32 || code > 126 || '"\'`<>\\|^'.includes(text[i]!)) break;
    else if (code === 47 || code === 63 || (code === 35 && text[i + 1] !== '{')) {
      if (found >= 0 || indexWithin(text, ':', from, i - from) < 0 || !text.slice(i, i + 40).includes('@')) break;
    }
  }
  return found;
}

function hostAt(text: string, at: number): string {
  const match = /^[\w.[\]:%${}-]{0,120}/.exec(text.slice(at, at + 120));
  return (match?.[0] ?? '').toLowerCase();
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Whether a host is somebody's own machine or a documentation name. */
function isDevHost(host: string): boolean {
  return (
    /^(?:localhost|127\.|0\.0\.0\.0|example|.*\.example|host\b|hostname)/.test(host) ||
    /example\.(?:com|org|net)/.test(host)
  );
}
