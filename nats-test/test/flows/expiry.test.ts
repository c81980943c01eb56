import { Shop } from '../../harness/shop';
import { codeOf, insist, type Visitor } from '../../harness/visitor';

jest.setTimeout(90_000);

const WINDOW_SECONDS = 3;

let shop: Shop;
let seller: Visitor;
let buyer: Visitor;
let next: Visitor;

beforeAll(async () => {
  shop = await Shop.open({ EXPIRATION_WINDOW_SECONDS: String(WINDOW_SECONDS) });
  [seller, buyer, next] = (await shop.visitors(3)) as [Visitor, Visitor, Visitor];
});
afterAll(() => shop.close());
afterEach(() => shop.comesToRest());

test('nobody pays: the order expires when its time is up and not before, and the next buyer gets the ticket', async () => {
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  expect(Date.parse(order.expiresAt) - Date.now()).toBeLessThanOrEqual(WINDOW_SECONDS * 1000);
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
  expect(shop.heard('expiration:complete', order)).toBe(true);
  expect(codeOf(await shop.pay(buyer, order.id, 'tok_visa', [409]))).toBe('order_expired');
  await shop.buy(next, ticket);
});

test('paying takes longer than the reservation: whoever wins, the money follows', async () => {
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  await shop.pay(buyer, order.id, `tok_slow_${WINDOW_SECONDS + 1}`, [201, 409]);
  const { status } = await shop.settled(buyer, order);
  await shop.orderIs(status, buyer, order, ticket);
});

test.each(['expiration', 'redis'] as const)('%s is down: orders frees the ticket by itself', async (name) => {
  await shop.system.part(name).kill();
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  expect(await shop.orderIs('cancelled', buyer, order, ticket)).toMatchObject({ reason: 'expired' });
  expect(shop.heard('expiration:complete', order)).toBe(false);
  await shop.system.part(name).start();
});

test('time is up and nobody has noticed: the next buyer takes the ticket over at once', async () => {
  await shop.system.part('expiration').kill();
  const ticket = await shop.list(seller);
  const order = await shop.reserve(buyer, ticket.id);
  const later = await insist(() => next.post('/api/orders', { ticketId: ticket.id }), [201], ['ticket_reserved']);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(order.expiresAt));
  expect((await buyer.get(`/api/orders/${order.id}`)).body).toMatchObject({ status: 'cancelled', reason: 'expired' });
  expect(later.body).toMatchObject({ status: 'created' });
  await shop.system.part('expiration').start();
  await shop.ticketIs('available', ticket);
});
