import { newId, testService } from '@ticketing/common/testing';
import { Types, type Query } from 'mongoose';
import type { Response } from 'supertest';
import { Order } from '../../src/models/order';
import { orders } from '../../src/service';
import { openShop, times, type OrderState } from '../shop';

const service = testService(orders);
const shop = openShop(service);

const idsIn = (response: Response) => (response.body as OrderState[]).map(({ id }) => id);
const nextOf = (response: Response) => /^<(.+)>; rel="next"$/.exec(response.headers.link ?? '')?.[1];

/** Every page from the first on, by the addresses that the service gives. */
async function pagesOf(userId: string, address: string): Promise<Response[]> {
  const pages: Response[] = [];
  for (let next: string | undefined = address; next; next = nextOf(pages.at(-1)!)) {
    pages.push(await shop.list(userId, next).expect(200));
  }
  return pages;
}

let time = Date.parse('2020-01-01');

/** Past orders of a user, the newest first; `together` of them are of the same millisecond. */
async function past(userId: string, count: number, status = 'cancelled', together = 3): Promise<string[]> {
  const documents = times(count, (index) => ({
    _id: new Types.ObjectId(),
    status,
    userId,
    expiresAt: new Date(),
    ticket: { id: new Types.ObjectId(), title: `Seat ${index}`, price: 40 },
    version: 1,
    createdAt: new Date(index % together === 0 ? (time += 1) : time),
    outbox: [],
  }));
  await Order.collection.insertMany(documents);
  return documents.map(({ _id }) => _id.toHexString()).reverse();
}

