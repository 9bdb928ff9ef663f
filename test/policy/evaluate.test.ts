import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/policy/call.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import type { Facts } from '../../src/policy/facts.ts';
import { EFFECTS, type Effect, type Finding, GUARDS } from '../../src/policy/finding.ts';
import { BUILTIN, NEUTRAL } from '../../src/policy/profiles.ts';
import type { Layer, Policy, Rule } from '../../src/policy/types.ts';

const call: Call = {
  id: 'c1',
  gate: 'hook',
  tool: 'Bash',
  cwd: '/repo',
  client: 'claude-code',
  assurance: 'hook',
  session: { id: 's1' },
  action: { kind: 'bash', command: 'git push --force' },
};

const facts: Facts = {
  root: '/repo',
  stateDir: '/repo/.git/postern',
  commonDir: '/repo/.git',
  home: '/home/dev',
  hooksDir: '/repo/.husky',
  halt: { kind: 'clear' },
  reading: {
    commands: [{ program: 'git', subcommand: 'push', args: ['push', '--force'], text: 'git push --force' }],
    uses: [],
    class: 'write',
    problems: [],
    scripts: [],
  } as unknown as Facts['reading'],
  uses: [],
  answers: new Map(),
  installed: [],
};

const rank = (effect: Effect) => EFFECTS.indexOf(effect);

function layer(name: Layer['name'], policy: Policy): Layer {
  return { name, source: `/${name}`, policy };
}

function decide(
  layers: readonly Layer[],
  findings: readonly Finding[] | ((policy: Policy) => readonly Finding[]),
  over: Partial<Facts> = {},
) {
  const inspect = typeof findings === 'function' ? findings : () => findings;
  return evaluate({
    call,
    facts: { ...facts, ...over },
    state: { kind: 'ok', policy: { layers, digest: 'd' } },
    inspect,
  });
}

function found(over: Partial<Finding> = {}): Finding {
  return {
    guard: 'dangerous-commands',
    rule: 'git-push-force',
    severity: 'high',
    effect: 'deny',
    where: 'git push --force',
    why: 'rewrites shared history.',
    instead: 'git push',
    command: 0,
    ...over,
  };
}

function withRule(rule: Partial<Rule>, base: Policy = BUILTIN): Policy {
  return { ...base, rules: [{ id: 'r', match: {}, effect: 'allow', reason: 'because', instead: 'ask', ...rule }] };
}

describe('a decision', () => {
  test.each([
    { what: 'no finding', findings: [], policy: BUILTIN, effect: 'allow', rule: '' },
    { what: 'a deny', findings: [found()], policy: BUILTIN, effect: 'deny', rule: 'dangerous-commands/git-push-force' },
    {
      what: 'an ask',
      findings: [found({ effect: 'ask' })],
      policy: BUILTIN,
      effect: 'ask',
      rule: 'dangerous-commands/git-push-force',
    },
    {
      what: 'an allow rule for the command',
      findings: [found()],
      policy: withRule({ match: { program: ['git'], args: ['--force'] } }),
      effect: 'allow',
      rule: '',
    },
    {
      what: 'an allow rule for another command',
      findings: [found()],
      policy: withRule({ match: { program: ['rm'] } }),
      effect: 'deny',
      rule: 'dangerous-commands/git-push-force',
    },
    {
      what: 'an allow rule over a secret',
      findings: [found({ guard: 'secrets', rule: 'x' })],
      policy: withRule({ match: { program: ['git'] } }),
      effect: 'deny',
      rule: 'secrets/x',
    },
    {
      what: 'a rule that names the finding',
      findings: [found()],
      policy: withRule({ match: { finding: ['dangerous-commands/*'] }, effect: 'ask' }),
      effect: 'ask',
      rule: 'dangerous-commands/git-push-force',
    },
    {
      what: 'an allow rule over a protected path',
      findings: [found({ guard: 'protected-paths', rule: 'policy' })],
      policy: withRule({ match: { finding: ['protected-paths/*'] } }),
      effect: 'deny',
      rule: 'protected-paths/policy',
    },
    {
      what: 'a deny rule without a finding',
      findings: [],
      policy: withRule({ match: { program: ['git'], subcommand: ['push'] }, effect: 'deny' }),
      effect: 'deny',
      rule: 'policy/r',
    },
    {
      what: 'observe mode',
      findings: [found()],
      policy: { ...BUILTIN, mode: 'observe' as const },
      effect: 'allow',
      rule: 'dangerous-commands/git-push-force',
    },
    {
      what: 'observe mode over a protected path',
      findings: [found({ guard: 'protected-paths', rule: 'policy' })],
      policy: { ...BUILTIN, mode: 'observe' as const },
      effect: 'deny',
      rule: 'protected-paths/policy',
    },
  ])('$what -> $effect', ({ findings, policy, effect, rule }) => {
    expect(decide([layer('repo', policy)], findings)).toMatchObject({ effect, rule });
  });

  test.each([
    { halt: { kind: 'halted', reason: 'look first' } as const, rule: 'kill-switch/halted' },
    { halt: { kind: 'unreadable', problem: 'EACCES' } as const, rule: 'kill-switch/halted' },
  ])('HALT $halt.kind denies everything', ({ halt, rule }) => {
    expect(decide([layer('repo', BUILTIN)], [], { halt })).toMatchObject({ effect: 'deny', rule });
  });

  test('an unreadable policy denies everything', () => {
    const state = { kind: 'unreadable', problem: 'missing', instead: 'restore it' } as const;
    expect(evaluate({ call, facts, state, inspect: () => [] })).toMatchObject({
      effect: 'deny',
      instead: 'restore it',
    });
  });
});

