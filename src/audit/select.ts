import type { Effect } from '../policy/finding.ts';
import { matchGlob } from '../policy/glob.ts';
import type { AuditRecord } from './record.ts';

/** Which records are wanted; what is not stated wants all. */
export interface Wanted {
  /** ISO 8601, UTC; `from` is included, `to` is not. */
  readonly from?: string;
  readonly to?: string;
  readonly effects?: readonly Effect[];
  /** Globs over the kind: `review.*`. */
  readonly kind?: string;
  readonly guard?: string;
  /** Glob over `guard/rule`, or the rule's id alone. */
  readonly rule?: string;
  /** A session, or the beginning of its id; its subagents count. */
  readonly session?: string;
  /** User, host, `user@host`, client or agent. */
  readonly subject?: string;
  /** Glob over the tool: `mcp__*`. */
  readonly tool?: string;
  /** Glob over the paths that the record names, or the end of one. */
  readonly path?: string;
}

/** Whether a record is wanted. */
export function isWanted(record: AuditRecord, wanted: Wanted): boolean {
  const { from, to, effects, kind, tool } = wanted;
  if (from !== undefined && record.time < from) return false;
  if (to !== undefined && record.time >= to) return false;
  if (effects !== undefined && !(record.effect && effects.includes(record.effect))) return false;
  if (kind !== undefined && !matchGlob(kind, record.kind)) return false;
  if (tool !== undefined && !matchGlob(tool, record.tool ?? '')) return false;
  return ofSession(record, wanted.session) && ofSubject(record, wanted.subject) && saw(record, wanted);
}

/** Whether the record belongs to the session, or to a subagent of it. */
export function ofSession({ session }: AuditRecord, wanted: string | undefined): boolean {
  return wanted === undefined || session.id.startsWith(wanted) || session.parent?.startsWith(wanted) === true;
}

function ofSubject({ subject }: AuditRecord, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const { user, host, client, agent } = subject;
  return [user, host, `${user}@${host}`, client, agent].includes(wanted);
}

function saw(record: AuditRecord, { guard, rule, path }: Wanted): boolean {
  const rules = [record.rule ?? '', ...(record.findings ?? []).map((one) => `${one.guard}/${one.rule}`)];
  if (guard !== undefined && !rules.some((id) => id.startsWith(`${guard}/`))) return false;
  if (rule !== undefined && !rules.some((id) => matchGlob(rule, id))) return false;
  return path === undefined || pathsOf(record).some((one) => matchGlob(path, one) || matchGlob(`**/${path}`, one));
}

/** The words of a record that may be paths, without the line numbers of findings. */
function pathsOf({ what = '', findings = [] }: AuditRecord): string[] {
  const words = [what, ...findings.map(({ where }) => where)].join(' ').split(/[\s'"=;|&<>()]+/);
  return words.map((word) => word.replace(/:\d+$/, '')).filter((word) => word !== '');
}
