import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HOOK_ENTRIES, type HookEntry, hookCommand } from '../../clients/claude-settings.ts';
import { CANARY_SESSION } from '../canary.ts';
import { type Check, type Checkup, ok } from './check.ts';
import { byComplaint, type Silence } from './silence.ts';
import { complaintOf, type Ended, start } from './start.ts';

/** Sends a canary through every installed hook, by the very command line that the settings name. */
export const agentHooks: Check = {
  id: 'agent hooks',
  async run(checkup) {
    const byScript = new Map(HOOK_ENTRIES.toReversed().map((entry) => [entry.script, entry]));
    const unproved = await Promise.all([...byScript.values()].map((entry) => prove(entry, checkup)));
    const silent = byComplaint(unproved.flatMap((one) => one ?? []));
    return silent.length > 0 ? silent : [ok(`${byScript.size} scripts answer, and the canary call was denied`)];
  },
};

/** `null` when the script answered as it must. */
async function prove(entry: HookEntry, { places, context }: Checkup): Promise<Silence | null> {
  const name = `.claude/hooks/${entry.script}`;
  if (!existsSync(join(places.root, name))) return { name, complaint: 'it is missing' };
  const event = JSON.stringify(canaryEvent(entry.event, places.root));
  const env = { ...context.env, CLAUDE_PROJECT_DIR: places.root };
  const ended = await start('/bin/sh', ['-c', hookCommand(entry)], { cwd: places.root, env, stdin: event });
  const proved = entry.event === 'PreToolUse' ? wasDenied(ended) : wasAnswered(ended);
  return proved ? null : { name, complaint: reasonOf(ended) ?? complaintOf(ended) };
}

/** Why the runtime denied, where it answered: not for the canary, then. */
function reasonOf({ stdout }: Ended): string | undefined {
  return /"permissionDecisionReason":"((?:[^"\\\\]|\\\\[^n])*)/.exec(stdout)?.[1];
}

/** The denial must come from a guard that no policy can switch off; a failure to judge or to record denies as well. */
function wasDenied({ code, stdout }: Ended): boolean {
  return (
    code === 0 && /"permissionDecision":"deny"/.test(stdout) && /Rule: (?:protected-paths|kill-switch)\//.test(stdout)
  );
}

/** The script says 0 only for a runtime that answered in full; a refusal with a reason of the policy is an answer too. */
function wasAnswered({ code, stderr }: Ended): boolean {
  return (
    code === 0 || (code === 2 && stderr.startsWith('Blocked: ') && !/Rule: (?:postern\/failed|audit\/)/.test(stderr))
  );
}

/** A harmless event of each kind. None is carried out: hooks only judge, and the one command there is denied. */
function canaryEvent(event: string, root: string): Readonly<Record<string, unknown>> {
  const common = { session_id: CANARY_SESSION, cwd: root, hook_event_name: event };
  switch (event) {
    case 'PreToolUse':
      return { ...common, tool_name: 'Bash', tool_input: { command: 'rm -rf .postern' }, tool_use_id: CANARY_SESSION };
    case 'PostToolUse':
    case 'PostToolUseFailure':
      return {
        ...common,
        tool_name: 'Read',
        tool_input: { file_path: join(root, '.gitignore') },
        tool_use_id: CANARY_SESSION,
      };
    case 'UserPromptSubmit':
      return { ...common, prompt: 'Are the gates there?' };
    case 'ConfigChange':
      return { ...common, source: 'project_settings', file_path: join(root, '.claude', 'settings.json') };
    default:
      return { ...common, source: 'startup' };
  }
}
