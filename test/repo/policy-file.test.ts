import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compilePolicy } from '../../src/repo/policy-compile.ts';
import { explainPolicy } from '../../src/repo/policy-explain.ts';
import { readPolicy, readPolicySync } from '../../src/repo/policy-file.ts';
import type { PolicyPlaces, PolicySource } from '../../src/repo/policy-source.ts';

function source(text: string, layer: PolicySource['layer'] = 'repo'): PolicySource {
  return { layer, path: `/${layer}/policy.yaml`, name: layer === 'repo' ? 'p.yaml' : `${layer}.yaml`, text };
}

function problemsOf(...sources: PolicySource[]): string[] {
  const compilation = compilePolicy(sources, { findings: ['secrets/aws-key', 'dangerous-commands/git-reset-hard'] });
  if (compilation.kind === 'ok') return [];
  return compilation.problems.map((one) => `${one.source}:${one.line}:${one.column} ${one.message}`);
}

const rule = (fields: string) => `version: 1\nrules:\n  - { id: a, reason: x, ${fields} }`;
const twoRules = (first: string, second: string) =>
  `version: 1\nrules:\n- {id: a, reason: x, effect: ask, match: ${first}}\n- {id: b, reason: x, effect: deny, match: ${second}}`;

test.each([
  { text: '# nothing', problems: ['1:1 is empty: it needs at least `version: 1`'] },
  { text: 'mode: observe', problems: ['1:1 `version` is missing'] },
  { text: 'version: 2', problems: ['1:10 `version` must be `1`, not `2`'] },
  { text: '- version: 1', problems: ['1:1 the policy must be a map of keys, not a list'] },
  { text: 'version: 1\nmod: observe', problems: ['2:1 unknown key `mod`, did you mean `mode`?'] },
  { text: 'version: 1\nguards:\n  secret: {}', problems: ['3:3 unknown key `secret`, did you mean `secrets`?'] },
  { text: 'version: 1\nzzz: 1', problems: ['2:1 unknown key `zzz`'] },
  { text: 'version: 1\n<<: { mode: observe }', problems: ['2:1 unknown key `<<`'] },
  { text: 'version: 1\nmode: observe\nmode: enforce', problems: ['3:1 duplicate key `mode`'] },
  { text: 'version: 1\n\trules: []', problems: ['2:1 tabs are not allowed as indentation'] },
  { text: 'version: 1\n---\nmode: observe', problems: ['2:1 a policy is one document, without `---` in between'] },
  { text: '%YAML 1.1\n---\nversion: 1', problems: ['1:1 must be YAML 1.2'] },
  { text: 'version: 1\nmode: *m', problems: ['2:7 there is no anchor `m`'] },
  { text: 'version: 1\n? [a]\n: 1', problems: ['2:3 keys must be plain text'] },
  { text: 'version: 1\nmode: !x observe', problems: ['2:7 unresolved tag: !x'] },
  { text: 'version: 1\nmode: \uFFFDx', problems: ['2:7 is not valid UTF-8'] },
  { text: 'version: 1\nrules:', problems: ['2:1 `rules` must be a list, not nothing'] },
  { text: 'version: 1\nmode: off', problems: ['2:7 `mode` must be `enforce` or `observe`, not `off`'] },
  {
    text: 'version: 1\ncommits: { conventional: yes }',
    problems: ['2:26 `conventional` must be `true` or `false`, not `yes`'],
  },
  {
    text: 'version: 1\nguards: { blocked-paths: { paths: x } }',
    problems: ['2:35 `paths` must be a list, not `x`'],
  },
  {
    text: 'version: 1\nguards:\n  blocked-paths:\n    paths:\n      - 7\n      - ""',
    problems: ['5:9 `paths[0]` must be text, not `7`', '6:9 `paths[1]` is empty'],
  },
  {
    text: 'version: 1\nguards: { kill-switch: { mode: off } }',
    problems: ['2:11 unknown key `kill-switch`'],
  },
  {
    text: 'version: 1\nguards: { protected-paths: { mode: observe } }',
    problems: ['2:30 unknown key `mode`'],
  },
  {
    text: 'version: 1\nautonomy: { level: L3, ceiling: L1 }',
    problems: ['2:20 level `L3` is above the ceiling `L1`'],
  },
  {
    text: 'version: 1\nextends: locked-down\nautonomy: { level: L3 }',
    problems: ['3:20 level `L3` is above the ceiling `L2` of `locked-down`'],
  },
  {
    text: 'version: 1\nextends: solo\nreview:\n  paths: [src/**]',
    problems: ['4:3 `review.paths` has no effect while `review.required` is `never`'],
  },
  {
    text: 'version: 1\nreview: { paths: ["[a", "../x"] }',
    problems: [
      '2:19 `[a` has a `[` without `]`, or nothing between them',
      '2:25 `../x` can never match: paths hold no `.`, `..` or empty parts',
    ],
  },
  {
    text: 'version: 1\nguards: { secrets: { allow: [aws-kye, autonomy/x, secrets/aws-key, "a*"] } }',
    problems: ['2:68 `allow[3]` is not a rule id such as `git-reset-hard`'],
  },
  {
    text: 'version: 1\nguards: { secrets: { allow: [aws-kye, autonomy/x, secrets/aws-key] } }',
    problems: [
      '2:30 `secrets` has no rule `aws-kye`, did you mean `aws-key`?',
      '2:39 `autonomy/x` is not a rule of `secrets`',
    ],
  },
  {
    text: 'version: 1\nguards: { secrets: { allowances: [{ rule: aws-kye, path: "a[", reason: r }] } }',
    problems: [
      '2:43 `secrets` has no rule `aws-kye`, did you mean `aws-key`?',
      '2:58 `a[` has a `[` without `]`, or nothing between them',
    ],
  },
  ...[
    { pattern: 'acme-.*', message: 'repeats without an upper bound: write `{1,100}` instead of `+` or `*`' },
    { pattern: 'acme-(?=a)b', message: 'looks around (`(?=`, `(?!`, `(?<=`, `(?<!`)' },
    { pattern: '(?:acme)?', message: 'matches the empty text' },
    { pattern: 'acme-(a{1,90}){1,90}', message: 'repeats a repetition (`(a+)+`)' },
  ].map(({ pattern, message }) => ({
    text: `version: 1\nguards: { secrets: { rules: [{ id: acme, kind: k, hits: [h], anchor: acme, pattern: "${pattern}" }] } }`,
    problems: [`2:85 \`${pattern}\` ${message}`],
  })),
  {
    text: 'version: 1\nguards:\n  dangerous-commands: { allow: [git-reset-hard], deny: [git-reset-hard] }',
    problems: ['3:57 `git-reset-hard` is both allowed and denied'],
  },
  {
    text: 'version: 1\nrules: [{ effect: deny }]',
    problems: ['2:9 `id` is missing', '2:9 `match` is missing', '2:9 `reason` is missing'],
  },
  {
    text: rule('effect: warn, match: {}'),
    problems: ['3:33 `effect` must be `allow`, `redact`, `ask` or `deny`, not `warn`'],
  },
  { text: rule('effect: deny, match: { tool: [] }'), problems: ['3:54 `tool` is an empty list and never matches'] },
  {
    text: rule('effect: deny, match: { kind: shell }'),
    problems: [
      '3:54 `kind` must be `bash`, `read`, `write`, `fetch`, `tool`, `prompt`, `commit` or `push`, not `shell`',
    ],
  },
  {
    text: rule('effect: deny, match: { kind: [read], program: cat }'),
    problems: ['3:62 never matches: only calls of kind `bash` have a `program`'],
  },
  {
    text: rule('effect: redact, match: { kind: [write, push] }'),
    problems: ['3:64 nothing can be redacted in a call of kind `push`'],
  },
  {
    text: rule('effect: deny, match: { finding: [secrets, secret/x, secrets/aws-kye, policy/b, "*/x", "secrets/*"] }'),
    problems: [
      '3:58 never matches: write `secrets/*`',
      '3:67 never matches: there is no guard `secret`, did you mean `secrets`?',
      '3:77 never matches: there is no rule `secrets/aws-kye`, did you mean `secrets/aws-key`?',
      '3:94 never matches: rules see what guards find, not one another',
    ],
  },
  {
    text: rule('effect: allow, match: { finding: protected-paths/* }'),
    problems: ['3:58 never has an effect: what `protected-paths` finds cannot be softened'],
  },
  {
    text: twoRules('{tool: Bash}', '{tool: [Bash], path: src/**}'),
    problems: ['4:36 never matches: rule `a` above takes every such call'],
  },
  { text: twoRules('{}', '{kind: read}'), problems: ['4:36 never matches: rule `a` above takes every such call'] },
  {
    text: twoRules('{args: -f}', '{args: [-f, -x]}'),
    problems: ['4:36 never matches: rule `a` above takes every such call'],
  },
  { text: twoRules('{args: [-f, -x]}', '{args: -f}'), problems: [] },
  { text: twoRules('{tool: Bash, path: src/**}', '{tool: Bash}'), problems: [] },
  {
    text: 'version: 1\nrules:\n- {id: a, reason: x, effect: ask, match: {tool: A}}\n- {id: a, reason: x, effect: ask, match: {tool: B}}',
    problems: ['4:8 another rule has the id `a`'],
  },
  {
    text: 'mode: of\nmode: on\nrules:\n  - id: A B\n    match: { tool: "[" }\n  - { id: b, match: { path: ./x }, effect: deny, reason: x }',
    problems: [
      '1:1 `version` is missing',
      '2:1 duplicate key `mode`',
      '2:7 `mode` must be `enforce` or `observe`, not `on`',
      '4:5 `effect` is missing',
      '4:5 `reason` is missing',
      '4:9 `id` is not kebab-case, such as `no-prod-deploys`',
      '6:29 `./x` can never match: paths hold no `.`, `..` or empty parts',
    ],
  },
])('$text', ({ text, problems }) => expect(problemsOf(source(text))).toEqual(problems.map((one) => `p.yaml:${one}`)));

