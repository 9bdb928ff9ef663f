import { readAll } from '../../audit/query.ts';
import { type AuditRecord, maxTextLength } from '../../audit/record.ts';
import type { Action } from '../../policy/call.ts';
import { CANARY_SESSION } from '../canary.ts';
import type { PastCall, Skipped } from './past-call.ts';

/** The agents' calls of the log. Those that it does not hold whole are counted, not judged. */
export function* readRecords(
  stateDir: string,
  { since, cwd }: { readonly since: number; readonly cwd: string },
  skipped: Skipped,
): Generator<PastCall, void, void> {
  const from = new Date(since).toISOString();
  for (const record of readAll(stateDir, skipped)) {
    const { kind, gate, session, time } = record;
    if (kind !== 'decision' || gate !== 'hook' || session.id === CANARY_SESSION || time < from) continue;
    if (record.tool === 'ConfigChange' || record.tool === 'UserPromptSubmit') continue;
    const action = actionOf(record);
    if (action === null) skipped.partial++;
    else yield pastCall(record, action, cwd);
  }
}

function pastCall(record: AuditRecord, action: Action, cwd: string): PastCall {
  const { call = '', tool = '', subject, session, time, effect, would } = record;
  return {
    call: { id: call, gate: 'hook', tool, cwd, client: subject.client, assurance: 'hook', session, action },
    became: (would ?? effect) === 'allow' ? 'allowed' : 'stopped',
    time,
  };
}

const READS = ['Read', 'NotebookRead'];
const WRITES = ['Write', 'Edit', 'MultiEdit', 'NotebookEdit'];

/** Only what `what` tells completely: shell commands, and reads of one path. Contents and secrets are never in the log. */
function actionOf({ tool = '', what = '', rule = '' }: AuditRecord): Action | null {
  const cut = what.length >= maxTextLength || what.includes('[secret:') || rule.startsWith('secrets/');
  if (cut || what === '') return null;
  if (tool === 'Bash' || tool === 'Monitor') return { kind: 'bash', command: what };
  if (READS.includes(tool)) return { kind: 'read', paths: [what] };
  if (WRITES.includes(tool)) return { kind: 'write', files: [{ path: what, text: '', partial: true }] };
  return null;
}
