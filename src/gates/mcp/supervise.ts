import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  wrap,
} from 'cockatiel';

export interface Life {
  /** One life: resolves when it was a full one, rejects when it was cut short. */
  live(): Promise<void>;
  onState(state: 'starting' | 'down' | 'broken', why: string): void;
}

/** Lives cut short in a row after which no other is begun for a while. */
const MAX_FAILURES = 5;
const REST_MS = 30_000;
const BACKOFF = { initialDelay: 100, maxDelay: 10_000 };

/** Begins life after life, each later than the last one, and rests behind a circuit breaker when they keep failing. */
export function superviseLife({ live, onState }: Life): { end(): void } {
  const ended = new AbortController();
  const { signal } = ended;
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: REST_MS, breaker: new ConsecutiveBreaker(MAX_FAILURES) });
  const again = retry(handleAll, {
    maxAttempts: Number.POSITIVE_INFINITY,
    backoff: new ExponentialBackoff(BACKOFF),
  }).dangerouslyUnref();
  const policy = wrap(again, breaker);
  again.onFailure(({ reason }) => {
    const error = 'error' in reason ? reason.error : undefined;
    if (error instanceof BrokenCircuitError || signal.aborted) return;
    onState(breaker.state === CircuitState.Open ? 'broken' : 'down', error?.message ?? '');
  });
  void (async () => {
    while (!signal.aborted) {
      await policy.execute(() => one(), signal).catch(() => {});
      if (!signal.aborted) onState('down', 'it ended');
    }
  })();
  return { end: () => ended.abort() };

  async function one(): Promise<void> {
    if (signal.aborted) return;
    onState('starting', '');
    await live();
  }
}