test('the problems of all files are told at once, in the order of the layers', () => {
  const problems = problemsOf(source('version: 2'), source('version: 3', 'host'), source('version: 1', 'org'));
  expect(problems).toEqual([
    'p.yaml:1:10 `version` must be `1`, not `2`',
    'host.yaml:1:10 `version` must be `1`, not `3`',
  ]);
});

test.each([
  { name: 'aliases', text: 'version: 1\nreview: { paths: &p [a, b] }\nguards: { protected-paths: { paths: *p } }' },
  { name: 'a byte order mark and CRLF', text: '\uFEFFversion: 1\r\nmode: observe\r\n' },
])('$name are fine', ({ text }) => expect(problemsOf(source(text))).toEqual([]));

const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefgh'].map((key, at) =>
  at === 0
    ? key
    : `${key}: &${key} [${Array(9)
        .fill(`*${'abcdefgh'[at - 1]}`)
        .join(',')}]`,
);

test.each([
  { name: 'an alias bomb', text: bomb.join('\n') },
  { name: 'very many aliases', text: `a: &a 1\n${Array.from({ length: 9000 }, (_, at) => `k${at}: *a`).join('\n')}` },
  { name: 'an alias of what it stands in', text: 'rules: &a [*a]' },
  { name: 'very many keys', text: Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n') },
  { name: 'very deep lists', text: '['.repeat(250_000) },
  { name: 'very deep maps', text: '{a: '.repeat(60_000) },
  { name: 'very deep keys', text: '? '.repeat(120_000) },
  { name: 'quotes', text: '"'.repeat(50_000) },
])('$name is refused, with a bounded list', ({ text }) => {
  const problems = problemsOf(source(text));
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(100);
});

test('every template is valid, and so are its examples', () => {
  for (const name of ['solo', 'team', 'locked-down']) {
    const [first, ...lines] = readFileSync(
      new URL(`../../templates/policies/${name}.yaml`, import.meta.url),
      'utf8',
    ).split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../node_modules/postern/schema/policy.schema.json');
    const examples = lines.map((line) => line.replace(/^# (?=[a-z]+:(?: [a-z]|$)| )/, ''));
    expect(examples.join('\n')).toMatch(/^rules:$/m);
    expect(problemsOf(source(lines.join('\n')))).toEqual([]);
    expect(problemsOf(source(examples.join('\n')))).toEqual([]);
  }
});

function explained(...sources: PolicySource[]): string[] {
  const compilation = compilePolicy(sources);
  if (compilation.kind === 'bad') return problemsOf(...sources);
  return explainPolicy(compilation).map(({ key, value, layer }) => `${key} ${JSON.stringify(value)} ${layer}`);
}

test.each([
  { repo: '', org: '', row: 'autonomy.level "L3" builtin' },
  { repo: 'extends: solo', org: '', row: 'autonomy.level "L3" profile' },
  { repo: 'autonomy: { level: L2 }', org: '', row: 'autonomy.level "L2" repo' },
  { repo: 'autonomy: { ceiling: L1 }', org: '', row: 'autonomy.level "L1" repo' },
  { repo: 'mode: observe', org: '', row: 'mode "observe" repo' },
  { repo: '', org: 'autonomy: { ceiling: L1 }', row: 'autonomy.ceiling "L1" org' },
  { repo: 'extends: locked-down', org: 'autonomy: { level: L3 }', row: 'autonomy.level "L1" profile' },
  { repo: '', org: 'guards: { secrets: { mode: observe } }', row: 'guards.secrets.mode "enforce" builtin' },
  { repo: 'guards: { secrets: { mode: off } }', org: 'extends: solo', row: 'guards.secrets.mode "enforce" org' },
  { repo: 'review: { paths: [a] }', org: '', row: 'review.paths ["a"] repo' },
  { repo: '', org: 'review: { required: always, paths: [a] }', row: 'review.paths ["a"] org' },
  {
    repo: 'commits: { attribution: deny }',
    org: 'commits: { attribution: require }',
    row: 'commits.attribution "deny" repo',
  },
  {
    repo: 'commits: { attribution: deny }',
    org: 'commits: { attribution: require }',
    row: 'commits.attribution "require" org',
  },
  { repo: 'rules: [{ id: a, match: {}, effect: ask, reason: x }]', org: '', row: 'rules.a "ask" repo' },
])('repo says "$repo", org says "$org": $row', ({ repo, org, row }) =>
  expect(explained(source(`version: 1\n${repo}`), source(`version: 1\n${org}`, 'org'))).toContain(row),
);

test('each single value is told once, and an exception of a floor is not told as one of the repository', () => {
  const rows = explained(source('version: 1'), source('version: 1\nguards: { secrets: { allow: [a] } }', 'host'));
  expect(rows.filter((row) => row.startsWith('guards.secrets'))).toEqual([
    'guards.secrets.mode "enforce" builtin',
    'guards.secrets.allow [] builtin',
    'guards.secrets.allowances [] builtin',
    'guards.secrets.rules [] builtin',
    'guards.secrets.paths [] builtin',
    'guards.secrets.output "redact" builtin',
  ]);
});

let base: string;
let places: Required<PolicyPlaces>;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'postern policy \'"é\n')));
  places = {
    root: join(base, 'repo'),
    stateDir: join(base, 'state'),
    home: join(base, 'home'),
    etc: join(base, 'etc'),
  };
  write(join(places.root, '.postern/policy.yaml'), 'version: 1\nmode: observe\n');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const repoFile = () => join(places.root, '.postern/policy.yaml');
