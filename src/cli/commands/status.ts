import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { logPath } from '../../audit/files.ts';
import { tail } from '../../audit/query.ts';
import type { AuditRecord } from '../../audit/record.ts';
import { HOOK_ENTRIES, settingsProblems } from '../../clients/claude-settings.ts';
import { readHalt } from '../../repo/halt.ts';
import type { Places } from '../../repo/places.ts';
import type { Context, ExitCode } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { activeHooksDir, gitHooks } from '../git-hooks.ts';
import { columns, count, paints, printable, printJson, shortTime } from '../output.ts';
import { compileAll, policySources } from '../policy-sources.ts';
import { type Recent, readRecent } from '../recent.ts';
import { isGuarded, repository } from '../repository.ts';
import { VERSION } from '../version.ts';

export interface StatusOptions {
  readonly json?: boolean;
}

/** Skips within seven days from which on `status` names them. */
const MANY_SKIPS = 3;

/** One screen: what is guarded, how strictly, and what happened lately. Exit 1 when the repository is not guarded. */
export async function run(options: StatusOptions, context: Context): Promise<ExitCode> {
  const places = repository(context);
  if (!isGuarded(places)) {
    if (options.json) printJson(context, { guarded: false, root: places.root });
    else context.out(`${places.root} is not guarded.\nGuard it with: npx postern init\n`);
    return FOUND;
  }
  const status = readStatus(places, context);
  if (options.json) printJson(context, status);
  else context.out(asText(status, context));
  return DONE;
}

type Status = ReturnType<typeof readStatus>;

function readStatus(places: Places, context: Context) {
  const { decisions, observed, skips, heartbeat } = readRecent(places.stateDir, Date.now());
  return {
    guarded: true,
    root: places.root,
    version: VERSION,
    policy: policyStatus(places, context),
    halt: readHalt(places.stateDir),
    gates: gateStatus(places),
    heartbeat: heartbeat && { time: heartbeat.time, session: heartbeat.session.id, client: heartbeat.subject.client },
    decisions: { ...decisions, observed },
    skips: skips.map(skipStatus),
    log: logStatus(places),
  };
}

function policyStatus(places: Places, context: Context) {
  try {
    const compilation = compileAll(policySources(places, context));
    if (compilation.kind === 'bad') return { problem: `${count(compilation.problems.length, 'problem')} in the policy` };
    const { policy } = compilation.policy.layers[0]!;
    const floors = compilation.policy.layers.slice(1).map(({ name }) => name);
    return { profile: compilation.files[0]!.extends ?? null, mode: policy.mode, autonomy: policy.autonomy, floors };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function gateStatus(places: Places) {
  const problems = settingsProblems(textOf(join(places.root, '.claude', 'settings.json')), true);
  const hooks = gitHooks(activeHooksDir(places));
  return {
    agent: { events: HOOK_ENTRIES.map(({ event }) => event), problems },
    git: Object.fromEntries(hooks.map(({ name, state }) => [name, state])),
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function skipStatus({ seq, time, reason, subject, data }: AuditRecord) {
  const who = typeof data?.['identity'] === 'string' ? data['identity'] : subject.user;
  return { seq, time, who, reason: reason ?? '' };
}

function logStatus({ stateDir }: Places) {
  const path = logPath(stateDir);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { path, records: tail(stateDir, 1)[0]?.seq ?? 0, bytes: size };
}

function asText(status: Status, context: Context): string {
  const { bold } = paints(context);
  const rows: [string, string][] = [
    ['Guarded', `yes: ${printable(status.root)}, Postern ${status.version}`],
    ['Policy', policyText(status.policy, context)],
    ['Frozen', haltText(status.halt, context)],
    ['Agent gate', agentGateText(status.gates.agent.problems, context)],
    ['Git gate', gitGateText(status.gates.git, context)],
    ['Last session', sessionText(status.heartbeat)],
    ['Last 7 days', decisionsText(status.decisions)],
    ['Skipped reviews', skipsText(status.skips, context)],
    ['Log', `${count(status.log.records, 'record')}, ${kilobytes(status.log.bytes)}: ${printable(status.log.path)}`],
  ];
  return columns(rows.map(([label, value]) => [bold(label), value])) + skipLines(status.skips);
}

function policyText(policy: Status['policy'], context: Context): string {
  const { red, yellow } = paints(context);
  if ('problem' in policy) return `${red('unreadable')}: ${printable(policy.problem ?? '')} (npx postern policy lint)`;
  const { profile, mode, autonomy, floors } = policy;
  const shownMode = mode === 'observe' ? yellow('observe (nothing but the fixed guards is enforced)') : mode;
  const above = floors.length > 0 ? `, floors: ${floors.join(', ')}` : '';
  return `${profile ?? 'no profile'}, ${shownMode}, autonomy ${autonomy.level} (ceiling ${autonomy.ceiling})${above}`;
}

function haltText(halt: Status['halt'], context: Context): string {
  const { red } = paints(context);
  if (halt.kind === 'clear') return 'no';
  return `${red('yes, every call is denied')}: ${printable(halt.kind === 'halted' ? halt.reason : halt.problem)}`;
}

function agentGateText(problems: readonly string[], context: Context): string {
  const { red } = paints(context);
  if (problems.length === 0) return `${HOOK_ENTRIES.length} events of claude-code`;
  return `${red('not whole')}: .claude/settings.json: ${problems[0]} (npx postern doctor)`;
}

function gitGateText(states: Status['gates']['git'], context: Context): string {
  const { red } = paints(context);
  const bad = Object.entries(states).filter(([, state]) => state !== 'ours');
  if (bad.length === 0) return Object.keys(states).join(', ');
  return `${red('not whole')}: ${bad.map(([name, state]) => `${name} ${state}`).join(', ')} (npx postern doctor)`;
}

function sessionText(heartbeat: Status['heartbeat']): string {
  if (!heartbeat) return 'none in 7 days';
  return `${shortTime(heartbeat.time)}, ${printable(heartbeat.client)} ${printable(heartbeat.session, 50)}`;
}

function decisionsText({ allow, redact, ask, deny, observed }: Recent['decisions'] & { observed: number }): string {
  const rest = `${redact > 0 ? `, ${redact} redacted` : ''}${observed > 0 ? `, ${observed} only observed` : ''}`;
  return `${allow} allowed, ${ask} asked, ${deny} denied${rest}`;
}

function skipsText(skips: Status['skips'], context: Context): string {
  const text = `${skips.length} in 7 days`;
  return skips.length >= MANY_SKIPS ? paints(context).yellow(`${text}: many`) : text;
}

function skipLines(skips: Status['skips']): string {
  if (skips.length < MANY_SKIPS) return '';
  const rows = skips.slice(-5).map(({ time, who, reason }) => ['', shortTime(time), printable(who, 40), printable(reason, 80)]);
  return columns(rows);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
