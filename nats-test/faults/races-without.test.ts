import { preload, type Preload } from '../harness/preload';
import { eventually, Shop, type Order, type Ticket } from '../harness/shop';
import { insist, type Visitor } from '../harness/visitor';

/**
 * The negative controls of the races: each play leaves the system as it must be, and breaks an invariant when the
 * mechanism that decides it is taken away from outside.
 */

jest.setTimeout(120_000);

const times = <T>(count: number, make: (place: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

interface Play {
  readonly mechanism: string;
  /** What takes it away: programs that are loaded before a service, or something done to a database. */
  readonly without: readonly Preload[] | ((shop: Shop) => Promise<void>);
  readonly play: (shop: Shop) => Promise<void>;
  readonly wrong: RegExp;
}

/** The moment that a race needs, at will. */
const SLOW_ORDERS = 'with/slow-orders';
const slowOrders: Preload[] = [{ part: 'orders', programs: [SLOW_ORDERS] }];

const plays: Play[] = [
  {
    mechanism: 'the unique index on open orders',
    without: async (shop) => {
      await shop.database('orders').collection('orders').dropIndex('ticket.id_1');
    },
    play: manyBuyers,
    wrong: /orders have ticket/,
  },
  {
    mechanism: 'the look at the version of an event',
    without: [{ part: 'orders', programs: ['without/version-check'] }],
    play: oldEventAgain,
    wrong: /orders does not know ticket/,
  },
  {
    mechanism: 'the version that guards the save of an order',
    without: [{ part: 'orders', programs: [SLOW_ORDERS, 'without/guarded-saves'] }],
    play: overdueAndPromptedAtOnce,
    wrong: /was never announced/,
  },
  {
    mechanism: 'the version that guards the save of a ticket',
    without: [{ part: 'tickets', programs: ['without/guarded-saves'] }],
    play: editsOfReservedTickets,
    wrong: /was announced in different ways|was never announced/,
  },
  {
    // Either would do: what the one lets pass, the other brings to an end.
    mechanism: 'the second look at the ticket, and its second announcement',
    without: [
      { part: 'orders', programs: [SLOW_ORDERS, 'without/second-look'] },
      { part: 'tickets', programs: ['without/second-announcement'] },
    ],
    play: withdrawalsAndReservations,
    wrong: /is open on a withdrawn ticket/,
  },
  {
    mechanism: 'settling again and again instead of capturing on the event',
    without: [{ part: 'payments', programs: ['without/settling'] }],
    play: stripeAwayAtTheCapture,
    wrong: /complete without a capture/,
  },
  {
    mechanism: 'the idempotency key of an intent',
    without: [{ part: 'payments', programs: ['without/idempotency-key'] }],
    play: answerToTheIntentLost,
    wrong: /more than one intent/,
  },
  {
    mechanism: 'the look at the own clock',
    without: [{ part: 'orders', programs: ['without/own-clock'] }],
    play: promptTooEarly,
    wrong: /expired early/,
  },
];

describe('with every mechanism in its place', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({}, { adjust: preload(slowOrders) });
  });
  afterAll(() => shop.close());

  test.each(plays)('$mechanism: the invariants hold', async ({ play }) => {
    await play(shop);
    await shop.isQuiet();
    await shop.comesToRest();
  });
});

describe('with a mechanism taken away', () => {
  let shop: Shop;
  afterEach(() => shop.close());

  test.each(plays)('$mechanism: an invariant breaks', async ({ without, play, wrong }) => {
    shop = await Shop.open({}, { adjust: preload(typeof without === 'function' ? slowOrders : without) });
    if (typeof without === 'function') await without(shop);
    await play(shop);
    await shop.breaks(wrong);
  });
});

/** Tickets that everybody has heard of. */
async function offer(shop: Shop, seller: Visitor, count: number): Promise<Ticket[]> {
  const tickets = await Promise.all(times(count, () => shop.list(seller)));
  await shop.comesToRest();
  return tickets;
}

async function manyBuyers(shop: Shop): Promise<void> {
  const [seller, ...buyers] = shop.guests(21) as [Visitor, ...Visitor[]];
  const [ticket] = (await offer(shop, seller, 1)) as [Ticket];
  await Promise.all(buyers.map((buyer) => reserveIfFree(buyer, ticket)));
}