const hostFile = () => join(places.home, '.config/postern/policy.yaml');
const orgFile = () => join(places.etc, 'postern/policy.yaml');
const cacheFile = () => join(places.stateDir, 'policy.cache.json');

test('the policy is compiled once, and then read without waiting', async () => {
  expect(readPolicySync(places)).toBeNull();
  const compiled = await readPolicy(places);
  expect(compiled).toMatchObject({ kind: 'ok', policy: { layers: [{ name: 'repo', source: repoFile() }] } });
  expect(readPolicySync(places)).toEqual(compiled);
  expect(readdirSync(places.stateDir)).toEqual(['policy.cache.json']);
});

test.each([
  { name: 'the repository’s file', change: () => write(repoFile(), 'version: 1\nmode: enforce\n') },
  { name: 'a new host floor', change: () => write(hostFile(), 'version: 1\n') },
  { name: 'a new org floor', change: () => write(orgFile(), 'version: 1\n') },
  { name: 'a cache that is cut off', change: () => write(cacheFile(), readFileSync(cacheFile(), 'utf8').slice(0, -9)) },
  { name: 'a cache that is not JSON', change: () => write(cacheFile(), 'x') },
  { name: 'a cache that is JSON of another shape', change: () => write(cacheFile(), 'null') },
  {
    name: 'a cache of another format',
    change: () => write(cacheFile(), readFileSync(cacheFile(), 'utf8').replace('"format":1', '"format":0')),
  },
])('$name is compiled anew', async ({ change }) => {
  await readPolicy(places);
  change();
  expect(readPolicySync(places)).toBeNull();
  expect(await readPolicy(places)).toMatchObject({ kind: 'ok' });
});

