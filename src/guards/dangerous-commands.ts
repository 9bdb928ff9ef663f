import type { Call } from '../policy/call.ts';
import { type Facts, type Question, questionKey } from '../policy/facts.ts';
import { type Finding, stricter } from '../policy/finding.ts';
import type { CommandReading } from '../policy/reading.ts';
import type { Policy } from '../policy/types.ts';
import { commandEffect } from '../rules/commands/does.ts';
import { readCommand } from '../shell/read.ts';
import { type Hit, judge } from './dangerous-commands/judge.ts';
import { questionsAbout, soften } from './dangerous-commands/soften.ts';
import type { Guard } from './guard.ts';

/** Stops shell commands whose effect cannot be brought back, or that go round the guard. */
export const dangerousCommands: Guard = { name: 'dangerous-commands', inspect, questions };

function inspect(call: Call, facts: Facts, policy: Policy): readonly Finding[] {
  const reading = fullReading(call, facts);
  if (!reading) return [];
  const settings = policy.guards['dangerous-commands'];
  const found = [...unreadable(reading), ...judge(reading, facts.root).flatMap((hit) => findingOf(hit, facts))];
  return unique(found)
    .filter((finding) => !settings.allow.includes(finding.rule))
    .map((finding) => (settings.deny.includes(finding.rule) ? { ...finding, effect: 'deny' } : finding));
}

function questions(call: Call, facts: Facts): readonly Question[] {
  const reading = fullReading(call, facts);
  if (!reading) return [];
  const scripts = (reading.scripts ?? []).slice(0, 8).map((path): Question => ({ ask: 'script', path }));
  const softeners = judge(reading, facts.root).flatMap((hit) => questionsAbout(hit, facts));
  return [...scripts, ...softeners].filter((question) => !facts.answers.has(questionKey(question))).slice(0, 32);
}

/** The reading with the scripts that were read since, so that what they run is judged too. */
function fullReading(call: Call, facts: Facts): CommandReading | null {
  const { reading } = facts;
  if (!reading || call.action.kind !== 'bash') return reading;
  const scripts = new Map<string, string>();
  for (const path of reading.scripts ?? []) {
    const answer = facts.answers.get(questionKey({ ask: 'script', path }));
    if (answer?.is === 'script') scripts.set(path, answer.text);
  }
  return scripts.size === 0 ? reading : readCommand(call.action.command, { cwd: call.cwd, home: facts.home, scripts });
}

function unreadable(reading: CommandReading): readonly Finding[] {
  return reading.problems.slice(0, 1).map((problem) => ({
    guard: 'dangerous-commands',
    rule: 'unreadable',
    severity: 'medium',
    effect: 'ask',
    where: 'this command line',
    why: `cannot be read completely (${problem}).`,
    instead: 'Write it as separate, complete commands.',
  }));
}

function findingOf(hit: Hit, facts: Facts): readonly Finding[] {
  const softening = soften(hit, facts);
  if (softening.kind === 'harmless') return [];
  const { row } = hit;
  const names = softening.files.slice(0, 3).join(', ');
  const more = softening.files.length > 3 ? ` and ${softening.files.length - 3} more` : '';
  return [
    {
      guard: 'dangerous-commands',
      rule: row.id,
      severity: row.severity ?? (row.effect === 'deny' ? 'high' : 'medium'),
      effect: row.effect,
      where: hit.text,
      why: names ? `${row.why.replace(/\.$/, '')}: ${names}${more}.` : row.why,
      instead: row.instead,
      does: commandEffect(row.id) ?? 'changes-machine',
      command: hit.command,
    },
  ];
}

/** One finding per rule and command: the strictest, the first. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.where}`;
    const known = byKey.get(key);
    byKey.set(key, known ? { ...known, effect: stricter(known.effect, finding.effect) } : finding);
  }
  return [...byKey.values()];
}
