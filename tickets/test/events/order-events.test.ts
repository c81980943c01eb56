import { buildEvent, newId, testService, waitFor } from '@ticketing/common/testing';
import { eventsCommand, type AnyEvent } from '@ticketing/common';
import { Types } from 'mongoose';
import { Ticket, type TicketDocument } from '../../src/models/ticket';
import { tickets } from '../../src/service';
import { inHours, orderFor, sellerAt, type TicketJson } from '../fixtures/seller';

const service = testService(tickets);
const seller = () => sellerAt(service);
const idOf = ({ id }: TicketJson) => new Types.ObjectId(id);
const stored = (ticket: TicketJson) => Ticket.findById(ticket.id).orFail();
const show = (ticket: TicketJson) => service.api().get(`/api/tickets/${ticket.id}`);
const stateOf = async (ticket: TicketJson) => {
  const { status, orderId } = await stored(ticket);
  return { status, orderId };
};
/** Hands over one event after the other; together they would be handled in any order. */
const inTurn = async (...events: AnyEvent[]) => {
  for (const event of events) await service.deliver(event);
};
const told = async () => (await service.published('ticket:updated')).sort((a, b) => a.data.version - b.data.version);

describe('the course of an order', () => {
  test('created, completed, refunded: reserved, sold, free again, each told by an event', async () => {
    const ticket = await seller().lists();
    const { id: orderId, created, completed, refunded } = orderFor(ticket);
    for (const [event, state] of [
      [created, { status: 'reserved', orderId }],
      [completed, { status: 'sold', orderId }],
      [refunded, { status: 'available' }],
    ] as const) {
      await service.deliver(event);
      expect((await show(ticket)).body).toMatchObject(state);
    }
    const events = await told();
    expect(events.map(({ data }) => [data.version, data.status, data.orderId])).toEqual([
      [1, 'reserved', orderId],
      [2, 'sold', orderId],
      [3, 'available', undefined],
    ]);
    expect(events[2]!.data).toEqual((await show(ticket)).body);
    expect((await show(ticket)).body).not.toHaveProperty('orderId');
  });

  test('nothing that tickets knows of the order but its id leaves the service', async () => {
    const ticket = await seller().lists();
    const { created } = orderFor(ticket);
    await service.deliver(created);
    const [event] = await told();
    const said = JSON.stringify([event, (await show(ticket)).body]);
    expect(said).not.toContain(created.data.userId);
    expect(said).not.toMatch(/"(orders|words|listedFor|sellableUntil|deletedAt|outbox|_id|__v|expiresAt)"/);
  });

  test('a reserved ticket leaves the list, and comes back when its order is cancelled', async () => {
    const { lists, list } = seller();
    const ticket = await lists();
    const order = orderFor(ticket);
    await service.deliver(order.created);
    expect((await list()).body).toEqual([]);
    await service.deliver(order.cancelled);
    expect((await list()).body).toMatchObject([{ id: ticket.id, status: 'available' }]);
  });
});

