import type { Row } from './row.ts';

/** Rows about starting agents without their permission checks, or changing how they are guarded. */
export const agents = (): readonly Row[] => [
  {
    id: 'agent-unguarded',
    program: [
      'claude',
      'codex',
      'cursor-agent',
      'gemini',
      'opencode',
      'aider',
      'amp',
      'goose',
      'copilot',
      'qwen',
      'crush',
      'auggie',
      'droid',
      'kiro',
      'cline',
      'continue',
      'cn',
      'agent',
      'grok',
      'cursor',
      'windsurf',
      'roo',
      'q',
      'plandex',
      'openhands',
      'devin',
      'jules',
    ],
    effect: 'deny',
    when: (view) => {
      const text = view.args.join(' ');
      return (
        /--(allow-)?dangerously[\w-]*|--yolo|--full-auto|--yes-always|--skip-permissions[\w-]*|--no-permissions?|--auto-approve[\w-]*|--approve-all|--allow-all[\w-]*|--force-all|--trust-all[\w-]*|--bare\b|--safe-mode|--restricted|--disable-hooks|--no-hooks|--unsafe/.test(
          text,
        ) ||
        /--permission-mode[ =](bypassPermissions|dontAsk|auto)|--approval-mode[ =](yolo|auto_edit|full-auto)|--ask-for-approval[ =]never|-a never\b|--sandbox[ =](danger-full-access|off|none)|-s danger-full-access|--setting-sources[ =](user|local)?$|--setting-sources[ =](user|"")(?!,project)|approval_policy="?never|sandbox_mode="?danger/.test(
          text,
        ) ||
        (/^(cursor-agent|gemini|qwen|crush|goose|amp|copilot|droid|aider)$/.test(view.program) &&
          view.has('-y', '--yolo', '-f', '--force', '--yes', '--dangerously-allow-all')) ||
        (view.program === 'claude' &&
          view.values('--settings').some((value) => /disableAllHooks|bypassPermissions|"hooks"/.test(value)))
      );
    },
    why: 'starts an agent without its permission checks.',
    instead: 'Start it with them: `claude -p "run the tests"`.',
    hits: [
      'claude --dangerously-skip-permissions -p x',
      'codex --dangerously-bypass-approvals-and-sandbox',
      'codex --yolo',
      'gemini --yolo',
      'claude --permission-mode bypassPermissions',
      'cursor-agent --force x',
      'aider --yes-always',
      'codex exec --full-auto x',
      'codex -s danger-full-access',
      'claude --bare -p x',
      'gemini --approval-mode=yolo',
      'claude --settings \'{"disableAllHooks":true}\'',
    ],
    misses: [
      'claude -p "hello"',
      'codex exec "run tests"',
      'claude --version',
      'gemini -p hi',
      'claude --permission-mode plan',
    ],
  },
  {
    id: 'agent-settings',
    program: ['claude', 'codex', 'gemini', 'cursor-agent', 'code'],
    effect: 'ask',
    when: (view) => {
      const text = view.operands.join(' ');
      return (
        /^(config (set|add|remove|unset)|mcp (add|remove|add-json|add-from-claude-desktop|reset-project-choices)|plugin (install|uninstall|disable|enable|marketplace add)|settings|hooks (disable|remove)|extensions (install|uninstall|disable|link))/.test(
          text,
        ) && view.program !== 'code'
      );
    },
    why: "changes an agent's own settings.",
    instead: 'Look first: `claude mcp list`.',
    hits: [
      'claude config set -g theme dark',
      'claude mcp add x -- npx y',
      'claude mcp remove x',
      'codex mcp add x -- y',
      'claude plugin install x',
      'gemini extensions install x',
    ],
    misses: ['claude mcp list', 'claude config list', 'claude doctor'],
  },
];
