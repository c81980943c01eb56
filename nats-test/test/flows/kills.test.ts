import type { PartName } from '@ticketing/local';
import { Shop, type Order, type Ticket } from '../../harness/shop';
import { insist, type Visitor } from '../../harness/visitor';

jest.setTimeout(120_000);

const parts: PartName[] = [
  'auth',
  'tickets',
  'orders',
  'payments',
  'expiration',
  'mongodb',
  'nats-streaming',
  'redis',
  'stripe',
];

interface Purchase {
  readonly outcome: 'complete' | 'cancelled';
  readonly buyer: Visitor;
  readonly ticket: Ticket;
  readonly order: Order;
}

let shop: Shop;
let seller: Visitor;
let buyers: Visitor[];
const purchases: Purchase[] = [];

beforeAll(async () => {
  shop = await Shop.open();
  [seller, ...buyers] = (await shop.visitors(5)) as [Visitor, ...Visitor[]];
});
afterAll(() => shop.close());

test.each(parts)('%s is killed in the middle of purchases and comes back: every buyer is served', async (name) => {
  const part = shop.system.part(name);
  let kill: () => void = () => undefined;
  const oneHasReserved = new Promise<void>((resolve) => (kill = resolve));
  const served = Promise.all(buyers.map((buyer, place) => buy(buyer, place === 0 ? 'cancelled' : 'complete', kill)));
  await Promise.race([oneHasReserved, served]);
  await part.kill();
  const signedIn = insist(() => seller.signIn(), [200]);
  await part.start();
  purchases.push(...(await served));
  await signedIn;
});

test('when all that is over, every purchase has ended right, and nothing else has fallen', async () => {
  expect(purchases).toHaveLength(parts.length * buyers.length);
  await Promise.all(purchases.map(({ outcome, buyer, order, ticket }) => shop.orderIs(outcome, buyer, order, ticket)));
  await shop.comesToRest();
  const captured = purchases.map(async ({ order }) => (await shop.moneyOf(order)).captured);
  const prices = purchases.map(({ outcome, ticket }) => (outcome === 'complete' ? ticket.price * 100 : 0));
  expect(await Promise.all(captured)).toEqual(prices);
  expect(shop.fallen).toEqual([]);
});

/** What a buyer does who is not put off by anything. Resolves when the shop has taken the money, or the order back. */
async function buy(buyer: Visitor, outcome: Purchase['outcome'], onReserved: () => void): Promise<Purchase> {
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  onReserved();
  if (outcome === 'complete') await shop.pay(buyer, order.id);
  else await insist(() => buyer.delete(`/api/orders/${order.id}`), [204]);
  return { outcome, buyer, ticket, order };
}
