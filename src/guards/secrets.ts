import type { Action, Call } from '../policy/call.ts';
import { type Facts, type Question, questionKey } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import type { Policy } from '../policy/types.ts';
import type { Guard } from './guard.ts';
import { quoted } from './quoted.ts';
import { withRules } from './secrets/custom.ts';
import { touches } from './secrets/edit.ts';
import { findSecrets } from './secrets/find.ts';
import { allowedBy, isExempt, isLetThrough, questionsAbout, repoPath } from './secrets/let-through.ts';
import type { SecretMatch } from './secrets/scan.ts';
import { type Text, textsOf } from './secrets/texts.ts';

/** Sees secrets in what a call writes, runs, sends or commits. */
export const secrets: Guard = {
  name: 'secrets',
  inspect: (call, facts, policy) => {
    const problem = baselineProblem(facts);
    return judged(call, facts, policy)
      .filter(({ match, text }) => !isLetThrough(match, text, call, facts))
      .map(({ match, text }) => ({ ...findingOf(match, text, call, problem), ...fingerprintOf(match, text, facts) }));
  },
  questions: (call, facts, policy) => judged(call, facts, policy).flatMap(({ text }) => questionsAbout(text, call)),
};

interface Seen {
  readonly match: SecretMatch;
  readonly text: Text;
}

/** What the policy wants judged of what is in the call. */
function judged(call: Call, facts: Facts, policy: Policy): Seen[] {
  const rules = policy.guards.secrets;
  return seenIn(call.action, withOwnRules(facts, policy)).filter(({ match, text: { text, file } }) => {
    const path = file && repoPath(file.path, call, facts);
    const value = text.slice(match.start, match.end);
    return allowedBy(rules, { match, value, path }) === undefined && !(path !== undefined && isExempt(rules, path));
  });
}

/** The facts as they are where a policy has no rules of its own, so that an action is still scanned once. */
function withOwnRules(facts: Facts, { guards }: Policy): Facts {
  if (guards.secrets.rules.length === 0) return facts;
  const find = withRules(facts.knownValues, guards.secrets.rules);
  return find === undefined || find === facts.knownValues ? facts : { ...facts, knownValues: find };
}

/** An action is scanned once, however many layers and rounds judge it. */
const scanned = new WeakMap<
  Action,
  { readonly before: Facts['before']; readonly find: Facts['knownValues']; readonly seen: readonly Seen[] }
>();

function seenIn(action: Action, facts: Facts): readonly Seen[] {
  if (action.kind === 'read') return [];
  const known = scanned.get(action);
  if (known && known.before === facts.before && known.find === facts.knownValues) return known.seen;
  const seen = textsOf(action, facts).flatMap((text) => matchesIn(text, facts).map((match) => ({ match, text })));
  scanned.set(action, { before: facts.before, find: facts.knownValues, seen });
  return seen;
}

function matchesIn({ text, changed, ...options }: Text, { knownValues }: Facts): SecretMatch[] {
  const matches = findSecrets(text, options, knownValues);
  return changed ? matches.filter((match) => match.rule === 'unscanned' || touches(match, changed)) : matches;
}

/** Why the baseline lets nothing through, where there is one that cannot be read. */
function baselineProblem({ answers }: Facts): string {
  const answer = answers?.get(questionKey(BASELINE));
  return answer?.is === 'unknown' ? ` (${answer.why}, so it lets nothing through.)` : '';
}

const BASELINE: Question = { ask: 'secrets-baseline' };

function findingOf(match: SecretMatch, text: Text, call: Call, problem: string): Finding {
  const unread = match.rule === 'unscanned';
  return {
    guard: 'secrets',
    rule: match.rule,
    severity: match.severity,
    effect: unread && call.action.kind !== 'prompt' ? 'ask' : 'deny',
    where: text.where(match),
    why: unread ? 'is too long to be scanned for secrets.' : contains(match),
    instead: (unread ? 'Split it into smaller parts.' : wayOut(match, text, call)) + problem,
  };
}

function fingerprintOf(
  { rule, start, end }: SecretMatch,
  { text }: Text,
  { fingerprint }: Facts,
): Pick<Finding, 'fingerprint'> {
  return fingerprint === undefined || rule === 'unscanned' ? {} : { fingerprint: fingerprint(text.slice(start, end)) };
}

function wayOut({ rule, revoke }: SecretMatch, { file }: Text, { action, client }: Call): string {
  const revocation = revoke === undefined ? '' : ` If it has been shared already, revoke it: ${revoke}`;
  const from = 'from an environment variable or a secret manager';
  if (action.kind === 'bash') return `Read it ${from} inside the command.${revocation}`;
  if (action.kind === 'prompt') return `Take it out and name the environment variable that holds it.${revocation}`;
  const plain = `Read it ${from}, or write a placeholder such as <token>.${revocation}`;
  if (action.kind !== 'commit' || !file) return plain;
  const unstage = ` Until then: git restore --staged -- ${quoted(file.path)}`;
  const allow = ` If it is no secret, say so in a comment on its line: postern:allow ${rule} -- <reason>`;
  return plain + unstage + (client === 'person' ? allow : '');
}

function contains({ kind, known }: SecretMatch): string {
  return `contains ${article(kind)} ${kind}${known === undefined ? '' : `: this is ${known}`}.`;
}

function article(kind: string): string {
  return /^(?:[aeio]|u(?!ni|ser)|[AEFHILMNORSX][A-Z]|A[a-z])/.test(kind) ? 'an' : 'a';
}
