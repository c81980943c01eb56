import { buildEvent, newId, signIn, testService } from '@ticketing/common/testing';
import { Order } from '../../src/models/order';
import { orders } from '../../src/service';
import { letExpire, openShop, orderIn, paymentFor, refusal, stateOf, times } from '../shop';

const service = testService(orders);
const shop = openShop(service);

const HOUR = 3_600_000;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

const badIds: [string, unknown][] = [
  ['none', undefined],
  ['null', null],
  ['an empty text', ''],
  ['too short', 'abc'],
  ['24 characters, not hex', 'z'.repeat(24)],
  ['25 hex characters', 'a'.repeat(25)],
  ['with a line break', `${'a'.repeat(24)}\n`],
  ['a number', 123456789012],
  ['a list', [newId()]],
  ['an object', { $ne: null }],
];

describe('every route', () => {
  test.each([
    ['get', '/api/orders'],
    ['get', `/api/orders/${newId()}`],
    ['post', '/api/orders'],
    ['delete', `/api/orders/${newId()}`],
  ] as const)('%s %s, not signed in, is refused with 401', async (method, address) => {
    expect(refusal(await service.api()[method](address))).toEqual([401, 'not_authenticated']);
  });
});

describe('POST /api/orders', () => {
  test('a free ticket: 201 with the order, its ticket as it is now, and 15 minutes to pay', async () => {
    const [buyer, ticket] = [newId(), await shop.offer({ title: 'Row 7, seat 12', price: 49.9 })];
    const before = Date.now();
    const response = await shop.reserve(ticket.id, buyer);
    expect(response.status).toBe(201);
    expect(orderIn(response)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      status: 'created',
      userId: buyer,
      expiresAt: expect.any(String) as string,
      ticket: { id: ticket.id, title: 'Row 7, seat 12', price: 49.9 },
      version: 0,
      createdAt: expect.any(String) as string,
    });
    const time = Date.parse(orderIn(response).expiresAt);
    expect(time).toBeGreaterThanOrEqual(before + 900_000);
    expect(time).toBeLessThanOrEqual(Date.now() + 900_000);
  });

  test('a free ticket: order:created carries the order as answered, from /orders, about it', async () => {
    const order = await shop.reserved();
    const events = await service.published('order:created');
    expect(events).toMatchObject([{ source: '/orders', type: 'order:created', subject: order.id }]);
    expect(events[0]!.data).toEqual(order);
  });

  test('asked again by who has it: 200 with the same order, and nothing new is said', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    const again = await shop.reserve(order.ticket.id, buyer);
    expect(again.status).toBe(200);
    expect(orderIn(again)).toEqual(order);
    expect(await service.published('order:created')).toHaveLength(1);
  });

  test('asked again by who has it after the ticket has begun: still 200, and ticket_past for anybody else', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer, { startsAt: fromNow(HOUR) });
    const begun = { id: order.ticket.id, version: 1, startsAt: fromNow(-1) };
    await service.deliver(buildEvent('ticket:updated', begun));
    expect((await shop.reserve(order.ticket.id, buyer)).status).toBe(200);
    expect(refusal(await shop.reserve(order.ticket.id, newId()))).toEqual([409, 'ticket_past']);
  });

  test('reserved by somebody else: 409 ticket_reserved', async () => {
    const order = await shop.reserved();
    expect(refusal(await shop.reserve(order.ticket.id, newId()))).toEqual([409, 'ticket_reserved']);
  });

  test('sold: 409 ticket_sold, to the buyer as well', async () => {
    const buyer = newId();
    const order = await shop.sold(buyer);
    expect(refusal(await shop.reserve(order.ticket.id, newId()))).toEqual([409, 'ticket_sold']);
    expect(refusal(await shop.reserve(order.ticket.id, buyer))).toEqual([409, 'ticket_sold']);
  });

  test('sold, and the time to pay long over: still sold', async () => {
    const order = await shop.sold();
    await letExpire(order.id);
    expect(refusal(await shop.reserve(order.ticket.id, newId()))).toEqual([409, 'ticket_sold']);
  });

  test('what tickets says about the status does not count: orders decides by its orders alone', async () => {
    const { id } = await shop.offer({ status: 'sold', orderId: newId() });
    expect((await shop.reserve(id, newId())).status).toBe(201);
  });

  test('cancelled by its buyer: the next one has it', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    await shop.cancel(order.id, buyer).expect(204);
    expect((await shop.reserve(order.ticket.id, newId())).status).toBe(201);
  });

  test("somebody else's reservation is overdue: it is cancelled as expired and the ticket changes hands", async () => {
    const late = await shop.reserved();
    await letExpire(late.id);
    const response = await shop.reserve(late.ticket.id, newId());
    expect(response.status).toBe(201);
    expect(await stateOf(late.id)).toMatchObject({ status: 'cancelled', reason: 'expired', version: 1 });
    expect(await service.published('order:cancelled')).toMatchObject([{ subject: late.id }]);
  });

  test('the own reservation is overdue: a new order, with time of its own', async () => {
    const buyer = newId();
    const late = await shop.reserved(buyer);
    await letExpire(late.id);
    const response = await shop.reserve(late.ticket.id, buyer);
    expect(response.status).toBe(201);
    expect(orderIn(response).id).not.toBe(late.id);
  });

  test('the own ticket: 403 own_ticket, whatever its state', async () => {
    const seller = newId();
    const { id } = await shop.offer({ userId: seller, startsAt: fromNow(-HOUR) });
    expect(refusal(await shop.reserve(id, seller))).toEqual([403, 'own_ticket']);
  });

  test('withdrawn: 409 ticket_withdrawn', async () => {
    const { id } = await shop.offer();
    await service.deliver(buildEvent('ticket:deleted', { id, version: 1 }));
    expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_withdrawn']);
  });

  test('its time has passed: 409 ticket_past, with an overdue reservation of the same buyer too', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    await letExpire(order.id);
    const begun = { id: order.ticket.id, version: 1, startsAt: fromNow(-1) };
    await service.deliver(buildEvent('ticket:updated', begun));
    expect(refusal(await shop.reserve(order.ticket.id, buyer))).toEqual([409, 'ticket_past']);
    expect(refusal(await shop.reserve(order.ticket.id, newId()))).toEqual([409, 'ticket_past']);
  });

  test('a ticket that nobody told us of: 404', async () => {
    expect(refusal(await shop.reserve(newId(), newId()))).toEqual([404, 'not_found']);
  });

  test('an id in capitals names the same ticket: it is reserved once', async () => {
    const { id } = await shop.offer();
    const response = await shop.reserve(id.toUpperCase(), newId());
    expect(orderIn(response).ticket.id).toBe(id);
    expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_reserved']);
  });

  test.each(badIds)('ticketId %s: 400 at the field', async (_what, ticketId) => {
    const response = await service.api().post('/api/orders').set('Cookie', signIn()).send({ ticketId });
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ errors: [{ code: 'validation_failed', field: 'ticketId' }] });
  });

  test('a ticketId in the address instead of the body does not count: 400', async () => {
    const { id } = await shop.offer();
    const response = await service.api().post(`/api/orders?ticketId=${id}`).set('Cookie', signIn()).send({});
    expect(response.status).toBe(400);
  });

  test('no body at all: 400', async () => {
    expect(refusal(await service.api().post('/api/orders').set('Cookie', signIn()))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  test('other fields are ignored and never stored', async () => {
    const [buyer, ticket] = [newId(), await shop.offer({ price: 40 })];
    const smuggled = {
      userId: newId(),
      status: 'complete',
      expiresAt: fromNow(24 * HOUR),
      ticket: { price: 1 },
      version: 9,
    };
    const body = { ticketId: ticket.id, ...smuggled, more: true };
    const response = await service.api().post('/api/orders').set('Cookie', signIn(buyer)).send(body);
    expect(orderIn(response)).toMatchObject({ status: 'created', userId: buyer, version: 0, ticket: { price: 40 } });
    expect(Date.parse(orderIn(response).expiresAt)).toBeLessThan(Date.now() + HOUR);
    expect(await Order.collection.findOne()).not.toHaveProperty('more');
  });
});

describe('GET /api/orders/:id', () => {
  test("one's own order: 200 with it and its ticket", async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    const response = await shop.show(order.id, buyer);
    expect(response.status).toBe(200);
    expect(orderIn(response)).toEqual(order);
  });

  test('the ticket changed since: title and price stay those of the reservation', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer, { title: 'Before', price: 40 });
    const dearer = { id: order.ticket.id, title: 'After', price: 80, version: 1 };
    await service.deliver(buildEvent('ticket:updated', dearer));
    expect(orderIn(await shop.show(order.id, buyer)).ticket).toMatchObject({ title: 'Before', price: 40 });
  });

  test("somebody else's order: 403", async () => {
    const order = await shop.reserved();
    expect(refusal(await shop.show(order.id, newId()))).toEqual([403, 'forbidden']);
  });

  test('no such order: 404', async () => {
    expect(refusal(await shop.show(newId(), newId()))).toEqual([404, 'not_found']);
  });

  test.each(['abc', 'z'.repeat(24), 'a'.repeat(25), '[object Object]', '%24ne'])('the id %s: 400', async (id) => {
    expect(refusal(await shop.show(id, newId()))).toEqual([400, 'validation_failed']);
  });
});

