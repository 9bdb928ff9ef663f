import { expect, test } from 'vitest';
import { type Entry, keptFields, maxFindings, maxNameLength, maxTextLength } from '../../src/audit/record.ts';
import { decision } from './entries.ts';

test.each([
  { row: 'a text at its limit stays', what: 'x'.repeat(maxTextLength), kept: 'x'.repeat(maxTextLength) },
  { row: 'a longer one ends in an ellipsis', what: 'x'.repeat(9999), kept: `${'x'.repeat(maxTextLength - 1)}…` },
  { row: 'no character is cut in half', what: 'x'.repeat(498) + '😀😀', kept: `${'x'.repeat(498)}…` },
  { row: 'half a character is replaced', what: 'a\ud800b\udc00', kept: 'a\ufffdb\ufffd' },
])('$row', ({ what, kept }) => expect(keptFields({ ...decision, what }).what).toBe(kept));

test.each([
  { field: 'tool', entry: { tool: 'T'.repeat(1e6) } },
  { field: 'session', entry: { session: { id: 'S'.repeat(1e6), parent: 'P'.repeat(1e6) } } },
  { field: 'subject', entry: { subject: { ...decision.subject, user: 'u'.repeat(1e6), agent: 'a'.repeat(1e6) } } },
  { field: 'data', entry: { data: { note: 'n'.repeat(1e6) } } },
])('a huge $field makes no huge record', ({ entry }) => {
  expect(JSON.stringify(keptFields({ ...decision, ...entry })).length).toBeLessThan(4 * maxNameLength + maxTextLength);
});

test('fields that are no part of an entry are dropped', () => {
  const finding = { guard: 'secrets', rule: 'r', severity: 'high', where: 'a.ts:1' } as const;
  const entry = {
    ...decision,
    environment: { PATH: '/bin' },
    session: { id: 's', mode: 'plan' },
    subject: { ...decision.subject, token: 't' },
    findings: [{ ...finding, why: 'w', match: 'the value' }],
  };
  expect(keptFields(entry)).toEqual({
    ...decision,
    session: { id: 's' },
    findings: [finding],
  });
});

test('findings beyond the limit are counted', () => {
  const finding = { guard: 'secrets', rule: 'r', severity: 'high', where: 'w' } as const;
  const entry: Entry = { ...decision, findings: Array(maxFindings + 7).fill(finding) };
  expect(keptFields(entry)).toMatchObject({ moreFindings: 7, findings: { length: maxFindings } });
});
