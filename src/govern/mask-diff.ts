import { findSecrets } from '../guards/secrets/find.ts';
import type { FindKnownValues } from '../policy/facts.ts';
import type { Section } from '../review/sections.ts';

/** The sections with every secret masked, and how many were. Lines stay where they are. */
export function maskSections(
  sections: readonly Section[],
  find: FindKnownValues | undefined,
): { readonly sections: readonly Section[]; readonly masked: number } {
  let masked = 0;
  const mask = (text: string) => {
    const found = findSecrets(text, {}, find);
    masked += found.length;
    return withMarks(text, found);
  };
  const shown = sections.map((section) => ({
    ...section,
    name: mask(section.name),
    text: withoutSigns(section.text, mask),
  }));
  return { sections: shown, masked };
}

/** What goes over several lines leaves as many behind, so that every line keeps its sign and its number. */
function withMarks(text: string, found: readonly { start: number; end: number; rule: string }[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, rule } of found) {
    if (start < at) continue;
    out += `${text.slice(at, start)}[secret:${rule}]${text.slice(start, end).replace(/[^\n]+/g, '')}`;
    at = end;
  }
  return out + text.slice(at);
}

/** Masks the lines of a patch without the sign in front of each, which would hide secrets that begin a line or span lines. */
function withoutSigns(patch: string, mask: (text: string) => string): string {
  const lines = patch.split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  const signs = lines.map((line, at) => (first !== -1 && at > first && /^[-+ ]/.test(line) ? line[0]! : ''));
  const bare = lines.map((line, at) => line.slice(signs[at]!.length)).join('\n');
  const masked = mask(bare);
  if (masked === bare) return patch;
  return masked
    .split('\n')
    .map((line, at) => signs[at]! + line)
    .join('\n');
}
