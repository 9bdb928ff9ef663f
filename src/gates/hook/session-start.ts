import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { settingsProblems } from '../../clients/claude-settings.ts';
import type { Client, ClientEvent, NativeAnswer } from '../../clients/event.ts';
import { SILENCE } from '../../clients/event.ts';
import { readInstalled } from '../../govern/facts.ts';
import { refreshKnownValues } from '../../govern/known-values.ts';
import { keepBaseline, readBaseline } from '../../govern/protected-state.ts';
import { recordEvent } from '../../govern/record-event.ts';
import { watchedFiles } from '../../govern/watched.ts';
import { readBounded, realPath } from '../../repo/files.ts';
import { readHalt } from '../../repo/halt.ts';
import { homeFolder } from '../../repo/home.ts';
import { hooksDir } from '../../repo/hooks-dir.ts';
import type { Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import { sessionEntry } from './session-entry.ts';

/** Records the heartbeat of a session, and warns both readers when a gate is missing. */
export async function answerSessionStart(
  event: Extract<ClientEvent, { kind: 'session-start' }>,
  places: Places,
  client: Client,
): Promise<NativeAnswer> {
  const problems = await findProblems(places);
  if (!readBaseline(places.stateDir)) {
    keepBaseline(watchedFiles(places, homeFolder(), realPath(hooksDir(places)), readInstalled(places.root)), places);
  }
  refreshKnownValues(places);
  recordEvent(places, {
    ...sessionEntry('session.start', event.call),
    data: { source: event.source, problems: problems.length },
  });
  if (problems.length === 0) return SILENCE;
  const person = `Postern: ${problems.join(' ')} Mend it with: npx postern doctor --fix`;
  return client.tell(event, { person, model: `${person}\nTell the person; do not try to mend the guard yourself.` });
}

async function findProblems(places: Places): Promise<string[]> {
  const input = { root: places.root, stateDir: places.stateDir, home: homeFolder() };
  const state = await readPolicy(input);
  const halt = readHalt(places.stateDir);
  const settings = settingsProblems(readText(join(places.root, '.claude', 'settings.json')), true);
  return [
    ...(halt.kind === 'clear' ? [] : ['this repository is frozen: every call is denied until `npx postern unfreeze`.']),
    ...(state.kind === 'ok' ? [] : [`the policy cannot be read: ${state.problem}.`]),
    ...settings.map((problem) => `.claude/settings.json: ${problem}.`),
    ...missingGitHooks(places),
  ];
}

function missingGitHooks(places: Places): string[] {
  const folder = hooksDir(places).replace(/\/\.husky\/_\/?$/, '/.husky');
  const missing = ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'pre-push'].filter((name) => {
    const path = join(folder, name);
    return !existsSync(path) || !(readText(path) ?? '').includes('postern-hook');
  });
  if (missing.length === 0) return [];
  const mend = existsSync(join(places.root, '.husky', missing[0]!))
    ? ' (switch them on: git config core.hooksPath .husky)'
    : '';
  return [`the git gates ${missing.join(', ')} are not active${mend}.`];
}

function readText(path: string): string | null {
  try {
    return readBounded(path, 4 * 1024 * 1024).toString('utf8');
  } catch {
    return null;
  }
}
