import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommand } from '../../src/shell/read.ts';

/** Shell programs grown from the grammar, most of them valid, some broken by a stray token. */
const word = fc.constantFrom(
  'a',
  '"b c"',
  "'d'",
  '$X',
  '"${Y:-z}"',
  '$(echo q)',
  '`echo r`',
  'x{1,2}',
  '*.ts',
  "$'\\t'",
  '<(echo s)',
  '$((1+2))',
);
const simple = fc
  .tuple(fc.constantFrom('echo', 'ls', 'git status', 'A=1 cat', 'printf'), fc.array(word, { maxLength: 3 }))
  .map(([program, words]) => [program, ...words].join(' '));
const redirect = fc.constantFrom('', ' > /tmp/o', ' 2>&1', ' < /dev/null', ' <<< "h"', ' &>> /tmp/l', ' 3>&-');
const { program } = fc.letrec<{ program: string; part: string }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(simple, redirect).map((parts) => parts.join('')),
    tie('program').map((body) => `( ${body} )`),
    tie('program').map((body) => `{ ${body}\n}`),
    tie('program').map((body) => `if ${body}\nthen ${body}\nelse :\nfi`),
    tie('program').map((body) => `for i in 1 2; do ${body}\ndone`),
    tie('program').map((body) => `while false; do ${body}\ndone`),
    tie('program').map((body) => `case x in a|b) ${body}\n;; *) :;; esac`),
    tie('program').map((body) => `f() { ${body}\n}`),
    simple.map((line) => `cat <<'E'\n${line}\nE`),
    simple.map((line) => `cat <<-E\n\t${line}\n\tE`),
    simple.map((line) => `[[ -f x && "$X" =~ ^a ]] && ${line}`),
  ),
  program: fc
    .array(tie('part'), { minLength: 1, maxLength: 3 })
    .chain((parts) =>
      fc
        .constantFrom('\n', ' ; ', ' && ', ' || ', ' | ')
        .map((joint) => (parts.some((part) => part.includes('<<')) ? parts.join('\n') : parts.join(joint))),
    ),
}));
const broken = fc
  .tuple(program, fc.constantFrom('', '', '', ' )', ' fi', ' "', ' ;;', ' done', ' }'))
  .map((parts) => parts.join(''));

test('what bash accepts is read whole, and what it refuses is never read as nothing', () => {
  fc.assert(
    fc.property(broken, (text) => {
      const accepted = spawnSync('bash', ['-n'], { input: text }).status === 0;
      const { problems, commands } = readCommand(text, { cwd: '/repo', home: '/home/dev' });
      expect({ text, problems: accepted ? problems : [] }).toEqual({ text, problems: [] });
      if (!accepted) expect({ text, seen: problems.length + commands.length > 0 }).toEqual({ text, seen: true });
    }),
    { numRuns: 400, seed: 20260101 },
  );
});
