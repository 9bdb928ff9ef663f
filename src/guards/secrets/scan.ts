import { addedOnly } from './diff.ts';
import { type SecretMatch, settle } from './match.ts';
import { settingOf } from './setting.ts';
import { findCandidates } from './views.ts';

export type { SecretMatch } from './match.ts';

export interface ScanOptions {
  /** Path of the text, when it has one: lock files and source code are read with other eyes. */
  readonly path?: string;
  /** Where the text stands. Of a `diff` only the added lines are judged. */
  readonly surface?: Surface;
}

export type Surface = 'file' | 'bash' | 'prompt' | 'tool' | 'diff';

/** Characters that are read of one text; what lies beyond is reported as `unscanned`. */
export const MAX_CHARS = 32 * 1024 * 1024;

/** Finds the secrets in a text, in the order in which they stand. Never throws; time is linear in the text's length. */
export function scan(text: string, options: ScanOptions = {}): SecretMatch[] {
  if (text.length < 8) return [];
  const whole = text.length <= MAX_CHARS ? text : text.slice(0, MAX_CHARS);
  const judged = options.surface === 'diff' ? addedOnly(whole) : whole;
  const { candidates, unread } = findCandidates(judged, settingOf(options.path, options.surface ?? 'file'));
  const matches = settle(judged, candidates);
  if (whole !== text) unread.push({ start: MAX_CHARS, end: text.length });
  for (const { start, end } of unread.slice(0, 1)) matches.push(unscanned(text, start, end));
  return matches;
}

function unscanned(text: string, start: number, end: number): SecretMatch {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < start; at = text.indexOf('\n', at + 1)) line++;
  return { rule: 'unscanned', kind: 'text beyond what is scanned in one call', start, end, line, severity: 'medium' };
}
