import { globProblem } from '../policy/glob-problem.ts';
import { type PolicyPart, policyOf } from '../policy/profiles.ts';
import type { PolicyRule } from '../policy/schema.ts';
import type { LayerName } from '../policy/types.ts';
import type { FlawAt } from './policy-issues.ts';
import { lintRules } from './policy-lint-rules.ts';
import { lintSecretRules } from './policy-lint-secrets.ts';
import { ruleIdProblem } from './policy-words.ts';
import type { KeyPath } from './policy-yaml.ts';

/** A file as far as the schema accepted it; a refused rule is `null`. */
export type Checkable = Omit<PolicyPart, 'rules'> & { readonly rules?: readonly (PolicyRule | null)[] };

/** What the schema cannot see: values that contradict each other, bad globs, and configuration without any effect. */
export function lintPolicy(file: Checkable, layer: LayerName, findings: readonly string[] = []): FlawAt[] {
  return [
    ...levelAboveCeiling(file, layer),
    ...unusedReviewPaths(file, layer),
    ...badGlobs(file),
    ...badRuleIds(file, findings),
    ...lintSecretRules(file.guards?.secrets ?? {}, findings),
    ...lintRules(file.rules ?? [], findings),
  ];
}

function levelAboveCeiling(file: Checkable, layer: LayerName): FlawAt[] {
  const stated = file.autonomy?.level;
  const { ceiling } = filled(file, layer).autonomy;
  if (!stated || stated <= ceiling) return [];
  const profile = file.extends;
  const from = file.autonomy?.ceiling || !profile ? '' : ` of \`${profile}\``;
  return [{ path: ['autonomy', 'level'], message: `level \`${stated}\` is above the ceiling \`${ceiling}\`${from}` }];
}

function unusedReviewPaths(file: Checkable, layer: LayerName): FlawAt[] {
  if (!file.review?.paths?.length || filled(file, layer).review.required !== 'never') return [];
  const message = '`review.paths` has no effect while `review.required` is `never`';
  return [{ path: ['review', 'paths'], part: 'key', message }];
}

function filled({ rules: _, ...file }: Checkable, layer: LayerName) {
  return policyOf(layer, file);
}

function badGlobs({ guards = {}, review }: Checkable): FlawAt[] {
  const lists: readonly (readonly [KeyPath, readonly string[] | undefined])[] = [
    [['guards', 'protected-paths', 'paths'], guards['protected-paths']?.paths],
    [['guards', 'secrets', 'paths'], guards.secrets?.paths],
    [['guards', 'blocked-paths', 'paths'], guards['blocked-paths']?.paths],
    [['guards', 'blocked-paths', 'allow'], guards['blocked-paths']?.allow],
    [['review', 'paths'], review?.paths],
  ];
  return lists.flatMap(([path, globs = []]) =>
    globs.flatMap((glob, at) => {
      const problem = globProblem(glob);
      return problem ? [{ path: [...path, at], message: `\`${glob.slice(0, 80)}\` ${problem}` }] : [];
    }),
  );
}

function badRuleIds({ guards = {} }: Checkable, builtin: readonly string[]): FlawAt[] {
  const own = (guards.secrets?.rules ?? []).map(({ id }) => `secrets/${id}`);
  const findings = builtin.length === 0 ? builtin : [...builtin, ...own];
  return (['secrets', 'dangerous-commands'] as const).flatMap((guard) =>
    (['allow', 'deny'] as const).flatMap((list) => {
      const stated: { readonly allow?: string[]; readonly deny?: string[] } = guards[guard] ?? {};
      return (stated[list] ?? []).flatMap((id, at) => {
        const message = ruleIdProblem(id, guard, findings) ?? doubleProblem(id, list, stated.allow ?? []);
        return message ? [{ path: ['guards', guard, list, at], message }] : [];
      });
    }),
  );
}

function doubleProblem(id: string, list: 'allow' | 'deny', allow: readonly string[]): string | null {
  return list === 'deny' && allow.includes(id) ? `\`${id}\` is both allowed and denied` : null;
}
