import { inspectAll, openQuestions } from '../guards/index.ts';
import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Facts } from '../policy/facts.ts';
import type { PolicyState } from '../policy/types.ts';
import { digestOf } from '../repo/files.ts';
import { readHalt } from '../repo/halt.ts';
import { homeFolder } from '../repo/home.ts';
import type { Places } from '../repo/places.ts';
import { readPolicy } from '../repo/policy-file.ts';
import { redactText } from './describe.ts';
import { readFacts } from './facts.ts';
import { recordDecision } from './record-decision.ts';

/** The answer to a call, with what it was judged by. */
export interface Verdict {
  readonly decision: Decision;
  readonly facts: Facts;
  readonly state: PolicyState;
}

export interface GovernOptions {
  /** False for a person's own question (`check`, `explain`): judged, not recorded. A gate that may have to ask
   * somebody first decides by the decision, and has the call judged again when it did. */
  readonly record?: boolean | ((decision: Decision) => boolean);
  readonly home?: string;
}

/** How often guards may ask and be judged again: answers may raise one more question, then it stands. */
const MAX_ROUNDS = 2;

/** What is said of a call repeats its paths and commands: it never repeats a secret that stands in them. */
function withoutSecrets(decision: Decision, { knownValues }: Facts): Decision {
  if (decision.would === 'allow') return decision;
  const masked = (text: string) => redactText(text, knownValues);
  return {
    ...decision,
    reason: masked(decision.reason),
    instead: masked(decision.instead),
    findings: decision.findings.map((finding) => ({
      ...finding,
      where: masked(finding.where),
      why: masked(finding.why),
      instead: masked(finding.instead),
    })),
  };
}

/** The one lifecycle: facts once, the policy once, the record once. A call that cannot be recorded is denied. */
export async function govern(call: Call, places: Places, options: GovernOptions = {}): Promise<Verdict> {
  const home = options.home ?? homeFolder();
  const input = { root: places.root, stateDir: places.stateDir, home };
  const state = await readPolicy(input);
  const rules = state.kind === 'ok' ? state.policy.layers.flatMap(({ policy }) => policy.guards.secrets.rules) : [];
  const facts = readFacts(call, places, home, readHalt(places.stateDir), rules);
  const judged = await judge(call, places, facts, state);
  return !isRecorded(options, judged.decision) ? judged : { ...judged, decision: await settle(call, places, judged) };
}

function isRecorded({ record = true }: GovernOptions, decision: Decision): boolean {
  return typeof record === 'function' ? record(decision) : record;
}

/** Puts the decision on record. What a stopped call needs besides is loaded only then. */
async function settle(call: Call, places: Places, judged: Verdict): Promise<Decision> {
  const decision = withScripts(judged);
  if (decision.would === 'allow') return recordDecision(call, places, decision).decision;
  const { offerWayOut } = await import('./way-out.ts');
  return offerWayOut(call, places, { ...judged, decision });
}

/** Digits of a script's sha256 that the record keeps. */
const KEPT_DIGITS = 16;

/** The decision with the scripts that were judged with the command, so that it can be told later whether they were the same. */
function withScripts({ decision, facts }: Verdict): Decision {
  const scripts = facts.scripts ?? new Map<string, string>();
  if (scripts.size === 0) return decision;
  const told = [...scripts].map(([path, text]) => `${path} ${digestOf(Buffer.from(text)).slice(0, KEPT_DIGITS)}`);
  return { ...decision, scripts: told.join(', ') };
}

/** Judges, and where something would be stopped asks the repository what could be lost, and judges again. */
async function judge(call: Call, places: Places, facts: Facts, state: PolicyState): Promise<Verdict> {
  let known = facts;
  for (let round = 0; ; round++) {
    const decision = evaluate({ call, facts: known, state, inspect: (policy) => inspectAll(call, known, policy) });
    const asks = round < MAX_ROUNDS && decision.would !== 'allow' && state.kind === 'ok';
    const questions = asks ? state.policy.layers.flatMap(({ policy }) => openQuestions(call, known, policy)) : [];
    if (questions.length === 0) return { decision: withoutSecrets(decision, known), facts: known, state };
    const { answerAll } = await import('./answers.ts');
    known = { ...known, answers: new Map([...known.answers, ...answerAll(questions, places)]) };
  }
}
