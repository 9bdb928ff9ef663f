import { REVIEW_SEVERITIES, type ReviewFinding } from '../policy/push-review.ts';

const FIELDS = ['severity', 'file', 'line', 'title', 'why', 'fix'] as const;

/** The only form in which a reviewer can answer (JSON Schema, within what strict structured output allows). */
export const FINDINGS_SCHEMA = {
  type: 'object',
  properties: {
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          severity: { type: 'string', enum: REVIEW_SEVERITIES },
          file: { type: 'string' },
          line: { type: 'integer' },
          title: { type: 'string' },
          why: { type: 'string' },
          fix: { type: 'string' },
        },
        required: FIELDS,
        additionalProperties: false,
      },
    },
  },
  required: ['findings'],
  additionalProperties: false,
} as const;

/** More than this from one answer is no review. */
const MAX_FINDINGS = 500;

/**
 * The findings that a text spells, about files of these names; a string that says why it spells none. A finding about anything else shows
 * that something else was looked at.
 */
export function parseFindings(text: string, names: readonly string[]): readonly ReviewFinding[] | string {
  const value = parsed(text);
  if (value === undefined) return text.trim() === '' ? 'it answered nothing' : 'its answer is no JSON';
  if (!isObject(value) || !hasOnly(value, ['findings']) || !Array.isArray(value['findings']))
    return 'its answer does not follow the schema';
  const { findings } = value as { findings: unknown[] };
  if (findings.length > MAX_FINDINGS) return `it answered more than ${MAX_FINDINGS} findings`;
  if (!findings.every(isFinding)) return 'a finding does not follow the schema';
  const named = findings.map((finding) => ({ ...finding, file: nameOf(finding.file, names) }));
  const stray = named.find(({ file }) => !names.includes(file));
  return stray ? `it reports on a file that is not in the diff: ${stray.file.slice(0, 200)}` : named;
}

/** Reviewers like to put `a/`, `b/` or `./` in front of a name. */
function nameOf(file: string, names: readonly string[]): string {
  if (names.includes(file)) return file;
  const bare = file.replace(/^(?:\.\/|[ab]\/)/, '');
  return names.includes(bare) ? bare : file;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFinding(value: unknown): value is ReviewFinding {
  if (!isObject(value) || !hasOnly(value, FIELDS)) return false;
  const { severity, line, ...texts } = value;
  return (
    REVIEW_SEVERITIES.some((one) => one === severity) &&
    Number.isSafeInteger(line) &&
    Object.values(texts).every((text) => typeof text === 'string')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: Record<string, unknown>, fields: readonly string[]): boolean {
  const names = Object.keys(value);
  return names.length === fields.length && names.every((name) => fields.includes(name));
}