const anyEffect = fc.constantFrom(...EFFECTS);
const anyFinding = fc
  .record({
    guard: fc.constantFrom(...GUARDS),
    rule: fc.constantFrom('a', 'b', 'c'),
    effect: anyEffect,
    where: fc.constantFrom('x', 'y'),
    command: fc.constantFrom(0, undefined),
  })
  .map(({ command, ...over }) => found({ ...over, ...(command === undefined ? {} : { command }) }));
const anyMode = fc.constantFrom('enforce' as const, 'observe' as const);
const anyRule = fc
  .record({
    match: fc.constantFrom<Rule['match']>(
      {},
      { program: ['git'] },
      { program: ['rm'] },
      { finding: ['*/a'] },
      { kind: ['read'] },
    ),
    effect: anyEffect,
  })
  .map((rule): Rule => ({ id: 'r', reason: 'because', instead: 'ask', ...rule }));
const anyPolicy = fc
  .record({ mode: anyMode, rules: fc.array(anyRule, { maxLength: 3 }) })
  .map((over): Policy => ({ ...BUILTIN, ...over }));

describe('laws', () => {
  test('one more finding never weakens a decision', () => {
    fc.assert(
      fc.property(fc.array(anyFinding), anyFinding, (findings, more) => {
        const before = decide([layer('repo', BUILTIN)], findings);
        const after = decide([layer('repo', BUILTIN)], [...findings, more]);
        expect(rank(after.effect)).toBeGreaterThanOrEqual(rank(before.effect));
      }),
    );
  });

  test('the order of findings does not matter', () => {
    const shuffled = fc
      .array(anyFinding)
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, anyPolicy, ([findings, others], policy) => {
        const { trace: _a, ...a } = decide([layer('repo', policy)], findings);
        const { trace: _b, ...b } = decide([layer('repo', policy)], others);
        expect(a).toEqual(b);
      }),
    );
  });

  test('no repo layer loosens a floor', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding),
        anyPolicy,
        anyPolicy,
        fc.constantFrom('host' as const, 'org' as const),
        (findings, repo, floor, name) => {
          const alone = decide([layer(name, floor)], findings);
          const both = decide([layer('repo', repo), layer(name, floor)], findings);
          expect(rank(both.effect)).toBeGreaterThanOrEqual(rank(alone.effect));
        },
      ),
    );
  });

  test('a floor that states nothing changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyFinding), anyPolicy, (findings, repo) => {
        const inspect = (policy: Policy) => (policy === NEUTRAL ? [] : findings);
        const { trace: _a, ...alone } = decide([layer('repo', repo)], inspect);
        const { trace: _b, ...both } = decide([layer('repo', repo), layer('host', NEUTRAL)], inspect);
        expect(both).toEqual(alone);
      }),
    );
  });

  test('protected paths and the kill switch hold under every repo policy', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom('protected-paths' as const, 'kill-switch' as const), (policy, guard) => {
        expect(decide([layer('repo', policy)], [found({ guard })]).effect).toBe('deny');
      }),
    );
  });
});
