import type { Assurance, Gate } from '../policy/call.ts';
import type { Effect, Finding } from '../policy/finding.ts';

/** What a record tells of. */
export const RECORD_KINDS = [
  'decision',
  'outcome',
  'session.start',
  'session.stop',
  'review.verdict',
  'review.skipped',
  'freeze',
  'unfreeze',
  'tamper.restored',
  'protected.changed',
  'install',
  'canary',
  'log.repaired',
  'log.segment',
  'log.pruned',
  'approval.granted',
  'approval.used',
  'snapshot.restored',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** How strong the gate is: no other way round, held by the network, or honoured by the client. */
export type Grade = 'structural' | 'network' | 'cooperative';

/** The part of a finding that is kept. */
export type RecordedFinding = Pick<Finding, 'guard' | 'rule' | 'severity' | 'where' | 'fingerprint'>;

/** Extra fields of a kind, flat. */
export type RecordData = Readonly<Record<string, string | number | boolean | null>>;

/** What a caller hands to the log. Texts are redacted already: whatever stands here is written down. */
export interface Entry {
  readonly kind: RecordKind;
  /** Joins a decision with its outcome. */
  readonly call?: string;
  readonly gate: Gate;
  readonly grade: Grade;
  readonly subject: {
    readonly host: string;
    readonly user: string;
    readonly client: string;
    readonly agent?: string;
    readonly assurance: Assurance;
  };
  readonly session: { readonly id: string; readonly parent?: string };
  readonly tool?: string;
  /** The call as a person would recognise it. */
  readonly what?: string;
  readonly effect?: Effect;
  /** What enforcing everything would have done, where that differs. */
  readonly would?: Effect;
  readonly mode?: 'enforce' | 'observe';
  readonly rule?: string;
  readonly reason?: string;
  readonly findings?: readonly RecordedFinding[];
  /** Digest of the policy in force. */
  readonly policy?: string;
  readonly data?: RecordData;
}

/** One line of the log, read back. */
export interface AuditRecord extends Entry {
  readonly v: 1;
  /** 1 for the first record of a log, then one more for each. */
  readonly seq: number;
  /** ISO 8601, UTC. The order of records is told by `seq`: clocks may go back. */
  readonly time: string;
  /** How many findings were left out of `findings`. */
  readonly moreFindings?: number;
  /** `hash` of the record before, 64 zeros for the first. */
  readonly prev: string;
  /** `<key id>:<base64>`: the host key's signature over the canonical JSON of the record without `seal` and `hash`. */
  readonly seal?: string;
  /** Hex sha256 over the canonical JSON of the record without this field. */
  readonly hash: string;
}

/** Longest text that is kept, in UTF-16 code units, the ellipsis included. */
export const maxTextLength = 500;

/** Longest name or id that is kept, counted likewise. */
export const maxNameLength = 200;

/** Most findings that one record keeps. */
export const maxFindings = 50;

/**
 * The fields of an entry that are kept, every text within its length and well-formed. Fields that are no part of `Entry`
 * are dropped, so that an object with more in it cannot spill into the log.
 */
export function keptFields(entry: Entry): Entry & { readonly moreFindings?: number } {
  const { subject, session, findings = [] } = entry;
  return withoutUndefined({
    kind: entry.kind,
    call: name(entry.call),
    gate: entry.gate,
    grade: entry.grade,
    subject: withoutUndefined({
      host: name(subject.host),
      user: name(subject.user),
      client: name(subject.client),
      agent: name(subject.agent),
      assurance: subject.assurance,
    }),
    session: withoutUndefined({ id: name(session.id), parent: name(session.parent) }),
    tool: name(entry.tool),
    what: text(entry.what),
    effect: entry.effect,
    would: entry.would,
    mode: entry.mode,
    rule: name(entry.rule),
    reason: text(entry.reason),
    findings: findings.length === 0 ? undefined : findings.slice(0, maxFindings).map(keptFinding),
    moreFindings: findings.length > maxFindings ? findings.length - maxFindings : undefined,
    policy: name(entry.policy),
    data: entry.data === undefined ? undefined : keptData(entry.data),
  }) as unknown as Entry;
}

function keptFinding({ guard, rule, severity, where, fingerprint }: RecordedFinding) {
  return withoutUndefined({ guard, rule: name(rule), severity, where: text(where), fingerprint: name(fingerprint) });
}

function keptData(data: RecordData): RecordData {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [name(key), typeof value === 'string' ? text(value) : value]),
  );
}

function name<T extends string | undefined>(value: T): T {
  return kept(value, maxNameLength) as T;
}

function text<T extends string | undefined>(value: T): T {
  return kept(value, maxTextLength) as T;
}

/** Cut to length; lone surrogates, which UTF-8 and canonical JSON cannot carry, become U+FFFD. */
function kept(value: string | undefined, length: number): string | undefined {
  if (value === undefined) return undefined;
  const whole = value.length <= length;
  return wellFormed(whole ? value : `${wellFormed(value.slice(0, length - 1)).replace(/\ufffd$/, '')}…`);
}

/** ES2024, and in Node since version 20. */
function wellFormed(value: string): string {
  return (value as string & { toWellFormed(): string }).toWellFormed();
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(fields)) if (fields[key] === undefined) delete fields[key];
  return fields;
}
