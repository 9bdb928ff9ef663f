import { MIN_REASON_CHARS, type PushReview, type SkipProblem } from '../policy/push-review.ts';
import type { AskGit } from '../repo/ask-git.ts';

/** The variable by which a person goes on without a review; its value is the reason. */
const SKIP_VARIABLE = 'POSTERN_SKIP_REVIEW';

type Env = Readonly<Record<string, string | undefined>>;

/** The skip that the environment asks for, or why it does not count; `null` when none is asked for. */
export function askedSkip(env: Env, client: string, ask: AskGit, inCi = false): PushReview | null {
  const reason = env[SKIP_VARIABLE]?.trim();
  if (!reason) return null;
  if (client !== 'person') return refused('agent');
  if (isCi(env) && !inCi) return refused('ci');
  if ([...reason].length < MIN_REASON_CHARS) return refused('reason');
  const identity = identityOf(env, ask);
  return identity === null ? refused('identity') : { kind: 'skipped', reason, identity };
}

function refused(problem: SkipProblem): PushReview {
  return { kind: 'skip-refused', problem };
}

function isCi({ CI }: Env): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI.toLowerCase());
}

/** `Name <email>` as git would sign with, stated and not guessed; `null` when either is missing. */
function identityOf(env: Env, ask: AskGit): string | null {
  const entries = ask(['config', '-z', '--get-regexp', '^user\\.(name|email)$'], { also: [1] }).split('\0');
  const stated = (key: string) => entries.findLast((entry) => entry.startsWith(`${key}\n`))?.slice(key.length + 1);
  const name = env['GIT_COMMITTER_NAME'] || env['GIT_AUTHOR_NAME'] || stated('user.name');
  const email = env['GIT_COMMITTER_EMAIL'] || env['GIT_AUTHOR_EMAIL'] || stated('user.email') || env['EMAIL'];
  return name?.trim() && email?.trim() ? `${name.trim()} <${email.trim()}>` : null;
}