describe('GET /api/orders', () => {
  test("one's own orders of every status, newest first, each with its ticket, and nobody else's", async () => {
    const buyer = newId();
    const first = await shop.reserved(buyer);
    const second = await shop.sold(buyer);
    const third = await shop.reserved(buyer);
    await shop.reserved();
    await shop.cancel(first.id, buyer).expect(204);

    const response = await shop.list(buyer).expect(200);
    expect(response.body).toMatchObject([
      { id: third.id, status: 'created', ticket: third.ticket },
      { id: second.id, status: 'complete', ticket: second.ticket },
      { id: first.id, status: 'cancelled', reason: 'user', ticket: first.ticket },
    ]);
    expect(JSON.stringify(response.body)).not.toMatch(/outbox|_id|__v/);
    expect(response.headers.link).toBeUndefined();
  });

  test('nothing bought yet: 200 with an empty list', async () => {
    expect((await shop.list(newId()).expect(200)).body).toEqual([]);
  });

  test('with a status: only orders that have it', async () => {
    const buyer = newId();
    const order = await shop.sold(buyer);
    await shop.reserved(buyer);
    expect(idsIn(await shop.list(buyer, '/api/orders?status=complete'))).toEqual([order.id]);
    expect(idsIn(await shop.list(buyer, '/api/orders?status=cancelled'))).toEqual([]);
  });

  test('without a limit: fifty, and the address of the rest', async () => {
    const buyer = newId();
    await past(buyer, 60);
    const pages = await pagesOf(buyer, '/api/orders');
    expect(pages.map((page) => idsIn(page).length)).toEqual([50, 10]);
    expect(nextOf(pages[0]!)).toMatch(/^\/api\/orders\?cursor=[\w-]+$/);
  });

  test('page by page every order comes once and in order, those of the same millisecond too', async () => {
    const buyer = newId();
    const ids = await past(buyer, 100);
    const pages = await pagesOf(buyer, '/api/orders?limit=7');
    expect(pages.flatMap(idsIn)).toEqual(ids);
    expect(pages).toHaveLength(15);
  });

  test('a last page that is full has no next one', async () => {
    const buyer = newId();
    await past(buyer, 14);
    expect(await pagesOf(buyer, '/api/orders?limit=7')).toHaveLength(2);
  });

  test('the address of the next page keeps status and limit', async () => {
    const buyer = newId();
    const complete = await past(buyer, 9, 'complete');
    await past(buyer, 9);
    const pages = await pagesOf(buyer, '/api/orders?status=complete&limit=4');
    expect(pages.flatMap(idsIn)).toEqual(complete);
    expect(nextOf(pages[0]!)).toMatch(/status=complete&limit=4&cursor=/);
  });

  test('an order made while somebody turns the pages neither repeats nor hides one', async () => {
    const buyer = newId();
    const ids = await past(buyer, 6);
    const first = await shop.list(buyer, '/api/orders?limit=3');
    await shop.reserved(buyer);
    const second = await shop.list(buyer, nextOf(first));
    expect([...idsIn(first), ...idsIn(second)]).toEqual(ids);
  });

  test("a cursor of somebody else's list shows one's own orders only", async () => {
    const [buyer, other] = [newId(), newId()];
    await past(buyer, 5);
    const theirs = await past(other, 5);
    const next = nextOf(await shop.list(buyer, '/api/orders?limit=1'));
    expect(theirs).toEqual(expect.arrayContaining(idsIn(await shop.list(other, next))));
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=', undefined],
    ['limit=5&limit=6', 'limit'],
    ['status=paid', 'status'],
    ['status=', undefined],
    ['status=created&status=complete', 'status'],
    ['status[$ne]=created', undefined],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${Buffer.from(`{"createdAt":null,"id":"${'a'.repeat(24)}"}`).toString('base64url')}`, 'cursor'],
    [`cursor=${Buffer.from(`{"createdAt":true,"id":"${'a'.repeat(24)}"}`).toString('base64url')}`, 'cursor'],
    ['cursor=', undefined],
    [`cursor=${Buffer.from('{"createdAt":"never","id":"a"}').toString('base64url')}`, 'cursor'],
    [`cursor=${Buffer.from('{"createdAt":0,"id":{"$ne":1}}').toString('base64url')}`, 'cursor'],
  ])('?%s: 400 at the field, or ignored as unknown or blank', async (search, field) => {
    const response = await shop.list(newId(), `/api/orders?${search}`);
    if (field) expect(response.body).toMatchObject({ errors: [{ code: 'validation_failed', field }] });
    expect(response.status).toBe(field ? 400 : 200);
  });
});

describe('the cost of a page', () => {
  interface Explained {
    executionStats: { totalDocsExamined: number; totalKeysExamined: number; nReturned: number };
  }

  /** What the database did for the query that this request caused. */
  async function costOf(userId: string, address: string) {
    const find = jest.spyOn(Order, 'find');
    const response = await shop.list(userId, address).expect(200);
    const query = find.mock.results[0]!.value as Query<unknown, unknown>;
    find.mockRestore();
    const { executionStats } = (await query.clone().explain('executionStats')) as Explained;
    return { response, ...executionStats };
  }

  test.each(['/api/orders?limit=20', '/api/orders?limit=20&status=complete'])(
    '%s and its next pages examine no more than one document beyond the page',
    async (address) => {
      const buyer = newId();
      for (let round = 0; round < 20; round += 1) {
        await past(buyer, 30, 'cancelled', 1);
        await past(buyer, 6, 'complete', 1);
        await past(newId(), 60, 'complete', 1);
      }
      let next: string | undefined = address;
      for (let page = 1; next && page <= 5; page += 1) {
        const { response, totalDocsExamined, totalKeysExamined, nReturned } = await costOf(buyer, next);
        expect(nReturned).toBe(21);
        expect(totalDocsExamined).toBeLessThanOrEqual(nReturned + 1);
        expect(totalKeysExamined).toBeLessThanOrEqual(nReturned + 1);
        next = nextOf(response);
      }
    },
  );

  test('without its index the same page reads all orders of the user (negative control)', async () => {
    const buyer = newId();
    await past(buyer, 300);
    const indexes = (await Order.collection.indexes()).filter(({ key }) => 'userId' in key);
    for (const { name } of indexes) await Order.collection.dropIndex(name!);
    expect((await costOf(buyer, '/api/orders?limit=20')).totalDocsExamined).toBe(300);
    await Order.createIndexes();
  });

  test('the sweep looks at overdue orders only', async () => {
    await past(newId(), 300, 'complete');
    const { executionStats } = (await Order.find({ status: 'created', expiresAt: { $lte: new Date() } }).explain(
      'executionStats',
    )) as unknown as Explained;
    expect(executionStats.totalDocsExamined).toBe(0);
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(1);
  });
});
