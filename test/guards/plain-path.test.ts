import { expect, test } from 'vitest';
import { isPlainPath } from '../../src/guards/plain-path.ts';
import { scan } from '../../src/guards/secrets/scan.ts';
import { catalogue } from '../../src/rules/secrets/catalogue.ts';
import { fill, seeded } from '../rules/secrets/template.ts';

test.each([
  { text: '/home/dev/app/src/index.ts', plain: true },
  { text: '/work/w-12/src/guards/dangerous-commands/way_out.test.ts', plain: true },
  { text: 'Read', plain: true },
  { text: '', plain: true },
  { text: '/home/dev/deadbeef00112233', plain: false },
  { text: 'a.ts b.ts', plain: false },
  { text: 'password=x', plain: false },
  { text: 'postgres://a:b@c', plain: false },
  { text: 'a%20b', plain: false },
  { text: 'ab/'.repeat(200), plain: false },
  { text: 'hooks.example.com/catch/12345678/ab3d5f7', plain: false },
])('$text -> $plain', ({ text, plain }) => expect(isPlainPath(text)).toBe(plain));

test.each(catalogue().map((row) => ({ id: row.id, hits: row.hits })))(
  '$id: nothing of it is plain and found',
  ({ hits }) => {
    const random = seeded(11);
    const filled = hits.flatMap((hit) => Array.from({ length: 60 }, () => fill(hit, random)));
    const texts = filled.flatMap(({ text, secrets }) => [
      text,
      ...secrets,
      ...secrets.map((secret) => `/tmp/${secret}/a`),
    ]);
    expect(texts.filter((text) => isPlainPath(text) && scan(text).length > 0)).toEqual([]);
  },
);