describe('disorder and repetition', () => {
  const permutations = <T>(items: T[]): T[][] =>
    items.length < 2
      ? [items]
      : items.flatMap((item, at) =>
          permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
        );

  test('whatever the order of arrival, the newest state of the order decides', async () => {
    for (const names of permutations(['created', 'completed', 'refunded'] as const)) {
      const ticket = await seller().lists();
      const order = orderFor(ticket);
      await inTurn(...names.map((name) => order[name]));
      expect(await stateOf(ticket)).toEqual({ status: 'available', orderId: undefined });
      expect((await stored(ticket)).orders).toMatchObject([{ id: order.id, version: 2, status: 'cancelled' }]);
    }
  });

  test('created after completed: the ticket stays sold', async () => {
    const ticket = await seller().lists();
    const order = orderFor(ticket);
    await inTurn(order.completed, order.created);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: order.id });
  });

  test('taking whatever comes last for the newest would lock a free ticket for good (negative control)', async () => {
    const ticket = await seller().lists();
    const order = orderFor(ticket);
    await service.deliver(order.cancelled);
    // The guard of `recordOrder` taken out: the known version forgotten before the older event comes.
    await Ticket.collection.updateOne({ _id: idOf(ticket) }, { $set: { 'orders.0.version': -1 } });
    await service.deliver(order.created);
    expect(await stateOf(ticket)).toEqual({ status: 'reserved', orderId: order.id });
  });

  test('an event that tells nothing new is not saved: no version, no event', async () => {
    const ticket = await seller().lists();
    const order = orderFor(ticket);
    await service.deliver(order.completed);
    const before = await stored(ticket);
    await service.deliver(order.completed, order.created, { ...order.completed, id: newId() });
    expect((await stored(ticket)).version).toBe(before.version);
    expect(await told()).toHaveLength(1);
    expect(await service.parked()).toEqual([]);
  });

  test('a later version of the same status is noted, so that what lies between stays old', async () => {
    const ticket = await seller().lists();
    const order = orderFor(ticket);
    const bumped = buildEvent('order:cancelled', { ...order.cancelled.data, version: 1_000_001 });
    await inTurn(order.cancelled, bumped, order.completed);
    expect(await stateOf(ticket)).toMatchObject({ status: 'available' });
  });

  test('many orders of one ticket, all their events shuffled and doubled: the last one has it', async () => {
    const ticket = await seller().lists();
    const past = Array.from({ length: 6 }, (_, hour) => orderFor(ticket, { expiresAt: inHours(hour) }));
    const last = orderFor(ticket, { expiresAt: inHours(10) });
    const events = [...past.flatMap(({ created, cancelled }) => [created, cancelled]), last.created, last.completed];
    const shuffled = [...events, ...events].sort((a, b) => a.id.localeCompare(b.id));
    await inTurn(...shuffled);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: last.id });
  });

  test('all at once: who loses the race to save decides again, and nothing is lost', async () => {
    const ticket = await seller().lists();
    const orders = Array.from({ length: 6 }, (_, hour) => orderFor(ticket, { expiresAt: inHours(hour) }));
    const events: AnyEvent[] = orders.flatMap(({ created, cancelled }) => [cancelled, created]);
    await Promise.all(events.map((event) => service.bus.publish(event.type, JSON.stringify(event))));
    await service.bus.idle();
    await waitFor(async () => {
      await service.retryParked();
      return (await service.parked()).length === 0;
    }, 'every event to be handled');
    expect(await stateOf(ticket)).toEqual({ status: 'available', orderId: undefined });
    expect((await stored(ticket)).orders).toHaveLength(6);
    const versions = (await told()).map(({ data }) => data.version);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe('two orders that both seem open', () => {
  test('the younger has the ticket; the late end of the elder changes nothing', async () => {
    const ticket = await seller().lists();
    const elder = orderFor(ticket, { expiresAt: inHours(0.1) });
    const younger = orderFor(ticket, { expiresAt: inHours(0.2) });
    await inTurn(elder.created, younger.created);
    expect(await stateOf(ticket)).toEqual({ status: 'reserved', orderId: younger.id });
    await service.deliver(elder.cancelled);
    expect(await stateOf(ticket)).toEqual({ status: 'reserved', orderId: younger.id });
    await service.deliver(younger.cancelled);
    expect(await stateOf(ticket)).toEqual({ status: 'available', orderId: undefined });
  });

  test('the younger comes first: the elder does not take the ticket from it', async () => {
    const ticket = await seller().lists();
    const elder = orderFor(ticket, { expiresAt: inHours(0.1) });
    const younger = orderFor(ticket, { expiresAt: inHours(0.2) });
    await inTurn(younger.completed, elder.created);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: younger.id });
    await service.deliver(elder.cancelled);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: younger.id });
  });

  test('sold again after a refund that is told late: the ticket is the second buyer’s', async () => {
    const ticket = await seller().lists();
    const first = orderFor(ticket, { expiresAt: inHours(0.1) });
    const second = orderFor(ticket, { expiresAt: inHours(30) });
    await inTurn(first.created, first.completed, second.created, second.completed, first.refunded);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: second.id });
  });

  test('freeing the ticket on any cancellation would put a reserved one on sale (negative control)', async () => {
    const ticket = await seller().lists();
    const elder = orderFor(ticket, { expiresAt: inHours(0.1) });
    const younger = orderFor(ticket, { expiresAt: inHours(0.2) });
    await inTurn(elder.created, younger.created);
    // A ticket that remembers one order only.
    await Ticket.collection.updateOne({ _id: idOf(ticket) }, { $pull: { orders: { id: younger.id } } as never });
    await service.deliver(elder.cancelled);
    expect(await stateOf(ticket)).toMatchObject({ status: 'available' });
  });
});

