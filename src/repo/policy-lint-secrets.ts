import { globProblem } from '../policy/glob-problem.ts';
import { unboundedProblem } from '../policy/regex-lint.ts';
import type { PolicyFile } from '../policy/schema.ts';
import type { FlawAt } from './policy-issues.ts';
import { ruleIdProblem } from './policy-words.ts';

type Secrets = NonNullable<NonNullable<PolicyFile['guards']>['secrets']>;

/** Rules of secrets that cannot be searched for in linear time, and allowances that can let nothing through. */
export function lintSecretRules(
  { rules = [], allowances = [] }: Partial<Secrets>,
  builtin: readonly string[],
): FlawAt[] {
  const ids = rules.map(({ id }) => `secrets/${id}`);
  const known = builtin.length === 0 ? [] : [...builtin, ...ids];
  const at = (list: 'rules' | 'allowances', nth: number, key: string, message: string | null): FlawAt[] =>
    message === null ? [] : [{ path: ['guards', 'secrets', list, nth, key], message }];
  return [
    ...rules.flatMap(({ id, pattern }, nth) => [
      ...at('rules', nth, 'id', doubleId(id, [...builtin, ...ids.slice(0, nth)])),
      ...at('rules', nth, 'pattern', shown(pattern, unboundedProblem(pattern))),
    ]),
    ...allowances.flatMap(({ rule, path }, nth) => [
      ...at('allowances', nth, 'rule', ruleIdProblem(rule, 'secrets', known)),
      ...at('allowances', nth, 'path', path === undefined ? null : shown(path, globProblem(path))),
    ]),
  ];
}

function doubleId(id: string, taken: readonly string[]): string | null {
  return taken.includes(`secrets/${id}`) ? `another rule has the id \`${id}\`` : null;
}

function shown(text: string, problem: string | null): string | null {
  return problem === null ? null : `\`${text.slice(0, 80)}\` ${problem}`;
}
