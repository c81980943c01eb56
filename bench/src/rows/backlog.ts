import { setTimeout as delay } from 'node:timers/promises';
import { inSeconds, rounded } from '../figure';
import { placeOrders, warmUp } from '../load/place-orders';
import type { Rig } from '../rig/rig';
import { until } from '../rig/until';
import type { Row } from './row';

const MOST_MILLISECONDS = 5000;

/** Orders are placed while the broker is away; from the moment it answers again their events find their way. */
export const backlog: Row = {
  name: 'backlog',
  async measure(rig) {
    const { backlog: count, outageSeconds } = rig.sizes;
    await warmUp(rig);
    await rig.stock.renew(count);
    const broker = rig.part('nats-streaming');
    await broker.kill();
    await Promise.all([placeOrders(rig, count), delay(outageSeconds * 1000)]);
    await broker.start();
    const begin = performance.now();
    await until('the outbox to be empty', async () => (await rig.unsent('orders')) === 0);
    const drained = performance.now() - begin;
    await until('all orders to be known in tickets and in payments', async () => (await leastKnown(rig)) === count);
    const known = performance.now() - begin;
    await rig.quiet();
    return [
      {
        row: 'backlog',
        what: `backlog of ${count.toLocaleString('en')} events after ${outageSeconds} s without the broker`,
        measured: `drained in ${inSeconds(drained)}, known to tickets and payments after ${inSeconds(known)}`,
        bound: `drained ≤ ${inSeconds(MOST_MILLISECONDS)}`,
        holds: drained <= MOST_MILLISECONDS,
        values: { drained: rounded(drained), known: rounded(known) },
      },
    ];
  },
};

/** How many of the orders have arrived where fewest have. */
async function leastKnown(rig: Rig): Promise<number> {
  const known = [
    rig.collection('tickets', 'tickets').countDocuments({ status: 'reserved' }),
    rig.collection('payments', 'payments').countDocuments(),
  ];
  return Math.min(...(await Promise.all(known)));
}
