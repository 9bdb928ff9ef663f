import { describe, expect, test } from 'vitest';
import { scratchFolder } from '../support/packed.ts';
import { guardedRepo, postern, writeFiles } from './support.ts';

describe('policy lint', () => {
  test('a clean policy', async () => {
    const ran = await postern(['policy', 'lint'], { cwd: guardedRepo() });
    expect(ran).toEqual({ code: 0, out: 'No problems in .postern/policy.yaml.\n', said: '' });
  });

  const broken = 'version: 1\nmod: enforce\nautonomy:\n  level: L9\n';

  test('names every problem with file, line and column', async () => {
    const ran = await postern(['policy', 'lint'], { cwd: guardedRepo({ '.postern/policy.yaml': broken }) });
    expect(ran.code).toBe(1);
    expect(ran.out.split('\n')).toEqual([
      expect.stringMatching(/^\.postern\/policy\.yaml:2:1 .*`mod`/),
      expect.stringMatching(/^\.postern\/policy\.yaml:4:10 /),
      '',
    ]);
    expect(ran.said).toContain('2 problems');
  });

  test('--json has the same', async () => {
    const ran = await postern(['policy', 'lint', '--json'], { cwd: guardedRepo({ '.postern/policy.yaml': broken }) });
    expect(ran).toMatchObject({ code: 1, said: '' });
    expect(JSON.parse(ran.out)).toMatchObject({
      files: ['.postern/policy.yaml'],
      problems: [{ line: 2 }, { line: 4, column: 10 }],
    });
  });

  test.each([
    { what: 'an empty policy', files: { '.postern/policy.yaml': '' }, said: 'is empty' },
    { what: 'a missing policy', files: { '.postern/policy.yaml/x': '' }, said: 'is a directory' },
  ])('$what cannot be judged', async ({ files, said }) => {
    const cwd = guardedRepo({ '.postern/manifest.json': '{}' });
    const { rmSync } = await import('node:fs');
    rmSync(`${cwd}/.postern/policy.yaml`);
    writeFiles(cwd, files);
    const ran = await postern(['policy', 'lint'], { cwd });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain(said);
  });
});

describe('policy show', () => {
  const home = scratchFolder('home with a floor');
  writeFiles(home, { '.config/postern/policy.yaml': 'version: 1\nautonomy:\n  ceiling: L1\n' });
  const repo = guardedRepo({
    '.postern/policy.yaml': 'version: 1\nextends: team\nguards:\n  blocked-paths:\n    paths: [customers/*.csv]\n',
  });

  test('--effective names the layer of every value', async () => {
    const ran = await postern(['policy', 'show', '--effective'], { cwd: repo, env: { HOME: home } });
    expect(ran).toMatchObject({ code: 0, said: '' });
    expect(ran.out).toMatch(/^mode +builtin +enforce$/m);
    expect(ran.out).toMatch(/^review\.required +profile +protected$/m);
    expect(ran.out).toMatch(/ repo +customers\/\*\.csv$/m);
    expect(ran.out).toMatch(/^autonomy\.ceiling +host +L1$/m);
  });

  test('--effective --json names the layers too', async () => {
    const ran = await postern(['policy', 'show', '--effective', '--json'], { cwd: repo, env: { HOME: home } });
    const { digest, layers, values } = JSON.parse(ran.out);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(layers).toEqual([
      { layer: 'repo', path: `${repo}/.postern/policy.yaml` },
      { layer: 'host', path: `${home}/.config/postern/policy.yaml` },
    ]);
    expect(values).toContainEqual({ key: 'autonomy.ceiling', value: 'L1', layer: 'host' });
  });

  test('prints the files as they are', async () => {
    const ran = await postern(['policy', 'show'], { cwd: repo });
    expect(ran.out).toContain('# repo: .postern/policy.yaml\nversion: 1\nextends: team\n');
  });

  test('a broken policy has no values', async () => {
    const ran = await postern(['policy', 'show', '--effective'], {
      cwd: guardedRepo({ '.postern/policy.yaml': 'version: 2\n' }),
    });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain('npx postern policy lint');
  });
});
