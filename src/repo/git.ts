import { spawnSync } from 'node:child_process';

/** What git said. `code` is -1 when git could not be started or was stopped. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How git is run, where the usual way does not do. */
export interface GitOptions {
  readonly timeoutMs?: number;
  /** Instead of this process's own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Bytes of output that are taken; more counts as a failure. */
  readonly maxBytes?: number;
  /** `latin1` keeps every byte as one character. */
  readonly encoding?: 'utf8' | 'latin1';
}

/** Runs git in `cwd` with no prompt, no pager and no optional locks, and waits at most 20 s or as long as it is told. */
export function git(cwd: string, args: readonly string[], how: number | GitOptions = {}): GitAnswer {
  const options = typeof how === 'number' ? { timeoutMs: how } : how;
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: index, ...env } = options.env ?? process.env;
  const result = spawnSync('git', args, {
    cwd,
    env: {
      ...env,
      ...(index ? { GIT_INDEX_FILE: index } : {}),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C',
    },
    ...(options.input === undefined ? {} : { input: options.input }),
    encoding: options.encoding ?? 'utf8',
    maxBuffer: options.maxBytes ?? 256 * 1024 * 1024,
    timeout: options.timeoutMs ?? 20_000,
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
