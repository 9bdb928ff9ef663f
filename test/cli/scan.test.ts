import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fill, seeded } from '../rules/secrets/template.ts';
import { scratchFolder, scratchRepo } from '../support/packed.ts';
import { git, guardedRepo, postern, type Ran, writeFiles } from './support.ts';

const token = (seed: number) => fill('ghp_{a62*36}', seeded(seed)).text;
const leak = (seed = 1) => `const token = '${token(seed)}';\n`;
/** Spelled so that scans of this file find no allowance. */
const allow = (rule: string, reason = 'a fixture') => `// ${['postern', 'allow'].join(':')} ${rule} -- ${reason}`;

async function scan(cwd: string, ...argv: string[]): Promise<Ran & { readonly json: Facts }> {
  const ran = await postern(['scan', ...argv, '--json'], { cwd });
  return { ...ran, json: ran.out === '' ? ({} as Facts) : JSON.parse(ran.out) };
}

interface Facts {
  readonly findings: {
    path: string;
    line: number;
    column: number;
    rule: string;
    commit?: string;
    fingerprint: string;
  }[];
  readonly unusedOfPolicy: readonly string[];
  readonly known: number;
  readonly allowed: number;
  readonly exempt: number;
  readonly unusedAllowances: unknown[];
  readonly staleBaselineEntries: unknown[];
  readonly unread: { path: string }[];
  readonly binary: number;
}

const places = ({ json }: { json: Facts }) =>
  json.findings.map(({ path, line, column }) => `${path}:${line}:${column}`);