describe('a seller and a buyer at once', () => {
  type Save = (this: TicketDocument) => Promise<TicketDocument>;
  /** Between a verb that was decided and its save, `meanwhile` happens. */
  const beforeNextSave = (meanwhile: () => Promise<void>) => {
    const save = Ticket.prototype.save as Save;
    return jest.spyOn(Ticket.prototype, 'save').mockImplementationOnce(async function (this: unknown) {
      await meanwhile();
      return save.call(this as TicketDocument);
    });
  };
  /** Saves as they were without the version: the filter of the write names the document and no more. */
  const withoutTheGuard = () => {
    const updateOne = Ticket.collection.updateOne.bind(Ticket.collection);
    return jest
      .spyOn(Ticket.collection, 'updateOne')
      .mockImplementation(({ _id }, change, options) => updateOne({ _id }, change, options ?? {}));
  };
  afterEach(() => jest.restoreAllMocks());

  test('an edit that a reservation overtakes is not saved: 409, and the buyer gets what was offered', async () => {
    const { lists, put } = seller();
    const ticket = await lists();
    beforeNextSave(() => service.deliver(orderFor(ticket).created));
    const answer = await put(ticket.id, { title: 'Worse', price: 90 }).expect(409);
    expect(answer.body).toMatchObject({ errors: [{ code: 'ticket_reserved' }] });
    expect(await stored(ticket)).toMatchObject({ title: ticket.title, price: ticket.price, status: 'reserved' });
    expect((await told()).map(({ data }) => data.title)).toEqual([ticket.title]);
  });

  test('a withdrawal that a sale overtakes is not saved: 409', async () => {
    const { lists, delete: withdraw } = seller();
    const ticket = await lists();
    const order = orderFor(ticket);
    beforeNextSave(() => inTurn(order.created, order.completed));
    const answer = await withdraw(ticket.id).expect(409);
    expect(answer.body).toMatchObject({ errors: [{ code: 'ticket_sold' }] });
    expect(await stored(ticket)).toMatchObject({ status: 'sold', deletedAt: undefined });
    expect(await service.published('ticket:deleted')).toEqual([]);
  });

  test('an edit that another edit overtakes is decided again: both hold, the later one on top', async () => {
    const { lists, put } = seller();
    const ticket = await lists();
    beforeNextSave(async () => {
      await put(ticket.id, { title: 'First', price: 10, venue: 'Mill' }).expect(200);
    });
    const { body } = await put(ticket.id, { title: 'Second', price: 20 }).expect(200);
    expect(body).toMatchObject({ title: 'Second', price: 20, version: 2 });
    expect(body).not.toHaveProperty('venue');
  });

  test('without the version guard an edit and a withdrawal slip past a reservation (negative control)', async () => {
    const { lists, put, delete: withdraw } = seller();
    withoutTheGuard();
    for (const act of [
      (id: string) => put(id, { title: 'Worse', price: 90 }).expect(200),
      (id: string) => withdraw(id).expect(204),
    ]) {
      const ticket = await lists();
      beforeNextSave(() => service.deliver(orderFor(ticket).created));
      await act(ticket.id);
      const { status, title, deletedAt } = await stored(ticket);
      expect({ status, changed: title === 'Worse' || deletedAt !== undefined }).toEqual({
        status: 'reserved',
        changed: true,
      });
    }
  });

  test('forty rounds of PUT, DELETE and a reservation in one moment: a ticket that somebody has was left alone', async () => {
    for (let round = 0; round < 40; round += 1) {
      const { lists, put, delete: withdraw } = seller();
      const ticket = await lists();
      const { created } = orderFor(ticket);
      await Promise.all([
        put(ticket.id, { title: 'Edited', price: 90 }),
        service.bus.publish(created.type, JSON.stringify(created)),
        round % 2 === 0 ? withdraw(ticket.id) : put(ticket.id, { title: 'Edited twice', price: 91 }),
      ]);
      await service.bus.idle();
      const states = (await told()).filter(({ subject }) => subject === ticket.id).map(({ data }) => data);
      const locked = states.filter(({ status }) => status === 'reserved');
      expect(new Set(locked.map(({ title }) => title)).size).toBeLessThanOrEqual(1);
      const deleted = (await service.published('ticket:deleted')).filter(({ subject }) => subject === ticket.id);
      const firstLocked = locked[0]?.version ?? Infinity;
      const { deletedAt } = await stored(ticket);
      if (deletedAt) expect(Math.min(...deleted.map(({ data }) => data.version))).toBeLessThan(firstLocked);
    }
  });

  test('a race lost again and again ends: 409 conflict for the seller, parked and handled later for an event', async () => {
    const { lists, put } = seller();
    const ticket = await lists();
    const lose = jest.spyOn(Ticket.prototype, 'save').mockImplementation(async function (this: unknown) {
      await Ticket.collection.updateOne({ _id: idOf(ticket) }, { $inc: { version: 1 } });
      throw new Ticket.base.Error.VersionError(this as TicketDocument, 0, []);
    });
    const answer = await put(ticket.id, { title: 'Edited', price: 90 }).expect(409);
    expect(answer.body).toMatchObject({ errors: [{ code: 'conflict' }] });
    await service.deliver(orderFor(ticket).created);
    expect(await service.parked()).toMatchObject([{ subject: 'order:created', status: 'waiting' }]);
    lose.mockRestore();
    await service.retryParked();
    expect(await service.parked()).toEqual([]);
    expect(await stateOf(ticket)).toMatchObject({ status: 'reserved' });
  });
});

