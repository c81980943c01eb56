import type { AnyEvent } from '@ticketing/common';
import { buildEvent, newId } from '@ticketing/common/testing';
import { violationsOf } from '../harness/invariants';
import type { World } from '../harness/world';

/** The checker itself: it must see every wrong that it is there for, or the flow tests prove nothing. */

const ticketId = newId();
const seller = newId();
const buyer = newId();
const sold = { _id: newId(), version: 1, status: 'complete' as const, userId: buyer };
const given = { _id: newId(), version: 1, status: 'cancelled' as const, userId: buyer, reason: 'user' };
const later = new Date(Date.now() + 900_000);
const snapshot = { id: ticketId, title: 'A seat', price: 12.5 };

/** One ticket, given back once and then sold. */
function soundWorld(): World {
  const orders = [given, sold].map((order) => ({ ...order, expiresAt: later, ticket: snapshot }));
  const lock = orders.map(({ _id, version, status }) => ({ id: _id, version, status }));
  const ticket = { _id: ticketId, version: 4, title: 'A seat', price: 12.5, userId: seller };
  const states = [
    buildEvent('order:cancelled', { id: given._id, version: 1, reason: 'user' }),
    buildEvent('order:completed', { id: sold._id, version: 1 }),
    buildEvent('ticket:updated', { id: ticketId, version: 4 }),
  ];
  return {
    orders,
    tickets: [{ ...ticket, status: 'sold', orderId: sold._id, orders: lock }],
    ticketReplicas: [{ _id: ticketId, version: 4, title: 'A seat', price: 12.5 }],
    payments: orders.map(({ _id, version, status }) => ({
      orderId: _id,
      order: { version, status },
      amount: 1250,
      ...(status === 'complete' && { stripeId: 'pi_1', status: 'captured' }),
    })),
    ledger: [
      { intent: 'pi_1', orderId: sold._id, status: 'succeeded', amount: 1250, held: 0, captured: 1250, refunded: 0 },
    ],
    unsent: [],
    parked: [],
    history: [...states, ...states],
  };
}

const withOrder = (world: World, change: Partial<World['orders'][number]>): World => ({
  ...world,
  orders: world.orders.map((order, place) => (place === 1 ? { ...order, ...change } : order)),
});
const withTicket = (world: World, change: Partial<World['tickets'][number]>): World => ({
  ...world,
  tickets: world.tickets.map((ticket) => ({ ...ticket, ...change })),
});
const withLedger = (world: World, ...entries: Partial<World['ledger'][number]>[]): World => ({
  ...world,
  ledger: entries.map((entry) => ({ ...world.ledger[0]!, ...entry })),
});
const withHistory = (world: World, ...more: AnyEvent[]): World => ({ ...world, history: [...world.history, ...more] });

test('a sound world: nothing to say', () => {
  expect(violationsOf(soundWorld())).toEqual([]);
});

const past = new Date(Date.now() - 60_000);
const wrongs: [string, (world: World) => World, RegExp][] = [
  [
    'two orders have one ticket',
    (world) => ({ ...world, orders: world.orders.map((order) => ({ ...order, status: 'complete' })) }),
    /2 orders have ticket/,
  ],
  ['a complete order took nothing', (world) => ({ ...world, ledger: [] }), /complete without a capture/],
  ['it took the price twice', (world) => withLedger(world, {}, { intent: 'pi_2' }), /and 2500 are kept/],
  ['it has a second intent', (world) => withLedger(world, {}, { intent: 'pi_2', captured: 0 }), /more than one intent/],
  [
    'a cancelled order kept money',
    (world) => withLedger(world, {}, { orderId: given._id }),
    /charged without a complete order: it is cancelled, and 1250 cents are kept/,
  ],
  ['an authorisation is open', (world) => withLedger(world, { held: 1 }), /1 cents are still held/],
  [
    'an open order holds money',
    (world) => withLedger(withOrder(world, { status: 'created' }), { held: 1250, captured: 0 }),
    /open order \w+ holds 1250 cents/,
  ],
  [
    'money is there for no order',
    (world) => withLedger(world, {}, { intent: 'pi_2', orderId: newId() }),
    /\(pi_2\): money of an unknown order/,
  ],
  [
    'payments missed an order',
    (world) => ({ ...world, payments: world.payments.slice(1) }),
    /payments does not know order/,
  ],
  ['tickets knows an order’s old state', (world) => withOrder(world, { version: 2 }), /tickets does not know order/],
  ['orders knows a ticket’s old state', (world) => withTicket(world, { version: 5 }), /orders does not know ticket/],
  [
    'orders missed a withdrawal',
    (world) => withTicket(world, { deletedAt: past, status: 'available' }),
    /orders does not know ticket/,
  ],
  ['an event was not sent', (world) => ({ ...world, unsent: ['order:created in orders'] }), /never sent/],
  ['an event was not handled', (world) => ({ ...world, parked: ['order:created in tickets: no'] }), /never handled/],
  ['a state was not announced', (world) => ({ ...world, history: world.history.slice(4) }), /was never announced/],
  [
    'a version was announced in two ways',
    (world) => withHistory(world, buildEvent('order:completed', { id: sold._id, version: 1 })),
    /in different ways/,
  ],
  [
    'an order expired early',
    (world) => withHistory(world, buildEvent('order:cancelled', { reason: 'expired' })),
    /expired early/,
  ],
  ['an order is overdue', (world) => withOrder(world, { status: 'created', expiresAt: past }), /should have expired/],
  ['a seller bought from himself', (world) => withOrder(world, { userId: seller }), /by the seller/],
  ['a sold ticket is for sale', (world) => withTicket(world, { status: 'available' }), /should be sold/],
  [
    'an order is open on a withdrawn ticket',
    (world) => ({
      ...withOrder(world, { status: 'created' }),
      ticketReplicas: world.ticketReplicas.map((replica) => ({ ...replica, withdrawn: true })),
    }),
    /is open on a withdrawn ticket/,
  ],
  ['a ticket is locked for a past order', (world) => withTicket(world, { orderId: given._id }), /should be sold/],
];

test.each(wrongs)('%s: seen', (_what, spoil, sentence) => {
  expect(violationsOf(spoil(soundWorld())).join('\n')).toMatch(sentence);
});
