import { type Timeline, timelineOf } from '../../audit/timeline.ts';
import { loggedRepository, wantedRecords } from '../audit/log.ts';
import { timelineText } from '../audit/timeline-text.ts';
import type { Context, ExitCode } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { printable, printJson } from '../output.ts';

export interface TimelineOptions {
  /** The session's id or the beginning of it; the last session when missing. */
  readonly session?: string;
  readonly json?: boolean;
}

/** `audit timeline`: what happened in one session, in order and with outcomes. */
export async function run(options: TimelineOptions, context: Context): Promise<ExitCode> {
  const places = loggedRepository(context);
  const session = options.session ?? lastSession(wantedRecords(places, { kind: 'session.start' }, context));
  const timeline = timelineOf(wantedRecords(places, { session }, context), session);
  if (timeline.ids.length !== 1) return unclear(session, timeline, context);
  if (options.json) printJson(context, timeline.steps);
  else context.out(timelineText(timeline.steps, places.root, context));
  return DONE;
}

function lastSession(starts: Iterable<{ readonly session: { readonly id: string } }>): string {
  let last = '';
  for (const { session } of starts) last = session.id;
  return last;
}

function unclear(session: string, { ids }: Timeline, context: Context): ExitCode {
  const shown = ids.slice(0, 10).map((id) => `  ${printable(id)}\n`);
  if (ids.length === 0)
    context.say(`No session is \`${printable(session)}\`. They are listed by: npx postern audit summary\n`);
  else context.say(`${ids.length} sessions begin with \`${printable(session)}\`:\n${shown.join('')}`);
  return FOUND;
}
