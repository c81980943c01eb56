import { Shop } from '../../harness/shop';
import { codeOf, Visitor } from '../../harness/visitor';

jest.setTimeout(90_000);

let shop: Shop;
let people: Visitor[];
let seller: Visitor;
let buyer: Visitor;
let other: Visitor;

beforeAll(async () => {
  shop = await Shop.open();
  people = await shop.visitors(21);
  [seller, buyer, other] = people as [Visitor, Visitor, Visitor];
});
afterAll(() => shop.close());
afterEach(() => shop.comesToRest());

const idsOf = (answer: { body: unknown }) => (answer.body as { id: string }[]).map(({ id }) => id);

describe('a purchase', () => {
  test('listed, found, reserved, paid: the buyer has the order, the ticket is sold, its price is captured once', async () => {
    const ticket = await shop.list(seller, 19.99);
    expect(idsOf(await Visitor.stranger(shop.system.url).get('/api/tickets'))).toContain(ticket.id);

    const order = await shop.reserve(buyer, ticket.id);
    await shop.ticketIs('reserved', ticket);
    expect(await seller.put(`/api/tickets/${ticket.id}`, { title: 'Dearer', price: 99 })).toMatchObject({
      status: 409,
    });

    await shop.pay(buyer, order.id);
    await shop.orderIs('complete', buyer, order, ticket);
    expect(idsOf(await buyer.get('/api/orders'))).toContain(order.id);
    expect(idsOf(await seller.get('/api/tickets'))).not.toContain(ticket.id);
    expect(codeOf(await buyer.delete(`/api/orders/${order.id}`))).toBe('order_paid');
    expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 1999, refunded: 0 });
  });

  test('what is not one’s own: nobody else sees, cancels or pays an order, and no seller buys from himself', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    const answers = [
      await other.get(`/api/orders/${order.id}`),
      await other.delete(`/api/orders/${order.id}`),
      await shop.pay(other, order.id, 'tok_visa', [403]),
      await other.put(`/api/tickets/${ticket.id}`, { title: 'Mine', price: 1 }),
      await seller.post('/api/orders', { ticketId: ticket.id }),
      await Visitor.stranger(shop.system.url).get(`/api/orders/${order.id}`),
    ];
    expect(answers.map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [403, 'forbidden'],
      [403, 'forbidden'],
      [403, 'forbidden'],
      [403, 'forbidden'],
      [403, 'own_ticket'],
      [401, 'not_authenticated'],
    ]);
  });

  test('cancelled before it is paid: the ticket is free, somebody else buys it', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    expect((await buyer.delete(`/api/orders/${order.id}`)).status).toBe(204);
    expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'user' });
    await shop.comesToRest();
    expect(codeOf(await shop.pay(buyer, order.id, 'tok_visa', [409]))).toBe('order_cancelled');
    await shop.buy(other, ticket);
  });

  test('cancelled while it is being paid: either it is sold and paid, or free and nothing is kept', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    await Promise.all([shop.pay(buyer, order.id, 'tok_visa', [201, 409]), buyer.delete(`/api/orders/${order.id}`)]);
    const { status } = await shop.settled(buyer, order);
    await shop.orderIs(status, buyer, order, ticket);
  });

  test('the card is declined: the reason is told, the ticket stays, and another card pays', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    const declined = await shop.pay(buyer, order.id, 'tok_chargeDeclinedInsufficientFunds', [422]);
    expect(declined.body).toMatchObject({ errors: [{ code: 'card_declined', declineCode: 'insufficient_funds' }] });
    await shop.pay(buyer, order.id);
    await shop.orderIs('complete', buyer, order, ticket);
    expect(await shop.moneyOf(order)).toMatchObject({ intents: 1, captured: 2500 });
  });

  test('the bank refuses the capture of an authorised payment: the order ends as unpaid, the ticket is free', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    await shop.pay(buyer, order.id, 'tok_captureRefused');
    expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'unpaid' });
  });
});

describe('many at once', () => {
  test('two buyers and one ticket: one has it, the other is told so and gets it when it is given back', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    expect(codeOf(await other.post('/api/orders', { ticketId: ticket.id }))).toBe('ticket_reserved');
    await buyer.delete(`/api/orders/${order.id}`);
    await shop.buy(other, ticket);
    expect(codeOf(await buyer.post('/api/orders', { ticketId: ticket.id }))).toBe('ticket_sold');
  });

  test('20 buyers ask for one ticket 200 times at once: one order', async () => {
    const [, ...buyers] = people;
    const ticket = await shop.freeTicket(seller, buyer);
    const asked = Array.from({ length: 200 }, (_, turn) =>
      buyers[turn % 20]!.post('/api/orders', { ticketId: ticket.id }),
    );
    const answers = await Promise.all(asked);
    const created = answers.filter(({ status }) => status === 201);
    expect(created).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 201).map((answer) => codeOf(answer) ?? answer.status);
    // The holder's own repetitions are answered with the order, everybody else is told that it is reserved.
    expect(new Set(others)).toEqual(new Set(['ticket_reserved', 200]));
    expect(others.filter((answer) => answer === 200)).toHaveLength(9);
  });

  test('eight payments of one order at once: one intent, one capture', async () => {
    const ticket = await shop.list(seller, 40);
    const order = await shop.reserve(buyer, ticket.id);
    await Promise.all(Array.from({ length: 8 }, () => shop.pay(buyer, order.id)));
    await shop.orderIs('complete', buyer, order, ticket);
    expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 4000, refunded: 0 });
  });
});
