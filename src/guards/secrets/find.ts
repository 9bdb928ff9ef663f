import type { FindKnownValues, KnownValue } from '../../policy/facts.ts';
import { eachBlob } from './blobs.ts';
import { eachUnescaped } from './escapes.ts';
import { eachJoined, withoutQuotes } from './joined.ts';
import type { SecretMatch } from './match.ts';
import { type ScanOptions, scan } from './scan.ts';
import { sourceOf, type View } from './view.ts';

/** Rule of a value that only the environment file gives away. */
export const KNOWN_VALUE = 'known-value';

/** Finds secrets by their looks, and the values that the repository's own environment files hold, whatever they look like. */
export function findSecrets(text: string, options: ScanOptions, find?: FindKnownValues): SecretMatch[] {
  const matches = scan(text, options);
  if (!find || text.length < 8 || find.none?.()) return matches;
  const known = knownIn(text, options, find);
  if (known.length === 0) return matches;
  const named = matches.map((match) => {
    const value = known.find((one) => overlap(one, match));
    const name = value && nameOf(value);
    return name ? { ...match, known: name } : match;
  });
  const others = known.filter((value) => !matches.some((match) => overlap(value, match)));
  return [...named, ...others.map((value) => matchOf(text, value))].sort((a, b) => a.start - b.start);
}

/** Known values in the text and in what it says otherwise: encoded, escaped, in pieces. */
function knownIn(text: string, { surface }: ScanOptions, find: FindKnownValues): KnownValue[] {
  const found = [...find(text)];
  const visit = (view: View): boolean => {
    for (const value of find(view.text))
      found.push({ ...value, start: sourceOf(view, value.start), end: sourceOf(view, value.end - 1) + 1 });
    return true;
  };
  eachBlob(text, MAX_BLOB_CHARS, ({ start, end, text: decoded }) => {
    for (const value of find(decoded).slice(0, 1)) found.push({ ...value, start, end });
  });
  eachUnescaped(text, visit);
  eachJoined(text, visit);
  if (surface === 'bash' && /["'\\]/.test(text)) visit(withoutQuotes(text));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return found.filter((value, at) => !found.slice(Math.max(0, at - 8), at).some((other) => overlap(other, value)));
}

const MAX_BLOB_CHARS = 1_000_000;

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

const KINDS = { person: 'credential of this person', repository: 'secret of this repository' } as const;

/** Whose value it is; nothing for what fits a rule of the policy's own. */
function nameOf(value: KnownValue): string | undefined {
  if (!('file' in value)) return undefined;
  return `\`${value.file.startsWith('~/') ? '' : '$'}${value.name}\` from ${value.file}`;
}

function matchOf(text: string, value: KnownValue): SecretMatch {
  const { start, end } = value;
  const line = text.slice(0, start).split('\n').length;
  if ('rule' in value) return { rule: value.rule, kind: value.kind, start, end, line, severity: 'high' };
  const known = nameOf(value)!;
  return {
    rule: KNOWN_VALUE,
    kind: KINDS[value.file.startsWith('~/') ? 'person' : 'repository'],
    start,
    end,
    line,
    severity: 'critical',
    known,
  };
}
