import { resolve } from 'node:path';
import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import type { Facts } from '../policy/facts.ts';
import type { Finding } from '../policy/finding.ts';
import type { Command } from '../policy/reading.ts';
import type { PolicyState } from '../policy/types.ts';
import { findPlaces, type Places } from '../repo/places.ts';
import { describeAction } from './describe.ts';
import { takeSnapshot } from './snapshot.ts';

/** Rules of dangerous-commands whose loss is uncommitted work that git knows of, or could. */
export const LOSES_WORK: readonly string[] = [
  'git-reset-hard',
  'git-clean',
  'git-checkout-files',
  'git-switch-force',
  'git-restore',
  'git-stash-drop',
  'git-worktree-force',
  'git-rm-force',
  'git-read-tree',
  'git-apply-reverse',
];

/** What is known of a call when it was judged. */
export interface Judged {
  readonly decision: Decision;
  readonly facts: Facts;
  readonly state: PolicyState;
}

/** Takes a snapshot when the call would discard uncommitted work of this repository; its id, or `null`. Never throws:
 * that a snapshot cannot be taken changes nothing about the decision. */
export function keepWork(call: Call, { decision, facts, state }: Judged, places: Places): string | null {
  const finding = decision.findings.find((one) => one.guard === 'dangerous-commands' && LOSES_WORK.includes(one.rule));
  if (!finding || !isWanted(state)) return null;
  const command = facts.reading?.commands[finding.command ?? -1];
  try {
    const there = findPlaces(folderOf(finding, command, call.cwd));
    if (there?.commonDir !== places.commonDir) return null;
    const snapshot = takeSnapshot(there, {
      why: describeAction(call.action, facts.knownValues),
      ignored: finding.rule === 'git-clean' && hasOption(command, /^-\w*[xX]/),
      stashes: finding.rule === 'git-stash-drop',
    });
    return snapshot?.id ?? null;
  } catch {
    return null;
  }
}

function isWanted(state: PolicyState): boolean {
  return state.kind === 'ok' && state.policy.layers.some(({ policy }) => policy.guards['dangerous-commands'].snapshot);
}

function hasOption(command: Command | undefined, option: RegExp): boolean {
  return command?.args.some((arg) => option.test(arg ?? '')) ?? false;
}

/** The folder that the git command works in: its working directory, as `-C` changes it; for a worktree that is removed, that one. */
function folderOf({ rule }: Finding, command: Command | undefined, cwd: string): string {
  let folder = command?.run?.cwd || cwd;
  const args = command?.args ?? [];
  for (let at = 0; at < args.length && args[at]?.startsWith('-'); at++) {
    const value = args[at + 1];
    if (args[at] === '-C' && value) folder = resolve(folder, value);
    if (args[at] === '-C' || args[at] === '-c') at++;
  }
  const removed = rule === 'git-worktree-force' ? args.findLast((arg) => arg && !arg.startsWith('-')) : undefined;
  return removed ? resolve(folder, removed) : folder;
}
