import type { Places } from '../repo/places.ts';
import { type Compilation, compilePolicy } from '../repo/policy-compile.ts';
import { type PolicySource, readSources } from '../repo/policy-source.ts';
import { type Context, UserError } from './context.ts';
import { knownFindings } from './known-findings.ts';
import { homeOf } from './repository.ts';

/** The texts of the policy's layers. Throws when one that must be readable is not. */
export function policySources(places: Places, context: Context): readonly PolicySource[] {
  const read = readSources({ ...places, home: homeOf(context) });
  if (read.kind === 'unreadable') throw new UserError(`The policy cannot be read: ${read.problem}`, read.instead);
  return read.sources;
}

/** Parses and checks every layer, the names of findings included. */
export function compileAll(sources: readonly PolicySource[]): Compilation {
  return compilePolicy(sources, { findings: knownFindings() });
}
