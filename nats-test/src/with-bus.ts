import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { log, NatsStreamingBus, type EventBus } from '@ticketing/common';
import { config } from './config';

const PATIENCE_MILLISECONDS = 5000;

/**
 * Lends a connection to the broker for the time of `use`.
 * @throws Error when the broker does not answer within seconds: a person is waiting
 */
export async function withBus(use: (bus: EventBus) => Promise<void>): Promise<void> {
  const { NATS_URL: url, NATS_CLUSTER_ID: clusterId } = config.load();
  log.level = 'silent';
  const bus = new NatsStreamingBus({ url, clusterId, clientId: `nats-test-${randomUUID()}`, log });
  try {
    await Promise.race([bus.connect(), giveUp(url)]);
    await use(bus);
  } finally {
    await bus.close();
  }
}

async function giveUp(url: string): Promise<never> {
  await delay(PATIENCE_MILLISECONDS, undefined, { ref: false });
  throw new Error(`No NATS Streaming answers at ${url}. Does the system run (npm start)? Else set NATS_URL.`);
}
