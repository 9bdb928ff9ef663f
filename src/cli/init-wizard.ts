import type { Choice, Profile } from '../install/payload.ts';
import { readSurroundings } from '../install/surroundings.ts';
import { UserError } from './context.ts';

/** Questions are talk: stdout is for the answer. */
export const ON_STDERR = { output: process.stderr };

/** What each profile is for, in the order that they are offered. */
const PROFILE_HINTS: readonly { value: Profile; label: string; hint: string }[] = [
  { value: 'team', label: 'team', hint: 'agents write; what is risky asks or is refused' },
  { value: 'solo', label: 'solo', hint: 'fewer questions, for your own repository' },
  { value: 'locked-down', label: 'locked-down', hint: 'every write asks' },
];

/** Asks on the terminal for what the command line left open. */
export async function askChoice(
  given: Choice,
  asked: { profile?: string; agents?: boolean; commands?: boolean },
  root: string,
): Promise<Choice> {
  const { confirm, intro, log, select } = await import('@clack/prompts');
  const { monorepo, hookTool } = readSurroundings(root);
  intro(`Postern guards ${root}`, ON_STDERR);
  if (monorepo) log.info(`This is a monorepo (${monorepo}): Postern is installed once, at its root.`, ON_STDERR);
  if (hookTool) log.info(`${hookTool} manages git hooks here: its hooks are kept and run after Postern's.`, ON_STDERR);
  const profile = asked.profile
    ? given.profile
    : answered(
        await select({
          message: 'Which policy do you start from?',
          options: [...PROFILE_HINTS],
          initialValue: given.profile,
          ...ON_STDERR,
        }),
      );
  const wants = async (message: string) => answered(await confirm({ message, initialValue: false, ...ON_STDERR }));
  const agents =
    asked.agents ??
    (await wants('Install the review agents (code-reviewer, adversarial-reviewer, security-engineer)?'));
  const commands = asked.commands ?? (await wants('Install the slash commands (/postern, /freeze, /review)?'));
  return { profile, agents, commands };
}

/** Shows a plan and goes on only with the person's word. */
export async function askPlan(plan: string): Promise<void> {
  if (plan === '') return;
  const { confirm, note } = await import('@clack/prompts');
  note(plan.trimEnd(), 'The plan', ON_STDERR);
  if (!answered(await confirm({ message: 'Go on?', ...ON_STDERR }))) throw stopped();
}

/** The answer to a question; leaving it (Ctrl+C) ends the command. */
export function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === 'symbol') throw stopped();
  return answer as Exclude<T, symbol>;
}

function stopped(): UserError {
  return new UserError('Stopped; nothing was changed.', 'Run it again when you like.');
}
