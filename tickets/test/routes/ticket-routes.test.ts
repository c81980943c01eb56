import { newId, testService } from '@ticketing/common/testing';
import { Ticket } from '../../src/models/ticket';
import { tickets } from '../../src/service';
import { inHours, orderFor, sellerAt, type TicketJson } from '../fixtures/seller';

const service = testService(tickets);
const seller = () => sellerAt(service);
const show = (id: string) => service.api().get(`/api/tickets/${id}`);
const errorsOf = (answer: { body: unknown }) => (answer.body as { errors: { code: string; field?: string }[] }).errors;
const codeOf = (answer: { body: unknown }) => errorsOf(answer)[0]?.code;
const fieldsOf = (answer: { body: unknown }) => errorsOf(answer).map(({ field }) => field);

const whole = () => ({
  title: 'Jazz at night',
  price: 59.9,
  category: 'concert',
  venue: 'The old mill',
  startsAt: inHours(48),
  description: 'Row 3, on the aisle',
});

describe('creating a ticket', () => {
  test('a whole ticket: 201 with all that was said of it, version 0, available, and nothing private', async () => {
    const { userId, post } = seller();
    const said = whole();
    const { body } = await post(said).expect(201);
    const { id, createdAt } = body as TicketJson;
    expect(body).toEqual({ id, ...said, userId, status: 'available', version: 0, createdAt });
    expect((await show(id).expect(200)).body).toEqual(body);
  });

  test('title and price alone suffice: the category is "other" and absent fields stay absent', async () => {
    const { post } = seller();
    const { body } = await post({ title: 'A seat', price: 10 }).expect(201);
    expect(Object.keys(body as object).sort()).toEqual(
      ['category', 'createdAt', 'id', 'price', 'status', 'title', 'userId', 'version'].sort(),
    );
    expect(body).toMatchObject({ category: 'other' });
  });

  test('what a form sends for fields that nobody filled in counts as absent', async () => {
    const blank = { category: '', venue: ' ', startsAt: null, description: null };
    const ticket = await seller().lists(blank);
    expect(ticket.category).toBe('other');
    expect(ticket).not.toHaveProperty('venue');
    expect(ticket).not.toHaveProperty('startsAt');
    expect(ticket).not.toHaveProperty('description');
  });

  test('the event carries the public state and nothing of what the document keeps besides', async () => {
    const ticket = await seller().lists(whole());
    const [event] = await service.published('ticket:created');
    expect(event).toMatchObject({ type: 'ticket:created', source: '/tickets', subject: ticket.id });
    expect(event!.data).toEqual(ticket);
  });

  test('nobody is signed in: 401, before anything is said about the input', async () => {
    const answer = await service.api().post('/api/tickets').send({}).expect(401);
    expect(codeOf(answer)).toBe('not_authenticated');
    expect(await Ticket.countDocuments()).toBe(0);
  });

  test('fields that are not the seller’s to say are ignored: no mass assignment', async () => {
    const { userId, lists } = seller();
    const ticket = await lists({
      id: newId(),
      _id: newId(),
      userId: newId(),
      status: 'sold',
      orderId: newId(),
      version: 7,
      createdAt: '2001-01-01T00:00:00Z',
      orders: [{ id: newId(), version: 0, status: 'created', expiresAt: inHours(1) }],
      outbox: [{ id: 'x' }],
      deletedAt: inHours(-1),
      listedFor: 'nobody',
      sellableUntil: inHours(-1),
      words: ['other'],
      colour: 'red',
    });
    expect(ticket).toMatchObject({ userId, status: 'available', version: 0 });
    expect(ticket).not.toHaveProperty('orderId');
    const stored = await Ticket.findById(ticket.id).orFail().lean();
    expect(stored).toMatchObject({ orders: [], listedFor: 'everyone', words: ['a', 'seat', 'in', 'the', 'stalls'] });
    expect(stored).not.toHaveProperty('colour');
    expect(stored).not.toHaveProperty('deletedAt');
    expect(stored.createdAt.getFullYear()).toBeGreaterThan(2020);
  });
});

