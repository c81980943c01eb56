import { newId, signIn } from '@ticketing/common/testing';
import { inMilliseconds, perSecond, ratioFigure, type Figure } from '../figure';
import { fire, rateOf } from '../load/cannon';
import { warmUp } from '../load/place-orders';
import { inTurns } from '../load/rounds';
import { Reference } from '../rig/reference';
import type { Rig } from '../rig/rig';
import type { Row } from './row';

const CLIENTS = 64;
const LEAST_RATIO = 0.65;
const STEADY_RATE = 150;
const MOST_P99_MILLISECONDS = 250;
/** Of each second of a round: more than this machine can sell. */
const TICKETS_A_SECOND = 2500;

/** As many orders as are answered, beside the same from a service that saves and publishes without an outbox. */
export const orders: Row = {
  name: 'orders',
  async measure(rig) {
    await warmUp(rig);
    await rig.stock.renew((rig.sizes.warmUpSeconds + rig.sizes.rounds * rig.sizes.roundSeconds) * TICKETS_A_SECOND);
    return [await sustained(rig), await steady(rig)];
  },
};

async function sustained(rig: Rig): Promise<Figure> {
  const { sizes } = rig;
  // It reads tickets where the service reads them, and keeps its orders apart.
  const mongoUri = rig.databaseUri('orders');
  const natsUrl = rig.part('nats-streaming').url;
  const reference = await Reference.start('naive-orders', { mongoUri, natsUrl, jwtKey: rig.jwtKey });
  const measure = async (url: string, seconds = sizes.roundSeconds) => {
    const rate = await rateOf({ ...volley(rig, url), seconds });
    // What follows from these orders is not to fall into the next round.
    await rig.quiet();
    return rate;
  };
  try {
    for (const url of [rig.url('orders'), reference.url]) await measure(url, sizes.warmUpSeconds);
    const subject = () => measure(rig.url('orders'));
    const compared = await inTurns(sizes.rounds, subject, () => measure(reference.url));
    const what = `POST /api/orders sustained, ${CLIENTS} clients`;
    return ratioFigure(
      { row: 'orders', what, least: LEAST_RATIO, show: (rate) => perSecond(rate, 'orders') },
      compared,
    );
  } finally {
    await reference.stop();
  }
}

async function steady(rig: Rig): Promise<Figure> {
  const { steadySeconds: seconds } = rig.sizes;
  const { latency, requests } = await fire({ ...volley(rig, rig.url('orders')), seconds, rate: STEADY_RATE });
  await rig.quiet();
  return {
    row: 'orders',
    what: `POST /api/orders at ${STEADY_RATE}/s`,
    measured: `p99 ${inMilliseconds(latency.p99)}`,
    bound: `p99 ≤ ${MOST_P99_MILLISECONDS} ms`,
    holds: latency.p99 <= MOST_P99_MILLISECONDS,
    values: { p50: latency.p50, p99: latency.p99, most: latency.max, orders: requests.total },
  };
}

function volley(rig: Rig, url: string) {
  const buyers = Array.from({ length: CLIENTS }, () => signIn(newId()));
  let next = 0;
  const shots = () => ({
    path: '/api/orders',
    method: 'POST' as const,
    cookie: buyers[next++ % buyers.length],
    body: { ticketId: rig.stock.take() },
  });
  return { url, connections: CLIENTS, shots };
}
