import { GUARDS } from '../policy/finding.ts';
import { globProblem } from '../policy/glob-problem.ts';
import type { PolicyRule } from '../policy/schema.ts';
import type { FlawAt } from './policy-issues.ts';
import { didYouMean } from './policy-words.ts';
import type { KeyPath } from './policy-yaml.ts';

type Match = PolicyRule['match'];
type Field = keyof Match;
type Rules = readonly (PolicyRule | null)[];

/** Rules that can never match, never be reached or never do what they say. A rule that the schema refused is `null`. */
export function lintRules(rules: Rules, findings: readonly string[]): FlawAt[] {
  return rules.flatMap((rule, at) => {
    if (!rule) return [];
    const flaws = [
      ...doubleId(rule, rules.slice(0, at)),
      ...shadowed(rule, rules.slice(0, at)),
      ...impossibleRedaction(rule),
      ...commandsWithoutBash(rule),
      ...badGlobs(rule.match),
      ...badFindings(rule, findings),
    ];
    return flaws.map(({ path, ...flaw }) => ({ path: ['rules', at, ...path], ...flaw }));
  });
}

function doubleId({ id }: PolicyRule, earlier: Rules): FlawAt[] {
  const taken = earlier.some((one) => one?.id === id);
  return taken ? [{ path: ['id'], message: `another rule has the id \`${id}\`` }] : [];
}

/** A rule is never reached when an earlier one matches everything that it matches. */
function shadowed({ match }: PolicyRule, earlier: Rules): FlawAt[] {
  const by = earlier.find(
    (one) => one && (Object.keys(one.match) as Field[]).every((f) => isWider(f, one.match, match)),
  );
  return by
    ? [{ path: ['match'], part: 'key', message: `never matches: rule \`${by.id}\` above takes every such call` }]
    : [];
}

function isWider(field: Field, wide: Match, narrow: Match): boolean {
  const [outer, inner] =
    field === 'args' ? [listOf(narrow[field]), listOf(wide[field])] : [listOf(wide[field]), listOf(narrow[field])];
  return narrow[field] !== undefined && inner.every((entry) => outer.includes(entry));
}

/** Kinds whose text a gate hands on and could change on the way. */
const REDACTABLE: readonly string[] = ['write', 'fetch', 'tool'];

function impossibleRedaction({ effect, match }: PolicyRule): FlawAt[] {
  if (effect !== 'redact') return [];
  return entriesOf(match, 'kind')
    .filter(({ entry }) => !REDACTABLE.includes(entry))
    .map(({ entry, path }) => ({ path, message: `nothing can be redacted in a call of kind \`${entry}\`` }));
}

function commandsWithoutBash({ match }: PolicyRule): FlawAt[] {
  if (!match.kind || listOf(match.kind).includes('bash')) return [];
  return (['program', 'subcommand', 'args'] as const)
    .filter((field) => match[field] !== undefined)
    .map((field) => ({
      path: ['match', field],
      part: 'key',
      message: `never matches: only calls of kind \`bash\` have a \`${field}\``,
    }));
}

function badGlobs(match: Match): FlawAt[] {
  return (['tool', 'path', 'finding'] as const)
    .flatMap((field) => entriesOf(match, field))
    .flatMap(({ entry, path }) => {
      const problem = globProblem(entry);
      return problem ? [{ path, message: `\`${entry.slice(0, 80)}\` ${problem}` }] : [];
    });
}

function badFindings({ match, effect }: PolicyRule, findings: readonly string[]): FlawAt[] {
  return entriesOf(match, 'finding').flatMap(({ entry, path }) => {
    const message = findingProblem(entry, effect, findings);
    return message ? [{ path, message }] : [];
  });
}

function findingProblem(glob: string, effect: PolicyRule['effect'], findings: readonly string[]): string | null {
  const [guard, rule] = glob.split('/') as [string, string | undefined];
  if (rule === undefined) return isGuard(guard) ? `never matches: write \`${guard}/*\`` : null;
  if (isWild(guard)) return null;
  if (!isGuard(guard)) return `never matches: there is no guard \`${guard}\`${didYouMean(guard, GUARDS)}`;
  if (guard === 'policy') return 'never matches: rules see what guards find, not one another';
  if (FIXED.includes(guard) && effect !== 'deny')
    return `never has an effect: what \`${guard}\` finds cannot be softened`;
  const known = findings.filter((one) => one.startsWith(`${guard}/`));
  if (known.length === 0 || isWild(rule) || known.includes(glob)) return null;
  return `never matches: there is no rule \`${glob}\`${didYouMean(glob, known)}`;
}

const FIXED: readonly string[] = ['protected-paths', 'kill-switch'];

function isGuard(word: string): boolean {
  return (GUARDS as readonly string[]).includes(word);
}

function isWild(word: string): boolean {
  return /[*?[{\\]/.test(word);
}

function entriesOf(match: Match, field: Field): { entry: string; path: KeyPath }[] {
  const value = match[field];
  return listOf(value).map((entry, at) => ({
    entry,
    path: ['match', field, ...(typeof value === 'string' ? [] : [at])],
  }));
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}