test('the layers stand in order, and each changes the digest', async () => {
  const digests = [await readPolicy(places)];
  write(hostFile(), 'version: 1\n');
  digests.push(await readPolicy(places));
  write(orgFile(), 'version: 1\n');
  const all = await readPolicy(places);
  expect(all).toMatchObject({ kind: 'ok', policy: { layers: [{ name: 'repo' }, { name: 'host' }, { name: 'org' }] } });
  const distinct = new Set([...digests, all].map((state) => (state.kind === 'ok' ? state.policy.digest : '')));
  expect(distinct.size).toBe(3);
  for (const digest of distinct) expect(digest).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  { name: 'a file', block: () => write(places.stateDir, '') },
  { name: 'a folder in the way of the cache', block: () => mkdirSync(cacheFile(), { recursive: true }) },
])('a state folder that is $name costs only the cache', async ({ block }) => {
  block();
  expect(await readPolicy(places)).toMatchObject({ kind: 'ok' });
  expect(readPolicySync(places)).toBeNull();
});

test.each([
  { name: 'is missing', make: () => rmSync(repoFile()), problem: 'is missing.' },
  { name: 'has no folder', make: () => rmSync(dirname(repoFile()), { recursive: true }), problem: 'is missing.' },
  { name: 'is empty', make: () => write(repoFile(), ''), problem: 'is empty.' },
  { name: 'is blank', make: () => write(repoFile(), '\n'), problem: ':1:1 is empty: it needs at least `version: 1`.' },
  { name: 'is a directory', make: () => replace(repoFile(), (path) => mkdirSync(path)), problem: 'is a directory.' },
  {
    name: 'is a loop of links',
    make: () => replace(repoFile(), (path) => symlinkSync('policy.yaml', path)),
    problem: 'is a symbolic link; the policy must be a regular file.',
  },
  {
    name: 'is a link within the repository',
    make: () => replace(repoFile(), (path) => symlinkSync('../other.yaml', path)),
    problem: 'is a symbolic link; the policy must be a regular file.',
  },
  {
    name: 'lies behind a link',
    make: () => {
      cpSync(dirname(repoFile()), join(base, 'elsewhere'), { recursive: true });
      replace(dirname(repoFile()), (path) => symlinkSync(join(base, 'elsewhere'), path));
    },
    problem: 'lies behind a symbolic link: .postern must be a real folder.',
  },
  {
    name: 'is in a folder that is a file',
    make: () => replace(dirname(repoFile()), (path) => writeFileSync(path, '')),
    problem: 'cannot be reached: a part of its path is not a folder.',
  },
  {
    name: 'is huge',
    make: () => write(repoFile(), `version: 1\n${'#'.repeat(300_000)}`),
    problem: 'is larger than 256 KB.',
  },
  {
    name: 'is not UTF-8',
    make: () => write(repoFile(), Buffer.from([0x76, 0x3a, 0x20, 0xff, 0xfe])),
    problem: ':1:4 is not valid UTF-8.',
  },
  {
    name: 'is wrong twice',
    make: () => write(repoFile(), 'version: 1\nmod: x\nmode: x\n'),
    problem: ':2:1 unknown key `mod`, did you mean `mode`? (and 1 more).',
  },
])('a repository’s file that $name denies with a way out', async ({ make, problem }) => {
  make();
  const state = await readPolicy(places);
  expect(state).toEqual({
    kind: 'unreadable',
    problem: `.postern/policy.yaml${problem.startsWith(':') ? '' : ' '}${problem}`,
    instead: expect.stringContaining(
      'git checkout -- .postern/policy.yaml. Or begin anew: delete it, then run npx postern init.',
    ),
  });
  expect(existsSync(cacheFile())).toBe(false);
});

