import type { AuditRecord } from '../../audit/record.ts';
import { isStopped } from '../../audit/summary.ts';
import { UserError } from '../context.ts';
import { optional } from '../optional.ts';
import { printable } from '../output.ts';
import { VERSION } from '../version.ts';

const PACKAGES = ['@opentelemetry/sdk-logs', '@opentelemetry/exporter-logs-otlp-http', '@opentelemetry/resources'];

/** OpenTelemetry's severity numbers. */
const [INFO, WARN] = [9, 13];

/** Records that are sent in one request. */
const BATCH = 512;

/** Sends records as OTLP logs (HTTP, JSON) to a collector's `/v1/logs` address; gives how many were taken. */
export async function sendOtlp(records: Iterable<AuditRecord>, url: string): Promise<number> {
  const [{ LoggerProvider, BatchLogRecordProcessor }, { OTLPLogExporter }, { resourceFromAttributes }] = await optional(
    () =>
      Promise.all([
        import('@opentelemetry/sdk-logs'),
        import('@opentelemetry/exporter-logs-otlp-http'),
        import('@opentelemetry/resources'),
      ]),
    ...PACKAGES,
  );
  const problems: string[] = [];
  const exporter = watched(new OTLPLogExporter({ url, timeoutMillis: 10_000 }), problems);
  const resource = resourceFromAttributes({ 'service.name': 'postern', 'service.version': VERSION });
  const processor = new BatchLogRecordProcessor({ exporter, maxExportBatchSize: BATCH, maxQueueSize: BATCH * 2 });
  const provider = new LoggerProvider({ resource, processors: [processor] });
  const logger = provider.getLogger('postern.audit', VERSION);
  let sent = 0;
  for (const record of records) {
    logger.emit(logRecord(record));
    if (++sent % BATCH === 0) await provider.forceFlush();
    if (problems.length > 0) break;
  }
  await provider.shutdown();
  if (problems.length > 0)
    throw new UserError(
      `The collector did not take the records: ${printable(problems[0]!)}`,
      `Check ${printable(url)}, then run it again.`,
    );
  return sent;
}

interface Exporter {
  export(logs: unknown, done: (result: { code: number; error?: Error }) => void): void;
}

/** The exporter swallows failures; here they are kept. */
function watched<T extends object>(exporter: T, problems: string[]): T {
  const inner = exporter as unknown as Exporter;
  const send = inner.export.bind(inner);
  inner.export = (logs, done) =>
    send(logs, (result) => {
      if (result.code !== 0) problems.push(result.error?.message ?? 'no reason was given');
      done(result);
    });
  return exporter;
}

function logRecord(record: AuditRecord) {
  const { seq, hash, prev, kind, effect, rule, tool, gate, grade, call, session, subject, reason, what } = record;
  const attributes = {
    'postern.seq': seq,
    'postern.hash': hash,
    'postern.prev': prev,
    'postern.kind': kind,
    'postern.effect': effect,
    'postern.rule': rule,
    'postern.tool': tool,
    'postern.gate': gate,
    'postern.grade': grade,
    'postern.call': call,
    'session.id': session.id,
    'user.name': subject.user,
    'host.name': subject.host,
    'postern.client': subject.client,
  };
  const stopped = isStopped(record);
  return {
    timestamp: new Date(record.time),
    severityNumber: stopped ? WARN : INFO,
    severityText: stopped ? 'WARN' : 'INFO',
    body: reason ?? what ?? kind,
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as Record<
      string,
      string | number
    >,
  };
}
