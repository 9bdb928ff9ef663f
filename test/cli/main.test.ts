import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recordEvents } from '../../src/govern/record-event.ts';
import { personEnv, scratchFolder } from '../support/packed.ts';
import { guardedRepo } from './support.ts';

const CLI = resolve('dist/cli.js');

function shell(line: string, cwd: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd,
    env: personEnv({ POSTERN: CLI, ...env }),
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const repo = guardedRepo();

describe('the built command', () => {
  test.each([
    { line: '"$POSTERN" --version', status: 0 },
    { line: '"$POSTERN" check ls', status: 0 },
    { line: '"$POSTERN" check -- cat .env', status: 1 },
    { line: '"$POSTERN" docter', status: 2 },
    { line: '"$POSTERN" audit tail -n x', status: 2 },
  ])('$line ends with $status', ({ line, status }) => expect(shell(line, repo)).toMatchObject({ status }));

  test('what went wrong and what to do stand on stderr', () => {
    const folder = scratchFolder('nowhere');
    expect(shell('"$POSTERN" status', folder)).toEqual({
      status: 2,
      stdout: '',
      stderr: `postern: ${folder} is not inside a git repository.\n  Go into one, or make one: git init\n`,
    });
  });

  test.each([
    { env: {}, colored: false },
    { env: { FORCE_COLOR: '1' }, colored: true },
    { env: { FORCE_COLOR: '1', NO_COLOR: '1' }, colored: false },
    { env: { FORCE_COLOR: '0' }, colored: false },
  ])('into a pipe with $env: coloured $colored', ({ env, colored }) => {
    expect(shell('"$POSTERN" check ls', repo, env).stdout.includes('\x1b[')).toBe(colored);
  });

  test('a reader that stops early is no failure', () => {
    const stateDir = join(repo, '.git', 'postern');
    recordEvents(
      { stateDir },
      Array.from({ length: 3000 }, () => ({ kind: 'decision', what: 'x'.repeat(100) }) as const),
    );
    const ran = shell('{ "$POSTERN" audit tail -n 3000; echo "code $?" >&2; } | head -n 1', repo);
    expect(ran.stderr).toBe('code 0\n');
  });
});
