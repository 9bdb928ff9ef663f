import { existsSync, mkdirSync, mkdtempSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/audit/lock.ts';

const minute = 60_000;

function lockedFile(ageMs: number): string {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-lock-')), 'file');
  mkdirSync(`${path}.lock`);
  const time = new Date(Date.now() - ageMs);
  utimesSync(`${path}.lock`, time, time);
  return path;
}

test.each([
  { row: 'a lock just taken by another', ageMs: 0, outcome: 'waits in vain' },
  { row: 'a lock left by a dead process', ageMs: minute, outcome: 'runs' },
  { row: 'a lock of tomorrow, taken before the clock went back', ageMs: -minute, outcome: 'runs' },
])('$row -> $outcome', ({ ageMs, outcome }) => {
  const path = lockedFile(ageMs);
  const attempt = () => withLock(path, 50, () => 'runs');
  if (outcome === 'runs') expect(attempt()).toBe('runs');
  else expect(attempt).toThrow(expect.objectContaining({ code: 'ELOCKED' }));
  expect(existsSync(`${path}.lock`)).toBe(outcome !== 'runs');
});

test('the lock is held meanwhile and released when the act throws', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-lock-')), 'file');
  const act = () => {
    expect(existsSync(`${path}.lock`)).toBe(true);
    expect(() => withLock(path, 10, () => {})).toThrow(expect.objectContaining({ code: 'ELOCKED' }));
    throw new Error('from the act');
  };
  expect(() => withLock(path, 10, act)).toThrow('from the act');
  expect(existsSync(`${path}.lock`)).toBe(false);
});