describe('an order for a withdrawn ticket', () => {
  const withdrawn = async () => {
    const { lists, delete: withdraw, list } = seller();
    const ticket = await lists();
    await withdraw(ticket.id).expect(204);
    return { ticket, withdraw, list };
  };

  test('a reservation alone does not bring it back: it is told once more that the ticket is gone', async () => {
    const { ticket } = await withdrawn();
    await service.deliver(orderFor(ticket).created);
    await show(ticket).expect(404);
    expect((await service.published('ticket:deleted')).map(({ data }) => data.version)).toEqual([1, 2]);
    expect(await told()).toEqual([]);
  });

  test('a sale that was faster stands: the ticket shows as sold, to all and in the seller’s list', async () => {
    const { ticket, withdraw, list } = await withdrawn();
    const order = orderFor(ticket);
    await inTurn(order.created, order.completed);
    expect((await show(ticket).expect(200)).body).toMatchObject({ status: 'sold', orderId: order.id });
    expect((await list({ seller: 'me' })).body).toMatchObject([{ id: ticket.id, status: 'sold' }]);
    expect((await list()).body).toEqual([]);
    expect((await told()).map(({ data }) => data.status)).toEqual(['sold']);
    expect((await withdraw(ticket.id).expect(409)).body).toMatchObject({ errors: [{ code: 'ticket_sold' }] });
  });

  test('the sale is undone by a refund: the ticket is gone again, and so it is told', async () => {
    const { ticket, list } = await withdrawn();
    const order = orderFor(ticket);
    await inTurn(order.created, order.completed, order.refunded);
    await show(ticket).expect(404);
    expect((await list({ seller: 'me' })).body).toEqual([]);
    expect((await service.published('ticket:deleted')).at(-1)!.data).toEqual({ id: ticket.id, version: 4 });
  });

  test('its order is cancelled because of the withdrawal: nothing comes back', async () => {
    const { ticket, list } = await withdrawn();
    const order = orderFor(ticket);
    const cancelled = buildEvent('order:cancelled', { ...order.cancelled.data, reason: 'withdrawn' });
    await inTurn(cancelled, order.created);
    await show(ticket).expect(404);
    expect((await list()).body).toEqual([]);
  });
});

