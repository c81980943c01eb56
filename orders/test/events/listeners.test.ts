import { eventsCommand, type AnyEvent, type EventData } from '@ticketing/common';
import { buildEvent, newId, testService } from '@ticketing/common/testing';
import { Order } from '../../src/models/order';
import { Ticket } from '../../src/models/ticket';
import { orders } from '../../src/service';
import { afterNextLook, keepSweepAway, openShop, paymentFor, refusal, stateOf, times, type OrderState } from '../shop';

const service = testService(orders);
const shop = openShop(service);

beforeAll(keepSweepAway);
afterEach(() => jest.restoreAllMocks());

const withdrawalOf = ({ ticket }: OrderState, version = 1) => buildEvent('ticket:deleted', { id: ticket.id, version });
const failureOf = ({ id: orderId }: OrderState, reason: EventData<'payment:failed'>['reason'] = 'capture_refused') =>
  buildEvent('payment:failed', { orderId, reason });

/** Everything that orders keeps, but for what has no say in it: unsent events. */
async function snapshot(): Promise<string> {
  const documents = [await Ticket.find().sort('_id').lean(), await Order.find().sort('_id').lean()];
  return JSON.stringify(documents, (key, value: unknown) => (key === 'outbox' ? undefined : value));
}

const saidAboutOrders = async () =>
  (
    await Promise.all([
      service.published('order:created'),
      service.published('order:cancelled'),
      service.published('order:completed'),
    ])
  ).flat().length;

describe('ticket:created and ticket:updated', () => {
  test('a ticket is known with what a reservation needs, and can be reserved', async () => {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const ticket = await shop.offer({ title: 'Row 1', price: 12.5, startsAt, version: 0 });
    expect((await Ticket.findById(ticket.id).orFail()).toObject()).toMatchObject({
      version: 0,
      title: 'Row 1',
      price: 12.5,
      userId: ticket.userId,
      startsAt: new Date(startsAt),
    });
    expect((await shop.reserve(ticket.id, newId())).status).toBe(201);
  });

  test('an update replaces what is known: a start that was taken back no longer counts', async () => {
    const { id } = await shop.offer({ startsAt: new Date(0).toISOString() });
    await service.deliver(buildEvent('ticket:updated', { id, version: 1 }));
    expect((await shop.reserve(id, newId())).status).toBe(201);
  });

  test('an update before its creation is stored, and the creation that comes later changes nothing', async () => {
    const id = newId();
    await service.deliver(buildEvent('ticket:updated', { id, price: 80, version: 3 }));
    await service.deliver(buildEvent('ticket:created', { id, price: 40, version: 0 }));
    expect(await Ticket.findById(id)).toMatchObject({ price: 80, version: 3 });
  });

  test('versions may have gaps, and an older one never wins', async () => {
    const { id } = await shop.offer({ price: 40 });
    await service.deliver(buildEvent('ticket:updated', { id, price: 70, version: 7 }));
    await service.deliver(buildEvent('ticket:updated', { id, price: 50, version: 5 }));
    expect(await Ticket.findById(id)).toMatchObject({ price: 70, version: 7 });
  });
});

describe('ticket:deleted', () => {
  test('with a reservation on it: the order is cancelled as withdrawn, with its event', async () => {
    const order = await shop.reserved();
    await service.deliver(withdrawalOf(order));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'withdrawn', version: 1 });
    expect(await service.published('order:cancelled')).toMatchObject([{ data: { id: order.id, reason: 'withdrawn' } }]);
  });

  test('after the sale: the sale stands and nothing is said', async () => {
    const order = await shop.sold();
    await service.deliver(withdrawalOf(order));
    expect(await stateOf(order.id)).toEqual(order);
    expect(await service.published('order:cancelled')).toEqual([]);
    expect(await service.parked()).toEqual([]);
  });

  test('before its creation: the ticket can never be reserved', async () => {
    const id = newId();
    await service.deliver(buildEvent('ticket:deleted', { id, version: 4 }));
    await service.deliver(buildEvent('ticket:created', { id, version: 0 }));
    expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_withdrawn']);
  });

  test.each(['before', 'after'])(
    '%s the state that says that the sale was faster: sold, until the money is returned',
    async (when) => {
      const order = await shop.sold();
      const { id } = order.ticket;
      const saleStands = buildEvent('ticket:updated', { id, status: 'sold', orderId: order.id, version: 2 });
      const events = when === 'before' ? [withdrawalOf(order), saleStands] : [saleStands, withdrawalOf(order)];
      for (const event of events) await service.deliver(event);
      expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_sold']);

      await service.deliver(failureOf(order, 'refunded'));
      await service.deliver(withdrawalOf(order, 3));
      expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_withdrawn']);
    },
  );

  test('older than what is known, but with a reservation on the ticket: the order is cancelled all the same', async () => {
    const order = await shop.reserved();
    await service.deliver(buildEvent('ticket:deleted', { id: order.ticket.id, version: 9 }));
    const next = await Order.create({ ...order, _id: newId(), status: 'created', reason: undefined });
    await service.deliver(withdrawalOf(order, 8));
    expect(await Ticket.findById(order.ticket.id)).toMatchObject({ version: 9 });
    expect(await stateOf(String(next._id))).toMatchObject({ status: 'cancelled', reason: 'withdrawn' });
  });

  test('when its process died between the replica and the order: the redelivery cancels the order', async () => {
    const order = await shop.reserved();
    const event = withdrawalOf(order);
    jest.spyOn(Order, 'findOne').mockImplementationOnce(() => {
      throw new Error('killed');
    });
    await service.deliver(event);
    expect(await Ticket.findById(order.ticket.id)).toMatchObject({ withdrawn: true });
    expect((await stateOf(order.id)).status).toBe('created');
    await service.retryParked();
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'withdrawn' });
  });

  test('together with its creation and updates, in a hundred tickets at once: every one is withdrawn', async () => {
    const ids = times(100, () => newId());
    await service.deliver(
      ...ids.flatMap((id) => [
        buildEvent('ticket:created', { id, version: 0 }),
        buildEvent('ticket:deleted', { id, version: 2 }),
        buildEvent('ticket:updated', { id, version: 1 }),
      ]),
    );
    expect(await Ticket.countDocuments({ withdrawn: true, version: 2 })).toBe(100);
    expect(await service.parked()).toEqual([]);
  });
});

