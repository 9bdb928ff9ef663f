import { isPlainPath } from '../guards/plain-path.ts';
import { findSecrets } from '../guards/secrets/find.ts';
import { mask } from '../guards/secrets/redact.ts';
import type { Action, Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import type { FindKnownValues } from '../policy/facts.ts';
import type { EventEntry } from './record-event.ts';

const MAX_WHAT_CHARS = 500;

/** The call as a person would recognise it, redacted and short. `find` tells the values of environment files. */
export function describeAction(action: Action, find?: FindKnownValues): string {
  return describeText(words(action), find);
}

/** Somebody else's text, redacted and short. */
export function describeText(text: string, find?: FindKnownValues): string {
  return redactText(text.slice(0, MAX_WHAT_CHARS * 2), find).slice(0, MAX_WHAT_CHARS);
}

/** The text with secrets masked, the values of environment files included where `find` tells them. */
export function redactText(text: string, find?: FindKnownValues): string {
  if (isPlainPath(text)) return find && find(text).length > 0 ? scanned(text, find) : text;
  return !find && clean.has(text) ? text : scanned(text, find);
}

/** Texts in which nothing was found: what stands in a record is masked where it is made and once more before it is written. */
const clean = new Set<string>();
const MAX_CLEAN = 64;

function scanned(text: string, find?: FindKnownValues): string {
  const masked = mask(text, findSecrets(text, {}, find));
  if (masked === text && clean.size < MAX_CLEAN) clean.add(text);
  return masked;
}

function words(action: Action): string {
  switch (action.kind) {
    case 'bash':
      return action.command;
    case 'read':
      return action.paths.join(' ');
    case 'write':
    case 'commit':
      return action.files.map((file) => file.path).join(' ');
    case 'fetch':
      return action.url || action.body;
    case 'tool':
      return typeof action.input === 'object' && action.input !== null
        ? `(${Object.keys(action.input).join(', ')})`
        : '';
    case 'prompt':
      return '';
    case 'push':
      return `${action.remote} ${action.updates.map((update) => update.remoteRef).join(' ')}`;
  }
}

/** The record of a decision, whose words are masked already. Holds names, places and rules; never contents. */
export function decisionEntry(call: Call, decision: Decision, find?: FindKnownValues): EventEntry {
  const { effect, would, mode, rule, findings, content } = decision;
  const stopped = would !== 'allow';
  const whole = content === 'redacted';
  return {
    kind: 'decision',
    by: call,
    call: call.id,
    gate: call.gate,
    session: { id: call.session.id, ...(call.session.parent ? { parent: call.session.parent } : {}) },
    tool: call.tool,
    ...(whole ? { what: describeAction(call.action, find) } : {}),
    effect,
    mode,
    ...(would === effect ? {} : { would }),
    ...(stopped ? { rule, findings: findings.map((finding) => kept(finding, whole)) } : {}),
    ...(stopped && whole ? { reason: decision.reason } : {}),
    policy: decision.policyDigest,
    ...(whole && decision.scripts !== undefined ? { data: { scripts: decision.scripts } } : {}),
  };
}

function kept({ guard, rule, severity, where, fingerprint }: Decision['findings'][number], whole: boolean) {
  return { guard, rule, severity, where: whole ? where : '', ...(fingerprint === undefined ? {} : { fingerprint }) };
}
