/** Variables whose value some program runs as a shell command. */
const hookVariables = new Set([
  'PROMPT_COMMAND',
  'BASH_ENV',
  'ENV',
  'GIT_SSH_COMMAND',
  'GIT_EDITOR',
  'GIT_SEQUENCE_EDITOR',
  'GIT_PAGER',
  'GIT_EXTERNAL_DIFF',
  'GIT_ASKPASS',
  'GIT_SSH',
  'GIT_PROXY_COMMAND',
  'SSH_ASKPASS',
  'EDITOR',
  'VISUAL',
  'PAGER',
  'MANPAGER',
  'LESSOPEN',
  'LESSCLOSE',
  'BROWSER',
  'RSYNC_RSH',
  'CVS_RSH',
  'FCEDIT',
  'SUDO_EDITOR',
]);

export function isHookVariable(name: string): boolean {
  return hookVariables.has(name) || /^PS[0-4]$/.test(name);
}
