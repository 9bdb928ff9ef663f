import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchGlob } from '../../src/policy/glob.ts';
import { globProblem } from '../../src/policy/glob-problem.ts';

test.each([
  { glob: '.env', path: '.env', hit: true },
  { glob: '.env', path: 'apps/web/.env', hit: true },
  { glob: '.env', path: '/srv/.env', hit: true },
  { glob: '.env', path: '.env/readme', hit: false },
  { glob: '.env', path: 'x.env', hit: false },
  { glob: '.env.*', path: 'a/.env.local', hit: true },
  { glob: '.env.*', path: '.env', hit: false },
  { glob: '*.pem', path: 'certs/a.pem', hit: true },
  { glob: '*', path: 'a/.hidden', hit: true },
  { glob: '**', path: 'a/b', hit: true },
  { glob: 'src/*.ts', path: 'src/a.ts', hit: true },
  { glob: 'src/*.ts', path: 'src/a/b.ts', hit: false },
  { glob: 'src/*.ts', path: 'lib/src/a.ts', hit: false },
  { glob: 'src/**', path: 'src/a/b.ts', hit: true },
  { glob: 'src/**', path: 'src', hit: false },
  { glob: 'src/**/b.ts', path: 'src/b.ts', hit: true },
  { glob: 'src/**/b.ts', path: 'src/x/y/b.ts', hit: true },
  { glob: 'src/**/test/**/b.ts', path: 'src/x/test/test/y/b.ts', hit: true },
  { glob: '**/b.ts', path: 'b.ts', hit: true },
  { glob: '**/b.ts', path: '/a/b.ts', hit: true },
  { glob: '**/b/**', path: 'a/b', hit: false },
  { glob: 'a/**/b', path: 'a/b', hit: true },
  { glob: 'a/*/b', path: 'a/b', hit: false },
  { glob: 'a/x{,y}', path: 'a/x', hit: true },
  { glob: 'a[b', path: 'a[b', hit: true },
  { glob: '*\\*', path: 'a*', hit: true },
  { glob: 'ab*ba', path: 'aba', hit: false },
  { glob: 'dist/', path: 'app/dist/a.js', hit: true },
  { glob: 'a/dist/', path: 'a/dist/x/y', hit: true },
  { glob: 'a/dist/', path: 'b/a/dist/x', hit: false },
  { glob: '/etc/shadow', path: '/etc/shadow', hit: true },
  { glob: '/etc/shadow', path: 'etc/shadow', hit: false },
  { glob: '*/shadow', path: '/shadow', hit: false },
  { glob: '/proc/*/environ', path: '/proc/self/environ', hit: true },
  { glob: 'a?c', path: 'abc', hit: true },
  { glob: 'a?c', path: 'a/c', hit: false },
  { glob: '[a-c]x', path: 'bx', hit: true },
  { glob: '[!a-c]x', path: 'bx', hit: false },
  { glob: '[^a-c]x', path: 'dx', hit: true },
  { glob: '[]]x', path: ']x', hit: true },
  { glob: '[a-]x', path: '-x', hit: true },
  { glob: 'x/[!a]/y', path: 'x///y', hit: false },
  { glob: '\\*.ts', path: '*.ts', hit: true },
  { glob: '\\*.ts', path: 'a.ts', hit: false },
  { glob: '*.{ts,tsx}', path: 'a/b.tsx', hit: true },
  { glob: '*.{ts,tsx}', path: 'a/b.js', hit: false },
  { glob: '{a,b/{c,d}}/x', path: 'b/d/x', hit: true },
  { glob: '{a.json,b/c.json}', path: 'sub/a.json', hit: false },
  { glob: 'x{,.bak}', path: 'x', hit: true },
  { glob: 'routes/$id.tsx', path: 'routes/$id.tsx', hit: true },
  { glob: 'a**b', path: 'axxb', hit: true },
  { glob: 'naïve-*', path: 'naïve-ü', hit: true },
  { glob: '*\n*', path: 'a\nb', hit: true },
  { glob: '.ENV', path: '.env', hit: false },
])('$glob on $path: $hit', ({ glob, path, hit }) => expect(matchGlob(glob, path)).toBe(hit));

test.each([
  { glob: '.ENV', path: 'a/.env' },
  { glob: 'src/[A-C]*', path: 'SRC/beta' },
])('$glob on $path, case aside', ({ glob, path }) => expect(matchGlob(glob, path, { nocase: true })).toBe(true));

test.each([
  { glob: '', problem: 'is empty' },
  { glob: 'a'.repeat(1001), problem: 'is longer than 1000 characters' },
  { glob: '!a', problem: 'negation is not supported' },
  { glob: '$HOME/x', problem: 'write `~/`' },
  { glob: '${HOME}/x', problem: 'write `~/`' },
  { glob: '~root/x', problem: 'another user’s home' },
  { glob: 'a\\', problem: 'lone `\\`' },
  { glob: '[a', problem: '`[` without `]`' },
  { glob: '[a/]', problem: '`[` without `]`' },
  { glob: '[]', problem: '`[` without `]`' },
  { glob: '[z-a]', problem: 'end comes before its start' },
  { glob: '{a', problem: '`{` without `}`' },
  { glob: 'a}', problem: '`{` without `}`' },
  { glob: '{a,b}'.repeat(7), problem: 'more than 64 alternatives' },
  { glob: './a', problem: 'can never match' },
  { glob: 'a/../b', problem: 'can never match' },
  { glob: 'a//b', problem: 'can never match' },
  { glob: '{a/./b,c}', problem: 'can never match' },
])('$glob: $problem', ({ glob, problem }) => expect(globProblem(glob)).toContain(problem));

test.each([
  '.env',
  '*',
  '**',
  'a/',
  '/a',
  '~/x',
  '\\{a',
  'a\\\\',
  '[!]]',
  '{a,b/**}',
  'routes/$id.tsx',
  'dangerous-commands/*',
])('%s is a good glob', (glob) => expect(globProblem(glob)).toBeNull());

const segment = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
const somePath = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));

test('a plain path matches itself and what stands for everything', () => {
  fc.assert(
    fc.property(
      somePath,
      (path) => matchGlob(path, path) && matchGlob('**/*', path) && matchGlob(`**/${path}`, `x/${path}`),
    ),
  );
});

test('any text is taken as a glob without failing', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'*?[]{},!^-\\/ab') }), fc.string(), (glob, path) => {
      expect(typeof matchGlob(glob, path)).toBe('boolean');
      expect(globProblem(glob)).not.toBe(undefined);
    }),
  );
});

test.each([
  { name: 'stars', glob: '*a'.repeat(400) + 'b', path: 'a'.repeat(4000) },
  { name: 'double stars', glob: '**/a/'.repeat(400) + 'b', path: 'a/'.repeat(2000) },
  { name: 'braces', glob: '{a,b,c}'.repeat(1000), path: 'abc'.repeat(1000) },
  { name: 'nested braces', glob: '{'.repeat(4000) + '}'.repeat(4000), path: 'a' },
  { name: 'classes', glob: '[a-z]*'.repeat(400) + '!', path: 'a'.repeat(4000) },
])('hostile $name do not match, and end', ({ glob, path }) => expect(matchGlob(glob, path)).toBe(false));
