import { agentFromEnv } from '../clients/agent-marks.ts';
import type { EventEntry } from '../govern/record-event.ts';
import { redact } from '../guards/secrets/redact.ts';
import { type Context, UserError } from './context.ts';

/** Longest reason that HALT and the log keep. */
const MAX_REASON_CHARS = 400;

/** A reason worth keeping: one line, no secrets. Throws when nothing is left of it. */
export function statedReason(reason: string, example: string): string {
  const line = redact(reason.replace(/\s+/g, ' ').trim()).slice(0, MAX_REASON_CHARS);
  if (line !== '') return line;
  throw new UserError('A reason is needed: the log keeps it.', `Run: ${example}`);
}

/** Who runs a command, as the log names it: the agent whose marks the environment carries, else a person. */
export function actor(context: Context): NonNullable<EventEntry['by']> {
  return { client: agentFromEnv(context.env) ?? 'person', assurance: 'claimed' };
}
