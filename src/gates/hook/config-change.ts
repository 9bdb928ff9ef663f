import { join } from 'node:path';
import { settingsProblems } from '../../clients/claude-settings.ts';
import type { Client, ClientEvent, NativeAnswer } from '../../clients/event.ts';
import { SILENCE } from '../../clients/event.ts';
import { recordEvent } from '../../govern/record-event.ts';
import { errorCode, readBounded, realPath } from '../../repo/files.ts';
import type { Places } from '../../repo/places.ts';
import { sessionEntry } from './session-entry.ts';

const MAX_SETTINGS_BYTES = 4 * 1024 * 1024;

/** Refuses a change of settings that would take our hooks away: the client then goes on with the old ones. */
export function answerConfigChange(
  event: Extract<ClientEvent, { kind: 'config-change' }>,
  places: Places,
  client: Client,
): NativeAnswer {
  const isOurs =
    realPath(event.file) === join(places.root, '.claude', 'settings.json') || event.source === 'project_settings';
  const problems = settingsProblems(readText(event.file), isOurs);
  const entry = sessionEntry('decision', event.call);
  if (problems.length === 0) {
    recordEvent(places, { ...entry, what: event.file, effect: 'allow' });
    return SILENCE;
  }
  const reason = `${event.file}: ${problems.join('; ')}`;
  recordEvent(places, { ...entry, what: event.file, effect: 'deny', rule: 'protected-paths/config-change', reason });
  return client.refuse(
    `Blocked: this change of settings would switch Postern off: ${reason}\nInstead: let the person run: npx postern doctor`,
  );
}

/** `null` when there is no such file. Anything else that cannot be read is no settings file that the client could use. */
function readText(path: string): string | null {
  try {
    return readBounded(path, MAX_SETTINGS_BYTES).toString('utf8');
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? null : '';
  }
}
