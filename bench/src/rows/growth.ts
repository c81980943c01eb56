import { createEvent, type EventData } from '@ticketing/common';
import { newId, signIn } from '@ticketing/common/testing';
import { say, step } from '@ticketing/local';
import type { mongo } from 'mongoose';
import { inMilliseconds, median, rounded, type Figure } from '../figure';
import { insist, timesOf } from '../load/ask';
import { warmUp } from '../load/place-orders';
import type { Rig } from '../rig/rig';
import { until } from '../rig/until';
import type { Row } from './row';

const MOST_RATIO = 1.5;
const LEFT_BEHIND = 200;
const SWEEPS = 5;
/** Old enough for the sweep to take it. */
const AGE_MILLISECONDS = 60_000;

interface Costs {
  readonly list: number;
  readonly order: number;
  readonly sweep: number;
}

const names = {
  list: 'GET /api/tickets',
  order: 'POST /api/orders',
  sweep: `a sweep of the outbox that finds ${LEFT_BEHIND} events`,
} as const;

/** The same work among ever more tickets. */
export const growth: Row = {
  name: 'growth',
  async measure(rig) {
    const { growth: sizes } = rig.sizes;
    await rig.restartWith(['tell-sweeps'], 'tickets');
    await warmUp(rig);
    await rig.stock.renew(0);
    const costs: Costs[] = [];
    let [there = 0] = sizes;
    await rig.stock.add(there);
    // The first time is not counted: the code of a sweep is not compiled yet.
    await costsOf(rig);
    for (const size of sizes) {
      await step(`listing ${size.toLocaleString('en')} tickets`, (report) => rig.stock.add(size - there, report));
      there = size;
      // What it still writes would be measured with the rest.
      await rig.database('admin').db?.admin().command({ fsync: 1 });
      const measured = await costsOf(rig);
      costs.push(measured);
      say(`    ${size.toLocaleString('en')} tickets: ${describe(measured)}`);
    }
    return (['list', 'order', 'sweep'] as const).map((name) =>
      figureOf(
        name,
        sizes,
        costs.map((cost) => cost[name]),
      ),
    );
  },
};

async function costsOf(rig: Rig): Promise<Costs> {
  const { samples } = rig.sizes;
  const cookie = signIn(newId());
  const list = () => insist(200, `${rig.url('tickets')}/api/tickets`);
  const order = () =>
    insist(201, `${rig.url('orders')}/api/orders`, { method: 'POST', cookie, body: { ticketId: rig.stock.take() } });
  // The first ones are slow for another reason: their code is not compiled yet.
  await timesOf(3 * samples, list);
  const lists = await timesOf(samples, list);
  await timesOf(Math.ceil(samples / 3), order);
  const orders = await timesOf(samples, order);
  await rig.quiet();
  return { list: median(lists), order: median(orders), sweep: await costOfSweep(rig) };
}

/** Leaves events behind, as a process does that dies before it sends them, and waits for the sweep that takes them. */
async function costOfSweep(rig: Rig): Promise<number> {
  const tickets = rig.collection('tickets', 'tickets');
  const times: number[] = [];
  for (let round = 0; round < SWEEPS; round += 1) {
    rig.told.forget();
    const found = await tickets.find({ status: 'available' }).limit(LEFT_BEHIND).toArray();
    await tickets.bulkWrite(
      found.map((ticket) => ({
        updateOne: { filter: { _id: ticket._id }, update: { $set: { outbox: [entryOf(ticket)] } } },
      })),
    );
    await until('a sweep', () => rig.told.sweeps.some(({ sent }) => sent > 0));
    await rig.quiet();
    // One that came while they were being written found some of them only.
    times.push(...rig.told.sweeps.filter(({ sent }) => sent === found.length).map(({ milliseconds }) => milliseconds));
  }
  return median(times);
}

function entryOf(ticket: mongo.Document) {
  const id = String(ticket._id);
  const data = JSON.parse(JSON.stringify({ ...ticket, id })) as EventData<'ticket:updated'>;
  const event = createEvent({ type: 'ticket:updated', source: '/tickets', subject: id, data });
  const at = new Date(Date.now() - AGE_MILLISECONDS);
  return { id: event.id, type: event.type, at, payload: JSON.stringify(event) };
}

function figureOf(name: keyof Costs, sizes: readonly number[], costs: readonly number[]): Figure {
  const ratio = Math.max(...costs) / Math.min(...costs);
  return {
    row: 'growth',
    what: `${names[name]}, with ${sizes.map((size) => size.toLocaleString('en')).join(', ')} tickets`,
    measured: `p50 ${costs.map(inMilliseconds).join(', ')}`,
    ratio: rounded(ratio),
    bound: `flat: the most ≤ ${MOST_RATIO} × the least`,
    holds: ratio <= MOST_RATIO,
    values: { tickets: sizes, milliseconds: costs.map((cost) => rounded(cost)) },
  };
}

function describe(costs: Costs): string {
  const { list, order, sweep } = costs;
  return `list ${inMilliseconds(list)}, order ${inMilliseconds(order)}, sweep ${inMilliseconds(sweep)}`;
}
