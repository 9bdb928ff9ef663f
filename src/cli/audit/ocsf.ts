import type { AuditRecord } from '../../audit/record.ts';
import { isStopped } from '../../audit/summary.ts';
import { VERSION } from '../version.ts';

const SEVERITIES = { low: 2, medium: 3, high: 4, critical: 5 } as const;

/** A record in the shape of OCSF 1.x: a Detection Finding (2004) for what was stopped, an API Activity (6003) for everything else. */
export function ocsfEvent(record: AuditRecord): Record<string, unknown> {
  const stopped = isStopped(record);
  const severity = Math.max(1, ...(record.findings ?? []).map((finding) => SEVERITIES[finding.severity] ?? 1));
  const activity = stopped ? 1 : 99;
  const category = stopped ? 2 : 6;
  const classId = stopped ? 2004 : 6003;
  return {
    activity_id: activity,
    category_uid: category,
    class_uid: classId,
    type_uid: classId * 100 + activity,
    time: Date.parse(record.time),
    severity_id: severity,
    status_id: stopped || record.data?.['ok'] === false ? 2 : 1,
    message: record.reason ?? record.what ?? record.kind,
    metadata: {
      version: '1.3.0',
      product: { name: 'Postern', vendor_name: 'Postern', version: VERSION },
      uid: record.hash,
      sequence: record.seq,
      log_name: 'postern',
      correlation_uid: record.call,
    },
    actor: {
      user: { name: record.subject.user },
      session: { uid: record.session.id, ...(record.session.parent ? { issuer: record.session.parent } : {}) },
      app_name: record.subject.client,
    },
    device: { hostname: record.subject.host, type_id: 0 },
    ...(stopped ? finding(record) : api(record)),
    unmapped: {
      kind: record.kind,
      gate: record.gate,
      grade: record.grade,
      effect: record.effect,
      prev: record.prev,
      ...record.data,
    },
  };
}

function finding({ hash, rule, reason, effect, time }: AuditRecord) {
  return {
    action_id: effect === 'deny' ? 2 : 99,
    action: effect,
    disposition_id: effect === 'deny' ? 2 : 99,
    finding_info: {
      uid: hash,
      title: rule ?? '',
      desc: reason ?? '',
      types: ['policy'],
      created_time: Date.parse(time),
    },
  };
}

function api({ tool, kind, what }: AuditRecord) {
  return { api: { operation: tool ?? kind, ...(what === undefined ? {} : { request: { uid: what } }) } };
}
