import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { ReviewPolicy } from '../../policy/types.ts';
import { isInside, realPath } from '../../repo/files.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { commandReviewer } from './command.ts';
import type { Reviewer } from './reviewer.ts';

/** The reviewers that a policy names, in its order. */
export function reviewersOf({ reviewer, command }: Pick<ReviewPolicy, 'reviewer' | 'command'>): Reviewer[] {
  return reviewer.map((name) => ({ codex, claude, command: commandReviewer(command) })[name]);
}

/**
 * The environment in which reviewers run: without folders of the repository and of temporary files on its `PATH`, from which a program of
 * the change's author could pose as a reviewer, and without the marks of the agent that pushes. What an agent says about where the model
 * is asked is not heard: it could name a server of its own. POSTERN_CA is what the git hooks keep of NODE_EXTRA_CA_CERTS.
 */
export function reviewerEnv(
  env: Readonly<Record<string, string | undefined>>,
  { root, byAgent }: { readonly root: string; readonly byAgent: boolean },
): Record<string, string | undefined> {
  const unsafe = [realPath(root), realPath(tmpdir())];
  const safe = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && existsSync(folder))
    .filter((folder) => !unsafe.some((one) => isInside(one, realPath(folder))));
  const kept = Object.entries(env).filter(([name]) => !MARKS.test(name) && !(byAgent && REDIRECTS.test(name)));
  const { POSTERN_CA: certificates, ...rest } = Object.fromEntries(kept);
  return { ...rest, ...(certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {}), PATH: safe.join(delimiter) };
}

const MARKS =
  /^(CLAUDECODE|CLAUDE_PID|CLAUDE_PROJECT_DIR|CLAUDE_CODE_(ENTRYPOINT|SESSION_ID|CHILD_SESSION|SSE_PORT|MESSAGING_\w+)|AI_AGENT|CODEX_THREAD_ID|CODEX_SANDBOX\w*|GIT_\w+)$/;

/** Variables by which whoever starts a push could put somebody else in the reviewer's place. */
const REDIRECTS =
  /^(\w+_(BASE_URL|ENDPOINT|API_BASE)|CODEX_HOME|CLAUDE_CONFIG_DIR|NODE_OPTIONS|NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|POSTERN_CA|SSL_CERT_(FILE|DIR)|CODEX_CA_CERTIFICATE|LD_\w+|DYLD_\w+|BUN_\w+)$/i;

/** Where a command that the policy names relative to the repository lies. */
export function commandIn(root: string, [program = '', ...args]: readonly string[]): string[] {
  return [program.startsWith('./') || program.startsWith('../') ? join(root, program) : program, ...args];
}
