import { Command } from '../harness/command';
import { eventually, Shop, type Order, type Ticket } from '../harness/shop';
import type { Visitor } from '../harness/visitor';

/** The operator's commands about money, as a person types them while the system runs. */

jest.setTimeout(180_000);

interface Sale {
  readonly ticket: Ticket;
  readonly order: Order;
}

let shop: Shop;
let seller: Visitor;
let buyer: Visitor;

beforeAll(async () => {
  shop = await Shop.open();
  [seller, buyer] = shop.guests(2) as [Visitor, Visitor];
});
afterAll(() => shop.close());

const run = (...words: string[]) => new Command(shop.folder, ...words);
const stripe = () => shop.system.part('stripe');
const payments = () => shop.database('payments').collection('payments');
const about = async ({ id }: Order) => {
  const all = await payments().find().toArray();
  return all.find(({ orderId }) => String(orderId) === id)!;
};

async function sell(): Promise<Sale> {
  const ticket = await shop.list(seller);
  const order = await shop.buy(buyer, ticket);
  await shop.comesToRest();
  return { ticket, order };
}

/** The buyer has the money again, the ticket is free, and somebody else can buy it. */
async function isGivenBack({ ticket, order }: Sale): Promise<void> {
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'refunded' });
  expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 2500 });
  await shop.buy(shop.guests(1)[0]!, ticket);
}

describe('npm run refund', () => {
  afterEach(() => shop.comesToRest());

  test('of a paid order: all the money goes back, once, and the ticket is free', async () => {
    const sale = await sell();
    expect(await run('refund', sale.order.id).end()).toEqual({
      ending: 'exit code 0',
      said: `${sale.order.id}: $25.00 went back; the order will be cancelled.`,
    });
    await isGivenBack(sale);
    expect((await run('refund', sale.order.id).end()).said).toBe(`${sale.order.id}: $25.00 went back before.`);
  });

  test('while Stripe is away: the wish is kept, and fulfilled once it is back', async () => {
    const sale = await sell();
    await stripe().kill();
    expect((await run('refund', sale.order.id).end()).said).toContain('will go back as soon as Stripe agrees');
    await stripe().start();
    await isGivenBack(sale);
  });

  test('killed half way, with Stripe asked and its answer not come: it ends all the same', async () => {
    const sale = await sell();
    await killHalfWay(sale.order);
    process.kill(stripe().pid!, 'SIGCONT');
    await isGivenBack(sale);
  });

  test('killed half way, and its wish was not written down: the money stays (that is what brings it back)', async () => {
    const { order } = await sell();
    await killHalfWay(order);
    await payments().updateOne({ _id: (await about(order))._id }, { $unset: { refundRequested: 1 } });
    process.kill(stripe().pid!, 'SIGCONT');
    await eventually('the payment to be settled', async () => (await about(order)).settleAt === undefined || undefined);
    expect((await buyer.get(`/api/orders/${order.id}`)).body).toMatchObject({ status: 'complete' });
    expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 2500, refunded: 0 });
  });

  /** Stripe falls silent, the command has written its wish down and asks, and is killed. */
  async function killHalfWay(order: Order): Promise<void> {
    process.kill(stripe().pid!, 'SIGSTOP');
    const command = run('refund', order.id);
    await eventually(
      'the wish to be written down',
      async () => (await about(order)).refundRequested === true || undefined,
    );
    await command.kill();
  }
});

test('a capture that the bank refuses: the order is unpaid, the ticket is free, and no money stays', async () => {
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.pay(buyer, order.id, 'tok_captureRefused');
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'unpaid' });
  await shop.comesToRest();
  expect(await shop.moneyOf(order)).toEqual({ intents: 1, captured: 0, refunded: 0 });
});

describe('npm run audit', () => {
  test('of a sound shop: nothing is wrong, what is under way is said to be open, and it succeeds', async () => {
    const { order } = await sell();
    const ticket = await shop.list(seller);
    const open = await shop.reserve(buyer, ticket.id);
    await shop.pay(buyer, open.id, 'tok_chargeDeclined', [422]);
    const { ending, said } = await run('audit').end();
    expect(said).toMatch(/^\d+ orders, \d+ payments, \d+ intents: nothing is wrong, 1 open\.$/m);
    expect(said).toMatch(new RegExp(`^order ${open.id} \\(pi_\\w+\\): open: 0 cents are held`, 'm'));
    expect(said).not.toContain(order.id);
    expect(ending).toBe('exit code 0');
  });

  test('of a shop whose books do not agree: each wrong is named with its ids and amounts, and it fails', async () => {
    const [paid, noted] = [await sell(), await sell()];
    const { _id, stripeId } = await about(paid.order);
    await payments().updateOne({ _id }, { $set: { amount: 2400 } });
    await payments().updateOne({ _id: (await about(noted.order))._id }, { $set: { status: 'authorised' } });
    const { ending, said } = await run('audit').end();
    expect(said).toContain(
      `order ${paid.order.id} (${String(stripeId)}): amounts differ: it costs 2500 cents, and payments asks for 2400`,
    );
    expect(said).toContain(`order ${noted.order.id} `);
    expect(said).toContain('noted otherwise: payments says authorised, Stripe captured');
    expect(said).toMatch(/intents: 2 wrong, 1 open\.$/);
    expect(ending).toBe('exit code 1');
  });
});
