import { decodeBase64 } from './base64.ts';
import { longestPlainWord, textureOf } from './entropy.ts';
import type { NameClass } from './names.ts';
import { isPlaceholder } from './placeholder.ts';

/** How a value stands in the text. `loose` has only a space before it; the bar is higher there. */
export interface ValueSetting {
  readonly name: NameClass;
  readonly quoted: boolean;
  readonly loose: boolean;
  /** True in source code, where unquoted words are expressions. */
  readonly code: boolean;
}

/** Whether a value assigned to a telling name is a real secret, by its length, texture and shape. */
export function isSecretValue(value: string, setting: ValueSetting): boolean {
  if (value.length < MIN_LENGTH[setting.name] || value.length > MAX_LENGTH) return false;
  if (setting.loose && value.length < 24 && value.includes('/')) return false;
  const guarded = setting.name === 'password' || setting.name === 'secret';
  if (!(guarded && isPassword(value, setting)) && !isRandom(value, setting)) return false;
  if (HARMLESS().test(value) || isPlaceholder(value)) return false;
  const plain = decodeBase64(value, 200);
  return plain === null || plain.length < 6 || !(/\s\S/.test(plain) || isPlaceholder(plain) || WEAK().test(plain));
}

const MAX_LENGTH = 1024;

const MIN_LENGTH: Record<NameClass, number> = { password: 8, secret: 8, token: 16, key: 16, none: 9999 };

