import { type GitOptions, git } from './git.ts';

/** Git could not answer. `message` is one line that says what was asked and what git said. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  /** True when there was more output than was asked to take. */
  readonly tooMuch: boolean;

  constructor(message: string, tooMuch = false) {
    super(message);
    this.tooMuch = tooMuch;
  }
}

/** One question to git; the answer is its stdout. Throws `GitFailure` for every exit code but 0 and those in `also`. */
export type AskGit = (args: readonly string[], options?: GitOptions & { readonly also?: readonly number[] }) => string;

/**
 * Asks git in `root` about what really lies in the object store: replacement objects and grafts, which a push does not
 * send, are not looked through.
 */
export function askGit(root: string, env: NonNullable<GitOptions['env']>): AskGit {
  const plain = { ...env, GIT_NO_REPLACE_OBJECTS: '1', GIT_GRAFT_FILE: '/dev/null' };
  return (args, { also = [], ...options } = {}) => {
    const { code, stdout, stderr } = git(root, args, { env: plain, ...options });
    if (code === 0 || also.includes(code)) return stdout;
    throw new GitFailure(`git ${args[0]} failed: ${firstLine(stderr) || `exit code ${code}`}`, /ENOBUFS/.test(stderr));
  };
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

/** Id of the empty tree in a repository whose ids are as long as `like`. */
export function emptyTree(like: string): string {
  return like.length === 64
    ? '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'
    : '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
}
