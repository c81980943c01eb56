import type { AnyEvent, EventData, EventOf, OrderStatus } from '@ticketing/common';
import { buildEvent, newId, signIn, waitFor, type TestService } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import type { Response } from 'supertest';
import { Order } from '../src/models/order';

export type Ticket = EventData<'ticket:created'>;
export type OrderState = EventData<'order:created'>;

/** What sellers, buyers and the other services do, as the tests of orders tell it. */
export function openShop(service: TestService) {
  const as = (userId: string) => ({ Cookie: signIn(userId) });

  const reserve = (ticketId: string, userId: string) =>
    service.api().post('/api/orders').set(as(userId)).send({ ticketId });

  return {
    reserve,

    show: (id: string, userId: string) => service.api().get(`/api/orders/${id}`).set(as(userId)),

    cancel: (id: string, userId: string) => service.api().delete(`/api/orders/${id}`).set(as(userId)),

    list: (userId: string, address = '/api/orders') => service.api().get(address).set(as(userId)),

    /** A ticket of another seller that orders has heard of. */
    async offer(data: Partial<Ticket> = {}): Promise<Ticket> {
      const event = buildEvent('ticket:created', data);
      await service.deliver(event);
      return event.data;
    },

    /** Hands over an event while another one is still being handled, and waits for what it does to the order. */
    async meanwhile(event: AnyEvent, orderId: string, status: OrderStatus): Promise<void> {
      await service.bus.publish(event.type, JSON.stringify(event));
      await waitFor(async () => (await stateOf(orderId)).status === status, `the order to be ${status}`);
    },

    /** A ticket of 40 dollars, reserved by this buyer a moment ago. */
    async reserved(userId = newId(), data: Partial<Ticket> = {}): Promise<OrderState> {
      const ticket = await this.offer(data);
      return (await reserve(ticket.id, userId).expect(201)).body as OrderState;
    },

    /** The same, paid. */
    async sold(userId = newId(), data: Partial<Ticket> = {}): Promise<OrderState> {
      const order = await this.reserved(userId, data);
      await service.deliver(paymentFor(order));
      return stateOf(order.id);
    },
  };
}

/** Lets another replica have the sweep, so that a test alone decides when an overdue order ends. */
export async function keepSweepAway(): Promise<void> {
  const lease = { holder: 'another replica', until: new Date(Date.now() + 3_600_000) };
  const leases = mongoose.connection.collection<{ _id: string }>('leases');
  await leases.updateOne({ _id: 'overdue orders' }, { $set: lease }, { upsert: true });
}

/** The event that says: the price of this order is authorised. */
export function paymentFor(
  { id: orderId, ticket }: OrderState,
  data: Partial<EventData<'payment:created'>> = {},
): EventOf<'payment:created'> {
  return buildEvent('payment:created', { orderId, amount: Math.round(ticket.price * 100), currency: 'usd', ...data });
}

export async function stateOf(orderId: string): Promise<OrderState> {
  return JSON.parse(JSON.stringify(await Order.findById(orderId).orFail())) as OrderState;
}

/** Moves the end of an order's time into the past, as waiting would. */
export async function letExpire(...orderIds: string[]): Promise<void> {
  await Order.updateMany({ _id: { $in: orderIds } }, { $set: { expiresAt: new Date(Date.now() - 1) } });
}

/** Orders that have this ticket: never more than one. */
export function holdersOf(ticketId: string) {
  return Order.find({ 'ticket.id': ticketId, status: { $ne: 'cancelled' } });
}

/** Status and code of a refusal. */
export function refusal(response: Response): [number, string | undefined] {
  const { errors } = response.body as { errors?: { code: string }[] };
  return [response.status, errors?.[0]?.code];
}

export function orderIn(response: Response): OrderState {
  return response.body as OrderState;
}

/**
 * Lets something happen between the next look at a document of `model` and what is decided on it: the moment that a
 * race needs, at will.
 */
export function afterNextLook(model: { readonly modelName: string }, interlude: () => Promise<void>): void {
  const query = mongoose.Query.prototype as mongoose.Query<unknown, unknown>;
  const look: (this: typeof query) => Promise<unknown> = Reflect.get(query, 'exec');
  let isNext = true;
  jest.spyOn(query, 'exec').mockImplementation(async function (this: typeof query) {
    const found = await look.call(this);
    if (!isNext || this.model.modelName !== model.modelName) return found;
    isNext = false;
    await interlude();
    return found;
  });
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
