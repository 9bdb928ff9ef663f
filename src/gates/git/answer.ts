import type { Verdict } from '../../govern/govern.ts';
import type { Decision } from '../../policy/decision.ts';
import { gitMessage } from '../../policy/message.ts';

/** What a git gate says and how it ends: 10 go on, 1 refused, 2 could not judge. */
export interface GateAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: 10 | 1 | 2;
}

/** The decision as git's hooks can say it. Nobody can be asked here, so everything but `allow` refuses. */
export function answerOf(hook: string, { decision, state }: Verdict): GateAnswer {
  if (decision.rule === 'audit/append-failed') return unjudged(hook, decision.reason, decision.instead);
  if (decision.rule === 'protected-paths/policy-unreadable' && state.kind === 'unreadable') {
    return unjudged(hook, `the policy cannot be read: ${state.problem}`, state.instead);
  }
  if (decision.effect !== 'allow') return said(gitMessage(decision), 1);
  return said(decision.would === 'allow' ? '' : observed(decision), 10);
}

/** Something keeps the gate from judging, so nothing goes on. */
export function unjudged(hook: string, problem: string, instead: string): GateAnswer {
  return said(
    `postern: ${hook} stopped, because it cannot judge: ${problem.replace(/\.$/, '')}.\n  Instead: ${instead}\n`,
    2,
  );
}

/** Refuses with one line. */
export function refused(line: string): GateAnswer {
  return said(`${line}\n`, 1);
}

/** Lets git go on, with a word to the person. */
export function goOn(line: string): GateAnswer {
  return said(`postern: ${line}\n`, 10);
}

/** The answer, with lines that stand after it. */
export function saidAfter(answer: GateAnswer, text: string): GateAnswer {
  return { ...answer, stderr: answer.stderr + said(text, answer.code).stderr };
}

function observed({ reason, rule }: Decision): string {
  return `postern: only observing; enforcing would refuse this: ${reason} (${rule})\n`;
}

/** File names and messages can hold anything: what would steer a terminal is shown as `?`. */
function said(text: string, code: GateAnswer['code']): GateAnswer {
  return { stdout: '', stderr: text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, '?'), code };
}
