import { resolve } from 'node:path';
import { knownValuesOf } from '../../govern/known-values.ts';
import { forgetBaseline } from '../../govern/protected-state.ts';
import { recordEvent } from '../../govern/record-event.ts';
import { BUILTIN } from '../../policy/profiles.ts';
import type { Policy } from '../../policy/types.ts';
import { askGit } from '../../repo/ask-git.ts';
import type { Places } from '../../repo/places.ts';
import { readPolicy } from '../../repo/policy-file.ts';
import {
  BASELINE_PATH,
  freshSalt,
  type KnownSecrets,
  readSecretsBaseline,
  writeSecretsBaseline,
} from '../../repo/secrets-baseline.ts';
import { type Context, type ExitCode, UserError } from '../context.ts';
import { DONE, FOUND } from '../exit-codes.ts';
import { refuseAgents } from '../install-command.ts';
import { count, printJson } from '../output.ts';
import { homeOf, isGuarded, repository } from '../repository.ts';
import { historyScope, rangeScope, stagedScope } from '../scan/commits.ts';
import { filesScope } from '../scan/files.ts';
import { type ScanResult, scanScope } from '../scan/findings.ts';
import type { Scope } from '../scan/piece.ts';
import { progressLine } from '../scan/progress.ts';
import { isUnread, scanFacts, scanTalk, scanText } from '../scan/report.ts';
import { sarif } from '../scan/sarif.ts';

export interface ScanCommandOptions {
  readonly path?: string | undefined;
  readonly staged?: boolean;
  readonly range?: string;
  readonly history?: boolean;
  readonly baseline?: boolean;
  readonly json?: boolean;
  readonly sarif?: boolean;
}

/** Looks for secrets in files, in the index or in commits: exit 1 when there are any that nothing lets through. */
export async function run(options: ScanCommandOptions, context: Context): Promise<ExitCode> {
  const places = repository(context);
  if (options.baseline) refuseAgents(context, 'scan --baseline');
  const scope = scopeOf(options, places, context);
  const policies = await policiesOf(places, context);
  const own = policies.flatMap(({ guards }) => guards.secrets.rules);
  const rules = { policies, baseline: baselineOf(places, context), knownValues: knownValuesOf(places, own) };
  const progress = progressLine(context, scope);
  const result = scanScope(scope, rules, progress.step);
  progress.end();
  if (options.baseline) return keepAll(result, scope, rules.baseline, places, context);
  if (options.json) printJson(context, scanFacts(scope, result));
  else if (options.sarif) printJson(context, sarif(result));
  else context.out(scanText(scope, result, context));
  context.say(scanTalk(result));
  return result.findings.length > 0 || result.unread.some(isUnread) ? FOUND : DONE;
}

function scopeOf({ path, staged, range, history }: ScanCommandOptions, places: Places, context: Context): Scope {
  const ask = askGit(places.root, context.env);
  const ways = [path !== undefined, staged === true, range !== undefined, history === true];
  if (ways.filter(Boolean).length > 1) {
    throw new UserError('Scan one thing at a time.', 'Give a path, or --staged, or --range A..B, or --history.');
  }
  if (staged) return stagedScope(places, ask);
  if (range !== undefined) return rangeScope(range, ask);
  if (history) return historyScope(ask);
  return filesScope(places, path === undefined ? places.root : resolve(context.cwd, path));
}

/** The policies that may let a finding through; without Postern in the repository the builtin one, which lets none. */
async function policiesOf(places: Places, context: Context): Promise<Policy[]> {
  if (!isGuarded(places)) return [BUILTIN];
  const state = await readPolicy({ root: places.root, stateDir: places.stateDir, home: homeOf(context) });
  if (state.kind === 'unreadable') throw new UserError(`Cannot judge: ${state.problem}`, state.instead);
  const { layers } = state.policy;
  return layers
    .filter(({ name, policy }) => name === 'repo' || policy.guards.secrets.mode !== 'off')
    .map(({ policy }) => policy);
}

function baselineOf(places: Places, context: Context): KnownSecrets {
  const baseline = readSecretsBaseline(places.root);
  if (baseline.kind === 'read') return baseline;
  if (baseline.kind === 'unreadable') {
    context.say(`${BASELINE_PATH} cannot be read, so it lets nothing through: ${baseline.problem}.\n`);
  }
  return { salt: freshSalt(), entries: [] };
}

/** The baseline of what was read now; of everything else it stays as it was. */
function keepAll(result: ScanResult, scope: Scope, old: KnownSecrets, places: Places, context: Context): ExitCode {
  const others = old.entries.filter(({ path }) => !scope.complete.has(path));
  const entries = [...others, ...result.entries];
  if (isGuarded(places)) {
    recordEvent(places, { kind: 'install', what: 'postern scan --baseline', data: { secrets: entries.length } });
    forgetBaseline(places.stateDir);
  }
  writeSecretsBaseline(places.root, { salt: old.salt, entries });
  context.out(`${BASELINE_PATH} lists ${count(entries.length, 'secret')}, as keyed fingerprints.\n`);
  context.say('They are still secrets: revoke what you can. Commit the file, so that every clone knows them.\n');
  return DONE;
}