describe('rules of input', () => {
  const brief = (value: unknown) => JSON.stringify(value).slice(0, 40);

  const acceptable = [
    ['price', 10],
    ['price', '10'],
    ['price', 10.5],
    ['price', '10.50'],
    ['price', 1e3],
    ['price', 0.5],
    ['price', 999999.99],
    ['title', 'a'],
    ['title', 'é'.repeat(200)],
    ['title', 'x'.padStart(400)],
    ['category', 'festival'],
    ['venue', 'v'.repeat(120)],
    ['description', 'd'.repeat(2000)],
    ['startsAt', '2099-05-17T20:00:00+02:00'],
    ['startsAt', '2099-05-17T20:00Z'],
    ['startsAt', '9999-12-31T23:59:59Z'],
  ] as const;

  for (const [field, value] of acceptable) {
    test(`${field} ${brief(value)} is taken`, async () => {
      await seller().lists({ [field]: value });
    });
  }

  const refused = [
    ['price', '0x10'],
    ['price', [10]],
    ['price', '1e3'],
    ['price', 0.499],
    ['price', 0.49],
    ['price', 0],
    ['price', -1],
    ['price', 10.555],
    ['price', 1000000],
    ['price', '1,000'],
    ['price', ' 10'],
    ['price', '10\n'],
    ['price', ''],
    ['price', null],
    ['price', true],
    ['price', {}],
    ['price', { $gt: 0 }],
    ['title', ''],
    ['title', '   '],
    ['title', 'x'.repeat(201)],
    ['title', 7],
    ['title', ['A seat']],
    ['title', { $ne: '' }],
    ['title', null],
    ['category', 'opera'],
    ['category', 'Concert'],
    ['category', ['concert']],
    ['category', { $ne: '' }],
    ['venue', 'v'.repeat(121)],
    ['venue', ['Here']],
    ['venue', false],
    ['description', 'd'.repeat(2001)],
    ['description', { length: 1 }],
    ['startsAt', '2099-05-17T20:00:00'],
    ['startsAt', '2099-05-17'],
    ['startsAt', '2099-02-30T20:00:00Z'],
    ['startsAt', 'tomorrow'],
    ['startsAt', '9999-12-31T23:59:59-12:00'], // in the year 10000, as it is stored
    ['startsAt', '2001-01-01T00:00:00Z'],
    ['startsAt', 4_000_000_000_000],
    ['startsAt', ['2099-05-17T20:00:00Z']],
    ['startsAt', { $date: '2099-05-17T20:00:00Z' }],
  ] as const;

  for (const [field, value] of refused) {
    test(`${field} ${brief(value)} is refused: 400 at this field alone`, async () => {
      const { post } = seller();
      const answer = await post({ title: 'A seat', price: 10, [field]: value }).expect(400);
      expect(errorsOf(answer)).toEqual([{ code: 'validation_failed', field, message: expect.any(String) as string }]);
      expect(await Ticket.countDocuments()).toBe(0);
    });
  }

  test('several faults: one entry for each field', async () => {
    const answer = await seller().post({ title: '', category: 'x', startsAt: '2001-01-01T00:00:00Z' }).expect(400);
    expect(fieldsOf(answer).sort()).toEqual(['category', 'price', 'startsAt', 'title']);
  });

  test('texts lose the white space around them, and a price comes out as a number', async () => {
    const ticket = await seller().lists({ title: '  Jazz  at night ', price: '10.50', venue: '\tMill\n' });
    expect(ticket).toMatchObject({ title: 'Jazz  at night', price: 10.5, venue: 'Mill' });
  });

  test('malformed ids: 400 on each route that takes one', async () => {
    const { put, delete: withdraw } = seller();
    for (const id of ['1', 'z'.repeat(24), `${newId()}0`, '%7B%22$ne%22:1%7D', newId().slice(0, 12)]) {
      expect(fieldsOf(await show(id).expect(400))).toEqual(['id']);
      expect(fieldsOf(await put(id, whole()).expect(400))).toEqual(['id']);
      expect(fieldsOf(await withdraw(id).expect(400))).toEqual(['id']);
    }
  });

  test('too large a body is 413, another type 415, and both come before the sign-in', async () => {
    const post = () => service.api().post('/api/tickets');
    const large = await post().send({ title: 'A seat', price: 10, description: 'd'.repeat(200_000) });
    const typed = await post().set('Content-Type', 'text/plain').send('title=A seat');
    expect([large.status, codeOf(large)]).toEqual([413, 'body_too_large']);
    expect([typed.status, codeOf(typed)]).toEqual([415, 'unsupported_media_type']);
  });
});

describe('showing a ticket', () => {
  test('one that never was: 404', async () => {
    expect(codeOf(await show(newId()).expect(404))).toBe('not_found');
  });

  test('its id in capitals is the same id', async () => {
    const { id } = await seller().lists();
    expect((await show(id.toUpperCase()).expect(200)).body).toMatchObject({ id });
  });
});