describe('payment:created', () => {
  test('with the price of the reservation: the order is complete, with its event', async () => {
    const order = await shop.reserved(newId(), { price: 49.9 });
    const payment = paymentFor(order);
    await service.deliver(payment);
    expect(await stateOf(order.id)).toEqual({ ...order, status: 'complete', paymentId: payment.data.id, version: 1 });
    const [event] = await service.published('order:completed');
    expect(event).toMatchObject({ source: '/orders', subject: order.id, data: await stateOf(order.id) });
  });

  test.each([
    ['a cent less', { amount: 3999 }],
    ['a cent more', { amount: 4001 }],
    ['dollars for cents', { amount: 40 }],
    ['nothing', { amount: 0 }],
    ['another currency', { currency: 'eur' }],
  ])('%s: the order is cancelled as unpaid', async (_what, wrong) => {
    const order = await shop.reserved();
    await service.deliver(paymentFor(order, wrong));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'unpaid', version: 1 });
    expect(await stateOf(order.id)).not.toHaveProperty('paymentId');
  });

  test.each([0.5, 1.1, 16.08, 19.99, 1234.56, 999_999.99])(
    'a price of %d dollars is compared exactly',
    async (price) => {
      const order = await shop.sold(newId(), { price });
      expect(order.status).toBe('complete');
    },
  );

  test('the ticket is withdrawn and its order still open: cancelled as withdrawn', async () => {
    const order = await shop.reserved();
    await Ticket.updateOne({ _id: order.ticket.id }, { $set: { withdrawn: true } });
    await service.deliver(paymentFor(order));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'withdrawn' });
  });

  test('again for an order that it completed: nothing, though the ticket was withdrawn since', async () => {
    const order = await shop.reserved();
    const payment = paymentFor(order);
    for (const event of [payment, withdrawalOf(order), payment]) await service.deliver(event);
    expect(await stateOf(order.id)).toMatchObject({ status: 'complete', version: 1 });
    expect(await service.parked()).toEqual([]);
  });

  test('a second payment of a complete order is not swallowed: it is kept for an operator', async () => {
    const order = await shop.sold();
    const second = paymentFor(order);
    await service.deliver(second);
    expect(await stateOf(order.id)).toEqual(order);
    expect(await service.parked()).toMatchObject([
      { _id: second.id, error: expect.stringMatching(/Another payment/) as string },
    ]);
  });

  test('for an order that nobody made: kept for an operator', async () => {
    const payment = buildEvent('payment:created');
    await service.deliver(payment);
    expect(await service.parked()).toMatchObject([{ _id: payment.id, status: 'waiting' }]);
  });
});

describe('payment:failed', () => {
  test.each([
    ['capture_refused', 'unpaid'],
    ['authorisation_lost', 'unpaid'],
    ['refunded', 'refunded'],
  ] as const)('%s, the order complete: cancelled as %s, the ticket is free again', async (failure, reason) => {
    const order = await shop.sold();
    await service.deliver(failureOf(order, failure));
    expect(await stateOf(order.id)).toEqual({ ...order, status: 'cancelled', reason, version: 2 });
    expect(await service.published('order:cancelled')).toMatchObject([{ data: { reason, version: 2 } }]);
    expect((await shop.reserve(order.ticket.id, newId())).status).toBe(201);
  });

  test('the order still open: cancelled as unpaid, as it has one payment and that is lost', async () => {
    const order = await shop.reserved();
    await service.deliver(failureOf(order, 'authorisation_lost'));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'unpaid', version: 1 });
  });

  test('the order cancelled already: its reason stays', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    await shop.cancel(order.id, buyer).expect(204);
    await service.deliver(failureOf(order));
    expect(await stateOf(order.id)).toMatchObject({ reason: 'user', version: 1 });
  });

  test('before the payment that it ends: cancelled, and the payment changes nothing', async () => {
    const order = await shop.reserved();
    for (const event of [failureOf(order), paymentFor(order)]) await service.deliver(event);
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'unpaid', version: 1 });
    expect(await service.parked()).toEqual([]);
  });
});