/** The state of the ticket before its price was raised comes once more. */
async function oldEventAgain(shop: Shop): Promise<void> {
  const [seller] = shop.guests(1) as [Visitor];
  const [ticket] = (await offer(shop, seller, 1)) as [Ticket];
  await insist(() => seller.put(`/api/tickets/${ticket.id}`, { title: 'Dearer', price: 99 }), [200]);
  await shop.comesToRest();
  await shop.repeat(shop.said.find(({ type, subject }) => type === 'ticket:created' && subject === ticket.id)!);
}

async function editsOfReservedTickets(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const tickets = await offer(shop, seller, 30);
  await Promise.all(
    tickets.flatMap((ticket) => [
      reserveIfFree(buyer, ticket),
      ...times(4, (turn) => seller.put(`/api/tickets/${ticket.id}`, { title: `Edit ${turn}`, price: 30 + turn })),
    ]),
  );
}

async function overdueAndPromptedAtOnce(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const tickets = await offer(shop, seller, 10);
  const orders = await Promise.all(tickets.map(({ id }) => shop.reserve(buyer, id)));
  await shop.letExpire(orders);
  await Promise.all(orders.flatMap((order) => times(4, () => shop.prompt(order))));
}

async function withdrawalsAndReservations(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const tickets = await offer(shop, seller, 20);
  await Promise.all(
    tickets.flatMap((ticket) => [reserveIfFree(buyer, ticket), seller.delete(`/api/tickets/${ticket.id}`)]),
  );
}

/** The money is authorised while orders can't be told, and Stripe is away when the order is complete. */
async function stripeAwayAtTheCapture(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const [broker, stripe] = [shop.system.part('nats-streaming'), shop.system.part('stripe')];
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.comesToRest();
  await broker.kill();
  await shop.pay(buyer, order.id);
  await stripe.kill();
  await broker.start();
  await eventually('the order to be complete', async () => {
    const { status } = (await buyer.get(`/api/orders/${order.id}`)).body as Order;
    return status === 'complete' || undefined;
  });
  await stripeIsMissed(shop);
  await stripe.start();
  await putOffIsTriedAgain(shop);
}

/** Stripe makes the intent, and takes so long for the answer that the buyer is told to ask again. */
async function answerToTheIntentLost(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  const { pid } = shop.system.part('stripe');
  process.kill(pid!, 'SIGSTOP');
  await insist(() => buyer.post('/api/payments', { orderId: order.id, token: 'tok_visa' }), [503]);
  process.kill(pid!, 'SIGCONT');
  await shop.pay(buyer, order.id);
  await shop.orderIs('complete', buyer, order, ticket);
}

async function promptTooEarly(shop: Shop): Promise<void> {
  const [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.prompt(order);
}

/** Resolves when payments has asked Stripe in vain: it has put the payment off, or does not look again. */
async function stripeIsMissed(shop: Shop): Promise<void> {
  await eventually('payments to miss Stripe', async () => {
    const { dependencies } = JSON.parse(await lookAtPayments(shop, '/readyz')) as { dependencies: { stripe: string } };
    return dependencies.stripe === 'down' || undefined;
  });
}

/** Resolves when payments has had its time to settle whatever it could not. */
async function putOffIsTriedAgain(shop: Shop): Promise<void> {
  const putOff = () =>
    shop
      .database('payments')
      .collection('payments')
      .countDocuments({ settleAt: { $gt: new Date() } });
  await eventually('what was put off to be due', async () => (await putOff()) === 0 || undefined);
  const counter = /sweep_runs_total\{sweep="unsettled payments"\} (\d+)/;
  const runs = async () => Number(counter.exec(await lookAtPayments(shop, '/metrics'))?.[1]);
  const before = await runs();
  await eventually('two sweeps after that', async () => (await runs()) >= before + 2 || undefined);
}

async function lookAtPayments(shop: Shop, door: string): Promise<string> {
  return (await fetch(shop.system.part('payments').url + door)).text();
}

const reserveIfFree = (buyer: Visitor, { id }: Ticket) =>
  insist(() => buyer.post('/api/orders', { ticketId: id }), [200, 201, 409]);
