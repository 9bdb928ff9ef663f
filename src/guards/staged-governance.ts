import type { Finding } from '../policy/finding.ts';
import type { Guard } from './guard.ts';
import { governancePaths } from './protected-paths.ts';
import { quoted } from './quoted.ts';

/** Keeps agents from committing changes of what governs them; people may. */
export const stagedGovernance: Guard = {
  name: 'protected-paths',
  inspect(call, facts, policy) {
    if (call.client === 'person' || call.action.kind !== 'commit') return [];
    return governancePaths(
      call.action.files.map((file) => file.path),
      facts,
      policy,
    ).map(finding);
  },
};

function finding(path: string): Finding {
  return {
    guard: 'protected-paths',
    rule: 'staged',
    severity: 'critical',
    effect: 'deny',
    where: path,
    why: 'governs agents, and an agent is about to commit a change of it.',
    instead: `leave it out of the commit (git restore --staged -- ${quoted(path)}), and ask the person to commit it.`,
  };
}
