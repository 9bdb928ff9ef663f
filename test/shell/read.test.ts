import { describe, expect, test } from 'vitest';
import { readCommand } from '../../src/shell/read.ts';

const where = { cwd: '/repo', home: '/home/dev' };

/** The commands as `program arg arg`, with `?` for a word that cannot be known. */
function commandsOf(line: string, scripts?: ReadonlyMap<string, string>): string[] {
  const reading = readCommand(line, scripts ? { ...where, scripts } : where);
  return reading.commands.map((command) =>
    [command.program || '?', ...command.args.map((arg) => arg ?? '?')].join(' '),
  );
}

describe('words are evaluated', () => {
  test.each([
    { line: 'x=rm; $x -rf ~', runs: 'rm -rf /home/dev' },
    { line: "g''it re''set", runs: 'git reset' },
    { line: '\\git reset', runs: 'git reset' },
    { line: "$'\\x72m' a", runs: 'rm a' },
    { line: 'rm -{r,f} a', runs: 'rm -r -f a' },
    { line: 'q=rmm; ${q:0:2} a', runs: 'rm a' },
    { line: 't="a-soft"; echo ${t/soft/hard}', runs: 'echo a-hard' },
    { line: 's=RM; ${s,,} a', runs: 'rm a' },
    { line: 'p=/a/b.txt; echo ${p##*/} ${p%.*}', runs: 'echo b.txt /a/b' },
    { line: 'echo ${x:-y}', runs: 'echo y' },
    { line: 'a=(push --force); git "${a[@]}"', runs: 'git push --force' },
    { line: 'set -- a b; echo "$2" "$1"', runs: 'echo b a' },
    { line: 'IFS=,; c=rm,-f,a; $c', runs: 'rm -f a' },
    { line: 'n=HOME; echo "${!n}"', runs: 'echo /home/dev' },
    { line: '$(echo rm) a', runs: 'rm a' },
    { line: 'eval "$(echo cm0gYQ== | base64 -d)"', runs: 'rm a' },
    { line: 'x=$(printf "%s" rm); $x a', runs: 'rm a' },
    { line: 'echo ~dev ~/a ~root', runs: 'echo /home/dev /home/dev/a /root' },
    { line: 'for f in a b; do rm $f; done', runs: 'rm b' },
    { line: 'f() { rm "$1"; }; f a', runs: 'rm a' },
    { line: 'echo "$UNKNOWN"', runs: 'echo ?' },
    { line: 'if true; then T=a; else T=b; fi; rm $T', runs: 'rm ?' },
    { line: 'cd /tmp && cd - && pwd', runs: 'cd -' },
  ])('$line runs $runs', ({ line, runs }) => expect(commandsOf(line)).toContain(runs));
});

describe('wrappers, shells and feeders are seen through', () => {
  test.each([
    'sudo -u root rm a',
    'env A=1 rm a',
    'timeout -k 1 5 rm a',
    'bash -c "rm a"',
    'echo "rm a" | sh',
    'sh <<EOF\nrm a\nEOF',
    'bash <<< "rm a"',
    'source <(echo rm a)',
    'echo a | xargs rm',
    'xargs -I{} rm {} <<< a',
    'parallel rm ::: a',
    'npx rm a',
    'docker exec web rm a',
    'ssh host rm a',
    'kubectl exec pod -- rm a',
    'python3 -c "import os; os.system(\'rm a\')"',
    "node -e \"require('child_process').spawnSync('rm', ['a'])\"",
    'perl -e \'system("rm", "a")\'',
    "ruby -e '`rm a`'",
    'awk \'BEGIN{system("rm a")}\'',
    'git -c alias.x="!rm a" x',
    'git rebase -x "rm a" main',
    'git submodule foreach rm a',
    'GIT_EDITOR="rm a" git commit',
    "trap 'rm a' EXIT",
    "alias z='rm'; z a",
    'echo "rm a" > x; sh x',
    "make -f - <<< $'all:\\n\\trm a'",
    'coproc rm a',
    'time rm a',
    '! rm a',
    '[[ $(rm a) ]]',
    'a[$(rm a)]=1',
    'cat <(rm a)',
    'tmux new -d "rm a"',
    'find . -exec rm a \\;',
  ])('%s runs rm a', (line) => expect(commandsOf(line)).toContain('rm a'));

  test('data is not run', () =>
    expect(commandsOf('echo "rm a"; cat <<\'EOF\'\nrm a\nEOF\ngit commit -m "rm a" # rm a')).not.toContain('rm a'));

  test('a script that the caller has read is followed, one that it has not is named', () => {
    expect(readCommand('bash x.sh', where).scripts).toEqual(['/repo/x.sh']);
    expect(commandsOf('bash x.sh a', new Map([['/repo/x.sh', 'rm "$1"']]))).toContain('rm a');
  });
});

describe('class', () => {
  test.each([
    ['git status', 'read'],
    ['ls -la | grep x', 'read'],
    ['cat a b', 'read'],
    ['git stash list', 'read'],
    ['git branch -a', 'read'],
    ['npm ls', 'read'],
    ['sed -n 1p a', 'read'],
    ['echo hi', 'read'],
    ['echo hi > a', 'write'],
    ['npm install', 'write'],
    ['frobnicate', 'write'],
    ['git commit -m x', 'write'],
    ['sed -i s/a/b/ c', 'write'],
    ['ls && touch a', 'write'],
    ['git branch -d x', 'write'],
    ['$CMD', 'write'],
    ['echo "unterminated', 'write'],
    ['rm -rf a', 'destructive'],
    ['git reset --hard', 'destructive'],
    ['ls; git push -f', 'destructive'],
    ['sudo dd of=/dev/sda', 'destructive'],
  ])('%s is %s', (line, expected) => expect(readCommand(line, where).class).toBe(expected));
});

describe('work is bounded', () => {
  const hostile: Readonly<Record<string, string>> = {
    substitutions: '$('.repeat(5_000),
    lists: 'ls;'.repeat(5_000),
    pipes: 'ls|'.repeat(3_000) + 'ls',
    doubling: `x=a;${'x=$x$x;'.repeat(1_400)}`,
    braces: `echo ${'{a,b}'.repeat(2_000)}`,
    wrappers: `${'sudo '.repeat(2_000)}ls`,
    functions: 'f(){ g; g; }; g(){ h; h; }; h(){ f; f; }; f',
    backticks: '`'.repeat(10_000),
    words: `rm ${'a '.repeat(5_000)}`,
    code: `python3 -c "${'f('.repeat(4_500)}"`,
    loops: `${'for i in 1 2 3 4 5 6 7 8 9; do '.repeat(20)}ls${'; done'.repeat(20)}`,
  };

  test.each(Object.entries(hostile))('%s stay within the budget', (_name, line) => {
    const reading = readCommand(line, where);
    expect(reading.commands.length).toBeLessThanOrEqual(4_000);
    expect(reading.uses.length).toBeLessThanOrEqual(2_001);
    expect(reading.commands.every((command) => command.text.length <= 200)).toBe(true);
  });

  test.each(['substitutions', 'lists', 'wrappers', 'loops'])('%s are a problem, never a pass', (name) =>
    expect(readCommand(hostile[name]!, where).problems.length).toBeGreaterThan(0),
  );
});
