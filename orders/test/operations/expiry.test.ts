import { buildEvent, newId, testService, waitFor } from '@ticketing/common/testing';
import { Types } from 'mongoose';
import { config } from '../../src/config';
import { Order } from '../../src/models/order';
import { cancelOverdueOrders } from '../../src/operations/cancel-overdue-orders';
import { orders } from '../../src/service';
import { afterNextLook, keepSweepAway, letExpire, openShop, orderIn, paymentFor, stateOf, times } from '../shop';

const service = testService(orders, { EXPIRATION_WINDOW_SECONDS: '1' });
const shop = openShop(service);

afterEach(() => jest.restoreAllMocks());

/** Gives an order time again, whatever the window of this service. */
const setEnd = (id: string, expiresAt: Date) => Order.updateOne({ _id: id }, { $set: { expiresAt } });
const promptFor = (orderId: string) => buildEvent('expiration:complete', { orderId });

describe('the window', () => {
  test('is what the setting says', async () => {
    const order = await shop.reserved();
    const seconds = (Date.parse(order.expiresAt) - Date.parse(order.createdAt)) / 1000;
    expect(seconds).toBeGreaterThan(0.5);
    expect(seconds).toBeLessThanOrEqual(1);
  });

  test.each(['0', '-1', '1.5', 'soon'])('%s seconds are refused at the start', (seconds) => {
    expect(() => config.load({ EXPIRATION_WINDOW_SECONDS: seconds })).toThrow(/- EXPIRATION_WINDOW_SECONDS: /);
  });

  test('without any prompt, the sweep of the running service frees the ticket, and not before the time is up', async () => {
    const order = await shop.reserved();
    const event = await waitFor(async () => (await service.published('order:cancelled'))[0], 'the sweep');
    expect(event.data).toMatchObject({ id: order.id, status: 'cancelled', reason: 'expired', version: 1 });
    expect(Date.parse(event.time)).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
    expect((await shop.reserve(order.ticket.id, newId())).status).toBe(201);
  });
});

describe('a prompt from expiration', () => {
  beforeAll(keepSweepAway);

  test('in time: the order is cancelled as expired, with its event', async () => {
    const order = await shop.reserved();
    await letExpire(order.id);
    await service.deliver(promptFor(order.id));
    expect(await stateOf(order.id)).toMatchObject({ status: 'cancelled', reason: 'expired', version: 1 });
    expect(await service.published('order:cancelled')).toMatchObject([{ subject: order.id }]);
  });

  test('a millisecond early: nothing; at the time itself: cancelled', async () => {
    const order = await shop.reserved();
    const end = Date.now() + 3_600_000;
    await setEnd(order.id, new Date(end));
    const clock = jest.spyOn(Date, 'now').mockReturnValue(end - 1);
    await service.deliver(promptFor(order.id));
    expect((await stateOf(order.id)).status).toBe('created');
    clock.mockReturnValue(end);
    await service.deliver(promptFor(order.id));
    expect((await stateOf(order.id)).status).toBe('cancelled');
  });

  test('without the look at the own clock an early prompt would take the ticket away (negative control)', async () => {
    const order = await shop.reserved();
    await setEnd(order.id, new Date(Date.now() + 3_600_000));
    jest.spyOn(Order.prototype, 'isOverdue').mockReturnValue(true);
    await service.deliver(promptFor(order.id));
    expect((await stateOf(order.id)).status).toBe('cancelled');
  });

  test.each(['complete', 'cancelled'])('for an order that is %s: nothing', async (status) => {
    const buyer = newId();
    const order = await (status === 'complete' ? shop.sold(buyer) : shop.reserved(buyer));
    if (status === 'cancelled') await shop.cancel(order.id, buyer).expect(204);
    await letExpire(order.id);
    const before = await stateOf(order.id);
    await service.deliver(promptFor(order.id));
    expect(await stateOf(order.id)).toEqual(before);
    expect(await service.parked()).toEqual([]);
  });

  test('for an order that is paid at this very moment: the payment was faster, the sale stands', async () => {
    const order = await shop.reserved();
    await letExpire(order.id);
    afterNextLook(Order, () => shop.meanwhile(paymentFor(order), order.id, 'complete'));
    await service.deliver(promptFor(order.id));
    expect(await stateOf(order.id)).toMatchObject({ status: 'complete', version: 1 });
  });
});

describe('the sweep', () => {
  beforeAll(keepSweepAway);

  test('cancels every overdue order once and no other, also when several sweep at the same time', async () => {
    const reservations = await Promise.all(times(30, () => shop.reserved()));
    const overdue = reservations.slice(0, 20).map(({ id }) => id);
    const inTime = reservations.slice(20).map(({ id }) => id);
    await Order.updateMany({}, { $set: { expiresAt: new Date(Date.now() + 60_000) } });
    await letExpire(...overdue);
    await Promise.all(times(4, () => cancelOverdueOrders()));

    const cancelled = await service.published('order:cancelled');
    expect(cancelled.map(({ subject }) => subject).sort()).toEqual(overdue.sort());
    expect(await Order.countDocuments({ _id: { $in: inTime }, status: 'created' })).toBe(10);
  });

  test('one order that can not be cancelled does not keep the others', async () => {
    const reservations = await Promise.all(times(5, () => shop.reserved()));
    await letExpire(...reservations.map(({ id }) => id));
    const broken = reservations[2]!.id;
    await Order.collection.updateOne({ _id: new Types.ObjectId(broken) }, { $set: { 'ticket.price': 'a lot' } });
    await expect(cancelOverdueOrders()).rejects.toThrow();
    expect(await Order.countDocuments({ status: 'cancelled' })).toBe(4);
    await Order.collection.updateOne({ _id: new Types.ObjectId(broken) }, { $set: { 'ticket.price': 40 } });
    await cancelOverdueOrders();
    expect(await Order.countDocuments({ status: 'cancelled' })).toBe(5);
  });
});

describe('a payment that comes late', () => {
  beforeAll(keepSweepAway);

  test('completes an order whose time is up but which nothing has cancelled', async () => {
    const order = await shop.reserved();
    await letExpire(order.id);
    await service.deliver(paymentFor(order));
    expect(await stateOf(order.id)).toMatchObject({ status: 'complete', version: 1 });
  });

  test('changes nothing when somebody else has the ticket meanwhile', async () => {
    const late = await shop.reserved();
    await letExpire(late.id);
    const next = orderIn(await shop.reserve(late.ticket.id, newId()).expect(201));
    await service.deliver(paymentFor(late));
    expect(await stateOf(late.id)).toMatchObject({ status: 'cancelled', reason: 'expired' });
    expect((await stateOf(next.id)).status).toBe('created');
  });
});
