/** Environment variables that an agent client sets for the programs it starts, and whose they are. Marks that a person's own
 * terminal or configuration carries too (an editor's, a model's name) are none. */
const MARKS: readonly (readonly [mark: RegExp, client: string])[] = [
  [/^(CLAUDECODE|CLAUDE_CODE_ENTRYPOINT|CLAUDE_CODE_SESSION_ID|CLAUDE_CODE_CHILD_SESSION)$/, 'claude-code'],
  [/^(CODEX_SANDBOX|CODEX_SANDBOX_NETWORK_DISABLED|CODEX_THREAD_ID|CODEX_CI)$/, 'codex'],
  [/^(GEMINI_CLI|GEMINI_PROJECT_DIR)$/, 'gemini'],
  [/^(COPILOT_PROJECT_DIR|COPILOT_AGENT|COPILOT_CLI)$/, 'copilot'],
  [/^(OPENCODE|OPENCODE_SESSION|OPENCODE_CLIENT)$/, 'opencode'],
  [/^CURSOR_AGENT$/, 'cursor'],
  [/^(CLINE_ACTIVE|GOOSE_TERMINAL|AUGMENT_AGENT|AMP_CURRENT_THREAD_ID)$/, 'other-agent'],
  [/^AI_AGENT$/, 'other-agent'],
];

/** The agent client whose marks the environment carries; `null` when a person seems to have started the process. */
export function agentFromEnv(env: Readonly<Record<string, string | undefined>>): string | null {
  const names = Object.keys(env).filter((name) => env[name]);
  const row = MARKS.find(([mark]) => names.some((name) => mark.test(name)));
  return row ? row[1] : null;
}
