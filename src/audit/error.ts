/** The log cannot be written or read. `message` says what happened and what to do, in words for a person. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  /** The system's code (`ENOSPC`), where one is behind it. */
  readonly code: string;

  constructor(problem: string, options: { code?: string; cause?: unknown } = {}) {
    super(problem, { cause: options.cause });
    this.code = options.code ?? '';
  }
}

/** What a system error means here, and the step that mends it. */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied. Give your user write access to it.',
  EPERM: 'the operation is not permitted. Give your user write access to it.',
  EROFS: 'the file system is read-only. Mount it writable.',
  ENOSPC: 'the disk is full. Free some space.',
  EDQUOT: 'the disk quota is used up. Free some space.',
  EFBIG: 'the file is larger than this process may write. Raise its limit (ulimit -f).',
  EISDIR: 'a folder stands where the file belongs. Move it away.',
  ENOTDIR: 'a file stands where a folder belongs. Move it away.',
  ENOTEMPTY: 'the lock folder is not empty. Remove what is in it.',
  ENOENT: 'the folder that should hold it does not exist. Check that this is a git repository.',
  ELOOP: 'it is a symbolic link, which could send the log elsewhere. Replace the link with a plain file.',
  ELOCKED: 'another process holds its lock for too long. Try again; if that does not help, end that process.',
};

/** `error` as an `AuditError` about `path`; one that is an `AuditError` already stays as it is. */
export function auditError(
  verb: 'write' | 'read',
  path: string,
  error: unknown,
  what: 'audit log' | 'host key' = 'audit log',
): AuditError {
  if (error instanceof AuditError) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const meaning = MEANINGS[code] ?? `${message}.`;
  return new AuditError(`Cannot ${verb} the ${what} ${path}: ${meaning}`, { code, cause: error });
}
