import type { FindKnownValues, KnownValue } from '../../policy/facts.ts';
import type { SecretRule } from '../../policy/types.ts';
import { endsToken, startsToken } from './boundary.ts';
import { entropy } from './entropy.ts';
import { isShown } from './placeholder.ts';

/** Finds what `find` does and what a policy's own rules describe. */
export function withRules(
  find: FindKnownValues | undefined,
  rules: readonly SecretRule[],
): FindKnownValues | undefined {
  if (rules.length === 0) return find;
  return (text) => [...(find?.(text) ?? []), ...rules.flatMap((rule) => matchesOf(text, rule))];
}

const MAX_MATCHES = 1000;

/** Where a rule's pattern fits from its anchor on, with no letter or digit before or after. */
export function matchesOf(text: string, { id, kind, anchor, pattern }: SecretRule): KnownValue[] {
  const found: KnownValue[] = [];
  const sticky = new RegExp(pattern, 'y');
  for (let at = text.indexOf(anchor); at >= 0 && found.length < MAX_MATCHES; at = text.indexOf(anchor, at + 1)) {
    sticky.lastIndex = at;
    if (!startsToken(text, at, false) || !sticky.test(text) || !endsToken(text, sticky.lastIndex)) continue;
    const value = text.slice(at, sticky.lastIndex);
    if (entropy(value) >= LEAST_ENTROPY && !isShown(value))
      found.push({ rule: id, kind, start: at, end: sticky.lastIndex });
  }
  return found;
}

/** Bits per character; what has less is a filler. */
const LEAST_ENTROPY = 2;