/** Shapes that are never secrets: paths, URLs, mails, dates, numbers, versions, media types, code, markup. */
const HARMLESS = () =>
  /\s|^[\d.,:+-]+$|:\/\/|^\.{0,2}\/[\w.@-]+(?:\/|$)|^[A-Za-z]:\\|^[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,12}$|^\d{4}-\d\d-\d\d|^v?\d+\.\d+\.\d+|^(?:application|text|image|audio|video|multipart)\/|\.(?:pem|key|json|ya?ml|txt|crt|cer|p12|pfx|js|ts|py|md|html?|css|png|jpe?g|svg|gif|com|org|net|io|dev|local|internal)$|^sha\d{1,3}[-:]|^(?:ssh-|ecdsa-|AAAA[BCE]3)|^data:|^[a-z]{2}-(?:[a-z]{2,12}-)+\d$|=>|\(\)|^\/.{1,80}\/[gimsuy]{0,4}$|^\(\?|^[#.]?[a-z]+(?:[-_.:/][a-z]+)+$|^[A-Z]+(?:[-_.:/][A-Z]+)+$|\)\.|^\[?[\w$]+(?:\.[\w$]+){0,8}[([]|^\w+\.\w+\.\w+$|^--|^pk_|^\^|^%[sd]|%[sd]$|[ :/=]%[sd]|^Ag[A-Za-z0-9+/]{150,1022}={0,2}$|^urn:|^\d{1,3}:\d+\.|^[a-z][a-z+-]{0,40}\d+(?:\.\d+){1,4}$|^(?:[a-z]{2,8}[-_])?(?:sha|md|aes|hmac|rsa|pbkdf|argon|bcrypt|x)[-_]?\d{1,4}$|^npm:|^workspace:|^0x[0-9a-f]{1,8}$|\\x[0189a-f]|\\u[0-9a-f]/i;

const WEAK = () =>
  /passw|p[a4@]ss|secret|admin|test|demo|welcome|letmein|hunter|guest|root|user|login|token|foo|bar|temp|default|postgres|mysql|redis|rabbit|mongo|minio|local|docker|sample|hello|world|monkey|dragon|master|trustno/i;

function isPassword(value: string, setting: ValueSetting): boolean {
  if (value.length > 128) return false;
  const { lower, upper, digit, changes, longestWord } = textureOf(value);
  const special = specials(value);
  if (isWeak(value, 20) || (longestWord > 3 && isPhrase(value))) return false;
  if (!setting.quoted && setting.code) return false;
  const letters = lower + upper;
  if (special > 0 && digit > 0 && letters > 1 && longestWord < 7) return changes >= 4;
  if (special > 1 && letters > 5 && changes > value.length / 2.5) return true;
  return (
    digit > 0 && letters > 3 && longestWord < 6 && changes >= 3 && changes >= value.length / (setting.loose ? 3.5 : 5)
  );
}

/** Whether a password is built around a word that everybody tries first, letters written as digits included. */
function isWeak(value: string, below: number): boolean {
  return (
    value.length < below && (WEAK().test(value) || WEAK().test(value.replace(/[0134578@$!]/g, (sign) => LEET[sign]!)))
  );
}

const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Whether three words or more make up a value: `This-is-my-test-99!`, `PassWordMustBeAtLeast6Chars.` */
function isPhrase(value: string): boolean {
  const words = value.match(/[A-Z]?[a-z]{2,20}/g) ?? [];
  return words.length > 2 && words.join('').length > value.length * 0.75;
}

function specials(value: string): number {
  let count = 0;
  for (let i = 0; i < value.length; i++) if ('!@#$%^&*+=~?|;,<>'.includes(value[i]!)) count++;
  return count;
}

const ORDINARY = () =>
  /^(?:pass(?:w(?:or)?d)?|password\d{0,4}|pw|pwd|secret|user|username|root|admin|test|guest|postgres|postgresql|mysql|mongo|redis|rabbitmq|mariadb|docker|dev|local|demo|app|api|token|x|xxx+|my[-_]?\w{0,12}|changeit|passw0rd|p4ssw0rd|letmein|toor|minio(?:admin|123)?|default|dbpass\w{0,4}|db_password|example|foo|bar|baz|abc|\d{1,6}|p[a@]ss\w{0,4}|(?:key|secret|token|user)[-_]?\d{1,6}|oauth2?|anon\w{0,8}|\w{1,12}:[a-z]{1,12}|x-oauth-basic|x-access-token|git|null|undefined|none|key)$/i;

/** Whether a password that is plainly given as one (in a URL, by a flag) is a real one. `doubtful` tells of a local host or an unsure place. */
export function isGivenPassword(password: string, user: string, doubtful = false): boolean {
  if (password.length < 5 || password === user || ORDINARY().test(password) || isPlaceholder(password)) return false;
  if (/^[{}()$[\]<>\s«]|[-./:]\*$|[$#%]\{|\$\(|\{\{|^\/\^/.test(password) || /^[*.x_-]+$/i.test(password)) return false;
  if (isWeak(password, 20) && isWordy(password)) return false;
  const { digit, upper, lower, symbol, longestWord } = textureOf(password);
  const mixed = (digit > 0 ? 1 : 0) + (upper > 0 ? 1 : 0) + (lower > 0 ? 1 : 0) + (symbol > 0 ? 1 : 0);
  if (doubtful) return mixed > 2 && longestWord < 5 && password.length > 9;
  return mixed > 1 && password.length > 5 && (longestWord < 8 || mixed > 2 || password.length > 9);
}

const HEX = /^[0-9a-f]+$|^[0-9A-F]+$/;
/** Whether what fits a short anchor is a name or words of a text: `test_imap_unordered_handle_iterable`. */
export function isProse(token: string): boolean {
  const { digit, changes } = textureOf(token);
  return (
    (digit === 0 && changes < token.length / 4) ||
    (longestPlainWord(token.replace(/^[a-z]{2,12}[_-]/, '')) >= 5 && isWordy(token))
  );
}

/** Whether a value is put together from words: `acme.auth.accessToken.v2`, `TokenKeywordFunction`. */
function isWordy(value: string): boolean {
  let words = 0;
  for (const part of value.split(/[^A-Za-z0-9]+/)) {
    const pieces = part.replace(/([a-z])([A-Z])/g, '$1 $2').split(' ');
    if (/^[A-Za-z]*\d{0,4}$/.test(part) && part.length / pieces.length >= 3) words += part.length;
  }
  return words > value.length * 0.6;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TOKEN_CHARS = /^[A-Za-z0-9+/=_.~:!@#$%^&*-]+$/;

/** Whether a value looks drawn at random, as generated keys and tokens do. */
export function isRandom(value: string, setting: ValueSetting): boolean {
  const bare = value.replace(/^(?:base64:|hex:)/, '');
  if (bare.length < 16 || !TOKEN_CHARS.test(bare)) return false;
  const { lower, upper, digit, changes, longestWord } = textureOf(bare);
  if (!HEX.test(bare) && isWordy(bare)) return false;
  if (UUID.test(bare)) return setting.name !== 'token' || !setting.loose;
  if (HEX.test(bare)) return digit > 0 && lower + upper > 0 && bare.length >= (setting.name === 'key' ? 24 : 20);
  if (digit === 0 && (bare.length < 24 || lower === 0 || upper === 0)) return false;
  if (lower + upper < bare.length * 0.3) return false;
  if (longestWord >= 6 && bare.length < 64 && longestPlainWord(bare) >= Math.min(8, bare.length / 3)) return false;
  return changes >= bare.length * (lower > 0 && upper > 0 ? 0.3 : 0.18);
}