describe('DELETE /api/orders/:id', () => {
  test("one's own reservation: 204, cancelled by its user, and said so", async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    const response = await shop.cancel(order.id, buyer);
    expect([response.status, response.text]).toEqual([204, '']);
    expect(await stateOf(order.id)).toEqual({ ...order, status: 'cancelled', reason: 'user', version: 1 });
    const [event] = await service.published('order:cancelled');
    expect(event!.data).toEqual(await stateOf(order.id));
  });

  test('again: 204, and nothing is said twice', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    await shop.cancel(order.id, buyer).expect(204);
    await shop.cancel(order.id, buyer).expect(204);
    expect(await service.published('order:cancelled')).toHaveLength(1);
    expect(await stateOf(order.id)).toMatchObject({ version: 1 });
  });

  /** Eight tabs give one order back. */
  async function cancelEightTimes() {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    const responses = await Promise.all(times(8, () => shop.cancel(order.id, buyer)));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]));
    return service.published('order:cancelled');
  }

  test('eight times at once: 204 for each, and said once', async () => {
    expect(await cancelEightTimes()).toMatchObject([{ data: { version: 1 } }]);
  });

  test('eight times at once without the guard by version: said more than once (negative control)', async () => {
    const updateOne = Order.collection.updateOne.bind(Order.collection);
    const unguarded = jest
      .spyOn(Order.collection, 'updateOne')
      .mockImplementation(({ _id }, change, options) => updateOne({ _id }, change, options ?? {}));
    expect((await cancelEightTimes()).length).toBeGreaterThan(1);
    unguarded.mockRestore();
  });

  test('paid: 409 order_paid, and it stays complete', async () => {
    const buyer = newId();
    const order = await shop.sold(buyer);
    expect(refusal(await shop.cancel(order.id, buyer))).toEqual([409, 'order_paid']);
    expect(await stateOf(order.id)).toEqual(order);
  });

  test('refunded after it was paid: 204, it is cancelled already', async () => {
    const buyer = newId();
    const order = await shop.sold(buyer);
    await service.deliver(buildEvent('payment:failed', { orderId: order.id, reason: 'refunded' }));
    await shop.cancel(order.id, buyer).expect(204);
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'refunded' });
  });

  test('without the look at its owner anybody could cancel it (negative control)', async () => {
    const order = await shop.reserved();
    const look = jest.spyOn(Order.prototype, 'assertBelongsTo').mockReturnValue(undefined);
    await shop.cancel(order.id, newId()).expect(204);
    look.mockRestore();
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled' });
  });

  test("somebody else's order: 403, and it stays", async () => {
    const order = await shop.reserved();
    expect(refusal(await shop.cancel(order.id, newId()))).toEqual([403, 'forbidden']);
    expect(await stateOf(order.id)).toEqual(order);
  });

  test('no such order: 404', async () => {
    expect(refusal(await shop.cancel(newId(), newId()))).toEqual([404, 'not_found']);
  });

  test('a malformed id: 400', async () => {
    expect(refusal(await shop.cancel('abc', newId()))).toEqual([400, 'validation_failed']);
  });

  test('while its payment is on the way: cancelled, and the payment that comes changes nothing', async () => {
    const buyer = newId();
    const order = await shop.reserved(buyer);
    await shop.cancel(order.id, buyer).expect(204);
    await service.deliver(paymentFor(order));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'user', version: 1 });
    expect(await service.published('order:completed')).toEqual([]);
    expect(await service.parked()).toEqual([]);
  });
});
