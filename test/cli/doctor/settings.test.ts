import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, type SettingsFile } from '../../../src/cli/doctor/settings.ts';
import { scratchFolder } from '../../support/packed.ts';

const URL_SETTINGS = { env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' } };

test.each<{ belongsTo: SettingsFile['belongsTo']; json: object; says: string[] }>([
  { belongsTo: 'machine', json: { allowManagedHooksOnly: true }, says: ['`allowManagedHooksOnly` is true'] },
  { belongsTo: 'machine', json: { disableAllHooks: true }, says: ['`disableAllHooks` is true'] },
  { belongsTo: 'person', json: { allowManagedHooksOnly: true }, says: [] },
  { belongsTo: 'person', json: URL_SETTINGS, says: [] },
  { belongsTo: 'machine', json: URL_SETTINGS, says: [] },
  { belongsTo: 'checkout', json: URL_SETTINGS, says: ['`env.ANTHROPIC_BASE_URL`'] },
])('settings of the $belongsTo: $json', ({ belongsTo, json, says }) => {
  const path = join(scratchFolder('settings'), 'settings.json');
  writeFileSync(path, JSON.stringify(json));
  const texts = checkFile({ path, name: 'settings', belongsTo }).map(({ text }) => text);
  expect(texts).toEqual(says.map((text) => expect.stringContaining(text)));
});

test('a settings file that is not there is in order, unless it is the repository’s own', () => {
  const path = join(scratchFolder('settings'), 'settings.json');
  expect(checkFile({ path, name: 'settings', belongsTo: 'person' })).toEqual([]);
  expect(checkFile({ path, name: 'settings', belongsTo: 'project' })).toMatchObject([
    { text: 'settings: it does not exist.' },
  ]);
});
