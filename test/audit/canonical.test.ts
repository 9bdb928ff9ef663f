import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/audit/canonical.ts';

test.each([
  { value: { b: 1, a: 2 }, text: '{"a":2,"b":1}' },
  { value: { a: undefined, b: [3, { d: 1, c: null }] }, text: '{"b":[3,{"c":null,"d":1}]}' },
  {
    value: { '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\ud83d\ude00': 5 },
    text: '{"\\r":2,"1":4,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  },
  { value: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], text: '[333333333.3333333,1e+30,4.5,0.002,1e-27]' },
  { value: '\u000f\n\u2028"\\/', text: '"\\u000f\\n\u2028\\"\\\\/"' },
])('canonical JSON: $text', ({ value, text }) => expect(canonicalJson(value)).toBe(text));

test('the order in which fields were set does not matter, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
