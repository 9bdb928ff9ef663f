/** One hook that we register: which event runs which script. */
export interface HookEntry {
  readonly event: string;
  /** File in `.claude/hooks/`. */
  readonly script: string;
  readonly matcher?: string;
}

/** Seconds after which the client gives up on a hook. Our own watchdog ends well before. */
export const HOOK_TIMEOUT_SECONDS = 30;

/** Milliseconds after which the runtime itself ends with exit 2. */
export const WATCHDOG_MS = 15_000;

/** Every event we answer: one entry each, whatever the number of guards. */
export const HOOK_ENTRIES: readonly HookEntry[] = [
  { event: 'PreToolUse', script: 'pre-tool-use.sh', matcher: '*' },
  { event: 'PostToolUse', script: 'post-tool-use.sh', matcher: '*' },
  { event: 'PostToolUseFailure', script: 'post-tool-use.sh', matcher: '*' },
  { event: 'UserPromptSubmit', script: 'user-prompt-submit.sh' },
  { event: 'SessionStart', script: 'session-start.sh' },
  { event: 'ConfigChange', script: 'config-change.sh' },
  { event: 'Stop', script: 'stop.sh' },
];

/** The command line of an entry, stable across versions. Hooks run in the client's current folder, hence the absolute path. */
export function hookCommand(entry: HookEntry): string {
  return `"$CLAUDE_PROJECT_DIR"/.claude/hooks/${entry.script}`;
}

/** The settings object of one entry, as it stands in `hooks.<event>`. */
export function hookGroup(entry: HookEntry): Readonly<Record<string, unknown>> {
  const hook = { type: 'command', command: hookCommand(entry), timeout: HOOK_TIMEOUT_SECONDS, onFailure: 'block' };
  return entry.matcher === undefined ? { hooks: [hook] } : { matcher: entry.matcher, hooks: [hook] };
}

/**
 * Why a settings file would not run our hooks; empty when it would. `project` is the repository's own settings.json, which must
 * hold every entry; other files only must not switch hooks off. The client drops a file that is not strict JSON without a word.
 */
export function settingsProblems(json: string | null, project: boolean): string[] {
  if (json === null) return project ? ['it does not exist'] : [];
  const settings = parseObject(json);
  if (settings === null) return ['it is not strict JSON, so the client ignores all of it'];
  const off = settings['disableAllHooks'] === true ? ['`disableAllHooks` is true'] : [];
  const missing = project ? HOOK_ENTRIES.filter((entry) => !hasEntry(settings, entry)) : [];
  return [...off, ...missing.map((entry) => `the ${entry.event} entry of Postern is missing or changed`)];
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function hasEntry(settings: Record<string, unknown>, entry: HookEntry): boolean {
  const hooks = settings['hooks'] as Record<string, unknown> | undefined;
  const groups = hooks?.[entry.event];
  const wanted = JSON.stringify(hookGroup(entry));
  return Array.isArray(groups) && groups.some((group) => JSON.stringify(group) === wanted);
}
