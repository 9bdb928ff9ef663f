/** A file or folder that governs agents and that no agent may change. */
export interface ProtectedPath {
  readonly id: string;
  /** Glob relative to `base`, lower case; a folder's whole content with `/**`. */
  readonly glob: string;
  readonly base: 'repo' | 'home' | 'state' | 'git' | 'hooks' | 'root';
  /** Completes "`path` …". */
  readonly why: string;
  /** `ask` where people often want an agent to make the change. */
  readonly effect: 'deny' | 'ask';
}

const settings = 'decides which hooks and permissions agents run under.';
const gitHook = 'is a git hook that guards commits and pushes.';
const runtime = 'is part of Postern itself.';

/** The governance files, whatever the policy says. `state` is `<git common dir>/postern`, `hooks` the active git-hooks folder. */
export const PROTECTED_PATHS: readonly ProtectedPath[] = [
  {
    id: 'policy',
    glob: '.postern/policy.yaml',
    base: 'repo',
    why: 'is the policy that agents are judged by.',
    effect: 'deny',
  },
  { id: 'runtime', glob: '.postern/**', base: 'repo', why: runtime, effect: 'deny' },
  { id: 'state', glob: '**', base: 'state', why: 'holds the audit log and the kill switch.', effect: 'deny' },
  { id: 'claude-settings', glob: '.claude/settings*.json', base: 'repo', why: settings, effect: 'deny' },
  { id: 'claude-hooks', glob: '.claude/hooks/**', base: 'repo', why: 'is a hook that judges agents.', effect: 'deny' },
  { id: 'codex-settings', glob: '.codex/{config.toml,hooks.json}', base: 'repo', why: settings, effect: 'deny' },
  { id: 'copilot-hooks', glob: '.github/hooks/**', base: 'repo', why: settings, effect: 'deny' },
  { id: 'gemini-settings', glob: '.gemini/settings.json', base: 'repo', why: settings, effect: 'deny' },
  {
    id: 'cursor-settings',
    glob: '.cursor/{hooks.json,hooks/**,mcp.json,permissions.json}',
    base: 'repo',
    why: settings,
    effect: 'deny',
  },
  {
    id: 'opencode-settings',
    glob: '{opencode.json,opencode.jsonc,.opencode/plugins/**}',
    base: 'repo',
    why: settings,
    effect: 'deny',
  },
  { id: 'windsurf-settings', glob: '.windsurf/hooks.json', base: 'repo', why: settings, effect: 'deny' },
  {
    id: 'mcp-servers',
    glob: '.mcp.json',
    base: 'repo',
    why: 'starts programs with every agent session.',
    effect: 'ask',
  },
  {
    id: 'instructions',
    glob: '{claude.md,agents.md,claude.local.md,gemini.md}',
    base: 'repo',
    why: 'instructs every later session.',
    effect: 'ask',
  },
  { id: 'git-hooks', glob: '**', base: 'hooks', why: gitHook, effect: 'deny' },
  { id: 'git-hooks-default', glob: 'hooks/**', base: 'git', why: gitHook, effect: 'deny' },
  {
    id: 'git-config',
    glob: '{config,config.worktree}',
    base: 'git',
    why: 'decides which hooks git runs.',
    effect: 'deny',
  },
  { id: 'git-attributes', glob: 'info/attributes', base: 'git', why: 'can make git run programs.', effect: 'deny' },
  { id: 'husky', glob: '.husky/**', base: 'repo', why: gitHook, effect: 'deny' },
  {
    id: 'hook-config',
    glob: '{.pre-commit-config.yaml,lefthook.yml,lefthook.yaml,.lefthook.yml,lefthook-local.yml,.huskyrc,.overcommit.yml}',
    base: 'repo',
    why: 'configures the git hooks.',
    effect: 'deny',
  },
  { id: 'claude-home', glob: '.claude/{settings*.json,hooks/**}', base: 'home', why: settings, effect: 'deny' },
  { id: 'claude-json', glob: '.claude.json', base: 'home', why: settings, effect: 'deny' },
  { id: 'codex-home', glob: '.codex/{config.toml,hooks.json}', base: 'home', why: settings, effect: 'deny' },
  { id: 'gemini-home', glob: '.gemini/settings.json', base: 'home', why: settings, effect: 'deny' },
  {
    id: 'cursor-home',
    glob: '.cursor/{hooks.json,mcp.json,permissions.json}',
    base: 'home',
    why: settings,
    effect: 'deny',
  },
  { id: 'copilot-home', glob: '.copilot/{config.json,hooks/**}', base: 'home', why: settings, effect: 'deny' },
  { id: 'opencode-home', glob: '.config/opencode/**', base: 'home', why: settings, effect: 'deny' },
  {
    id: 'git-home',
    glob: '{.gitconfig,.config/git/config,.config/git/hooks/**}',
    base: 'home',
    why: 'decides which hooks git runs.',
    effect: 'deny',
  },
  {
    id: 'postern-home',
    glob: '{.config/postern/**,.local/state/postern/**}',
    base: 'home',
    why: 'is a policy floor or a key of this machine.',
    effect: 'deny',
  },
  {
    id: 'postern-etc',
    glob: 'etc/postern/**',
    base: 'root',
    why: 'is the policy floor of this organisation.',
    effect: 'deny',
  },
  { id: 'claude-managed', glob: 'etc/claude-code/**', base: 'root', why: settings, effect: 'deny' },
];
