import { findSecrets } from '../guards/secrets/find.ts';
import { allowedBy, isExempt } from '../guards/secrets/let-through.ts';
import { mask } from '../guards/secrets/redact.ts';
import { showPath } from '../guards/show-path.ts';
import type { Call } from '../policy/call.ts';
import type { Facts } from '../policy/facts.ts';
import { BUILTIN } from '../policy/profiles.ts';
import type { Policy, PolicyState } from '../policy/types.ts';

/** Masks the secrets in a text and remembers by which rules. */
export interface OutputMask {
  mask(text: string): string;
  /** The rule of each secret that was masked. */
  readonly rules: readonly string[];
}

/** What masks the results of a call, as its policy wants it; `null` when it wants none. */
export function outputMask({ action, cwd }: Call, facts: Facts, state: PolicyState): OutputMask | null {
  const policies = state.kind === 'ok' ? state.policy.layers.map(({ policy }) => policy) : [BUILTIN];
  const path = action.kind === 'read' && action.paths.length === 1 ? action.paths[0] : undefined;
  const shown = path === undefined ? undefined : showPath(path.startsWith('/') ? path : `${cwd}/${path}`, facts);
  const judges = policies.filter((policy) => masks(policy) && !(shown && isExempt(policy.guards.secrets, shown)));
  if (judges.length === 0) return null;
  const rules: string[] = [];
  return {
    rules,
    mask(text) {
      const options = shown === undefined ? { surface: 'tool' as const } : { path: shown };
      const matches = findSecrets(text, options, facts.knownValues).filter((match) =>
        judges.some(({ guards }) => {
          const value = text.slice(match.start, match.end);
          return allowedBy(guards.secrets, { match, value, path: shown }) === undefined;
        }),
      );
      rules.push(...matches.map(({ rule }) => rule));
      return mask(text, matches);
    },
  };
}

function masks({ mode, guards: { secrets } }: Policy): boolean {
  return mode === 'enforce' && secrets.mode === 'enforce' && secrets.output === 'redact';
}
