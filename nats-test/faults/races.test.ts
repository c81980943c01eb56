import { setTimeout as delay } from 'node:timers/promises';
import { Shop, type Order, type Ticket } from '../harness/shop';
import { codeOf, insist, type Answer, type Visitor } from '../harness/visitor';

/** Everybody at once, with each service running twice. */

jest.setTimeout(150_000);

const times = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const orderOf = (answer: Answer) => answer.body as Order;

const inWord = (answer: Answer) => codeOf(answer) ?? String(answer.status);

/** How often each answer was given. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) {
    const what = inWord(answer);
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

interface Reserved {
  readonly buyer: Visitor;
  readonly ticket: Ticket;
  readonly order: Order;
}

/** Asks again where a busy machine broke off or sent away. 200 is for a buyer whose first answer was lost. */
const ask = (buyer: Visitor, ticket: Ticket) =>
  insist(() => buyer.post('/api/orders', { ticketId: ticket.id }), [200, 201, 409]);

describe('with time enough', () => {
  let shop: Shop;
  let seller: Visitor;
  let buyers: Visitor[];

  beforeAll(async () => {
    shop = await Shop.open({}, { replicas: 2 });
    [seller, ...buyers] = shop.guests(1001) as [Visitor, ...Visitor[]];
  });
  afterAll(() => shop.close());
  afterEach(() => shop.comesToRest());

  /** Tickets that everybody has heard of. */
  async function offer(count: number): Promise<Ticket[]> {
    const tickets = await Promise.all(times(count, () => shop.list(seller)));
    await shop.comesToRest();
    return tickets;
  }

  /** One ticket for each of so many buyers, reserved by them. */
  async function reserved(count: number): Promise<Reserved[]> {
    const tickets = await offer(count);
    return Promise.all(
      tickets.map(async (ticket, place) => {
        const buyer = buyers[place]!;
        return { buyer, ticket, order: await shop.reserve(buyer, ticket.id) };
      }),
    );
  }

  /** Resolves when there is no more to hear, and fails unless each of the orders was cancelled once. */
  async function eachCancelledOnce(orders: readonly Reserved[]): Promise<void> {
    await shop.comesToRest();
    await shop.isQuiet();
    const said = (id: string) => shop.said.filter(({ type, subject }) => type === 'order:cancelled' && subject === id);
    const counts = orders.map(({ order }) => new Set(said(order.id).map((event) => event.id)).size);
    expect(counts).toEqual(orders.map(() => 1));
  }

  test('a thousand buyers and one ticket: one has it, and everybody is answered', async () => {
    const [ticket] = (await offer(1)) as [Ticket];
    const answers = await Promise.all(buyers.map((buyer) => ask(buyer, ticket)));
    expect([
      { 201: 1, ticket_reserved: 999 },
      { 200: 1, ticket_reserved: 999 },
    ]).toContainEqual(tally(answers));
  });

  test('a thousand buyers and a hundred tickets: a hundred orders, one for each', async () => {
    const tickets = await offer(100);
    const answers = await Promise.all(buyers.map((buyer, place) => ask(buyer, tickets[place % 100]!)));
    const had = answers.filter(({ status }) => status !== 409).map(orderOf);
    expect(new Set(had.map(({ id }) => id)).size).toBe(100);
    expect(new Set(had.map(({ ticket }) => ticket.id))).toEqual(new Set(tickets.map(({ id }) => id)));
    const refused = answers.filter(({ status }) => status === 409);
    expect(tally(refused)).toEqual({ ticket_reserved: 900 });
  });

  test('paid eight times at once, with one card or with several: one intent, and the price once', async () => {
    const cards = [
      'tok_visa',
      'tok_visa',
      'tok_visa',
      'tok_visa',
      'tok_mastercard',
      'tok_amex',
      'tok_visa',
      'tok_visa',
    ];
    const orders = await reserved(10);
    await Promise.all(orders.flatMap(({ buyer, order }) => cards.map((card) => shop.pay(buyer, order.id, card))));
    for (const { buyer, ticket, order } of orders) {
      await shop.orderIs('complete', buyer, order, ticket);
      expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 0 });
    }
  });

  test('two tabs, one with a card that is declined: the other one pays, by the same intent', async () => {
    const orders = await reserved(10);
    await Promise.all(
      orders.flatMap(({ buyer, order }) => [
        shop.pay(buyer, order.id, 'tok_chargeDeclined', [200, 422]),
        shop.pay(buyer, order.id, 'tok_visa'),
      ]),
    );
    for (const { buyer, ticket, order } of orders) {
      await shop.orderIs('complete', buyer, order, ticket);
      expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 0 });
    }
  });

  test('paid and cancelled at once: each order ends one way, and its buyer was told so', async () => {
    const orders = await reserved(40);
    const [early, late, ...racing] = orders as [Reserved, Reserved, ...Reserved[]];
    const pay = ({ buyer, order }: Reserved) => shop.pay(buyer, order.id, 'tok_visa', [200, 201, 409]);
    const cancel = ({ buyer, order }: Reserved) => insist(() => buyer.delete(`/api/orders/${order.id}`), [204, 409]);
    const end = ({ buyer, order }: Reserved) => shop.settled(buyer, order).then(({ status }) => status);

    const cancelledEarly = await cancel(early);
    await pay(early);
    await pay(late);
    await end(late);
    const cancelledLate = await cancel(late);
    const raced = await Promise.all(
      racing.map(async (one, place) => {
        const paying = pay(one);
        await delay(place * 4);
        const [cancelled] = await Promise.all([cancel(one), paying]);
        return cancelled;
      }),
    );
    const answers = [cancelledEarly, cancelledLate, ...raced];
    expect(Object.keys(tally(answers)).sort()).toEqual(['204', 'order_paid']);
    const told = answers.map(({ status }) => (status === 204 ? 'cancelled' : 'complete'));
    expect(await Promise.all(orders.map(end))).toEqual(told);
  });

  test('cancelled four times at once: it is so for all who ask, and said once', async () => {
    const orders = await reserved(20);
    const answers = await Promise.all(
      orders.flatMap(({ buyer, order }) =>
        times(4, () => insist(() => buyer.delete(`/api/orders/${order.id}`), [204])),
      ),
    );
    expect(tally(answers)).toEqual({ 204: 80 });
    await eachCancelledOnce(orders);
  });

  test('two hundred orders are overdue at once, and prompted for and swept: each is cancelled, once', async () => {
    const orders = await reserved(200);
    await shop.letExpire(orders.map(({ order }) => order));
    await Promise.all(orders.flatMap(({ order }) => times(4, () => shop.prompt(order))));
    for (const { buyer, ticket, order } of orders) {
      expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'expired' });
    }
    await eachCancelledOnce(orders);
  });

  /** Has the seller do something to tickets while they are reserved: to the first before, to the second after it. */
  function whileReserved(tickets: readonly Ticket[], act: (ticket: Ticket) => Promise<Answer>) {
    const outcomes = tickets.map(async (ticket, place) => {
      const reserve = () => ask(buyers[place]!, ticket);
      const reserving = place === 0 ? undefined : reserve();
      await (place === 1 ? shop.ticketIs('reserved', ticket) : delay(place * 4));
      const acted = await act(ticket);
      const reserved = await (reserving ?? reserve());
      const outcome = reserved.status < 300 ? 'reserved' : inWord(reserved);
      return { ticket, acted, reserved, answers: `${inWord(acted)} ${outcome}` };
    });
    return Promise.all(outcomes);
  }

  test('edited while it is being reserved: its buyer has what was offered, and it is not edited after that', async () => {
    const dearer = { title: 'Dearer', price: 99 };
    const edit = ({ id }: Ticket) => insist(() => seller.put(`/api/tickets/${id}`, dearer), [200, 409]);
    const outcomes = await whileReserved(await offer(20), edit);
    expect(new Set(outcomes.map(({ answers }) => answers))).toEqual(
      new Set(['200 reserved', 'ticket_reserved reserved']),
    );
    await shop.comesToRest();
    for (const { ticket, acted, reserved } of outcomes) {
      const isEdited = acted.status === 200;
      // Whoever reserves it before orders has heard of the edit has it as it was.
      expect(isEdited ? [25, 99] : [25]).toContain(orderOf(reserved).ticket.price);
      const locked = shop.said.flatMap((event) =>
        event.type === 'ticket:updated' && event.subject === ticket.id && event.data.orderId ? [event.data.price] : [],
      );
      expect(new Set(locked)).toEqual(new Set([isEdited ? 99 : 25]));
    }
  });

  test('withdrawn while it is being reserved: it is gone and nobody has it, or it stays and its buyer has it', async () => {
    const outcomes = await whileReserved(await offer(20), ({ id }) =>
      insist(() => seller.delete(`/api/tickets/${id}`), [204, 409]),
    );
    expect(new Set(outcomes.map(({ acted }) => inWord(acted)))).toEqual(new Set(['204', 'ticket_reserved']));
    const { orders } = await shop.comesToRest();
    for (const { ticket, acted, answers } of outcomes) {
      expect(['204 reserved', '204 ticket_withdrawn', 'ticket_reserved reserved']).toContain(answers);
      const ends = orders
        .filter((order) => String(order.ticket.id) === ticket.id)
        .map((order) => order.reason ?? order.status);
      expect(acted.status === 204 ? ['withdrawn', ''] : ['created']).toContain(ends.join());
    }
  });
});

