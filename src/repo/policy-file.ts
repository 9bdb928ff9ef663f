import type { PolicyState } from '../policy/types.ts';
import { effectivePolicy, readCache, writeCache } from './policy-cache.ts';
import type { Compilation } from './policy-compile.ts';
import { insteadOf, type PolicyPlaces, type PolicySource, readSources } from './policy-source.ts';

/** The policy in force, compiled anew when its files changed. Never throws: what cannot be used is `unreadable`. */
export async function readPolicy(places: PolicyPlaces): Promise<PolicyState> {
  const known = readPolicySync(places);
  if (known) return known;
  const read = readSources(places);
  if (read.kind === 'unreadable') return read;
  const { compilePolicy } = await import('./policy-compile.ts');
  const compilation = compilePolicy(read.sources);
  if (compilation.kind === 'bad') return unusable(compilation.problems, read.sources);
  writeCache(places.stateDir, compilation);
  return { kind: 'ok', policy: compilation.policy };
}

/** The same without waiting and without a parser; `null` when the files changed and have to be compiled. */
export function readPolicySync(places: PolicyPlaces): PolicyState | null {
  const read = readSources(places);
  if (read.kind === 'unreadable') return read;
  const cached = readCache(places.stateDir, read.sources);
  return cached && { kind: 'ok', policy: effectivePolicy(cached) };
}

type Problems = Extract<Compilation, { kind: 'bad' }>['problems'];

function unusable(problems: Problems, sources: readonly PolicySource[]): PolicyState {
  const first = problems[0]!;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more).` : '.';
  const source = sources.find(({ name }) => name === first.source);
  return {
    kind: 'unreadable',
    problem: `${first.source}:${first.line}:${first.column} ${first.message}${others}`,
    instead: `Fix what \`npx postern policy lint\` lists. ${source ? insteadOf(source) : ''}`.trimEnd(),
  };
}
