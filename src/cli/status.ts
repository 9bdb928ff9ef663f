import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { logPath } from '../audit/files.ts';
import { tail } from '../audit/query.ts';
import type { AuditRecord } from '../audit/record.ts';
import { HOOK_ENTRIES, settingsProblems } from '../clients/claude-settings.ts';
import { MANIFEST_PATH, parseManifest } from '../install/manifest.ts';
import { readHalt } from '../repo/halt.ts';
import type { Places } from '../repo/places.ts';
import type { Context } from './context.ts';
import { activeHooksDir, gitHooks } from './git-hooks.ts';
import { count } from './output.ts';
import { compileAll, policySources } from './policy-sources.ts';
import { NOTHING_RECENT, type Recent, readRecent } from './recent.ts';
import { VERSION } from './version.ts';

/** What `status` shows. What cannot be read is told as a `problem`, never thrown. */
export type Status = ReturnType<typeof readStatus>;

export function readStatus(places: Places, context: Context) {
  const log = logStatus(places);
  const { decisions, observed, skips, heartbeat } = 'problem' in log ? NOTHING_RECENT : recent(places);
  return {
    guarded: true,
    root: places.root,
    version: VERSION,
    installed: installedVersion(places),
    policy: policyStatus(places, context),
    halt: readHalt(places.stateDir),
    gates: gateStatus(places),
    heartbeat: heartbeat && { time: heartbeat.time, session: heartbeat.session.id, client: heartbeat.subject.client },
    decisions: { ...decisions, observed },
    skips: skips.map(skipStatus),
    log,
  };
}

function recent({ stateDir }: Places): Recent {
  return readRecent(stateDir, Date.now());
}

/** The version whose runtime judges here; `null` when the manifest does not tell. */
function installedVersion({ root }: Places): string | null {
  try {
    return parseManifest(readFileSync(join(root, MANIFEST_PATH), 'utf8')).postern;
  } catch {
    return null;
  }
}

function policyStatus(places: Places, context: Context) {
  try {
    const compilation = compileAll(policySources(places, context));
    if (compilation.kind === 'bad') return { problem: count(compilation.problems.length, 'problem') };
    const { policy } = compilation.policy.layers[0]!;
    const floors = compilation.policy.layers.slice(1).map(({ name }) => name);
    return { profile: compilation.files[0]!.extends ?? null, mode: policy.mode, autonomy: policy.autonomy, floors };
  } catch (error) {
    return { problem: messageOf(error) };
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

function skipStatus({ seq, time, subject, data = {} }: AuditRecord) {
  return { seq, time, who: String(data['identity'] ?? subject.user), reason: String(data['reason'] ?? '') };
}

function logStatus({ stateDir }: Places) {
  const path = logPath(stateDir);
  try {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return { path, records: tail(stateDir, 1)[0]?.seq ?? 0, bytes };
  } catch (error) {
    return { path, problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
