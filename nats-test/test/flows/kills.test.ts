import type { PartName } from '@ticketing/local';
import { Shop } from './shop';
import { insist, type Visitor } from './visitor';

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

let shop: Shop;
let seller: Visitor;
let buyers: Visitor[];
const underWay: { readonly name: PartName; readonly ended: Promise<void> }[] = [];

beforeAll(async () => {
  shop = await Shop.open();
  [seller, ...buyers] = (await shop.visitors(5)) as [Visitor, ...Visitor[]];
});
afterAll(() => shop.close());

test.each(parts)('%s is killed in the middle of purchases and comes back: every buyer is served', async (name) => {
  const part = shop.system.part(name);
  const reserved = new Signal();
  const purchases = buyers.map((buyer, place) => purchase(buyer, place === 0 ? 'cancelled' : 'complete', reserved));
  await Promise.race([reserved.given, ...purchases]);
  await part.kill();
  const signIn = insist(() => seller.signIn(), [200]);
  await part.start();
  await signIn;
  const served = await Promise.all(purchases);
  underWay.push(...served.map((ended) => ({ name, ended })));
});
