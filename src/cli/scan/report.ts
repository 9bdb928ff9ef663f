import type { Context } from '../context.ts';
import { columns, count, paints, printable } from '../output.ts';
import type { ScanResult } from './findings.ts';
import type { Scope, Unread } from './piece.ts';

/** The outcome for programs. */
export function scanFacts(scope: Scope, result: ScanResult): object {
  const { findings, known, allowed, exempt, unused, unusedOfPolicy, stale, unread } = result;
  return {
    scope: scope.name,
    [`${scope.unit}s`]: scope.total,
    findings,
    known,
    allowed,
    exempt,
    unusedAllowances: unused,
    unusedOfPolicy,
    staleBaselineEntries: stale.map(({ path, rule }) => ({ path, rule })),
    unread: unread.filter(isUnread).map(({ path, why, commit }) => ({ path, why, ...(commit ? { commit } : {}) })),
    binary: unread.length - unread.filter(isUnread).length,
  };
}

/** The answer: a line per secret, and how many there are. */
export function scanText(scope: Scope, { findings, unread }: ScanResult, context: Context): string {
  const { red, green } = paints(context);
  const looked = `in ${count(scope.total, scope.unit)}`;
  const rows = findings.map(({ path, line, column, rule, kind, severity, commit, known }) => [
    `${printable(path, 400)}:${line}:${column}${commit === undefined ? '' : ` in ${commit}`}`,
    severity,
    rule,
    known === undefined ? kind : `${kind}: ${known}`,
  ]);
  const parts = unread
    .filter(isUnread)
    .map(({ path, why, commit }) => `${printable(path)}${commit ? ` in ${commit}` : ''} ${why}\n`);
  const head = findings.length === 0 ? green('No secrets') : red(count(findings.length, 'secret'));
  return `${columns(rows)}${parts.join('')}${head} ${looked}.\n`;
}

/** What else the person wants to know: what was let through and why, what lets nothing through any more, and what to do. */
export function scanTalk(result: ScanResult): string {
  const { findings, known, allowed, exempt, unused, unusedOfPolicy, stale, unread } = result;
  const binary = unread.filter((one) => !isUnread(one)).length;
  const lines = [
    known > 0 ? `${count(known, 'secret')} known to the baseline.` : '',
    allowed > 0 ? `${count(allowed, 'secret')} allowed by a comment.` : '',
    exempt > 0 ? `${count(exempt, 'file')} not judged: guards.secrets.paths of the policy.` : '',
    binary > 0 ? `${count(binary, 'file')} not read: no text.` : '',
    ...unused.map(
      ({ path, line, rule }) => `${printable(path)}:${line} allows ${rule}, but there is none: take the comment out.`,
    ),
    ...unusedOfPolicy.map((entry) => `The policy allows what there is nothing of: take it out. ${printable(entry)}`),
    stale.length > 0
      ? `The baseline lists ${count(stale.length, 'secret')} that ${stale.length === 1 ? 'is' : 'are'} gone. Renew it: npx postern scan --baseline`
      : '',
    ...[...new Set(findings.map(({ revoke }) => revoke))]
      .flatMap((link) => (link ? [`Revoke it where it was issued: ${link}`] : []))
      .slice(0, 5),
    findings.length > 0
      ? 'A secret that has left this machine must be revoked. What is none: a comment `postern:allow <rule> -- <reason>` on its line.'
      : '',
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

/** What should have been read and was not; pictures and archives are meant not to be. */
export function isUnread({ kind }: Unread): boolean {
  return kind === 'unread';
}
