import { matchesOf } from '../guards/secrets/custom.ts';
import type { Call } from '../policy/call.ts';
import type { PolicyFile, PolicyRule } from '../policy/schema.ts';
import type { Layer } from '../policy/types.ts';
import type { Places } from '../repo/places.ts';
import type { Compilation, Problem } from '../repo/policy-compile.ts';
import { parseYaml } from '../repo/policy-yaml.ts';
import { judgeCall } from './judge-call.ts';
import { printable } from './output.ts';

/** Runs the `hits` and `misses` of every rule through the evaluator that judges agents; what does not hold is a problem. */
export function proofProblems(
  { sources, files, policy }: Extract<Compilation, { kind: 'ok' }>,
  places: Places,
  home: string,
): Problem[] {
  return sources.flatMap(({ name, text }, at) => {
    const rules = files[at]?.rules ?? [];
    const own = secretProblems(files[at]?.guards?.secrets?.rules ?? [], name, text);
    if (!rules.some(({ hits, misses }) => hits || misses)) return own;
    const { locate } = parseYaml(text);
    const deciderOf = (rule: PolicyRule, line: string) =>
      decider(rule, line, { layer: policy.layers[at]!, places, home });
    const found = rules.flatMap((rule, nth) =>
      proofsOf(rule).flatMap(({ list, entry, line }) => {
        const message = problemOf(list, rule, deciderOf(rule, line), line);
        return message === null ? [] : [{ source: name, ...locate(['rules', nth, list, entry]), message }];
      }),
    );
    return [...own, ...found];
  });
}

type SecretRule = NonNullable<NonNullable<NonNullable<PolicyFile['guards']>['secrets']>['rules']>[number];

/** The texts that a policy's own rules of secrets must and must not fit. The texts themselves are not repeated. */
function secretProblems(rules: readonly SecretRule[], source: string, text: string): Problem[] {
  if (rules.length === 0) return [];
  const { locate } = parseYaml(text);
  return rules.flatMap((rule, nth) =>
    (['hits', 'misses'] as const).flatMap((list) =>
      (rule[list] ?? []).flatMap((line, entry) => {
        if (matchesOf(line, rule).length > 0 === (list === 'hits')) return [];
        const message =
          list === 'hits' ? `holds nothing that fits \`${rule.id}\`` : `fits \`${rule.id}\`, and must not`;
        return [{ source, ...locate(['guards', 'secrets', 'rules', nth, list, entry]), message }];
      }),
    ),
  );
}

type List = 'hits' | 'misses';

function proofsOf(rule: PolicyRule): { list: List; entry: number; line: string }[] {
  return (['hits', 'misses'] as const).flatMap((list) =>
    (rule[list] ?? []).map((line, entry) => ({ list, entry, line })),
  );
}

function problemOf(list: List, { id }: PolicyRule, decided: string | null, line: string): string | null {
  const shown = printable(line, 120);
  if (list === 'misses') return decided === id ? `\`${shown}\` matches rule \`${id}\`, and must not` : null;
  if (decided === id) return null;
  const taken = decided === null ? '' : `: rule \`${decided}\` above takes it`;
  return `\`${shown}\` does not match rule \`${id}\`${taken}`;
}

/** The rule of the layer that an agent's shell line would be decided by; `null` for none. */
function decider(
  { match }: PolicyRule,
  command: string,
  { layer, places, home }: { layer: Layer; places: Places; home: string },
): string | null {
  const client = typeof match.client === 'string' ? match.client : (match.client?.[0] ?? 'claude-code');
  const call: Call = {
    id: 'proof',
    gate: 'cli',
    tool: 'Bash',
    cwd: places.root,
    client,
    assurance: 'claimed',
    session: { id: 'cli' },
    action: { kind: 'bash', command },
  };
  const state = { kind: 'ok' as const, policy: { layers: [layer], digest: '' } };
  const { decision } = judgeCall(call, { places, home, state });
  const step = decision.trace.find(({ stage }) => stage === 'rule');
  return step ? step.text.slice(0, step.text.indexOf(' ')) : null;
}
