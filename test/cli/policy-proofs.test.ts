import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../support/packed.ts';
import { guardedRepo, postern, writeFiles } from './support.ts';

const policy = (...rules: string[]) => `version: 1\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;
const make = (proofs: string, match = 'program: make') =>
  `{ id: no-make, match: { ${match} }, effect: ask, reason: takes long., ${proofs} }`;

const lint = (text: string) => postern(['policy', 'lint'], { cwd: guardedRepo({ '.postern/policy.yaml': text }) });

const own = (proofs: string) =>
  `version: 1\nguards:\n  secrets:\n    rules:\n      - { id: acme, kind: Acme token, anchor: acme-, pattern: 'acme-[a-z0-9]{8}', ${proofs} }\n`;

describe('policy lint proves the secrets that only the repository knows', () => {
  test.each([
    { proofs: 'hits: [key acme-a1b2c3d4]', code: 0, said: '' },
    { proofs: 'hits: [acme-a1b2c3d4], misses: [acme-<token>]', code: 0, said: '' },
    { proofs: 'hits: [acme-short]', code: 1, said: '.postern/policy.yaml:5:90 holds nothing that fits `acme`' },
    { proofs: 'hits: [acme-a1b2c3d4], misses: [x acme-z9y8x7w6]', code: 1, said: '5:115 fits `acme`, and must not' },
  ])('$proofs', async ({ proofs, code, said }) => {
    const ran = await lint(own(proofs));
    expect(ran.code).toBe(code);
    expect(ran.out).toContain(said);
  });
});

describe('policy lint proves the rules', () => {
  test.each([
    { name: 'lines that match', proofs: 'hits: [make all, "cd sub && sudo make", "sh -c \'make x\'"]' },
    { name: 'lines that do not', proofs: 'misses: [cmake ., echo make, "git commit -m \'make it\'"]' },
    { name: 'a finding', proofs: 'hits: [git push --force]', match: 'finding: dangerous-commands/git-push-*' },
    { name: 'a client of its own', proofs: 'hits: [make]', match: 'program: make, client: codex' },
    { name: 'a path', proofs: 'hits: [touch infra/a], misses: [touch src/a]', match: "path: 'infra/**'" },
  ])('$name', async ({ proofs, match }) => {
    expect(await lint(policy(make(proofs, match)))).toMatchObject({ code: 0, said: '' });
  });

  test.each([
    {
      name: 'a hit that does not match',
      text: policy(make('hits: [make, cmake .]')),
      said: '.postern/policy.yaml:3:93 `cmake .` does not match rule `no-make`',
    },
    {
      name: 'a miss that matches',
      text: policy(make('misses: [make all]')),
      said: '.postern/policy.yaml:3:89 `make all` matches rule `no-make`, and must not',
    },
    {
      name: 'a rule that never sees its hit, for one above takes it',
      text: policy(
        "{ id: first, match: { program: make, args: ['-j'] }, effect: deny, reason: is too loud. }",
        make("hits: ['make -j']"),
      ),
      said: '.postern/policy.yaml:4:87 `make -j` does not match rule `no-make`: rule `first` above takes it',
    },
    {
      name: 'a rule that is not about shell lines',
      text: policy(make('hits: [make]', 'kind: write')),
      said: '`make` does not match rule `no-make`',
    },
  ])('$name', async ({ text, said }) => {
    const ran = await lint(text);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain(said);
    expect(ran.said).toBe('1 problem. The rest of the policy holds.\n');
  });

  test('of floors too', async () => {
    const home = scratchFolder('home with proofs');
    writeFiles(home, { '.config/postern/policy.yaml': policy(make('hits: [cmake .]')) });
    const ran = await postern(['policy', 'lint', '--json'], { cwd: guardedRepo(), env: { HOME: home } });
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out).problems).toMatchObject([{ source: '~/.config/postern/policy.yaml', line: 3 }]);
  });

  test('even while the repository is frozen, and without a trace in the log', async () => {
    const cwd = guardedRepo({ '.postern/policy.yaml': policy(make('hits: [make]')) });
    await postern(['freeze', '--reason', 'x'], { cwd });
    expect(await postern(['policy', 'lint'], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse((await postern(['audit', 'tail', '--json'], { cwd })).out)).toHaveLength(1);
  });

  test('a broken proof leaves the policy in force', async () => {
    const cwd = guardedRepo({ '.postern/policy.yaml': policy(make('hits: [cmake .]')) });
    expect(await postern(['check', '--', 'make all'], { cwd })).toMatchObject({ code: 1 });
  });
});
