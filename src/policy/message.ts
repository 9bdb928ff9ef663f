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
    `Rule: ${decision.rule}`,
  ].join('\n');
}

/** What the person is shown: one line, with the command that explains it. */
export function personMessage(decision: Decision): string {
  const verb = decision.effect === 'ask' ? 'asks you about' : 'stopped';
  return `Postern ${verb} a call: ${decision.reason} (${decision.rule}; see: npx postern audit tail)`;
}

/** What a git gate prints: the model's words are right for a person at a terminal too. */
export function gitMessage(decision: Decision): string {
  return `postern: ${modelMessage(decision).replaceAll('\n', '\n  ')}\n`;
}
