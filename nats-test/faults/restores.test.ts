import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { log, NatsStreamingBus, parseAnyEvent, type AnyEvent } from '@ticketing/common';
import { waitFor } from '@ticketing/common/testing';
import { Backup, eraseDatabase } from '../harness/backup';
import { Operator, type ServiceWithState } from '../harness/operator';
import { Shop, type Order, type Ticket } from '../harness/shop';
import { insist, type Visitor } from '../harness/visitor';

jest.setTimeout(180_000);

const PATIENCE_MILLISECONDS = 30_000;

let operator: Operator;
let shop: Shop;
let seller: Visitor;
let buyer: Visitor;
/** Stays to the end: a group that has gone acknowledges nothing. */
let newcomer: NatsStreamingBus | undefined;

beforeAll(async () => {
  operator = new Operator();
  shop = await Shop.open({}, { adjust: operator.adjust });
  [seller, buyer] = (await shop.visitors(2)) as [Visitor, Visitor];
});
afterAll(async () => {
  await newcomer?.close();
  await shop.close();
});

const databases = () => shop.system.part('mongodb').url;
const aYearAgo = () => new Date(Date.now() - 365 * 24 * 60 * 60 * 1000).toISOString();
const titleOf = (ticket: Ticket) => ({ title: `Seat ${ticket.id}`, price: 30 });

/** Resolves when these are the only violations, each of them once. */
async function violationsAre(...sentences: RegExp[]): Promise<void> {
  const areSo = async () => {
    const found = await shop.violations();
    const isRight = found.length === sentences.length && sentences.every((one) => found.some((text) => one.test(text)));
    if (!isRight) throw new Error(found.join('\n'));
    return true;
  };
  await waitFor(areSo, 'these violations alone', PATIENCE_MILLISECONDS);
}

describe('the broker loses its store', () => {
  async function loseStore(whileAway: () => Promise<void>): Promise<void> {
    const broker = shop.system.part('nats-streaming');
    await broker.kill();
    rmSync(path.join(shop.folder, 'nats-streaming'), { recursive: true });
    await whileAway();
    await broker.start();
  }

  test('a service that had not heard yet stays behind; all others go on, and what was not sent arrives', async () => {
    await shop.system.part('payments').stop();
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    await shop.ticketIs('reserved', ticket);
    await waitFor(async () => !(await shop.violations()).some(isUnsent), 'the outboxes to be empty');
    let meanwhile = ticket;
    await loseStore(async () => {
      meanwhile = await shop.list(seller);
    });
    await shop.system.part('payments').start();
    await shop.buy(buyer, meanwhile);
    await violationsAre(new RegExp(`payments does not know order ${order.id} as it is`));
  });

  test('the operator has everything announced again: nobody is behind any more', async () => {
    await operator.republishAll();
    await shop.comesToRest();
  });

  test('a consumer that comes for the first time, when everything old is gone: it hears all there is, once announced', async () => {
    const ticket = await shop.list(seller);
    const order = await shop.reserve(buyer, ticket.id);
    await shop.pay(buyer, order.id);
    await shop.orderIs('complete', buyer, order, ticket);
    await shop.comesToRest();
    await loseStore(() => Promise.resolve());
    const heard: AnyEvent[] = [];
    newcomer = await listenAsNew(heard);
    await shop.buy(buyer, await shop.list(seller));
    const isKnown = ({ id }: { id: string }) => heard.some(({ subject }) => subject === id);
    expect([isKnown(ticket), isKnown(order)]).toEqual([false, false]);
    await operator.republishAll();
    await waitFor(() => isKnown(ticket) && isKnown(order), 'the newcomer to know');
    await shop.comesToRest();
  });
});

const isUnsent = (violation: string) => violation.endsWith('was never sent');

async function listenAsNew(heard: AnyEvent[]): Promise<NatsStreamingBus> {
  const name = `newcomer-${randomUUID()}`;
  const bus = new NatsStreamingBus({
    url: shop.system.part('nats-streaming').url,
    clusterId: 'ticketing',
    clientId: name,
    log,
  });
  await bus.connect();
  const onMessage = ({ payload }: { payload: string }) => {
    heard.push(parseAnyEvent(payload));
    return Promise.resolve();
  };
  for (const subject of ['ticket:updated', 'order:completed']) await bus.subscribe({ subject, group: name, onMessage });
  return bus;
}

