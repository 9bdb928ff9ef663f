import type { Wanted } from '../../audit/select.ts';
import { EFFECTS, type Effect } from '../../policy/finding.ts';
import { UserError } from '../context.ts';
import { printable } from '../output.ts';
import { sinceOf } from '../since.ts';

/** What people type to choose records. */
export interface WantedOptions {
  readonly since?: string;
  readonly until?: string;
  /** Effects, separated by commas. */
  readonly effect?: string;
  readonly kind?: string;
  readonly guard?: string;
  readonly rule?: string;
  readonly session?: string;
  readonly subject?: string;
  readonly tool?: string;
  readonly path?: string;
}

/** The typed options as what is wanted; a wrong time or effect throws. */
export function wantedOf(options: WantedOptions, now = Date.now()): Wanted {
  const { since, until, effect, kind, guard, rule, session, subject, tool, path } = options;
  const stated = {
    from: since === undefined ? undefined : isoOf(sinceOf(since, now)),
    to: until === undefined ? undefined : isoOf(sinceOf(until, now, '--until')),
    effects: effect === undefined ? undefined : effect.split(',').map(effectOf),
    ...{ kind, guard, rule, session, subject, tool, path },
  };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) as Wanted;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

function effectOf(word: string): Effect {
  const effect = EFFECTS.find((one) => one === word.trim());
  if (effect !== undefined) return effect;
  throw new UserError(`\`${printable(word)}\` is no effect.`, `Effects are ${EFFECTS.join(', ')}: --effect deny,ask`);
}
