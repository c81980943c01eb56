import {
  counterExample,
  disorders,
  holds,
  newId,
  orderEvents,
  orderLives,
  orderStates,
  testService,
  type Disorder,
  type History,
  type OrderStep,
} from '@ticketing/common/testing';
import fc from 'fast-check';
import { Ticket, type KnownOrder, type TicketDocument } from '../../src/models/ticket';
import { tickets } from '../../src/service';
import { inHours, sellerAt } from '../fixtures/seller';

jest.setTimeout(120_000);

const service = testService(tickets);
afterEach(() => jest.restoreAllMocks());

/** Orders of one ticket: nobody can order it before the order that had it has ended. */
const ordersOfATicket = fc
  .tuple(fc.array(orderLives.cancelled, { maxLength: 3 }), fc.oneof(...Object.values(orderLives)))
  .map(([before, last]) => [...before, last]);
const twoTickets = fc
  .array(ordersOfATicket, { minLength: 1, maxLength: 2 })
  .map((all) => all.flatMap((orders, at) => orders.map((steps) => ({ given: `ticket ${at + 1}`, steps }))));

interface Order extends History<OrderStep> {
  readonly id: string;
  readonly ticketId: string;
}

/** What is known of a ticket when all is told: who has it, and the newest state of each of its orders. */
function expected(orders: readonly Order[]) {
  const known = orders.map(({ id, steps }) => ({ id, ...orderStates(steps).at(-1)! }));
  const holder = known.find(({ status }) => status !== 'cancelled');
  const status = holder ? (holder.status === 'complete' ? 'sold' : 'reserved') : 'available';
  return {
    status,
    orderId: holder?.id,
    orders: byId(known.map(({ id, version, status }) => ({ id, version, status }))),
  };
}

async function found(ticketId: string): Promise<ReturnType<typeof expected>> {
  const { status, orderId, orders } = await Ticket.findById(ticketId).orFail();
  return { status, orderId, orders: byId(orders.map(({ id, version, status }) => ({ id, version, status }))) };
}

const byId = <T extends { id: string }>(items: T[]) => items.sort((one, other) => one.id.localeCompare(other.id));

const endsAsTold = fc.asyncProperty(disorders<OrderStep>(twoTickets), async (play) => {
  const ticketIds = { 'ticket 1': (await listed()).id, 'ticket 2': (await listed()).id };
  const orders = play.histories.map((history): Order => ({
    ...history,
    id: newId(),
    ticketId: ticketIds[history.given as keyof typeof ticketIds],
  }));
  await tell(play, orders);
  for (const ticketId of Object.values(ticketIds)) {
    expect(await found(ticketId)).toEqual(expected(orders.filter((order) => order.ticketId === ticketId)));
  }
});

const listed = () => sellerAt(service).lists();

async function tell(play: Disorder<OrderStep>, orders: readonly Order[]): Promise<void> {
  const events = orders.map(({ id, ticketId, steps }, hour) =>
    orderEvents(steps, { id, expiresAt: inHours(hour + 1), ticket: { id: ticketId, title: 'A seat', price: 40 } }),
  );
  for (const together of play.arrange(events)) await service.deliver(...together);
  // Whoever loses the race for one ticket too often is parked, and tried again.
  for (let round = 0; round < 10 && (await service.parked()).length > 0; round += 1) await service.retryParked();
}

test('whatever the order of arrival, with whatever repetitions: the ticket ends as its orders do', () =>
  holds(endsAsTold, { numRuns: 40 }));

test('with the version check taken out, an older state wins (negative control)', async () => {
  const recordOrder = Ticket.prototype.recordOrder as (this: TicketDocument, order: KnownOrder) => void;
  jest.spyOn(Ticket.prototype as TicketDocument, 'recordOrder').mockImplementation(function (
    this: TicketDocument,
    order,
  ) {
    const known = this.orders.find(({ id }) => id === order.id);
    if (known) known.version = -1;
    recordOrder.call(this, order);
  });
  expect((await counterExample(endsAsTold))?.split('\n').length).toBeLessThan(15);
});
