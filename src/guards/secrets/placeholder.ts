import { entropy } from './entropy.ts';

/**
 * Whether `value` is made to be shown: masked, templated, a reference to where the secret lives, a counting or repeating
 * filler, or a sample that a provider prints in its documentation.
 */
export function isPlaceholder(value: string): boolean {
  return isReference(value) || MARKED().test(value.slice(0, 200)) || isFiller(value) || isSample(value);
}

/** The same for a token of a provider's format, in which short words may stand by chance. */
export function isShown(token: string): boolean {
  return SHOWN().test(token) || isFiller(token) || isSample(token);
}

/** Whether a provider prints this very value in its documentation. */
export function isSample(value: string): boolean {
  return SAMPLES.has(fingerprint(value));
}

const SHOWN = () =>
  /EXAMPLE|example|xxxxx|XXXXX|x{3,}[-_]x{3,}|placeholder|REDACTED|redacted|changeme|your[-_]|[-_]here|\*\*\*|\.\.\.|…|•••|0123456|1234567890|550e8400-e29b-41d4-a716|abcdefgh|ABCDEFGH|000000000|deadbeef/;

const MARKED = () =>
  /example|xxxx|x{3,}[-_]x{3,}|placeholder|redacted|changeme|change[-_ ]?(?:me|it|this)|your[-_ ]?(?:[a-z]|$)|\*\*\*|\.\.\.|…|•••|dummy|replace[-_ ]?(?:me|this|with)|insert[-_ ]?|not[-_ ]?(?:a[-_ ]?)?(?:real|secret)|todo|fixme|masked|sanitized|obfuscated|censored|foobar|lorem|<[a-z]|\{[a-z]\w{0,15}\*\d{1,4}|(?:my|some|the|fake|super|top|very|test|dev|local|dummy)[-_ ](?:secret|password|token|key|api|access)|(?:secret|password|token|key)[-_ ]?(?:here|goes)|aaaaaa|000000000|111111|abc123|deadbeef|0123456|1234567|550e8400-e29b-41d4-a716|abcdefg|qwerty/i;

/** Whether `value` says where a secret is to be found instead of being one. */
export function isReference(value: string): boolean {
  return REFERENCE().test(value);
}

const REFERENCE = () =>
  /^(?:\$[A-Za-z_{([]|%[A-Za-z_]{2,64}%|\{\{|\{[A-Za-z_$]|<|\[[A-Za-z_ -]{0,40}\]|@[A-Za-z_{]|#\{|!\w|ENC\[|ENC\(|\{cipher\}|vault:|op:\/\/|arn:|ssm:|env:|file:|keychain:|keyring:|ref\+|secret:|secrets?\.|gcp-|aws-sm:|sm:\/\/|projects\/|awsparamstore|process\.env|os\.(?:environ|getenv)|System\.|ENV\[|env\(|getenv|config[.([]|settings\.|import\.meta|Deno\.env|Bun\.env|Rails\.|var\.|local\.|data\.|module\.|each\.|self\.|this\.|args\.|options?\.|opts\.|props\.|params?\.|req\.|request\.|ctx\.|context\.|state\.|user\.|data\[|null$|none$|nil$|true$|false$|undefined$|string$|\$ANSIBLE_VAULT|\$\d?[a-z]{0,8}\d?[a-z]{0,2}\$|\{(?:SSHA|SHA|bcrypt|noop|pbkdf2))/i;

function isFiller(value: string): boolean {
  let steps = 0;
  let same = 0;
  for (let i = 1; i < value.length; i++) {
    const step = value.charCodeAt(i) - value.charCodeAt(i - 1);
    if (step === 1 || step === -1) steps++;
    else if (step === 0) same++;
  }
  return steps + same > value.length * 0.55 || repeats(value) || entropy(value) < 1.8;
}

/** Whether a unit of at most twenty characters makes up the whole value. */
function repeats(value: string): boolean {
  for (let unit = 1; unit <= 20 && unit * 2 <= value.length; unit++) {
    let i = unit;
    while (i < value.length && value.charCodeAt(i) === value.charCodeAt(i - unit)) i++;
    if (i === value.length) return true;
  }
  return false;
}

/** A 53-bit hash of a text, enough to recognise a listed sample without printing it. */
export function fingerprint(value: string): number {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < value.length; i++) {
    low = Math.imul(low ^ value.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ value.charCodeAt(i), 0x85ebca6b);
  }
  return (low >>> 0) * 0x200000 + ((high ^ (high >>> 15)) & 0x1fffff);
}

/** Fingerprints of values that providers publish in their documentation and emulators. */
const SAMPLES: ReadonlySet<number> = /* @__PURE__ */ new Set<number>([
  6783476664021394, 1981160478851697, 5115266020685256, 1718712604403192, 8213752173402931, 1023232052237165,
  3885689068218339, 4041794948886784, 8420082485784967, 7814580065752116, 7168092646098877, 8733837790419407,
  4075718100395, 972102262030130, 281366941414224, 7114322841088147, 6838235700872333, 8895253976486390,
  4890750546986180, 7627013346765359, 7100479324863214, 8115771896079654, 7177473599637094, 4759138253658201,
  4449713619676206, 1343119318037927, 4407418151938299, 408220093826847, 6316622687707172, 6109297758294689,
  2817688774573575, 5792539714210347, 2777342036680224, 7157785755117384, 4181499524058363, 1613071491388461,
  2516540579441191, 1630816931400933, 3626579787817803, 2570411911985825, 4915685594461602, 1355650797924444,
  1494780691703730, 4739175890187568, 2659996798333137, 4770126664903306, 4062673658265787, 8079446129182547,
]);