describe('with little time', () => {
  const WINDOW_SECONDS = 5;
  const BUYERS = 200;
  let shop: Shop;
  let seller: Visitor;
  let buyers: Visitor[];

  beforeAll(async () => {
    shop = await Shop.open({ EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) }, { replicas: 2 });
    [seller, ...buyers] = shop.guests(1 + BUYERS) as [Visitor, ...Visitor[]];
  });
  afterAll(() => shop.close());
  afterEach(() => shop.comesToRest());

  const until = async ({ expiresAt }: Order, milliseconds = 0) => {
    await delay(Math.max(0, Date.parse(expiresAt) + milliseconds - Date.now()));
  };

  test('its time is up: of two hundred buyers, the timer and the sweeps, one has it next, and not before', async () => {
    const [first, ...others] = buyers as [Visitor, ...Visitor[]];
    const ticket = await shop.list(seller);
    const order = await shop.reserve(first, ticket.id);
    const answers = await Promise.all(
      others.map(async (buyer, place) => {
        await until(order, (place % 10) * 2 - 10);
        return ask(buyer, ticket);
      }),
    );
    // On a busy machine the last of them ask when the time of the second order is up as well.
    const holders = [order, ...answers.filter(({ status }) => status === 201).map(orderOf)];
    holders.sort((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt));
    expect(holders.length).toBeGreaterThan(1);
    const early = holders.slice(1).filter((next, before) => next.createdAt < holders[before]!.expiresAt);
    expect(early).toEqual([]);
    expect(tally(answers)).toEqual({ 201: holders.length - 1, ticket_reserved: BUYERS - holders.length });
    expect((await first.get(`/api/orders/${order.id}`)).body).toMatchObject({ status: 'cancelled', reason: 'expired' });
  });

  test('paid before, after and while its time runs out: it is sold and paid, or free and nothing is kept', async () => {
    const [FAST, SLOW] = [16, 8];
    const span = WINDOW_SECONDS * 1000 + 1000;
    const ends = await Promise.all(
      times(FAST + SLOW, async (place) => {
        const buyer = buyers[place]!;
        const ticket = await shop.list(seller);
        const order = await shop.reserve(buyer, ticket.id);
        // Fast cards from the beginning of its time to a second after it; slow ones so that the bank answers around it.
        const isSlow = place >= FAST;
        await until(order, isSlow ? (place - FAST) * 150 - 1600 : (place * span) / (FAST - 1) - WINDOW_SECONDS * 1000);
        await shop.pay(buyer, order.id, isSlow ? 'tok_slow_1' : 'tok_visa', [200, 201, 409]);
        const { status } = await shop.settled(buyer, order);
        await shop.orderIs(status, buyer, order, ticket);
        return status;
      }),
    );
    expect(new Set(ends)).toEqual(new Set(['complete', 'cancelled']));
  });
});
