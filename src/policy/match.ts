import type { Call } from './call.ts';
import type { Facts } from './facts.ts';
import { type Finding, ruleId } from './finding.ts';
import { matchGlob } from './glob.ts';
import type { Command } from './reading.ts';
import type { RuleMatch } from './types.ts';

/** True when every field that the rule states matches the call. */
export function matchesRule(match: RuleMatch, call: Call, facts: Facts, findings: readonly Finding[]): boolean {
  return (
    matchesCall(match, call) &&
    (!match.path ||
      facts.uses.some(
        (use) => matchesPath(match.path!, use.real, facts) || matchesPath(match.path!, use.path, facts),
      )) &&
    (!namesCommand(match) || (facts.reading?.commands ?? []).some((command) => matchesCommand(match, command))) &&
    (!namesFinding(match) || findings.some((finding) => ruleCovers(match, finding, facts)))
  );
}

/** True when the rule speaks of this finding: by name when it names findings, and only of the command it matched. */
export function ruleCovers(match: RuleMatch, finding: Finding, facts: Facts): boolean {
  if (match.finding && !match.finding.some((glob) => matchGlob(glob, ruleId(finding)))) return false;
  if (match.does && !match.does.includes(finding.does ?? '')) return false;
  if (!namesCommand(match)) return true;
  if (finding.command === undefined)
    return facts.reading?.commands.every((command) => matchesCommand(match, command)) ?? false;
  const command = facts.reading?.commands[finding.command];
  return command !== undefined && matchesCommand(match, command);
}

function matchesCall(match: RuleMatch, call: Call): boolean {
  return (
    (!match.kind || match.kind.includes(call.action.kind)) &&
    (!match.tool || match.tool.some((glob) => matchGlob(glob, call.tool))) &&
    (!match.client || match.client.includes(call.client))
  );
}

function matchesPath(globs: readonly string[], path: string, facts: Facts): boolean {
  const inRepo = path.startsWith(`${facts.root}/`);
  const shown = inRepo ? path.slice(facts.root.length + 1) : path;
  return globs.some((glob) => matchGlob(glob.startsWith('~/') ? facts.home + glob.slice(1) : glob, shown));
}

function namesCommand(match: RuleMatch): boolean {
  return Boolean(match.program || match.subcommand || match.args || match.flags);
}

/** Whether the rule speaks of findings, by name or by what they say that a command does. */
export function namesFinding(match: RuleMatch): boolean {
  return Boolean(match.finding || match.does);
}

function matchesCommand(match: RuleMatch, command: Command): boolean {
  return (
    (!match.program || match.program.includes(command.program)) &&
    (!match.subcommand || match.subcommand.includes(command.subcommand)) &&
    (!match.args || match.args.every((word) => command.args.includes(word))) &&
    (!match.flags || match.flags.every((flag) => command.args.some((word) => word !== null && isFlag(flag, word))))
  );
}

/** `-f` in `-xfd`, `--force` in `--forc` and `--force=yes`. */
function isFlag(flag: string, word: string): boolean {
  if (!flag.startsWith('--'))
    return word === flag || (flag.length === 2 && /^-[A-Za-z]/.test(word) && word.includes(flag[1]!));
  const name = word.split('=')[0]!;
  return name === flag || (name.length > 4 && name.startsWith('--') && flag.startsWith(name));
}
