import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachPrefix, prefixHash, secretValues } from '../../../src/guards/secrets/known-values.ts';
import { fill, seeded } from '../../rules/secrets/template.ts';

const random = fill('{a62*24}', seeded(21)).text;
const password = fill('Hb{a62*6}9tP{a62*6}', seeded(2)).text;

test.each([
  { line: `STRIPE_KEY=${random}`, taken: [random] },
  { line: `export STRIPE_KEY="${random}" # live`, taken: [random] },
  { line: `  DB_PASSWORD='${password}'\r`, taken: [password] },
  { line: `FOO=${random}`, taken: [random] },
  { line: `DATABASE_URL=postgres://app:${password}@db.example.test/app`, taken: [password] },
  { line: 'API_TOKEN=short1', taken: [] },
  { line: 'DB_PASSWORD=postgres1', taken: [] },
  { line: 'DB_PASSWORD=development', taken: [] },
  { line: 'DB_PASSWORD=changeme', taken: [] },
  { line: `API_KEY=\${OTHER_KEY}`, taken: [] },
  { line: 'NODE_ENV=production', taken: [] },
  { line: 'BASE_URL=http://localhost:3000/api/v2', taken: [] },
  { line: 'MAIL_FROM=someone@example.test', taken: [] },
  { line: 'SECRET_PATH=/var/lib/app/secret.key', taken: [] },
  { line: 'APP_ID=6642ed88-2f26-42fd-9416-ff286592c29b', taken: [] },
  { line: 'PORT=12345678', taken: [] },
  { line: `NEXT_PUBLIC_STRIPE_KEY=${random}`, taken: [] },
  { line: `VITE_KEY=${random}`, taken: [] },
  { line: `# OLD_KEY=${random}`, taken: [] },
  { line: '', taken: [] },
])('of $line the values $taken are remembered', ({ line, taken }) => {
  const text = ['A=1', line, 'B=2'].join('\n');
  expect(secretValues(text).map(({ value }) => value)).toEqual(taken);
});

test('every place where a value begins is visited', () => {
  const property = fc.property(
    fc.string({ minLength: 8, maxLength: 20, unit: 'binary' }),
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.integer({ min: 0, max: 0x7fffffff }),
    (value, before, after, number) => {
      const seed = number | 1;
      const places: number[] = [];
      eachPrefix(before + value + after, new Set([prefixHash(value, seed)]), seed, (at) => places.push(at));
      return places.includes(before.length);
    },
  );
  fc.assert(property, { numRuns: 1000 });
});
