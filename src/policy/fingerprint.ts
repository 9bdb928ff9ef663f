/** Makes fingerprints of values: 128 bits of HMAC-SHA256 under a key in hex. Loads node:crypto at the first call only. */
export function fingerprinter(salt: string): (value: string) => string {
  const key = Buffer.from(salt, 'hex');
  return (value) =>
    process.getBuiltinModule('node:crypto').createHmac('sha256', key).update(value).digest('hex').slice(0, 32);
}

const SALT_CHARS = 16;

/** What a fingerprint that carries its own key looks like: `<key>-<mac>`, in hex. */
export const KEYED_FINGERPRINT = /^[0-9a-f]{16}-[0-9a-f]{32}$/;

/** A fingerprint of a value that carries its own key, so that a policy can name the value without holding it. */
export function keyedFingerprint(value: string, salt: string): string {
  const key = salt.slice(0, SALT_CHARS);
  return `${key}-${fingerprinter(key)(value)}`;
}

/** Whether a fingerprint that carries its own key is this value's. */
export function isFingerprintOf(fingerprint: string, value: string): boolean {
  return keyedFingerprint(value, fingerprint) === fingerprint;
}