describe('files', () => {
  const rows: { name: string; files: Record<string, string>; found: string[]; argv?: string[] }[] = [
    { name: 'a clean repository', files: { 'a.ts': 'let a;\n' }, found: [] },
    { name: 'a secret', files: { 'src/a.ts': `\n\n${leak()}` }, found: ['src/a.ts:3:16'] },
    { name: 'CRLF and no newline at the end', files: { 'a.ts': `x\r\n${leak().trimEnd()}` }, found: ['a.ts:2:16'] },
    { name: 'ignored files are left out', files: { '.gitignore': '.env\nnode_modules\n', '.env': leak(), 'node_modules/a.js': leak() }, found: [] },
    { name: 'an ignored file that is named', files: { '.gitignore': '.env\n', '.env': leak() }, argv: ['.env'], found: ['.env:1:16'] },
    { name: 'only the named folder', files: { 'a/x.ts': leak(), 'b/x.ts': leak() }, argv: ['b'], found: ['b/x.ts:1:16'] },
    { name: 'odd names', files: { 'a "b"\n\tc.ts': leak(), '-x': leak() }, found: ['-x:1:16', 'a "b"\n\tc.ts:1:16'] },
    { name: 'a NUL byte hides nothing', files: { 'a.bin': `\0${leak()}` }, found: ['a.bin:1:17'] },
    { name: 'a picture is not read', files: { 'a.png': `\x89PNG\0${leak()}` }, found: [] },
    { name: 'bytes that are no UTF-8 hide nothing', files: { 'a.ts': `\ufffd\u00ff\n${leak()}` }, found: ['a.ts:2:16'] },
    { name: 'a policy path', files: { '.postern/policy.yaml': "version: 1\nguards: { secrets: { paths: ['fixtures/**'] } }\n", 'fixtures/a.ts': leak() }, found: [] },
    { name: 'a policy rule', files: { '.postern/policy.yaml': 'version: 1\nguards: { secrets: { allow: [github-pat] } }\n', 'a.ts': leak() }, found: [] },
    { name: 'an allowance above', files: { 'a.ts': `${allow('github-pat')}\n${leak()}` }, found: [] },
    { name: 'an allowance beside', files: { 'a.ts': `${leak().trimEnd()} ${allow('github-pat')}\n` }, found: [] },
    { name: 'an allowance of another rule', files: { 'a.ts': `${allow('aws-access-key-id')}\n${leak()}` }, found: ['a.ts:2:16'] },
    { name: 'an allowance two lines above', files: { 'a.ts': `${allow('github-pat')}\n\n${leak()}` }, found: ['a.ts:3:16'] },
  ]; // biome-ignore format: a table of rows

  test.each(rows)('$name', async ({ files, found, argv = [] }) => {
    const ran = await scan(guardedRepo(files), ...argv);
    expect(places(ran).sort()).toEqual(found);
    expect(ran.code).toBe(found.length > 0 ? 1 : 0);
    expect(ran.out + ran.said).not.toContain(token(1));
  });

  test('what the policy allows and nothing needs is told, when the whole repository was looked through', async () => {
    const policy = [
      'version: 1',
      'guards:',
      '  secrets:',
      '    allow: [github-pat, aws-access-key-id]',
      '    paths: [fixtures/**, old/**]',
      '    allowances: [{ rule: github-oauth, path: a.ts, reason: r }, { rule: github-app, path: b.ts, reason: r }]',
    ].join('\n');
    const oauth = fill("const t = 'gho_{a62*36}';\n", seeded(3)).text;
    const repo = guardedRepo({ '.postern/policy.yaml': policy, 'a.ts': leak() + oauth, 'fixtures/x.ts': leak() });
    const { json, code } = await scan(repo);
    expect(json).toMatchObject({
      findings: [],
      unusedOfPolicy: [
        'guards.secrets.allow: aws-access-key-id',
        'guards.secrets.allowances: github-app b.ts',
        'guards.secrets.paths: old/**',
      ],
    });
    expect(code).toBe(0);
    expect((await scan(repo, 'a.ts')).json.unusedOfPolicy).toEqual([]);
  });

  test('the fingerprint that it shows is one that the policy understands', async () => {
    const [first] = (await scan(guardedRepo({ 'a.ts': leak() }))).json.findings;
    const allowances = `[{ rule: github-pat, fingerprint: ${first?.fingerprint}, reason: r }]`;
    const policy = `version: 1\nguards: { secrets: { allowances: ${allowances} } }\n`;
    const repo = guardedRepo({ '.postern/policy.yaml': policy, 'b.ts': leak(), 'c.ts': leak(2) });
    expect(places(await scan(repo))).toEqual(['c.ts:1:16']);
  });

  test('a repository that Postern does not guard', async () => {
    const repo = scratchRepo();
    writeFiles(repo, { 'a.ts': leak() });
    expect(places(await scan(repo))).toEqual(['a.ts:1:16']);
  });

  test('UTF-16 is read, links and submodules are not followed', async () => {
    const repo = guardedRepo();
    writeFileSync(join(repo, 'a.txt'), Buffer.from(`\ufeff${leak()}`, 'utf16le'));
    writeFileSync(join(repo, 'c.txt'), Buffer.from(`// no mark\n${leak()}`, 'utf16le'));
    writeFileSync(join(repo, 'd.txt'), Buffer.concat([Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(`\n${leak()}`)]));
    writeFileSync(join(repo, 'b.txt'), Buffer.from(`\ufeff${leak()}`, 'utf16le').swap16());
    symlinkSync('/etc/passwd', join(repo, 'link'));
    git(repo, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    expect(places(await scan(repo))).toEqual(['a.txt:1:17', 'b.txt:1:17', 'c.txt:2:16', 'd.txt:2:16']);
  });

  test.each([
    { name: 'many lines', filler: 'plain line without anything\n' },
    { name: 'a single line', filler: 'plain words on one long line ' },
  ])('a file of 10 MB with $name hides nothing, wherever it stands', async ({ filler }) => {
    const repo = guardedRepo();
    const border = 4 * 1024 * 1024 - 64 * 1024;
    const offsets = [0, border - 200, border - 20, border + 100, border + 70_000, 2 * border - 20, 9_000_000];
    let text = filler.repeat(Math.ceil(10_000_000 / filler.length));
    offsets.forEach((at, i) => {
      const line = ` ${token(i + 10)} `;
      text = text.slice(0, at) + line + text.slice(at + line.length);
    });
    writeFileSync(join(repo, 'big.txt'), text);
    const expected = offsets.map((at) => {
      const before = text.slice(0, at + 1);
      return `big.txt:${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
    });
    expect(places(await scan(repo))).toEqual(expected);
  });

  test('a file that cannot be read is told, and is no pass', async () => {
    const repo = guardedRepo({ 'a.ts': 'x' });
    chmodSync(join(repo, 'a.ts'), 0);
    const ran = await scan(repo);
    if (process.getuid?.() === 0) expect(ran.code).toBe(0);
    else expect(ran).toMatchObject({ code: 1, json: { unread: [{ path: 'a.ts' }] } });
  });

  test('allowances that let nothing through are told', async () => {
    const ran = await scan(guardedRepo({ 'a.ts': `\n${allow('github-pat')}\nlet a;\n` }));
    expect(ran).toMatchObject({ code: 0, json: { unusedAllowances: [{ path: 'a.ts', line: 2, rule: 'github-pat' }] } });
    expect(ran.said).toContain('a.ts:2 allows github-pat, but there is none');
  });

  test('people get a line for each, and the way on', async () => {
    const ran = await postern(['scan'], { cwd: guardedRepo({ 'a.ts': leak() }) });
    expect(ran.out).toBe('a.ts:1:16  medium  github-pat  GitHub personal access token\n1 secret in 3 files.\n');
    expect(ran.said).toContain('Revoke it where it was issued: https://');
  });
});

describe('commits', () => {
  const history = () => {
    const repo = guardedRepo();
    writeFiles(repo, { 'old.ts': `\n${leak(1)}` });
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'Old');
    git(repo, 'tag', 'old');
    rmSync(join(repo, 'old.ts'));
    writeFiles(repo, { 'new.ts': leak(2) });
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'New');
    writeFiles(repo, { 'staged.ts': `one\ntwo\n${leak(3)}`, 'loose.ts': leak(4) });
    git(repo, 'add', 'staged.ts');
    return repo;
  };

  test.each([
    { argv: ['--staged'], found: ['staged.ts:3:16'] },
    { argv: ['--range', 'old..HEAD'], found: ['new.ts:1:16'] },
    { argv: ['--history'], found: ['old.ts:2:16', 'new.ts:1:16'] },
    { argv: [], found: ['new.ts:1:16', 'staged.ts:3:16', 'loose.ts:1:16'] },
  ])('$argv finds $found', async ({ argv, found }) => {
    const ran = await scan(history(), ...argv);
    expect(places(ran).sort()).toEqual([...found].sort());
    expect(ran.code).toBe(1);
  });

  test('history names the commit that added it, once', async () => {
    const repo = history();
    git(repo, 'checkout', '-q', '-b', 'other', 'HEAD');
    git(repo, 'rm', '-q', '--cached', 'staged.ts');
    git(repo, 'mv', 'new.ts', 'moved.ts');
    git(repo, 'commit', '-qm', 'Move');
    const { json } = await scan(repo, '--history');
    expect(json.findings.map(({ commit }) => commit)).toEqual([
      git(repo, 'rev-parse', 'old').slice(0, 10),
      git(repo, 'rev-parse', 'main').slice(0, 10),
    ]);
  });

  test('an allowance that the commit did not touch counts', async () => {
    const repo = guardedRepo({ 'a.ts': `${allow('github-pat')}\nlet a;\n` });
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'Allow');
    writeFiles(repo, { 'a.ts': `${allow('github-pat')}\n${leak()}` });
    git(repo, 'add', '-A');
    expect(await scan(repo, '--staged')).toMatchObject({ code: 0, json: { allowed: 1 } });
  });

  test('nothing staged, nothing in range', async () => {
    const repo = guardedRepo();
    expect(await scan(repo, '--staged')).toMatchObject({ code: 0, json: { findings: [] } });
    expect(await scan(repo, '--range', 'HEAD..HEAD')).toMatchObject({ code: 0, json: { findings: [] } });
  });
});

describe('the baseline', () => {
  const path = '.postern/secrets-baseline.json';
  const baselined = async (files: Record<string, string>) => {
    const repo = guardedRepo(files);
    expect(await postern(['scan', '--baseline'], { cwd: repo })).toMatchObject({ code: 0 });
    return repo;
  };

  test('lets through what was there, in that file only, and holds no value', async () => {
    const repo = await baselined({ 'a.ts': leak(1) });
    expect(readFileSync(join(repo, path), 'utf8')).not.toContain(token(1));
    expect(await scan(repo)).toMatchObject({ code: 0, json: { known: 1 } });
    writeFiles(repo, { 'a.ts': `new line\n${leak(1)}${leak(2)}`, 'b.ts': leak(1) });
    expect(places(await scan(repo)).sort()).toEqual(['a.ts:3:16', 'b.ts:1:16']);
  });

  test('works in another clone', async () => {
    const repo = await baselined({ 'a.ts': leak(1) });
    git(repo, 'add', '-A');
    git(repo, 'commit', '-qm', 'Baseline');
    const clone = join(scratchFolder('clone'), 'repo');
    git(repo, 'clone', '-q', repo, clone);
    expect(await scan(clone)).toMatchObject({ code: 0, json: { known: 1 } });
  });

  test('is renewed for what was read, and keeps the rest', async () => {
    const repo = await baselined({ 'a/x.ts': leak(1), 'b/x.ts': leak(2) });
    const salt = JSON.parse(readFileSync(join(repo, path), 'utf8')).fingerprintSalt;
    writeFiles(repo, { 'a/x.ts': leak(3) });
    const stale = await scan(repo);
    expect(stale.json.staleBaselineEntries).toEqual([{ path: 'a/x.ts', rule: 'github-pat' }]);
    await postern(['scan', 'a', '--baseline'], { cwd: repo });
    expect(await scan(repo)).toMatchObject({ code: 0, json: { known: 2, staleBaselineEntries: [] } });
    expect(JSON.parse(readFileSync(join(repo, path), 'utf8')).fingerprintSalt).toBe(salt);
  });

  test.each([
    { name: 'broken JSON', text: '{' },
    { name: 'nothing', text: '' },
    { name: 'null', text: 'null' },
    { name: 'another version', text: '{"version":2}' },
    { name: 'no salt', text: '{"version":1,"findings":[]}' },
    { name: 'a half entry', text: `{"version":1,"fingerprintSalt":"${'0'.repeat(64)}","findings":[{"rule":"x"}]}` },
  ])('$name lets nothing through and says so', async ({ text }) => {
    const ran = await scan(guardedRepo({ 'a.ts': leak(1), [path]: text }));
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.said).toContain(`${path} cannot be read, so it lets nothing through`);
  });

  test('is not for agents', async () => {
    const repo = guardedRepo({ 'a.ts': leak(1) });
    const ran = await postern(['scan', '--baseline'], { cwd: repo, env: { CLAUDECODE: '1' } });
    expect(ran.code).toBe(2);
    expect(existsSync(join(repo, path))).toBe(false);
  });
});

describe('SARIF', () => {
  test('names the tool, the rules and the places', async () => {
    const ran = await postern(['scan', '--sarif'], { cwd: guardedRepo({ 'a b.ts': `\n${leak()}` }) });
    const log = JSON.parse(ran.out);
    expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Postern' } } }] });
    expect(log.runs[0].tool.driver.rules).toMatchObject([{ id: 'github-pat' }]);
    const location = {
      physicalLocation: {
        artifactLocation: { uri: 'a%20b.ts' },
        region: { startLine: 2, startColumn: 16, endLine: 2, endColumn: 56 },
      },
    };
    expect(log.runs[0].results).toMatchObject([
      { ruleId: 'github-pat', ruleIndex: 0, level: 'warning', locations: [location] },
    ]);
    expect(ran.out).not.toContain(token(1));
  });

  test('of nothing has no results', async () => {
    const ran = await postern(['scan', '--sarif'], { cwd: guardedRepo() });
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).runs[0].results).toEqual([]);
  });
});

describe('what cannot run ends with 2', () => {
  const repo = guardedRepo();
  test.each([
    { argv: ['nowhere'], said: 'There is no' },
    { argv: ['/'], said: 'is not in a git repository' },
    { argv: ['--range', 'HEAD'], said: 'is not a range' },
    { argv: ['--range', 'a..b'], said: 'git rev-list failed' },
    { argv: ['--range', '--all..x'], said: 'is not a range' },
    { argv: ['--staged', '--history'], said: 'one thing at a time' },
    { argv: ['a', '--staged'], said: 'one thing at a time' },
    { argv: ['--json', '--sarif'], said: 'cannot be used with' },
  ])('$argv', async ({ argv, said }) => {
    const ran = await postern(['scan', ...argv], { cwd: repo });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.said).toContain(said);
  });

  test('an unreadable policy', async () => {
    const ran = await postern(['scan'], { cwd: guardedRepo({ '.postern/policy.yaml': 'nonsense: true\n' }) });
    expect(ran).toMatchObject({ code: 2, out: '' });
  });
});
