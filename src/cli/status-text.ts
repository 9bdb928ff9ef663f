import type { Context } from './context.ts';
import { columns, count, paints, printable, shortTime } from './output.ts';
import { MANY_SKIPS } from './recent.ts';
import type { Status } from './status.ts';

/** The status as one screen. */
export function statusText(status: Status, context: Context): string {
  const { bold } = paints(context);
  const rows: [label: string, value: string][] = [
    ['Guarded', `yes: ${printable(status.root)}`],
    ['Version', versionText(status)],
    ['Policy', policyText(status.policy, context)],
    ['Frozen', haltText(status.halt, context)],
    ['Agent gate', agentGateText(status.gates.agent, context)],
    ['Git gate', gitGateText(status.gates.git, context)],
    ...('problem' in status.log ? [] : recentRows(status, context)),
    ['Log', logText(status.log, context)],
  ];
  return columns(rows.map(([label, value]) => [bold(label), value])) + skipLines(status.skips);
}

/** What the log tells of the last days. */
function recentRows({ heartbeat, decisions, skips }: Status, context: Context): [label: string, value: string][] {
  return [
    ['Last session', sessionText(heartbeat)],
    ['Last 7 days', decisionsText(decisions)],
    ['Skipped reviews', skipsText(skips, context)],
  ];
}

function versionText({ version, installed }: Status): string {
  return installed === null || installed === version
    ? version
    : `${installed} (this is ${version}: npx postern upgrade)`;
}

function policyText(policy: Status['policy'], context: Context): string {
  const { red, yellow } = paints(context);
  if ('problem' in policy) return `${red('unreadable')}: ${printable(policy.problem)} (npx postern policy lint)`;
  const { profile, mode, autonomy, floors } = policy;
  const shownMode = mode === 'observe' ? yellow('observe: stops nothing but attacks on itself') : mode;
  const above = floors.length > 0 ? `, floors: ${floors.join(', ')}` : '';
  return `${profile ?? 'no profile'}, ${shownMode}, autonomy ${autonomy.level} (ceiling ${autonomy.ceiling})${above}`;
}

function haltText(halt: Status['halt'], context: Context): string {
  if (halt.kind === 'clear') return 'no';
  const why = halt.kind === 'halted' ? halt.reason : halt.problem;
  return `${paints(context).red('yes, every call is denied')}: ${printable(why)}`;
}

function agentGateText({ events, problems }: Status['gates']['agent'], context: Context): string {
  if (problems.length === 0) return `claude-code, ${count(events.length, 'event')}`;
  return `${paints(context).red('not whole')}: .claude/settings.json: ${problems[0]} (npx postern doctor)`;
}

function gitGateText(states: Status['gates']['git'], context: Context): string {
  const bad = Object.entries(states).filter(([, state]) => state !== 'ours');
  if (bad.length === 0) return Object.keys(states).join(', ');
  const shown = bad.map(([name, state]) => `${name} ${state}`).join(', ');
  return `${paints(context).red('not whole')}: ${shown} (npx postern doctor)`;
}

function sessionText(heartbeat: Status['heartbeat']): string {
  if (!heartbeat) return 'none in 7 days';
  return `${shortTime(heartbeat.time)}, ${printable(heartbeat.client)} ${printable(heartbeat.session, 50)}`;
}

function decisionsText({ allow, redact, ask, deny, observed }: Status['decisions']): string {
  const rest = `${redact > 0 ? `, ${redact} redacted` : ''}${observed > 0 ? `, ${observed} only observed` : ''}`;
  return `${allow} allowed, ${ask} asked, ${deny} denied${rest}`;
}

function skipsText(skips: Status['skips'], context: Context): string {
  const text = `${skips.length} in 7 days`;
  return skips.length >= MANY_SKIPS ? paints(context).yellow(`${text}: many`) : text;
}

function skipLines(skips: Status['skips']): string {
  if (skips.length < MANY_SKIPS) return '';
  const last = skips.slice(-5);
  return columns(last.map(({ time, who, reason }) => ['', shortTime(time), printable(who, 40), printable(reason, 80)]));
}

function logText(log: Status['log'], context: Context): string {
  if ('problem' in log) return `${paints(context).red('unreadable')}: ${printable(log.problem, 300)}`;
  return `${count(log.records, 'record')}, ${Math.ceil(log.bytes / 1024)} KB: ${printable(log.path)}`;
}
