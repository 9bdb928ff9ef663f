import { decodeBase64 } from './base64.ts';
import { type EnvValue, isWhole, MIN_CHARS } from './known-values.ts';
import { isPlaceholder } from './placeholder.ts';
import { scan } from './scan.ts';

const PAIR =
  /(?:^|[\s"',/:])([\w.-]{0,60}(?:password|passwd|token|secret|auth|key)[\w-]{0,20})["']?[ \t]{0,8}[:= \t][ \t]{0,8}["']?([^\s"',]{8,256})/gim;
const PGPASS = /^[^:#\s]{1,200}:[\d*]{1,5}:[^:\s]{1,80}:[^:\s]{1,80}:(\S{8,256})$/gm;

/** The values of a person's credential file (`~/.aws/credentials`, `~/.netrc`, `~/.docker/config.json` …) that open something. */
export function credentialValues(text: string, path: string): EnvValue[] {
  const seen = scan(text, { path }).map(({ start, end }) => ({
    name: nameBefore(text, start),
    value: text.slice(start, end),
  }));
  const said = [...text.matchAll(PAIR)].map(([, name = '', value = '']) => ({ name, value }));
  const columns = [...text.matchAll(PGPASS)].map(([, value = '']) => ({ name: 'password', value }));
  const whole = [...said, ...columns].filter(({ name, value }) => isWhole(name, value) && !isPlaceholder(value));
  const found = [...seen, ...whole].flatMap(({ name, value }) =>
    [value, ...passwordOf(value)].map((one) => ({ name, value: one })),
  );
  const distinct = new Map(found.map((one) => [one.value, one]));
  return [...distinct.values()].filter(({ value }) => value.length >= MIN_CHARS && value.length <= 4096);
}

/** The word that a value is given to. */
function nameBefore(text: string, start: number): string {
  return (
    /([\w.-]{1,60})["']?[ \t]{0,8}[:= \t]?[ \t]{0,8}["']?$/.exec(text.slice(Math.max(0, start - 120), start))?.[1] ??
    'a value'
  );
}

/** `user:password` in base64, as Docker and npm keep it. */
function passwordOf(value: string): string[] {
  const pair = /^[^:\s]{1,100}:(\S{8,400})$/.exec(decodeBase64(value, 600) ?? '');
  return pair ? [pair[1]!] : [];
}
