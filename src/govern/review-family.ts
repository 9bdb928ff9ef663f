import { newestFirst } from '../audit/query.ts';
import { signaturesIn } from '../guards/attribution.ts';
import type { Call } from '../policy/call.ts';
import type { AskGit } from '../repo/ask-git.ts';
import type { Places } from '../repo/places.ts';
import { readObjects } from '../review/objects.ts';
import type { PushedRange } from '../review/range.ts';

/** Records that are looked at for who wrote here lately. */
const LOOKED_AT = 2000;

const WRITING = ['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'Bash', 'apply_patch'];

/**
 * Whether the reviewer is of the family that seems to have written the change: the agent that pushes, one that a commit names as an author, or one whose session wrote in this
 * repository lately. Such a review is weaker, which its record says.
 */
export function isByOwnFamily(
  family: string,
  { commits }: PushedRange,
  { call, places, ask }: { readonly call: Call; readonly places: Places; readonly ask: AskGit },
): boolean {
  if (family === '' || commits.length === 0) return false;
  if (call.client === family || isSignedByFamily(family, commitMessages(commits, ask))) return true;
  let looked = 0;
  for (const { kind, effect, subject, tool = '' } of newestFirst(places.stateDir)) {
    if (++looked > LOOKED_AT) break;
    if (kind === 'decision' && effect === 'allow' && subject.client === family && WRITING.includes(tool)) return true;
  }
  return false;
}

/** How the families sign their work in commit messages. */
const SIGNATURES: Readonly<Record<string, RegExp>> = {
  'claude-code': /claude|anthropic/i,
  codex: /codex|openai|chatgpt|\bgpt/i,
};

/** Whether one of the messages names the family as an author. */
export function isSignedByFamily(family: string, messages: readonly string[]): boolean {
  const signature = SIGNATURES[family];
  return signature !== undefined && messages.flatMap(signaturesIn).some((line) => signature.test(line));
}

function commitMessages(commits: readonly string[], ask: AskGit): string[] {
  return [...readObjects(commits, ask, ['commit']).values()].map(({ bytes }) => bytes.toString('utf8'));
}
