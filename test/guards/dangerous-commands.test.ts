import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dangerousCommands } from '../../src/guards/dangerous-commands.ts';
import { type Answer, questionKey } from '../../src/policy/facts.ts';
import { allRows } from '../../src/rules/commands/index.ts';
import { callOf, factsOf, findingsOf, policyOf, root, rulesOf } from './commands.ts';
import { benign } from './ledger/benign.ts';
import { stopped } from './ledger/stopped.ts';

const isStopped = (line: string): boolean => findingsOf(line).length > 0;
const quoted = (line: string): string => `'${line.replaceAll("'", "'\\''")}'`;

/** Denied commands that can stand anywhere a command can: no own separators, pipes or heredocs. */
const plainHits = allRows()
  .filter((row) => row.program !== undefined && row.program !== '*')
  .flatMap((row) => row.hits.slice(0, 3))
  .filter(
    (line) =>
      !/[;|&<>\n(){}`$~*]|^(cd|export|unset|set|history|enable|hash|shopt|cat|yes|kill|crontab|sudo|command|exec|umask) |^\w+=/.test(
        line,
      ),
  );

const wrappers: Readonly<Record<string, (line: string) => string>> = {
  sudo: (line) => `sudo ${line}`,
  'sudo -u': (line) => `sudo -u root -- ${line}`,
  env: (line) => `env A=1 ${line}`,
  command: (line) => `command ${line}`,
  nohup: (line) => `nohup ${line} &`,
  timeout: (line) => `timeout -k 1 10 ${line}`,
  nice: (line) => `nice -n 5 ionice -c3 ${line}`,
  time: (line) => `time ${line}`,
  'bash -c': (line) => `bash -c ${quoted(line)}`,
  'sh -c twice': (line) => `sh -c ${quoted(`bash -lc ${quoted(line)}`)}`,
  eval: (line) => `eval ${quoted(line)}`,
  'here-string': (line) => `bash <<< ${quoted(line)}`,
  heredoc: (line) => `sh <<'EOF'\n${line}\nEOF`,
  pipe: (line) => `echo ${quoted(line)} | bash`,
  source: (line) => `source <(echo ${quoted(line)})`,
  python: (line) => `python3 -c ${quoted(`import os; os.system(${JSON.stringify(line)})`)}`,
  node: (line) => `node -e ${quoted(`require('child_process').execSync(${JSON.stringify(line)})`)}`,
  and: (line) => `true && ${line}`,
  or: (line) => `false || ${line}`,
  list: (line) => `echo start; ${line}; echo end`,
  newline: (line) => `echo start\n${line}\necho end`,
  if: (line) => `if true; then ${line}; fi`,
  for: (line) => `for i in 1 2; do ${line}; done`,
  while: (line) => `while true; do ${line}; done`,
  case: (line) => `case x in x) ${line};; esac`,
  function: (line) => `f() { ${line}; }; f`,
  subshell: (line) => `(${line})`,
  group: (line) => `{ ${line}; }`,
  substitution: (line) => `echo "$(${line})"`,
  assignment: (line) => `x=$(${line})`,
  background: (line) => `${line} &`,
  'written, then run': (line) => `echo ${quoted(line)} > /tmp/x.sh && sh /tmp/x.sh`,
  trap: (line) => `trap ${quoted(line)} EXIT`,
  'git alias': (line) => `git -c alias.x=${quoted(`!${line}`)} x`,
  npx: (line) => `npx -c ${quoted(line)}`,
  parallel: (line) => `parallel ::: ${quoted(line)}`,
};

describe.each(Object.entries(wrappers))('wrapped in %s', (_name, wrap) => {
  test('every denied command is still stopped', () => {
    expect(plainHits.filter((line) => !isStopped(wrap(line)))).toEqual([]);
  });
});

describe('ledgers', () => {
  test.each(Object.entries(benign))('%s passes in silence', (_area, lines) => {
    expect(lines.filter(isStopped)).toEqual([]);
  });
  test.each(Object.entries(stopped))('%s is stopped', (_area, lines) => {
    expect(lines.filter((line) => !isStopped(line))).toEqual([]);
  });
});

describe('laws', () => {
  const hits = fc.constantFrom(...plainHits);

  test('wrapping twice never turns a stop into a pass', () => {
    const wraps = fc.constantFrom(...Object.values(wrappers).slice(0, 9));
    fc.assert(
      fc.property(hits, wraps, wraps, (line, inner, outer) => isStopped(outer(inner(line)))),
      { numRuns: 300 },
    );
  });

  test('quoting words differently never turns a stop into a pass', () => {
    const styles = fc.array(fc.constantFrom("'", '"', '\\', ''), { minLength: 40, maxLength: 40 });
    const simple = fc.constantFrom(...plainHits.filter((line) => /^[\w ./:@+-]+$/.test(line)));
    fc.assert(
      fc.property(simple, styles, (line, quotes) => isStopped(requote(line, quotes))),
      { numRuns: 300 },
    );
  });

  test('the order of flags does not matter', () => {
    const flags = fc.shuffledSubarray(['-r', '-f', '-v'], { minLength: 3 });
    fc.assert(
      fc.property(flags, (order) => isStopped(`rm ${order.join(' ')} ~`) && isStopped(`rm ~ ${order.join(' ')}`)),
    );
  });

  test('any text gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (line) => Array.isArray(findingsOf(line))),
      { numRuns: 500 },
    );
  });

  test('data stays data: a hit inside single quotes after echo passes', () => {
    fc.assert(
      fc.property(hits, (line) => !isStopped(`echo ${quoted(line)}`)),
      { numRuns: 300 },
    );
  });
});

function requote(line: string, quotes: readonly string[]): string {
  return line
    .split(' ')
    .map((word, at) => {
      const style = quotes[at % quotes.length]!;
      if (style === '' || word === '') return word;
      return style === '\\' ? `\\${word}` : `${style}${word}${style}`;
    })
    .join(' ');
}

describe('the repository softens', () => {
  const worktree = (dirty: string[], untracked: string[] = []): ReadonlyMap<string, Answer> =>
    new Map([[questionKey({ ask: 'worktree', path: root }), { is: 'worktree', dirty, untracked }]]);
  const path = (name: string, state: Extract<Answer, { is: 'path' }>['state']): ReadonlyMap<string, Answer> =>
    new Map([[questionKey({ ask: 'path', path: `${root}/${name}` }), { is: 'path', state }]]);
  const branch = (merged: boolean): ReadonlyMap<string, Answer> =>
    new Map([[questionKey({ ask: 'branch', name: 'topic' }), { is: 'branch', exists: true, merged, pushed: false }]]);

  test.each([
    { line: 'git reset --hard', answers: worktree([]), rules: [] },
    { line: 'git reset --hard', answers: worktree(['a.ts']), rules: ['git-reset-hard'] },
    { line: 'git clean -fd', answers: worktree([], ['new.ts']), rules: ['git-clean'] },
    { line: 'git clean -fd', answers: worktree(['a.ts'], []), rules: ['git-clean'] },
    { line: 'rm -rf src', answers: path('src', 'clean'), rules: [] },
    { line: 'rm -rf src', answers: path('src', 'dirty'), rules: ['rm-tree'] },
    { line: 'rm -rf src', answers: path('src', 'untracked'), rules: ['rm-tree'] },
    { line: 'git branch -D topic', answers: branch(true), rules: [] },
    { line: 'git branch -D topic', answers: branch(false), rules: ['git-branch-delete'] },
  ])('$line -> $rules', ({ line, answers, rules }) => expect(rulesOf(line, { answers })).toEqual(rules));

  test('the message names the files', () => {
    expect(findingsOf('git reset --hard', { answers: worktree(['a.ts', 'b.ts', 'c.ts', 'd.ts']) })[0]?.why).toBe(
      'discards uncommitted work: a.ts, b.ts, c.ts and 1 more.',
    );
  });

  test.each([
    { line: 'git status', questions: [] },
    { line: 'git reset --hard', questions: [{ ask: 'worktree', path: root }] },
    { line: 'rm -rf src', questions: [{ ask: 'path', path: `${root}/src` }] },
    { line: 'rm -rf ~', questions: [] },
    { line: 'bash scripts/x.sh', questions: [{ ask: 'script', path: `${root}/scripts/x.sh` }] },
  ])('$line asks $questions', ({ line, questions }) =>
    expect(dangerousCommands.questions?.(callOf(line), factsOf(line), policyOf())).toEqual(questions),
  );
});

describe('scripts that the line runs are judged', () => {
  const script = (text: string): ReadonlyMap<string, Answer> =>
    new Map([[questionKey({ ask: 'script', path: `${root}/x.sh` }), { is: 'script', text, sha256: '' }]]);

  test.each([
    { line: 'bash x.sh', text: 'git push --force', rules: ['git-push-force'] },
    { line: './x.sh', text: '#!/bin/sh\nrm -rf ~\n', rules: ['rm-fatal'] },
    { line: 'source x.sh', text: 'rm -rf "$1"', rules: [] },
    { line: 'bash x.sh ~', text: 'rm -rf "$1"', rules: ['rm-fatal'] },
    { line: 'sh x.sh', text: 'rm -rf "$OUT"\nnpm test', rules: [] },
  ])('$line with $text -> $rules', ({ line, text, rules }) =>
    expect(rulesOf(line, { answers: script(text) })).toEqual(rules),
  );
});

describe('policy', () => {
  test('an allowed rule is never reported', () =>
    expect(rulesOf('git push --force', { allow: ['git-push-force'] })).toEqual([]));
  test('a denied rule denies', () => expect(findingsOf('rm -rf src', { deny: ['rm-tree'] })[0]?.effect).toBe('deny'));
});

describe('unreadable lines are asked about, not passed', () => {
  test.each(['echo "unterminated', 'if true; then ls', '$('.repeat(200), 'eval '.repeat(100), 'a'.repeat(70_000)])(
    '%.40s',
    (line) => expect(rulesOf(line)).toContain('unreadable'),
  );
});
