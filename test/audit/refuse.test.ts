import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { AuditError } from '../../src/audit/error.ts';
import { append } from '../../src/audit/log.ts';
import { decision, freshDir } from './entries.ts';

const logOf = (dir: string) => `${dir}/audit.jsonl`;

test.each([
  {
    row: 'a file in place of the folder',
    make: (dir: string) => writeFileSync(dir, ''),
    says: /a file stands where a folder belongs/,
  },
  {
    row: 'no git folder above',
    make: (dir: string) => rmSync(dirname(dir), { recursive: true }),
    says: /does not exist/,
  },
  {
    row: 'a folder in place of the log',
    make: (dir: string) => mkdirSync(logOf(dir), { recursive: true }),
    says: /a folder stands where the file belongs/,
  },
  {
    row: 'a folder in place of the head',
    make: (dir: string) => mkdirSync(`${dir}/audit.head`, { recursive: true }),
    says: /a folder stands/,
  },
  {
    row: 'a symlinked log',
    make: (dir: string) => {
      mkdirSync(dir);
      writeFileSync(`${dir}/other`, '');
      symlinkSync('other', logOf(dir));
    },
    says: /symbolic link/,
  },
  {
    row: 'a symlink to nowhere',
    make: (dir: string) => {
      mkdirSync(dir);
      symlinkSync('absent', logOf(dir));
    },
    says: /symbolic link/,
  },
  {
    row: 'a log that is a pipe',
    make: (dir: string) => {
      mkdirSync(dir);
      execFileSync('mkfifo', [logOf(dir)]);
    },
    says: /not a plain file/,
  },
  {
    row: 'a full device',
    make: (dir: string) => {
      mkdirSync(dir);
      symlinkSync('/dev/full', logOf(dir));
    },
    says: /symbolic link/,
  },
  {
    row: 'something in the lock folder of a dead process',
    make: (dir: string) => {
      mkdirSync(`${logOf(dir)}.lock/x`, { recursive: true });
      utimesSync(`${logOf(dir)}.lock`, 1, 1);
    },
    says: /lock folder is not empty/,
  },
])('$row: AuditError, in plain words', ({ make, says }) => {
  const dir = freshDir();
  make(dir);
  const attempt = () => append(dir, [decision], { sync: true });
  expect(attempt).toThrow(AuditError);
  expect(attempt).toThrow(says);
});
