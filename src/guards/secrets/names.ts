import { wordSet } from './word-set.ts';
/** What the name of an assignment promises about its value. */
export type NameClass = 'password' | 'secret' | 'token' | 'key' | 'none';

/** Judges the name that a value is assigned to: `DB_PASSWORD`, `config.auth.apiKey`, `x-api-key`. */
export function classifyName(name: string): NameClass {
  if (name === 'data-key') return 'none';
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING.has(words.at(-1)!)) words.pop();
  const last = (words.at(-1) ?? '').replace(/\d+$/, '');
  if (UNSAID.has(last) && !(last === 'id' && words.at(-2) === 'session')) return 'none';
  for (const word of words) if (NEVER.has(word)) return 'none';
  return headOf(last, words.at(-2) ?? '', words);
}

function headOf(last: string, before: string, words: readonly string[]): NameClass {
  const word = last.endsWith('s') && !last.endsWith('pass') ? last.slice(0, -1) : last;
  if (isPasswordWord(word, before)) return 'password';
  if (word.endsWith('secret') || SECRETS.has(word) || (before.endsWith('secret') && AFTER_SECRET.has(word)))
    return 'secret';
  if (word === 'salt' && SALT_OWNERS.has(before)) return 'secret';
  if (word === 'key' && before === 'or' && words.includes('secret')) return 'secret';
  if (word.endsWith('token') || TOKENS.has(word) || (word === 'auth' && (words.length === 1 || AUTHS.has(before)))) {
    return words.some((one) => HARMLESS_TOKEN.has(one)) ? 'none' : 'token';
  }
  if (word === 'key') return isQualified(before) || before.endsWith('secret') ? 'key' : 'none';
  return word.endsWith('key') && QUALIFIERS.has(word.slice(0, -3)) ? 'key' : 'none';
}

/** Build tools glue their flag to the name: `-PapiKey=`, `-DapiKey=`. */
function isQualified(word: string): boolean {
  return QUALIFIERS.has(word) || (/^[pd]/.test(word) && QUALIFIERS.has(word.slice(1)));
}

function isPasswordWord(word: string, before: string): boolean {
  if (/(?:password|passwd|passphrase|passcode|pswd|pwd|psk)$/.test(word) || word === 'psw') return true;
  if (word === 'auth' && /^redis/.test(before)) return true;
  if (word === 'pw') return true;
  if (word === 'pass') return !STEPS.has(before);
  return word.endsWith('pass') && PASS_OWNERS.has(word.slice(0, -4));
}

/** Lower-case words of a name in any case style; digits end up with the word before them. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The name in lower case without separators, as rows by name see it. */
export function squash(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

const PASS_OWNERS = wordSet(
  'db user smtp ftp my root admin mail email redis mysql pg postgres ssh require master auth login imap proxy ldap sasl store key bind svc app database mongo rabbitmq http',
);

/** Words that make a `pass` a step of work or a way through. */
const STEPS = wordSet(
  'first second third last next prev previous render depth shadow light color geometry post gauss blur ssao bloom multi single one two final base low high band all each by test must should can did does boarding season over under copy filter mask normal effect output input compiler optimizer optimization transform analysis scene shader full early late lowering mlir llvm cull per',
);

const SECRETS = wordSet(
  'hmac pepper authsalt hashsalt privkey credential cred secretkey secretvalue secrettoken secretbase secretaccesskey keybase',
);

/** A salt by itself is stored in the open beside its hash; one that an application keeps is not. */
const SALT_OWNERS = wordSet(
  'auth in nonce password hash secret app application session jwt cookie api token security encryption crypto site global',
);

const AFTER_SECRET = wordSet('key value token base string hash data text');

const TOKENS = wordSet('jwt pat bearer sessionid sessid sid session');

const AUTHS = wordSet('npm basic registry docker proxy');

const QUALIFIERS = wordSet(
  'api access secret private priv auth encryption encrypt decryption signing sign signature master account shared storage license admin app application service webhook jwt session cookie hmac crypto aes root write server deploy deployment deployer client subscription integration ingest ingestion host validation machine user bot live test maps project function functions preshared psk security secure merchant connection wireguard rest tunnel registration fernet cipher symmetric token sas db database query data dsn personal openai sendgrid stripe mailgun datadog azure aws gcp google github gitlab twilio slack algolia anthropic cohere mistral openssl ssl tls ssh rsa ec ed25519 gemini claude wallet signer operator minter owner',
);

/** Words after the head that change nothing: environments, versions, encodings. */
const TRAILING = wordSet(
  'base prod production dev development staging stage live test testing local old new current previous next default value val base64 b64 hex raw plain plaintext str string text data v1 v2 v3 1 2 3 0 env primary secondary encoded main override literal const',
);

/** Words that make a name harmless wherever they stand. */
const NEVER = wordSet(
  'hash hashed hashes digest sha sha1 sha256 sha512 md5 checksum integrity fingerprint thumbprint commit revision public publishable pub pubkey placeholder label hint regex regexp pattern validator validation error errors message messages title description tooltip caption icon class classname css color style expires expiry expiration ttl length len size count limit max min idempotency dedupe dedup cache csrf xsrf nonce etag translation i18n locale selector endpoint url uri href link arn path file filename filepath dir directory folder location field column header param parameter type kind format algorithm alg policy rule rules schema version created updated rotated enabled disabled required strength reset forgot confirm algo encrypted ciphertext cipher sealed mask masked redacted example sample bucket index cursor continuation pagination page prefix suffix site sitekey recaptcha keyboard shortcut keybinding sort partition foreign lookup verifier rotation manager provider store',
);

/** Words that are harmless only as the last one. */
const UNSAID = wordSet(
  'id ids name names ref refs reference source status state mode scope scopes at date time timeout age num number input output prompt button form page view screen component handler callback method function fn action event request response result types list map keys set array object config options settings info meta metadata usage uses use lifetime length verify verification check change update create delete get rotate expire valid invalid missing incorrect required mismatch changed grant',
);

const HARMLESS_TOKEN = wordSet(
  'next previous page continuation sync lexer parser ast syntax last first current look lookahead peek start end open close eof comma punctuation keyword operator design stop special pad unk bos eos mask vocab max num total prompt completion input output cached count theme color css erc20 nft contract coin symbol mint sale swap pool request change action lifecycle idempotent idempotency',
);