test.each([
  { name: 'is empty', make: () => write(orgFile(), ''), problem: 'is empty.' },
  { name: 'is a directory', make: () => mkdirSync(orgFile(), { recursive: true }), problem: 'is a directory.' },
  { name: 'is a dangling link', make: () => link('nowhere'), problem: 'is missing.' },
  { name: 'is a loop of links', make: () => link('policy.yaml'), problem: 'is a loop of symbolic links.' },
  {
    name: 'lies below a file',
    make: () => write(join(places.etc, 'postern'), ''),
    problem: 'cannot be reached: a part of its path is not a folder.',
  },
  { name: 'is wrong', make: () => write(orgFile(), 'version: 9'), problem: ':1:10 `version` must be `1`, not `9`.' },
])('a floor that $name denies and names the administrator', async ({ make, problem }) => {
  make();
  const state = await readPolicy(places);
  expect(state).toMatchObject({
    kind: 'unreadable',
    problem: `${orgFile()}${problem.startsWith(':') ? '' : ' '}${problem}`,
    instead: expect.stringContaining('Ask the person who administers this machine'),
  });
});

test('a floor may be a link, as dotfile managers make it', async () => {
  write(join(base, 'dotfiles.yaml'), 'version: 1\nmode: observe\n');
  mkdirSync(dirname(hostFile()), { recursive: true });
  symlinkSync(join(base, 'dotfiles.yaml'), hostFile());
  expect(await readPolicy(places)).toMatchObject({ kind: 'ok', policy: { layers: [{}, { name: 'host' }] } });
});

function replace(path: string, make: (path: string) => void): void {
  rmSync(path, { recursive: true });
  make(path);
}

function link(target: string): void {
  mkdirSync(dirname(orgFile()), { recursive: true });
  symlinkSync(target, orgFile());
}
