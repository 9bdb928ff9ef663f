import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bash, judge } from '../support/judge.ts';

/** Shell lines as agents send them, with what must become of them. Lines are added, never taken away. */
const lines = readFileSync('test/corpus/commands.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as { command: string; expect: 'allow' | 'deny'; category: string });

describe.each([...new Set(lines.map(({ category }) => category))])('%s', (category) => {
  const own = lines.filter((line) => line.category === category);
  const wrongly = (expected: string) =>
    own.filter(
      ({ expect: one, command }) => one === expected && (judge(bash(command)).effect === 'allow') !== (one === 'allow'),
    );

  test('what destroys, leaks or gets round the guard is stopped', () => {
    expect(wrongly('deny').map(({ command }) => command)).toEqual([]);
  });
  test('what is harmless passes in silence', () => {
    expect(wrongly('allow').map(({ command }) => command)).toEqual([]);
  });
});