describe('a service’s database is restored from yesterday’s backup', () => {
  /** Yesterday: a ticket on sale, and two that are reserved. */
  interface Yesterday {
    readonly free: Ticket;
    readonly given: { ticket: Ticket; order: Order };
    readonly bought: { ticket: Ticket; order: Order };
    readonly backup: Backup;
  }

  async function reserveNew(): Promise<{ ticket: Ticket; order: Order }> {
    const ticket = await shop.list(seller);
    return { ticket, order: await shop.reserve(buyer, ticket.id) };
  }

  async function yesterdayOf(service: ServiceWithState): Promise<Yesterday> {
    const [free, given, bought] = await Promise.all([shop.list(seller), reserveNew(), reserveNew()]);
    await shop.comesToRest();
    return { free, given, bought, backup: await Backup.of(databases(), service) };
  }

  /** Today one ticket is edited, one given back, one sold. */
  async function today({ free, given, bought }: Yesterday): Promise<void> {
    await insist(() => seller.put(`/api/tickets/${free.id}`, titleOf(free)), [200]);
    await insist(() => buyer.delete(`/api/orders/${given.order.id}`), [204]);
    await shop.pay(buyer, bought.order.id);
    await shop.orderIs('complete', buyer, bought.order, bought.ticket);
    await shop.comesToRest();
  }

  /** Does something while the service is stopped, and has everything announced when it runs again. */
  async function whileStopped(service: ServiceWithState, ...steps: (() => Promise<unknown>)[]): Promise<void> {
    const part = shop.system.part(service);
    await part.stop();
    for (const step of steps) await step();
    await part.start();
    await operator.republishAll();
  }

  const bump = (service: ServiceWithState) => () => operator.command(service, 'events', 'bump');

  async function isOneState({ free, bought: { order, ticket } }: Yesterday): Promise<void> {
    await shop.orderIs('complete', buyer, order, ticket);
    await shop.buy(buyer, free);
    await shop.comesToRest();
    expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 0 });
  }

  test.each([
    ['tickets', ({ free }: Yesterday) => `orders does not know ticket ${free.id} as it is`],
    ['orders', ({ given }: Yesterday) => `tickets does not know order ${given.order.id} as it is`],
  ] as const)(
    '%s: the others take what is announced for old (negative control), and after bump all know one state',
    async (service, behind) => {
      const yesterday = await yesterdayOf(service);
      await today(yesterday);
      await whileStopped(service, () => yesterday.backup.restore());
      await shop.buy(buyer, await shop.list(seller));
      await waitFor(async () => !(await shop.violations()).some(isUnsent), 'everything to be announced');
      expect(await shop.violations()).toContain(behind(yesterday));

      await whileStopped(service, bump(service));
      await isOneState(yesterday);
    },
  );

  // What payments tells has no version that anybody would take for old.
  test.each([
    ['with', [bump('payments')]],
    ['without', []],
  ])('payments, %s bump: all know one state, and the sale of today is found at Stripe', async (_bump, steps) => {
    const yesterday = await yesterdayOf('payments');
    await today(yesterday);
    await whileStopped('payments', () => yesterday.backup.restore(), ...steps);
    await isOneState(yesterday);
  });

  test('payments: with no backup at all the payments are found again, by the orders and by Stripe', async () => {
    const { ticket, order } = await reserveNew();
    await shop.pay(buyer, order.id);
    await shop.orderIs('complete', buyer, order, ticket);
    await shop.comesToRest();
    await whileStopped('payments', () => eraseDatabase(databases(), 'payments'));
    await shop.comesToRest();
    const { body } = await insist(() => buyer.get(`/api/payments?orderId=${order.id}`), [200]);
    expect(body).toMatchObject([{ orderId: order.id, status: 'captured', amount: 2500 }]);
  });

  test.each([
    ['payments', 'payments'],
    ['orders', 'tickets'],
  ] as const)(
    '%s knows no %s and hears all that was ever said, a year late and the newest first: nothing else changes',
    async (service, replicas) => {
      const [open, given] = [await reserveNew(), await reserveNew()];
      await insist(() => buyer.delete(`/api/orders/${given.order.id}`), [204]);
      await shop.buy(buyer, given.ticket);
      const unwanted = await shop.list(seller);
      await insist(() => seller.delete(`/api/tickets/${unwanted.id}`), [204]);
      const before = await shop.comesToRest();
      await shop.system.part(service).stop();
      await shop.database(service).collection(replicas).deleteMany({});
      const once = new Map(shop.said.map((event) => [event.id, event]));
      for (const event of [...once.values()].reverse()) await shop.repeat({ ...event, time: aYearAgo() });
      await shop.system.part(service).start();

      await shop.isQuiet();
      await shop.buy(buyer, await shop.freeTicket(seller, buyer));
      const after = await shop.comesToRest();
      expect(after.orders).toEqual(expect.arrayContaining([...before.orders]));
      expect(after.ledger).toEqual(expect.arrayContaining([...before.ledger]));
      expect(after.ledger).toHaveLength(before.ledger.length + 1);
      await shop.pay(buyer, open.order.id);
      await shop.orderIs('complete', buyer, open.order, open.ticket);
      expect(await shop.moneyOf(open.order)).toEqual({ intents: 1, captured: 2500, refunded: 0 });
    },
  );

  test('orders: an order made after the backup is lost, and its money is seen and goes back by the operator’s command', async () => {
    const { backup } = await yesterdayOf('orders');
    const { ticket, order } = await reserveNew();
    await shop.pay(buyer, order.id);
    await shop.orderIs('complete', buyer, order, ticket);
    await shop.comesToRest();
    await whileStopped('orders', () => backup.restore(), bump('orders'));

    await violationsAre(
      /^payment:created in orders: NotFoundError/,
      /money of an unknown order: 0 cents are held and 2500 kept$/,
      /^ticket .* is sold/,
      /^order .* was announced and is nowhere$/,
    );
    expect(await operator.command('orders', 'events', 'list')).toContain('payment:created');

    expect(await operator.command('payments', 'refund', order.id)).toContain('$25.00 went back');
    expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 2500 });
  });
});
