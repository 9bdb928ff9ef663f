import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { tail } from '../audit/query.ts';
import type { AuditRecord } from '../audit/record.ts';
import { redact } from '../guards/secrets/redact.ts';
import type { Call } from '../policy/call.ts';
import type { Decision } from '../policy/decision.ts';
import type { GuardName } from '../policy/finding.ts';
import { digestOf, readBounded, writeAtomic } from '../repo/files.ts';
import type { Places } from '../repo/places.ts';
import { type EventEntry, recordEvent } from './record-event.ts';

/** A person's word that one call, and no other, may be made once. */
export interface Approval {
  readonly version: 1;
  /** Of the call: see `callDigest`. */
  readonly digest: string;
  /** What was found in the call when it was stopped; anything more is stopped all the same. */
  readonly findings: readonly string[];
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** Hash of its `approval.granted` record. */
  readonly granted: string;
}

export const APPROVAL_MINUTES = 10;

/** Guards whose word a person may set aside for once. Secrets, protected and blocked paths and the kill switch are none. */
const APPROVABLE: readonly GuardName[] = ['dangerous-commands', 'autonomy'];

/** Records that are looked through for the granting one. */
const MAX_RECORDS = 5000;
const MAX_BYTES = 64 * 1024;

/** sha256, hex, of what an approval is bound to: client, tool, working directory and the exact action. */
export function callDigest({ client, tool, cwd, action }: Call): string {
  return digestOf(Buffer.from(JSON.stringify([client, tool, cwd, action])));
}

/** True when the call was stopped by nothing but guards that a person may set aside. */
export function isApprovable(call: Call, { effect, findings }: Decision): boolean {
  return (
    call.gate === 'hook' &&
    effect !== 'allow' &&
    findings.length > 0 &&
    findings.every(({ guard }) => APPROVABLE.includes(guard))
  );
}

/** Approves the call that the record tells of: on record first, then in the state folder. */
export function grantApproval(
  places: Places,
  record: AuditRecord,
  by: NonNullable<EventEntry['by']>,
  now: number,
): Approval {
  const digest = String(record.data?.['digest']);
  const expires = now + APPROVAL_MINUTES * 60_000;
  const { hash } = recordEvent(places, {
    kind: 'approval.granted',
    by,
    tool: record.tool ?? '',
    what: record.what ?? '',
    rule: record.rule ?? '',
    data: { digest, of: record.seq, expires: new Date(expires).toISOString() },
    ...(record.call === undefined ? {} : { call: record.call }),
  });
  const findings = (record.findings ?? []).map(({ guard, rule, where }) => `${guard}/${rule} ${where}`);
  const approval: Approval = { version: 1, digest, findings, expires, granted: hash };
  dropOld(places.stateDir, now);
  writeAtomic(pathOf(places.stateDir, digest), JSON.stringify(approval), 0o600);
  return approval;
}

/** Approvals that nobody used in time. */
function dropOld(stateDir: string, now: number): void {
  const folder = join(stateDir, 'approvals');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stat && stat.mtimeMs < now - APPROVAL_MINUTES * 60_000) rmSync(join(folder, name), { force: true });
  }
}

/** Takes the approval of this very call away, so that no second call finds it. `null` when there is none that holds. */
export function takeApproval(call: Call, decision: Decision, stateDir: string, now: number): Approval | null {
  const path = pathOf(stateDir, callDigest(call));
  const mine = `${path}.${process.pid}`;
  try {
    if (!holds(read(path), decision, stateDir, now)) return null;
    renameSync(path, mine);
    const approval = read(mine);
    return holds(approval, decision, stateDir, now) ? approval : null;
  } catch {
    return null;
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The file alone is no proof: the log must tell that a person granted it, and not that it was used. */
function holds(approval: Approval, { findings }: Decision, stateDir: string, now: number): boolean {
  const inTime = approval.expires > now && approval.expires <= now + APPROVAL_MINUTES * 60_000;
  const known = findings.every(({ guard, rule, where }) =>
    approval.findings.includes(`${guard}/${rule} ${redact(where)}`),
  );
  if (!inTime || !known) return false;
  const records = tail(stateDir, MAX_RECORDS);
  const granted = records.some(
    ({ kind, hash, data }) =>
      kind === 'approval.granted' && hash === approval.granted && data?.['digest'] === approval.digest,
  );
  return (
    granted && !records.some(({ kind, data }) => kind === 'approval.used' && data?.['granted'] === approval.granted)
  );
}

function read(path: string): Approval {
  const value = JSON.parse(readBounded(path, MAX_BYTES).toString('utf8')) as Approval;
  if (value.version !== 1) throw new Error('another version');
  return value;
}

function pathOf(stateDir: string, digest: string): string {
  return join(stateDir, 'approvals', `${digest}.json`);
}
