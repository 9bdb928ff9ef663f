import { existsSync } from 'node:fs';
import { logPath } from '../../audit/files.ts';
import { readAll, type Skipped } from '../../audit/query.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { isWanted, type Wanted } from '../../audit/select.ts';
import type { Places } from '../../repo/places.ts';
import { CANARY_SESSION } from '../canary.ts';
import { type Context, UserError } from '../context.ts';
import { count } from '../output.ts';
import { isGuarded, repository } from '../repository.ts';

/** The repository whose log is read. The log outlives an uninstall. */
export function loggedRepository(context: Context): Places {
  const places = repository(context);
  if (existsSync(logPath(places.stateDir)) || isGuarded(places)) return places;
  throw new UserError(`${places.root} has no log: it is not guarded by Postern.`, 'Run: npx postern init');
}

/** The wanted records of the log, those of `doctor`'s canaries left out; says how many lines could not be read. */
export function* wantedRecords(
  { stateDir }: Places,
  wanted: Wanted,
  context: Context,
): Generator<AuditRecord, void, void> {
  const skipped: Skipped = { lines: 0 };
  for (const record of readAll(stateDir, skipped)) {
    if (record.session.id !== CANARY_SESSION && isWanted(record, wanted)) yield record;
  }
  if (skipped.lines > 0) {
    context.say(
      `postern: ${count(skipped.lines, 'line')} of the log could not be read. Run: npx postern audit verify\n`,
    );
  }
}
