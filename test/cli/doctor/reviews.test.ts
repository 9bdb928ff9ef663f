import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureHostKey, hostKeyPath } from '../../../src/audit/host-key.ts';
import { append } from '../../../src/audit/log.ts';
import type { Entry } from '../../../src/audit/record.ts';
import { reviews } from '../../../src/cli/doctor/reviews.ts';
import { findPlaces } from '../../../src/repo/places.ts';
import { scratchFolder, scratchRepo } from '../../support/packed.ts';

const record = (over: Partial<Entry>): Entry => ({
  kind: 'review.verdict',
  gate: 'git',
  grade: 'cooperative',
  subject: { host: 'h', user: 'u', client: 'person', assurance: 'launch' },
  session: { id: 's' },
  ...over,
});

const skip = (reason: string) => record({ kind: 'review.skipped', data: { reason, identity: 'Ada <a@example.org>' } });

/** What the check says in a repository that somebody with a home like this has worked in. */
async function said(entries: readonly Entry[], { sealedBy, has }: { sealedBy?: string; has?: string } = {}) {
  const places = findPlaces(scratchRepo())!;
  const homes = new Map<string, string>();
  const key = (name: string) => {
    homes.set(name, homes.get(name) ?? scratchFolder(name));
    return ensureHostKey(hostKeyPath({}, homes.get(name)!));
  };
  const home = has === undefined ? join(scratchFolder('none')) : (key(has), homes.get(has)!);
  for (const entry of entries)
    append(places.stateDir, [entry], { sync: false, ...(sealedBy ? { sealWith: key(sealedBy) } : {}) });
  const context = { cwd: places.root, env: { HOME: home }, out() {}, say() {}, interactive: false, color: false };
  return (await reviews.run({ places, context })).map(({ kind, text }) => `${kind}: ${text}`).join('\n');
}

describe('the doctor says of reviews', () => {
  test.each([
    { state: 'nothing was reviewed', entries: [], keys: {}, says: /^ok: no host key yet/ },
    {
      state: 'this key sealed',
      entries: [record({})],
      keys: { sealedBy: 'a', has: 'a' },
      says: /^ok: host key [0-9a-f]{8}$/,
    },
    {
      state: 'the key is gone',
      entries: [record({})],
      keys: { sealedBy: 'a' },
      says: /^note: The host key .* is gone: verdicts .* no longer count/,
    },
    {
      state: 'another key sealed',
      entries: [record({})],
      keys: { sealedBy: 'a', has: 'b' },
      says: /^note: The last sealed record is by another host key/,
    },
    { state: 'two were skipped', entries: [skip('one'), skip('two')], keys: {}, says: /^ok: no host key yet[^\n]*$/ },
    {
      state: 'three were skipped',
      entries: [skip('one'), skip('two'), skip('red night')],
      keys: {},
      says: /note: 3 reviews were skipped.*Ada <a@example\.org>: red night/,
    },
    {
      state: 'one push of three refs was skipped',
      entries: ['a', 'b', 'c'].map((reason) => ({ ...skip(reason), call: 'same' })),
      keys: {},
      says: /^ok: no host key yet[^\n]*$/,
    },
  ])('$state', async ({ entries, keys, says }) => expect(await said(entries, keys)).toMatch(says));
});
