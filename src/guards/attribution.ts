import type { Effect, Finding } from '../policy/finding.ts';
import { ATTRIBUTION, type AttributionRow } from '../rules/attribution.ts';
import type { Guard } from './guard.ts';

/** Holds commit messages to the policy: whether they may, must or must not name an AI, and whether they are conventional. */
export const attribution: Guard = {
  name: 'attribution',
  inspect(call, _facts, policy) {
    if (call.action.kind !== 'commit' || call.action.message === undefined) return [];
    const { message } = call.action;
    const { attribution: wanted, conventional } = policy.commits;
    const signature = signatureIn(message);
    return [
      ...(wanted === 'deny' && signature !== null ? [named(signature)] : []),
      ...(wanted === 'require' && signature === null && call.client !== 'person' ? [unnamed(call.client)] : []),
      ...(conventional && !isConventional(message) ? [unconventional(message)] : []),
    ];
  },
};

/** The first line of a message that names an AI as an author; `null` when none does. */
export function signatureIn(message: string): string | null {
  return signaturesIn(message)[0] ?? null;
}

/** Every such line. */
export function signaturesIn(message: string): string[] {
  return message.split(/\r?\n/).filter((line) => ATTRIBUTION.some((row) => matchesLine(row, line)));
}

/** True when the row speaks of this line. */
export function matchesLine({ line: pattern, value }: AttributionRow, line: string): boolean {
  const match = pattern.exec(line);
  return match !== null && (value?.test(match[1] ?? '') ?? true);
}

const CONVENTIONAL = /^[a-z][a-z0-9-]*(?:\([^()]+\))?!?: \S/;
const EXEMPT = /^(?:Merge |Revert "|Reapply "|fixup! |squash! |amend! )/;

/** True for `type(scope)!: subject`, for what git itself writes, and for a message that git will refuse as empty. */
export function isConventional(message: string): boolean {
  const subject = subjectOf(message);
  return subject === '' || EXEMPT.test(subject) || CONVENTIONAL.test(subject);
}

function subjectOf(message: string): string {
  return (
    message
      .split(/\r?\n/)
      .find((line) => line.trim() !== '')
      ?.trimEnd() ?? ''
  );
}

const MAX_SHOWN_CHARS = 80;

function named(line: string): Finding {
  return finding({
    rule: 'ai-attribution',
    where: line.slice(0, MAX_SHOWN_CHARS),
    why: 'names an AI, which this repository does not want in its commit messages.',
    instead: 'commit again without that line.',
  });
}

function unnamed(client: string): Finding {
  return finding({
    rule: 'no-attribution',
    where: 'the commit message',
    why: 'does not say that an AI helped, which this repository wants to know.',
    instead: `commit again with a last line such as: Assisted-by: ${SIGNATURES[client] ?? 'AI-agent'}`,
  });
}

/** How the clients call themselves in a trailer. */
const SIGNATURES: Readonly<Record<string, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  gemini: 'Gemini',
  copilot: 'GitHub Copilot',
  opencode: 'OpenCode',
  cursor: 'Cursor',
};

function unconventional(message: string): Finding {
  return finding({
    rule: 'not-conventional',
    where: subjectOf(message).slice(0, MAX_SHOWN_CHARS),
    why: 'is not a conventional commit subject.',
    instead: 'write it as `type(scope): subject`, such as `fix(login): keep the session`.',
  });
}

function finding(words: Pick<Finding, 'rule' | 'where' | 'why' | 'instead'>): Finding {
  const effect: Effect = 'deny';
  return { guard: 'attribution', severity: 'low', effect, ...words };
}
