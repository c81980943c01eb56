import { randomUUID } from 'node:crypto';
import { log, NatsStreamingBus } from '@ticketing/common';
import { newId, signIn } from '@ticketing/common/testing';
import { mongo } from 'mongoose';
import { inMilliseconds, median, percentile, rounded } from '../figure';
import { fire } from '../load/cannon';
import { warmUp } from '../load/place-orders';
import type { Rig } from '../rig/rig';
import type { Row } from './row';

const RATE = 100;
const CONNECTIONS = 10;
const PAYLOAD_BYTES = 600;
const MOST_P50_MILLISECONDS = 6;
const MOST_P99_MILLISECONDS = 30;

/**
 * From the moment at which an order is committed in one database to the moment at which its ticket's lock is committed
 * in the other, as a preload in each of the two services sees it by a clock that they share.
 */
export const propagation: Row = {
  name: 'propagation',
  async measure(rig) {
    const { steadySeconds, rounds } = rig.sizes;
    await rig.restartWith(['tell-saves'], 'orders', 'tickets');
    await warmUp(rig);
    await rig.stock.renew(RATE * steadySeconds + 1000);
    const steps = await Steps.open(rig);
    const alone: number[] = [];
    const travelled: number[] = [];
    await order(rig, 1);
    for (let round = 0; round < rounds; round += 1) {
      travelled.push(...(await order(rig, Math.max(1, Math.round(steadySeconds / rounds)))));
      alone.push(...(await steps.times(RATE)));
    }
    await steps.close();
    const [p50, p99, reference] = [median(travelled), percentile(travelled, 99), median(alone)];
    return [
      {
        row: 'propagation',
        what: `commit in A → commit in B, at ${RATE}/s`,
        measured: `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}`,
        reference: `p50 ${inMilliseconds(reference)}: save, publish → ack, save, alone`,
        ratio: rounded(p50 / reference),
        bound: `p50 ≤ ${MOST_P50_MILLISECONDS} ms, p99 ≤ ${MOST_P99_MILLISECONDS} ms`,
        holds: p50 <= MOST_P50_MILLISECONDS && p99 <= MOST_P99_MILLISECONDS,
        values: { p50: rounded(p50), p99: rounded(p99), reference: rounded(reference), events: travelled.length },
      },
    ];
  },
};

/** @returns how long each order took to arrive */
async function order(rig: Rig, seconds: number): Promise<number[]> {
  rig.told.forget();
  const cookie = signIn(newId());
  const shots = () => ({ path: '/api/orders', method: 'POST' as const, cookie, body: { ticketId: rig.stock.take() } });
  await fire({ url: rig.url('orders'), seconds, rate: RATE, connections: CONNECTIONS, shots });
  await rig.quiet();
  const committed = new Map(rig.told.saves.filter(({ model }) => model === 'Order').map(({ id, at }) => [id, at]));
  return rig.told.saves.flatMap(({ model, orderId = '', at }) => {
    const begin = model === 'Ticket' ? committed.get(orderId) : undefined;
    return begin === undefined ? [] : [at - begin];
  });
}

/** What an event can't do without, one step after the other, with nothing else at work. */
class Steps {
  private constructor(
    private readonly client: mongo.MongoClient,
    private readonly bus: NatsStreamingBus,
  ) {}

  static async open(rig: Rig): Promise<Steps> {
    log.level = 'silent';
    const url = rig.part('nats-streaming').url;
    const bus = new NatsStreamingBus({ url, clusterId: 'ticketing', clientId: `bench-${randomUUID()}`, log });
    await bus.connect();
    return new Steps(await new mongo.MongoClient(rig.databaseUri('steps')).connect(), bus);
  }

  async times(count: number): Promise<number[]> {
    const saves = this.client.db().collection('saves');
    const payload = 'x'.repeat(PAYLOAD_BYTES);
    const times: number[] = [];
    for (let done = 0; done < count; done += 1) {
      const begin = performance.now();
      await saves.insertOne({ payload });
      await this.bus.publish('bench:step', payload);
      await saves.insertOne({ payload });
      times.push(performance.now() - begin);
    }
    return times;
  }

  async close(): Promise<void> {
    await this.bus.close();
    await this.client.close();
  }
}
