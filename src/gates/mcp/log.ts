import { redactText } from '../../govern/describe.ts';

/** What is said of one event: plain fields, `server`, `state`, `why`, `note` among them. */
export type LogFields = Readonly<Record<string, unknown>>;

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** The gateway's own log. Its lines never repeat a secret. */
export type Log = Readonly<Record<(typeof LEVELS)[number], (fields: LogFields) => void>>;

/** JSON lines through pino; on a terminal, lines that a person reads. */
export async function openLog(level: string, isTerminal: boolean): Promise<Log> {
  if (isTerminal) return terminalLog(level);
  const { default: pino } = await import('pino');
  const destination = pino.destination({ fd: 2, sync: true });
  destination.on('error', () => {});
  const known = (LEVELS as readonly string[]).includes(level) ? level : 'info';
  const options = { level: known, base: { gate: 'mcp' }, timestamp: pino.stdTimeFunctions.isoTime };
  const log = pino(options, destination);
  return {
    debug: (fields) => log.isLevelEnabled('debug') && log.debug(masked(fields)),
    info: (fields) => log.info(masked(fields)),
    warn: (fields) => log.warn(masked(fields)),
    error: (fields) => log.error(masked(fields)),
  };
}

function terminalLog(level: string): Log {
  const from = (LEVELS as readonly string[]).indexOf(level);
  const say = (at: number) => (fields: LogFields) => {
    if (at < from) return;
    const words = Object.values(masked(fields)).filter((value) => value !== '');
    process.stderr.write(`postern: ${words.join(' ')}\n`);
  };
  return { debug: say(0), info: say(1), warn: say(2), error: say(3) };
}

function masked(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, typeof value === 'string' ? redactText(value) : value]),
  );
}
