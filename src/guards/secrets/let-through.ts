import { resolve } from 'node:path';
import type { Call } from '../../policy/call.ts';
import { type Facts, type Question, questionKey } from '../../policy/facts.ts';
import { isFingerprintOf } from '../../policy/fingerprint.ts';
import { matchGlob } from '../../policy/glob.ts';
import type { Policy, SecretAllowance } from '../../policy/types.ts';
import { showPath } from '../show-path.ts';
import { type Allowance, allows, keptAllowances, readAllowances } from './allowance.ts';
import { KNOWN_VALUE } from './find.ts';
import type { SecretMatch } from './match.ts';
import { redact } from './redact.ts';
import type { Text } from './texts.ts';

type SecretsPolicy = Pick<Policy['guards']['secrets'], 'allow' | 'allowances' | 'paths'>;

/** True when the policy does not want this file judged. */
export function isExempt({ paths }: SecretsPolicy, path: string): boolean {
  return paths.some((glob) => matchGlob(glob, path));
}

/** A match with what the policy may let it through for. */
export interface Placed {
  readonly match: Pick<SecretMatch, 'rule' | 'known'>;
  readonly value: string;
  /** As policy and people write it; missing for what stands in no file. */
  readonly path?: string | undefined;
}

/**
 * What of the policy lets the match through: the rule as `allow` names it, or an allowance; `undefined` for nothing. A value
 * in real use is no false alarm: it goes by a rule of its own.
 */
export function allowedBy({ allow, allowances }: SecretsPolicy, placed: Placed): string | SecretAllowance | undefined {
  const { match, value, path } = placed;
  const rule = match.known === undefined ? match.rule : KNOWN_VALUE;
  const named = (id: string) => id === rule || id === `secrets/${rule}`;
  const fits = (one: SecretAllowance) =>
    named(one.rule) &&
    (one.path === undefined || (path !== undefined && matchGlob(one.path, path))) &&
    (one.fingerprint === undefined || isFingerprintOf(one.fingerprint, value));
  return allow.find(named) ?? allowances.find(fits);
}

/** The path of a call's file as policy, baseline and people write it. */
export function repoPath(path: string, call: Call, facts: Facts): string {
  return showPath(resolve(call.cwd, path), facts);
}

/** What must be known before a finding in a file can be let through: the baseline, and the whole file for its allowances. */
export function questionsAbout({ file }: Text, call: Call): Question[] {
  if (!file) return [];
  const baseline: Question = { ask: 'secrets-baseline' };
  const text = textQuestion(file, call);
  return text === null ? [baseline] : [baseline, text];
}

function textQuestion({ path, partial, commit }: NonNullable<Text['file']>, call: Call): Question | null {
  if (call.action.kind === 'commit') return { ask: 'text', path, from: 'index' };
  if (call.action.kind === 'push') return commit === undefined ? null : { ask: 'text', path, from: { commit } };
  return partial ? null : { ask: 'text', path: resolve(call.cwd, path), from: 'worktree' };
}

/** True when the baseline holds the finding, or a comment that counts allows it. */
export function isLetThrough(match: SecretMatch, text: Text, call: Call, facts: Facts): boolean {
  const { file, lineOf } = text;
  const line = lineOf?.(match.line);
  if (!file) return false;
  const baseline = facts.answers.get(questionKey({ ask: 'secrets-baseline' }));
  const value = text.text.slice(match.start, match.end);
  const path = redact(repoPath(file.path, call, facts));
  if (baseline?.is === 'secrets-baseline' && baseline.knows({ rule: match.rule, path, value })) return true;
  return (
    line !== undefined &&
    countingAllowances(text, file, call, facts).some((one) => allows(one, { rule: match.rule, line }))
  );
}

/**
 * The allowances that count for a file: all that the index or commit holds, and for an agent only those that were there before,
 * since nobody may allow himself what he is about to do. A push is judged commit by commit when each is made.
 */
function countingAllowances(text: Text, file: NonNullable<Text['file']>, call: Call, facts: Facts): Allowance[] {
  const question = textQuestion(file, call);
  const answer = question && facts.answers.get(questionKey(question));
  const known = answer?.is === 'text' ? answer.text : null;
  if (call.action.kind === 'write') {
    const before = facts.before?.get(file.path) ?? known;
    const after = text.after ?? (file.partial ? null : file.text);
    return before === null || after === null ? [] : keptAllowances(readAllowances(after), before);
  }
  const all = known === null ? readAllowances(text.text, (line) => text.lineOf?.(line) ?? 0) : readAllowances(known);
  if (call.action.kind === 'push' || call.client === 'person') return all;
  const added = file.lines && new Set(file.lines);
  return added ? all.filter(({ line }) => !added.has(line)) : [];
}
