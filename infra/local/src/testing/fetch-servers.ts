import { thisMachine } from '../config';
import { mongodb } from '../servers/mongodb';
import { natsStreaming } from '../servers/nats-streaming';
import { redis } from '../servers/redis';
import { locateStripeMock } from '../servers/stripe-mock';

/**
 * Gets the servers that tests start, before the first of them: on a machine that never had them this takes minutes,
 * which no test's limit allows for. What can't be had is told by the tests that need it.
 */
export default async function fetchServers(): Promise<void> {
  const machine = thisMachine();
  const kinds = [mongodb, natsStreaming, redis].map((kind) => kind.locate(machine));
  await Promise.allSettled([...kinds, locateStripeMock(machine)]);
}
