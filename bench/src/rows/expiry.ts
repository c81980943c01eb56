import { createEvent, type EventData } from '@ticketing/common';
import { newId, signIn } from '@ticketing/common/testing';
import type { PartName } from '@ticketing/local';
import { mongo } from 'mongoose';
import { inMilliseconds, inSeconds, percentile, rounded, type Figure } from '../figure';
import { bodyOf, insist } from '../load/ask';
import { warmUp } from '../load/place-orders';
import type { Rig } from '../rig/rig';
import { until } from '../rig/until';
import type { Row } from './row';

type Order = EventData<'order:created'>;

const MOST_P99_MILLISECONDS = 1000;
const MOST_AFTER_KILL_MILLISECONDS = 10_000;
/** For the relay to send what was put into the outboxes, and for the timers to be set. */
const AHEAD_MILLISECONDS = 12_000;
const BEFORE_MILLISECONDS = 1000;

/** Many orders end at the same millisecond, with all parts at work, and with one that is killed just before. */
export const expiry: Row = {
  name: 'expiry',
  async measure(rig) {
    await rig.restartWith(['tell-saves'], 'orders');
    await warmUp(rig);
    await rig.stock.renew(4 * rig.sizes.expiries + 1);
    const model = await sample(rig);
    // Nothing has ended yet: the first time is not counted, as the first orders are not.
    await lateness(rig, model);
    const all = await lateness(rig, model);
    const figures = [calm(rig, all)];
    for (const killed of ['expiration', 'redis'] as const)
      figures.push(afterKill(killed, await lateness(rig, model, killed)));
    return figures;
  },
};

function calm(rig: Rig, late: readonly number[]): Figure {
  const [least, p99] = [Math.min(...late), percentile(late, 99)];
  return {
    row: 'expiry',
    what: `expiry, ${rig.sizes.expiries.toLocaleString('en')} orders at once`,
    measured: `p99 ${inMilliseconds(p99)} late, none early (the first ${inMilliseconds(least)} late)`,
    bound: `never early, p99 ≤ ${inSeconds(MOST_P99_MILLISECONDS)}`,
    holds: least >= 0 && p99 <= MOST_P99_MILLISECONDS,
    values: { least, p50: percentile(late, 50), p99, most: Math.max(...late) },
  };
}

function afterKill(killed: string, late: readonly number[]): Figure {
  const [least, most] = [Math.min(...late), Math.max(...late)];
  return {
    row: 'expiry',
    what: `the same, with ${killed} killed just before and not coming back`,
    measured: `all within ${inSeconds(most)}`,
    bound: `never early, ≤ ${inSeconds(MOST_AFTER_KILL_MILLISECONDS)}`,
    holds: least >= 0 && most <= MOST_AFTER_KILL_MILLISECONDS,
    values: { least, p50: percentile(late, 50), most: rounded(most) },
  };
}

/** @returns by how many milliseconds each order was cancelled after its end, by the clock of orders */
async function lateness(rig: Rig, model: Model, killed?: PartName): Promise<number[]> {
  const end = Date.now() + AHEAD_MILLISECONDS;
  const count = rig.sizes.expiries;
  rig.told.forget();
  await rig.collection('orders', 'orders').insertMany(
    Array.from({ length: count }, () => model(rig.stock.take(), new Date(end))),
    { ordered: false },
  );
  await rig.quiet();
  await until('just before the end', () => Date.now() >= end - BEFORE_MILLISECONDS);
  if (killed) await rig.part(killed).kill();
  const ended = () => rig.told.saves.filter(({ model, status }) => model === 'Order' && status === 'cancelled');
  await until('all orders to be cancelled', () => ended().length >= count);
  if (killed) await rig.part(killed).start();
  await rig.quiet();
  return ended().map(({ clock }) => clock - end);
}

type Model = (ticketId: string, expiresAt: Date) => mongo.Document;

/** Makes orders that are stored as the service stores one: with the event that announces it. */
async function sample(rig: Rig): Promise<Model> {
  const question = { method: 'POST', cookie: signIn(newId()), body: { ticketId: rig.stock.take() } } as const;
  const shown = bodyOf<Order>(await insist(201, `${rig.url('orders')}/api/orders`, question));
  await rig.quiet();
  const stored = await rig.collection('orders', 'orders').findOne({ _id: new mongo.ObjectId(shown.id) });
  return (ticketId, expiresAt) => {
    const _id = new mongo.ObjectId();
    const id = _id.toHexString();
    const data = { ...shown, id, expiresAt: expiresAt.toISOString(), ticket: { ...shown.ticket, id: ticketId } };
    const event = createEvent({ type: 'order:created', source: '/orders', subject: id, data });
    const entry = { id: event.id, type: event.type, at: new Date(event.time), payload: JSON.stringify(event) };
    const ticket = { ...shown.ticket, id: new mongo.ObjectId(ticketId) };
    return { ...stored, _id, expiresAt, ticket, outbox: [entry] };
  };
}
