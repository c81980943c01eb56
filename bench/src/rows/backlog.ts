import { setTimeout as delay } from 'node:timers/promises';
import { newId, signIn } from '@ticketing/common/testing';
import { inSeconds, rounded } from '../figure';
import { insist } from '../load/ask';
import type { Rig } from '../rig/rig';
import { until } from '../rig/until';
import type { Row } from './row';

const MOST_MILLISECONDS = 5000;
const AT_ONCE = 8;

/** Orders are placed while the broker is away; from the moment it answers again their events find their way. */
export const backlog: Row = {
  name: 'backlog',
  async measure(rig) {
    const { backlog: count, outageSeconds } = rig.sizes;
    await rig.stock.renew(count);
    const broker = rig.part('nats-streaming');
    await broker.kill();
    await Promise.all([placeOrders(rig, count), delay(outageSeconds * 1000)]);
    await broker.start();
    const begin = performance.now();
    await until('the outboxes to be empty', async () => (await rig.unsent()) === 0);
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

async function placeOrders(rig: Rig, count: number): Promise<void> {
  const buyers = Array.from({ length: AT_ONCE }, () => signIn(newId()));
  let left = count;
  const url = `${rig.url('orders')}/api/orders`;
  const buy = async (cookie: string) => {
    while (left-- > 0) await insist(201, url, { method: 'POST', cookie, body: { ticketId: rig.stock.take() } });
  };
  await Promise.all(buyers.map(buy));
}

/** How many of the orders have arrived where fewest have. */
async function leastKnown(rig: Rig): Promise<number> {
  const known = [
    rig.collection('tickets', 'tickets').countDocuments({ status: 'reserved' }),
    rig.collection('payments', 'payments').countDocuments(),
  ];
  return Math.min(...(await Promise.all(known)));
}
