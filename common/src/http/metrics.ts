import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { withTimeLimit } from '../messaging/time-limit';

/** Everything that this process measures; `/metrics` shows it. */
export const registry = new Registry();
const registers = [registry];

export const httpRequestDuration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer a request, by route',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const dependencyUp = new Gauge({
  name: 'dependency_up',
  help: 'Whether something that this service needs answers: 1, or 0 while it is away',
  labelNames: ['dependency'] as const,
  registers,
});

export const outboxPending = new Gauge({
  name: 'outbox_pending',
  help: 'Events that are saved and not yet at the broker',
  registers,
});
export const outboxOldestSeconds = new Gauge({
  name: 'outbox_oldest_seconds',
  help: 'Age of the oldest event that is not yet at the broker',
  registers,
});
export const outboxPublishFailures = new Counter({
  name: 'outbox_publish_failures_total',
  help: 'Publishes that the broker did not acknowledge',
  registers,
});

export const eventsHandled = new Counter({
  name: 'events_handled_total',
  help: 'Events that were delivered, by outcome: handled, failed (kept for later) or invalid',
  labelNames: ['subject', 'outcome'] as const,
  registers,
});
export const parkedEvents = new Gauge({
  name: 'parked_events',
  help: 'Events that could not be handled and will be tried again',
  registers,
});
export const deadEvents = new Gauge({
  name: 'dead_events',
  help: 'Events that nobody will try again unless an operator says so',
  registers,
});
export const consumerLag = new Gauge({
  name: 'consumer_lag',
  help: 'Messages at the broker that this service has not been sent yet',
  labelNames: ['subject'] as const,
  registers,
});

export const sweepRuns = new Counter({
  name: 'sweep_runs_total',
  help: 'Sweeps that this process ran to their end',
  labelNames: ['sweep'] as const,
  registers,
});
export const sweepFailures = new Counter({
  name: 'sweep_failures_total',
  help: 'Sweeps that failed',
  labelNames: ['sweep'] as const,
  registers,
});

const MEASURE_LIMIT_MILLISECONDS = 1000;

let measuresProcess = false;

/** Measures memory, CPU and the event loop as well. That takes an observer of its own, so only a server asks for it. */
export function measureProcess(): void {
  if (measuresProcess) return;
  measuresProcess = true;
  collectDefaultMetrics({ register: registry });
}

/**
 * Measures a number of a service's own whenever somebody looks at the metrics. While it can't be read, the last one
 * stands, and the other metrics are shown all the same.
 */
export function measure(name: string, help: string, read: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      const value = await withTimeLimit(read(), MEASURE_LIMIT_MILLISECONDS, name).catch(() => undefined);
      if (value !== undefined) this.set(value);
    },
  });
}