describe('the same event twenty times more', () => {
  const cases: [string, (order: OrderState) => AnyEvent, 'open' | 'paid'][] = [
    ['ticket:created', ({ ticket }) => buildEvent('ticket:created', { id: ticket.id }), 'open'],
    ['ticket:updated', ({ ticket }) => buildEvent('ticket:updated', { id: ticket.id, price: 55, version: 3 }), 'open'],
    ['ticket:deleted', (order) => withdrawalOf(order), 'open'],
    ['ticket:deleted after the sale', (order) => withdrawalOf(order), 'paid'],
    ['expiration:complete', ({ id }) => buildEvent('expiration:complete', { orderId: id }), 'open'],
    ['payment:created', (order) => paymentFor(order), 'open'],
    ['payment:created with a wrong amount', (order) => paymentFor(order, { amount: 1 }), 'open'],
    ['payment:failed', (order) => failureOf(order), 'paid'],
    ['payment:failed by refund', (order) => failureOf(order, 'refunded'), 'paid'],
  ];

  test.each(cases)('%s: nothing changes and nothing is said', async (_what, make, state) => {
    const event = make(await (state === 'paid' ? shop.sold() : shop.reserved()));
    await service.deliver(event);
    const [before, said] = [await snapshot(), await saidAboutOrders()];
    await service.deliver(...times(20, () => event));
    expect(await snapshot()).toBe(before);
    expect(await saidAboutOrders()).toBe(said);
    expect(await service.parked()).toEqual([]);
  });
});

describe('a cancellation and a payment at the same time', () => {
  test('the payment is first, between the look and the save: 409, and the order stays complete', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    afterNextLook(Order, () => service.deliver(paymentFor(order)));
    expect(refusal(await shop.cancel(order.id, buyer))).toEqual([409, 'order_paid']);
    expect(await stateOf(order.id)).toMatchObject({ status: 'complete', version: 1 });
    expect(await service.published('order:cancelled')).toEqual([]);
  });

  test('the cancellation is first: the payment finds a cancelled order and changes nothing', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    afterNextLook(Order, async () => {
      await shop.cancel(order.id, buyer).expect(204);
    });
    await service.deliver(paymentFor(order));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'user', version: 1 });
    expect(await service.published('order:completed')).toEqual([]);
  });

  test('without the guard by version both would be said, under one version (negative control)', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    afterNextLook(Order, async () => {
      await service.deliver(paymentFor(order));
      await Order.updateOne({ _id: order.id }, { $set: { version: 0 } });
    });
    await shop.cancel(order.id, buyer).expect(204);
    expect(await service.published('order:completed')).toMatchObject([{ data: { version: 1 } }]);
    expect(await service.published('order:cancelled')).toMatchObject([{ data: { version: 1 } }]);
  });

  test('forty times at once: each order ends one way, its buyer was told so, and one event says it', async () => {
    const buyer = newId();
    const reservations = await Promise.all(times(40, () => shop.reserved(buyer)));
    const told = await Promise.all(
      reservations.map(async (order) => {
        const [response] = await Promise.all([shop.cancel(order.id, buyer), service.deliver(paymentFor(order))]);
        return response.status === 204 ? 'cancelled' : 'complete';
      }),
    );
    const ended = await Promise.all(reservations.map(async ({ id }) => (await stateOf(id)).status));
    expect(ended).toEqual(told);
    const said = [...(await service.published('order:cancelled')), ...(await service.published('order:completed'))];
    expect(said.map(({ subject }) => subject).sort()).toEqual(reservations.map(({ id }) => id).sort());
  });
});

describe('npm run events -- republish', () => {
  test('says the present state of every order again, at its present version', async () => {
    const buyer = newId();
    const [open, sold, gone] = [await shop.reserved(buyer), await shop.sold(buyer), await shop.reserved(buyer)];
    await shop.cancel(gone.id, buyer).expect(204);
    expect(await eventsCommand(orders, ['republish'])).toMatch(/^3 state\(s\) of orders/);

    const waiting = await Order.find().sort('createdAt');
    const said = waiting.map(({ outbox }) => JSON.parse(outbox.at(-1)!.payload) as AnyEvent);
    expect(said.map(({ type, data }) => [type, data])).toEqual([
      ['order:created', open],
      ['order:completed', sold],
      ['order:cancelled', await stateOf(gone.id)],
    ]);
  });
});