describe('changing a ticket', () => {
  test('the new details replace the old ones under a higher version, and the event tells them', async () => {
    const { lists, put } = seller();
    const ticket = await lists(whole());
    const details = { title: 'Jazz, later', price: 30, category: 'festival', venue: 'Harbour', startsAt: inHours(72) };
    const { body } = await put(ticket.id, details).expect(200);
    expect(body).toEqual({ ...ticket, ...details, description: undefined, version: 1 });
    expect((await show(ticket.id)).body).toEqual(body);
    expect((await service.published('ticket:updated')).map(({ data }) => data)).toEqual([body]);
  });

  test('absent optional fields are removed from answer, event and document', async () => {
    const { lists, put } = seller();
    const { id } = await lists(whole());
    const { body } = await put(id, { title: 'A seat', price: 10 }).expect(200);
    expect(body).toMatchObject({ category: 'other' });
    const stored = await Ticket.findById(id).orFail().lean();
    const [event] = await service.published('ticket:updated');
    for (const state of [body as object, event!.data, stored]) {
      for (const field of ['venue', 'startsAt', 'description']) expect(state).not.toHaveProperty(field);
    }
  });

  test('the same details again: 200, no new version and no event', async () => {
    const { lists, put } = seller();
    const details = whole();
    const ticket = await lists(details);
    expect((await put(ticket.id, details).expect(200)).body).toEqual(ticket);
    expect(await service.published('ticket:updated')).toEqual([]);
  });

  test('what is not the seller’s to say is ignored here too', async () => {
    const { userId, lists, put } = seller();
    const { id } = await lists();
    const more = { userId: newId(), status: 'sold', orderId: newId(), version: 90, deletedAt: inHours(-1) };
    const { body } = await put(id, { title: 'A seat', price: 10, ...more }).expect(200);
    expect(body).toMatchObject({ userId, status: 'available', version: 1 });
    await show(id).expect(200);
  });

  test('a time in the past is taken only where the ticket had it before', async () => {
    const { lists, put } = seller();
    const { id } = await lists({ startsAt: inHours(1) });
    const past = new Date(Date.now() - 60_000);
    await Ticket.collection.updateOne({ _id: new Ticket({ _id: id })._id }, { $set: { startsAt: past } });

    const details = { title: 'Over', price: 10 };
    await put(id, { ...details, startsAt: past.toISOString() }).expect(200);
    const answer = await put(id, { ...details, startsAt: inHours(-5) }).expect(400);
    expect(errorsOf(answer)).toMatchObject([{ code: 'validation_failed', field: 'startsAt' }]);
    await put(id, { ...details, startsAt: inHours(5) }).expect(200);
  });

  test('not signed in 401, wrong input 400, no such ticket 404, somebody else’s 403: in this order', async () => {
    const { id } = await seller().lists();
    const { put } = seller();
    expect(codeOf(await service.api().put('/api/tickets/1').send({}).expect(401))).toBe('not_authenticated');
    expect(codeOf(await put(id, { title: '' }).expect(400))).toBe('validation_failed');
    expect(codeOf(await put(newId(), whole()).expect(404))).toBe('not_found');
    expect(codeOf(await put(id, whole()).expect(403))).toBe('forbidden');
    expect((await show(id)).body).toMatchObject({ version: 0 });
  });
});

describe('withdrawing a ticket', () => {
  test('204, and the ticket is gone: for everybody, for every verb, from every list', async () => {
    const { lists, put, delete: withdraw, list } = seller();
    const { id } = await lists();
    await withdraw(id).expect(204);
    expect(codeOf(await show(id).expect(404))).toBe('not_found');
    await withdraw(id).expect(404);
    await put(id, whole()).expect(404);
    expect((await list()).body).toEqual([]);
    expect((await list({ seller: 'me' })).body).toEqual([]);
  });

  test('the event says no more than that it is gone; the document stays as a tombstone', async () => {
    const { lists, delete: withdraw } = seller();
    const { id } = await lists();
    await withdraw(id).expect(204);
    expect((await service.published('ticket:deleted')).map(({ data }) => data)).toEqual([{ id, version: 1 }]);
    expect(await Ticket.findById(id).lean()).toMatchObject({ deletedAt: expect.any(Date) as Date, version: 1 });
  });

  test('nobody signed in 401, somebody else’s 403, and it stays', async () => {
    const { id } = await seller().lists();
    await service.api().delete(`/api/tickets/${id}`).expect(401);
    expect(codeOf(await seller().delete(id).expect(403))).toBe('forbidden');
    await show(id).expect(200);
  });
});

describe('a ticket that somebody has', () => {
  test('reserved: neither changed nor withdrawn, whatever is asked for', async () => {
    const { lists, put, delete: withdraw } = seller();
    const ticket = await lists();
    const order = orderFor(ticket);
    await service.deliver(order.created);
    expect((await show(ticket.id)).body).toMatchObject({ status: 'reserved', orderId: order.id, version: 1 });
    expect(codeOf(await put(ticket.id, whole()).expect(409))).toBe('ticket_reserved');
    expect(codeOf(await put(ticket.id, { title: ticket.title, price: ticket.price }).expect(409))).toBe(
      'ticket_reserved',
    );
    expect(codeOf(await withdraw(ticket.id).expect(409))).toBe('ticket_reserved');
  });

  test('sold: the same, for good', async () => {
    const { lists, put, delete: withdraw } = seller();
    const ticket = await lists();
    const order = orderFor(ticket);
    await service.deliver(order.created, order.completed);
    expect((await show(ticket.id)).body).toMatchObject({ status: 'sold', orderId: order.id });
    expect(codeOf(await put(ticket.id, whole()).expect(409))).toBe('ticket_sold');
    expect(codeOf(await withdraw(ticket.id).expect(409))).toBe('ticket_sold');
  });

  test('somebody else hears that it is not theirs before they hear that it is reserved', async () => {
    const ticket = await seller().lists();
    await service.deliver(orderFor(ticket).created);
    await seller().put(ticket.id, whole()).expect(403);
    await seller().delete(ticket.id).expect(403);
  });
});
