import type { Decision } from './decision.ts';

/** What the model is told: what was stopped, why, what to do instead, which rule. At most a few short lines. */
export function modelMessage(decision: Decision): string {
  const verb = decision.effect === 'ask' ? 'Needs the person' : 'Blocked';
  const others = new Set(decision.findings.slice(1).map((finding) => `Also: \`${finding.where}\` ${finding.why}`));
  others.delete(`Also: ${decision.reason}`);
  return [
    `${verb}: ${decision.reason}`,
    ...[...others].slice(0, 3),
    `Instead: ${decision.instead}`,
    ...(decision.snapshot ? [`Recover: npx postern undo ${decision.snapshot}`] : []),
    `Rule: ${decision.rule}`,
  ].join('\n');
}

/** What the person is shown: one line, with the commands that explain it, bring lost work back and allow it once. */
export function personMessage(decision: Decision): string {
  const verb = decision.effect === 'ask' ? 'asks you about' : 'stopped';
  const recover = decision.snapshot ? ` Uncommitted work is kept: npx postern undo ${decision.snapshot}` : '';
  const once = decision.approvable ? ` To allow it once: npx postern allow-once ${decision.approvable}` : '';
  return `Postern ${verb} a call: ${decision.reason} (${decision.rule}; see: npx postern audit tail)${recover}${once}`;
}

/** What a git gate prints: the model's words are right for a person at a terminal too. */
export function gitMessage(decision: Decision): string {
  return `postern: ${modelMessage(decision).replaceAll('\n', '\n  ')}\n`;
}
