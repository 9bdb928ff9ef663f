import type { Severity } from '../../policy/finding.ts';

/** Structure that a token can be checked for offline. A right one is certain, a wrong one lowers the severity. */
export type CheckName =
  | 'crc-base62'
  | 'crc-hex'
  | 'atlassian-crc'
  | 'bech32'
  | 'discord-id'
  | 'base64-json'
  | 'base64-text';

/**
 * One kind of secret.
 *
 * `hits` and `misses` are templates: `{a62*36}` stands for 36 random characters of that alphabet, `«…»` marks the
 * exact span. They are filled in by a seeded generator in the tests, so that no working token stands in this repository.
 */
export interface SecretRow {
  readonly id: string;
  /** What it is, as a person calls it; completes "contains a …". */
  readonly kind: string;
  /** Literal texts, at least three characters, one of which starts every match. Empty for rows that go by name. */
  readonly anchors: readonly string[];
  /** How many characters before the anchor a match begins, least and most; for formats whose fixed part stands inside. */
  readonly back?: readonly [number, number];
  /** Words that must all occur in the name a value is assigned to (lower case, separators removed). Any group will do. */
  readonly names?: readonly (readonly string[])[];
  /** Sticky, and made only when asked for: parsing four hundred patterns would cost every call. Starts at the anchor (or at the value, for rows by name). A group in it is the secret; unless it ends the match, flag `d` is needed. */
  readonly pattern: () => RegExp;
  readonly check?: CheckName;
  /** Least Shannon entropy of the secret in bits per character; 2.8 when not stated. */
  readonly entropy?: number;
  /** Words of which one must stand within 300 characters before the match (lower case). */
  readonly near?: readonly string[];
  /** True when the anchor must not follow a letter, digit, `_` or `-`; short anchors need it. */
  readonly strict?: boolean;
  /** True when a secret has capitals, small letters and digits: without them it is a name or a hash. */
  readonly mixed?: boolean;
  /** True when the whole URL around the match is the secret. */
  readonly url?: boolean;
  /** A word that may stand right before the match although it is one of letters. */
  readonly after?: string;
  /** True for things that are meant to be published: they stop other rules from firing on the same text. */
  readonly public?: boolean;
  /** `high` when not stated. */
  readonly severity?: Severity;
  /** Where its owner revokes it. */
  readonly revoke?: string;
  /** Where the place alone says that it is a password, the value is judged as one, not by its entropy; `strong`: where it nearly says so; `call`: where a digit must tell it from a word. */
  readonly given?: true | 'strong' | 'call';
  readonly hits: readonly string[];
  readonly misses?: readonly string[];
}
