import { spawnSync } from 'node:child_process';

/** What git said. `code` is -1 when git could not be started or was stopped. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs git in `cwd` with no prompt, no pager and no optional locks, and waits at most `timeoutMs`. */
export function git(cwd: string, args: readonly string[], timeoutMs = 20_000): GitAnswer {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: index, ...env } = process.env;
  const result = spawnSync('git', args, {
    cwd,
    env: {
      ...env,
      ...(index ? { GIT_INDEX_FILE: index } : {}),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  return {
    code: result.status ?? -1,
    stdout: result.stdout ?? '',
    stderr: (result.stderr ?? '') + (result.error?.message ?? ''),
  };
}

/** The lines of a `-z` listing. */
export function zeroSeparated(text: string): string[] {
  return text.split('\0').filter((entry) => entry !== '');
}
