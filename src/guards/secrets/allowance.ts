import type { SecretMatch } from './match.ts';

/** A comment `postern:allow <rule> -- <reason>` in a file. */
export interface Allowance {
  readonly rule: string;
  /** Line of the file that it stands on, from 1. */
  readonly line: number;
  readonly reason: string;
  /** True when nothing stands before it on its line: then it speaks of the next line too. */
  readonly alone: boolean;
  /** The whole line, trimmed. */
  readonly text: string;
}

const MARK = 'postern:allow';
const COMMENT =
  /(?:#|\/\/|\/\*|<!--|--|;|%|\*|^)[ \t]{0,20}postern:allow[ \t]{1,20}(?:secrets\/)?([a-z0-9]+(?:-[a-z0-9]+){0,12})[ \t]{1,20}--[ \t]{1,20}(\S[^\n]{0,500})/;

/** Every allowance in a text; one without a rule or a reason is none. `lineOf` turns a line of the text into the file's. */
export function readAllowances(text: string, lineOf: (line: number) => number = (line) => line): Allowance[] {
  const found: Allowance[] = [];
  let line = 1;
  let counted = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length)) {
    const start = text.lastIndexOf('\n', at) + 1;
    for (let next = text.indexOf('\n', counted); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
      line++;
      counted = next + 1;
    }
    const one = readOne(text, start, at);
    if (one !== null) found.push({ ...one, line: lineOf(line) });
  }
  return found;
}

const MAX_BEFORE = 200;
const MAX_AFTER = 700;

function readOne(text: string, lineStart: number, at: number): Omit<Allowance, 'line'> | null {
  const near = Math.max(lineStart, at - MAX_BEFORE);
  const end = text.indexOf('\n', at);
  const piece = text.slice(near, Math.min(end < 0 ? text.length : end, at + MAX_AFTER));
  const match = COMMENT.exec(piece);
  if (match === null) return null;
  const before = piece.slice(0, match.index);
  return {
    rule: match[1]!,
    reason: match[2]!.replace(/\s*(?:\*\/|-->).*$/, '').trimEnd(),
    alone: near === lineStart && before.trim() === '',
    text: text.slice(lineStart, end < 0 ? text.length : end).trim(),
  };
}

/** True when the allowance speaks of a finding of this rule on this line of the file. */
export function allows(allowance: Allowance, { rule, line }: Pick<SecretMatch, 'rule' | 'line'>): boolean {
  return allowance.rule === rule && (allowance.line === line || (allowance.alone && allowance.line + 1 === line));
}

/** The allowances that stood in the file before, line by line: an agent cannot give itself one, nor copy one. */
export function keptAllowances(allowances: readonly Allowance[], before: string): Allowance[] {
  const left = new Map<string, number>();
  for (const { text } of readAllowances(before)) left.set(text, (left.get(text) ?? 0) + 1);
  return allowances.filter(({ text }) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  });
}
