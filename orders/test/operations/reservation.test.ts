import { buildEvent, newId, testService } from '@ticketing/common/testing';
import { Order } from '../../src/models/order';
import { Ticket } from '../../src/models/ticket';
import { orders } from '../../src/service';
import {
  afterNextLook,
  holdersOf,
  keepSweepAway,
  letExpire,
  openShop,
  orderIn,
  refusal,
  stateOf,
  times,
} from '../shop';

const service = testService(orders);
const shop = openShop(service);

/** Two hundred requests at once take a second alone, and many when the machine has other work. */
jest.setTimeout(90_000);

beforeAll(keepSweepAway);
afterEach(() => jest.restoreAllMocks());

/** Two hundred requests at once, ten of each of twenty buyers, for one ticket. */
async function rush(ticketId: string) {
  const buyers = times(20, () => newId());
  const responses = await Promise.all(times(200, (index) => shop.reserve(ticketId, buyers[index % 20]!)));
  const tally: Record<number, number> = {};
  for (const { status } of responses) tally[status] = (tally[status] ?? 0) + 1;
  return { responses, tally };
}

async function withoutUniqueIndex(work: () => Promise<void>): Promise<void> {
  await Order.collection.dropIndex('ticket.id_1');
  try {
    await work();
  } finally {
    await Order.collection.deleteMany({});
    await Order.createIndexes();
  }
}

describe('two hundred reservations of one ticket by twenty buyers at once', () => {
  test('one order: the winner has it from each of his requests, everybody else is refused', async () => {
    const { id } = await shop.offer();
    const { responses, tally } = await rush(id);

    const holders = await holdersOf(id);
    expect(holders).toHaveLength(1);
    expect(tally).toEqual({ 201: 1, 200: 9, 409: 190 });
    const accepted = responses.filter(({ status }) => status < 300).map((response) => orderIn(response).id);
    expect(new Set(accepted)).toEqual(new Set([String(holders[0]!._id)]));
    const refused = responses.filter(({ status }) => status === 409).map(refusal);
    expect(new Set(refused.map(([, code]) => code))).toEqual(new Set(['ticket_reserved']));
    expect(await Order.countDocuments()).toBe(1);
    expect(await service.published('order:created')).toHaveLength(1);
  });

  test('without the unique index several have it (negative control)', async () => {
    const { id } = await shop.offer();
    await withoutUniqueIndex(async () => {
      await rush(id);
      expect((await holdersOf(id)).length).toBeGreaterThan(1);
    });
  });

  test('an overdue reservation gives way once, to one of them', async () => {
    const late = await shop.reserved();
    await letExpire(late.id);
    const { tally } = await rush(late.ticket.id);

    expect(await stateOf(late.id)).toMatchObject({ status: 'cancelled', reason: 'expired', version: 1 });
    expect(await holdersOf(late.ticket.id)).toHaveLength(1);
    expect(tally).toEqual({ 201: 1, 200: 9, 409: 190 });
    expect(await service.published('order:cancelled')).toHaveLength(1);
    expect(await service.published('order:created')).toHaveLength(2);
  });

  test('with buyers coming and going all the while there is never a second one', async () => {
    const ticket = await shop.offer();
    const buyers = times(10, () => newId());
    const comeAndGo = async (buyer: string) => {
      for (let round = 0; round < 15; round += 1) {
        const response = await shop.reserve(ticket.id, buyer);
        expect((await holdersOf(ticket.id)).length).toBeLessThanOrEqual(1);
        if (response.status === 201) await shop.cancel(orderIn(response).id, buyer).expect(204);
      }
    };
    await Promise.all(buyers.map(comeAndGo));
    expect(await holdersOf(ticket.id)).toEqual([]);
    const [created, cancelled] = [await service.published('order:created'), await service.published('order:cancelled')];
    expect(created.length).toBeGreaterThan(0);
    expect(cancelled.map(({ subject }) => subject).sort()).toEqual(created.map(({ subject }) => subject).sort());
  });

  test('two of one buyer at once: one order, answered by 201 and 200', async () => {
    const [buyer, { id }] = [newId(), await shop.offer()];
    const responses = await Promise.all([shop.reserve(id, buyer), shop.reserve(id, buyer)]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(orderIn(responses[0]).id).toBe(orderIn(responses[1]).id);
  });
});

describe('a ticket that is free when it is looked at and taken when it is tried for', () => {
  /** So many looks find it free; after each but the last somebody else takes it. */
  const tease = (looks: number, ticketId: string) => {
    const find = Order.findOne.bind(Order);
    const spy = jest.spyOn(Order, 'findOne');
    for (let look = 1; look <= looks; look += 1) {
      spy.mockImplementationOnce(((filter: object) => ({
        exec: async () => {
          await Order.updateMany({ 'ticket.id': ticketId }, { $set: { status: 'cancelled' } });
          const holder = await find(filter).exec();
          if (look < looks) await takeAway(ticketId);
          return holder;
        },
      })) as never);
    }
  };
  const takeAway = async (ticketId: string) => {
    await new Order({
      status: 'created',
      userId: newId(),
      expiresAt: new Date(Date.now() + 60_000),
      ticket: { id: ticketId, title: 'A seat', price: 40 },
    }).save();
  };

  test('is tried for again, and had', async () => {
    const { ticket } = await shop.reserved();
    tease(2, ticket.id);
    expect((await shop.reserve(ticket.id, newId())).status).toBe(201);
  });

  test('three times in a row, is given up with 409', async () => {
    const { ticket } = await shop.reserved();
    tease(4, ticket.id);
    expect(refusal(await shop.reserve(ticket.id, newId()))).toEqual([409, 'ticket_reserved']);
  });
});

describe('a ticket withdrawn while it is being reserved', () => {
  const withdrawalOf = (id: string) => buildEvent('ticket:deleted', { id, version: 1 });

  test('between the look at it and the order: 409, and the order is cancelled as withdrawn', async () => {
    const { id } = await shop.offer();
    afterNextLook(Ticket, () => service.deliver(withdrawalOf(id)));
    expect(refusal(await shop.reserve(id, newId()))).toEqual([409, 'ticket_withdrawn']);
    expect(await Order.findOne()).toMatchObject({ status: 'cancelled', reason: 'withdrawn' });
    expect(await service.published('order:created')).toHaveLength(1);
    expect(await service.published('order:cancelled')).toMatchObject([{ data: { reason: 'withdrawn', version: 1 } }]);
  });

  test('without the second look the order would stay on it (negative control)', async () => {
    const { id } = await shop.offer();
    afterNextLook(Ticket, () => service.deliver(withdrawalOf(id)));
    jest.spyOn(Ticket, 'exists').mockResolvedValueOnce(null);
    expect((await shop.reserve(id, newId())).status).toBe(201);
    expect(await holdersOf(id)).toHaveLength(1);
  });

  test('at any moment, a hundred times: no order stays on a withdrawn ticket', async () => {
    const tickets = await Promise.all(times(100, () => shop.offer()));
    const outcomes = await Promise.all(
      tickets.map(async ({ id }) => {
        const [response] = await Promise.all([shop.reserve(id, newId()), service.deliver(withdrawalOf(id))]);
        return response.status;
      }),
    );
    expect(outcomes.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await Order.find({ status: { $ne: 'cancelled' } })).toEqual([]);
    const created = await service.published('order:created');
    expect(await service.published('order:cancelled')).toHaveLength(created.length);
  });
});