test('what is announced again is the present state: on sale, gone, or sold although it was withdrawn', async () => {
  const { lists, delete: withdraw } = seller();
  const onSale = await lists();
  const gone = await lists();
  const sold = await lists();
  for (const { id } of [gone, sold]) await withdraw(id).expect(204);
  const order = orderFor(sold);
  await inTurn(order.created, order.completed);
  await service.published('ticket:updated');
  await eventsCommand(tickets, ['republish']);
  const announced = async (ticket: TicketJson) => (await stored(ticket)).outbox.map(({ type }) => type);
  expect(await announced(onSale)).toEqual(['ticket:updated']);
  expect(await announced(gone)).toEqual(['ticket:deleted']);
  expect(await announced(sold)).toEqual(['ticket:updated']);
});

describe('what can’t be applied', () => {
  test('an order for a ticket that is not here is kept, not skipped, and applied once the ticket is', async () => {
    const ticket = await seller().lists();
    const order = orderFor(ticket);
    const lost = await Ticket.collection.findOneAndDelete({ _id: idOf(ticket) });
    await service.deliver(order.completed);
    expect(await service.parked()).toMatchObject([{ _id: order.completed.id, status: 'waiting' }]);
    expect(await Ticket.countDocuments()).toBe(0);

    await Ticket.collection.insertOne(lost!);
    await service.retryParked();
    expect(await service.parked()).toEqual([]);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: order.id });
  });

  test('a poisoned event is buried; the next one is handled', async () => {
    const ticket = await seller().lists();
    const { created } = orderFor(ticket);
    const poisoned = { ...created, id: 'poisoned', data: { ...created.data, ticket: { id: { $ne: null } } } };
    await inTurn(poisoned as never, created);
    expect(await service.parked()).toMatchObject([{ _id: 'poisoned', status: 'dead' }]);
    expect(await stateOf(ticket)).toMatchObject({ status: 'reserved' });
  });
});

describe('orders that ended long ago', () => {
  const recordedDaysAgo = (ticket: TicketJson, days: number) =>
    Ticket.collection.updateOne(
      { _id: idOf(ticket) },
      { $set: { 'orders.$[].recordedAt': new Date(inHours(-24 * days)) } },
    );
  const known = async (ticket: TicketJson) => (await stored(ticket)).orders.map(({ id }) => id);

  test('cancelled over 91 days ago: forgotten when the next order is noted, and not a day sooner', async () => {
    const ticket = await seller().lists();
    const old = orderFor(ticket);
    await service.deliver(old.cancelled);
    await recordedDaysAgo(ticket, 90);
    const second = orderFor(ticket);
    await service.deliver(second.cancelled);
    expect(await known(ticket)).toEqual([old.id, second.id]);
    await recordedDaysAgo(ticket, 92);
    const third = orderFor(ticket);
    await service.deliver(third.created);
    expect(await known(ticket)).toEqual([third.id]);
  });

  test('what has the ticket is never forgotten, however old it is', async () => {
    const ticket = await seller().lists();
    const sale = orderFor(ticket, { expiresAt: inHours(-24 * 400) });
    await inTurn(sale.created, sale.completed);
    await recordedDaysAgo(ticket, 400);
    const other = orderFor(ticket, { expiresAt: inHours(-24 * 401) });
    await service.deliver(other.cancelled);
    expect(await stateOf(ticket)).toEqual({ status: 'sold', orderId: sale.id });
  });

  test('a sale of long ago that is refunded today is remembered from today on', async () => {
    const ticket = await seller().lists();
    const sale = orderFor(ticket, { expiresAt: inHours(-24 * 400) });
    await inTurn(sale.created, sale.completed);
    await recordedDaysAgo(ticket, 400);
    await service.deliver(sale.refunded);
    const next = orderFor(ticket);
    await inTurn(next.created, next.cancelled, sale.completed);
    expect(await stateOf(ticket)).toMatchObject({ status: 'available' });
  });
});
