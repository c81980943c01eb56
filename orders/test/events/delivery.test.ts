import { OrderStatus, type AnyEvent, type EventOf } from '@ticketing/common';
import { buildEvent, newId, testService, waitFor } from '@ticketing/common/testing';
import { Order } from '../../src/models/order';
import { Ticket } from '../../src/models/ticket';
import { orders } from '../../src/service';
import { keepSweepAway, openShop, orderIn, paymentFor, stateOf, times, type OrderState } from '../shop';

/** A bus at its worst: about every second event comes twice, and they overtake each other. */
const service = testService(orders, {}, { reorder: true, duplicate: true, seed: 7, ackWaitMs: 500 });
const shop = openShop(service);

beforeAll(keepSweepAway);

const deliverAll = (events: AnyEvent[]) => service.deliver(...events);

/** Everything that orders said, by order. */
async function saidByOrder(): Promise<Map<string, EventOf<'order:created'>['data'][]>> {
  const events = [
    ...(await service.published('order:created')),
    ...(await service.published('order:completed')),
    ...(await service.published('order:cancelled')),
  ];
  const byOrder = new Map<string, EventOf<'order:created'>['data'][]>();
  for (const { subject, data } of events) byOrder.set(subject, [...(byOrder.get(subject) ?? []), data]);
  return byOrder;
}

describe('events that come twice and in any order', () => {
  test('fifty tickets with six states each: the newest is known of every one', async () => {
    const ids = times(50, () => newId());
    await deliverAll(
      ids.flatMap((id) => [
        buildEvent('ticket:created', { id, price: 10, version: 0 }),
        ...times(5, (index) => buildEvent('ticket:updated', { id, price: 11 + index, version: index + 1 })),
      ]),
    );
    expect(await Ticket.countDocuments({ _id: { $in: ids }, version: 5, price: 15 })).toBe(50);
  });

  test('payments, their failures, prompts and withdrawals: each order ends right and says it once', async () => {
    const buyer = newId();
    const reservations = await Promise.all(times(60, () => shop.reserved(buyer)));
    const plots: ((order: OrderState) => AnyEvent[])[] = [
      (order) => [paymentFor(order)],
      (order) => [paymentFor(order), failureOf(order)],
      (order) => [paymentFor(order, { amount: 1 })],
      (order) => [promptFor(order), paymentFor(order)],
      (order) => [buildEvent('ticket:deleted', { id: order.ticket.id, version: 1 })],
      (order) => [paymentFor(order), buildEvent('ticket:deleted', { id: order.ticket.id, version: 1 })],
    ];
    await deliverAll(reservations.flatMap((order, index) => plots[index % plots.length]!(order)));

    const ends: (string | RegExp)[] = [
      'complete ',
      'cancelled unpaid',
      'cancelled unpaid',
      'complete ',
      'cancelled withdrawn',
      /^(complete |cancelled withdrawn)$/,
    ];
    const said = await saidByOrder();
    for (const [index, { id }] of reservations.entries()) {
      const state = await stateOf(id);
      const end = ends[index % ends.length]!;
      expect(`${state.status} ${state.reason ?? ''}`).toEqual(
        typeof end === 'string' ? end : expect.stringMatching(end),
      );
      const versions = said.get(id)!.map(({ version }) => version);
      expect(versions.sort()).toEqual(times(state.version + 1, (version) => version));
      expect(said.get(id)).toContainEqual(state);
    }
    expect(await service.parked()).toEqual([]);
  });
});

const failureOf = ({ id: orderId }: OrderState) => buildEvent('payment:failed', { orderId, reason: 'capture_refused' });
const promptFor = ({ id: orderId }: OrderState) => buildEvent('expiration:complete', { orderId });

describe('the broker away', () => {
  afterEach(() => service.bus.reconnect());

  test('orders are taken and cancelled all the same, and their events are sent when it is back', async () => {
    const [buyer, first, second] = [newId(), await shop.offer(), await shop.offer()];
    service.bus.disconnect();
    const kept = orderIn(await shop.reserve(first.id, buyer).expect(201));
    const given = orderIn(await shop.reserve(second.id, buyer).expect(201));
    await shop.cancel(given.id, buyer).expect(204);
    expect(await service.published('order:created')).toEqual([]);
    expect((await Order.find()).map(({ outbox }) => outbox.length).sort()).toEqual([1, 2]);

    service.bus.reconnect();
    await waitFor(async () => (await Order.countDocuments({ 'outbox.0': { $exists: true } })) === 0, 'empty outboxes');
    const said = await saidByOrder();
    expect(said.get(kept.id)).toEqual([kept]);
    expect(said.get(given.id)).toEqual(expect.arrayContaining([given, await stateOf(given.id)]));
    expect(said.get(given.id)).toHaveLength(2);
  });
});

describe('a poisoned message', () => {
  test.each([
    ['payment:created', '{"specversion":"1.0","id":'],
    ['payment:created', JSON.stringify({ ...buildEvent('payment:created'), data: { orderId: { $ne: null } } })],
    ['ticket:deleted', JSON.stringify(buildEvent('ticket:created'))],
  ])('on %s is dead at once, and those around it are handled', async (subject, poison) => {
    const [before, after] = [await shop.reserved(), await shop.reserved()];
    await service.bus.publish('payment:created', JSON.stringify(paymentFor(before)));
    await service.bus.publish(subject, poison);
    await service.deliver(paymentFor(after));
    expect(await stateOf(before.id)).toMatchObject({ status: OrderStatus.complete });
    expect(await stateOf(after.id)).toMatchObject({ status: OrderStatus.complete });
    expect(await service.parked()).toMatchObject([{ subject, status: 'dead', payload: poison }]);
  });

  test('an event that fails for now is parked, blocks nobody, and is done by a later try', async () => {
    const [first, second] = [await shop.reserved(), await shop.reserved()];
    const { _id } = await Order.findById(first.id).orFail();
    const away = await Order.collection.findOneAndDelete({ _id });
    const payment = paymentFor(first);
    await service.deliver(payment, paymentFor(second));
    expect(await service.parked()).toMatchObject([{ _id: payment.id, status: 'waiting' }]);
    expect(await stateOf(second.id)).toMatchObject({ status: 'complete' });

    await Order.collection.insertOne(away as never);
    await service.retryParked();
    expect(await stateOf(first.id)).toMatchObject({ status: 'complete' });
    expect(await service.parked()).toEqual([]);
  });
});
