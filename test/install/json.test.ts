import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../src/install/json.ts';

function isStrict(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('it takes exactly what JSON.parse takes, duplicate keys aside', () => {
  const damage = fc.tuple(
    fc.nat(200),
    fc.nat(3),
    fc.constantFrom('', ',', '"', '/', '}', ']', '0', '.', '\\', '\t', '\u0001', 'e', '-'),
  );
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2), damage, (value, space, [at, length, piece]) => {
      const whole = JSON.stringify(value, null, space);
      const place = at % (whole.length + 1);
      const text = whole.slice(0, place) + piece + whole.slice(place + length);
      const reading = readJson(text);
      if (reading.kind === 'broken' && reading.problem.includes('twice')) return;
      expect(reading.kind === 'ok').toBe(isStrict(text));
    }),
    { numRuns: 2000 },
  );
});

test('nesting has an end', () => expect(readJson('['.repeat(5000)).kind).toBe('broken'));
test('a long text is no trouble', () => expect(readJson(`{"a":"${'x'.repeat(5_000_000)}"}`).kind).toBe('ok'));
