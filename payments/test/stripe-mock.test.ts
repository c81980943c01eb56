import type { EventData } from '@ticketing/common';
import type { SeenRequest } from '../../infra/local/src/stripe/api';
import { startStripeMock, type StripeMock } from '../../infra/local/src/testing/stripe-mock';
import { noticeRefunds } from '../src/operations/notice-refunds';
import { paymentsWorld } from './world';

const world = paymentsWorld();
const { order, pay, money, cancel, complete } = world;
type Order = EventData<'order:created'>;

let mock: StripeMock;

beforeAll(async () => {
  mock = await startStripeMock();
});
afterAll(() => mock.stop());

/** What Stripe's own mock, which knows Stripe's description of its interface, answers to a request of ours. */
async function judge({ method, path, body }: Pick<SeenRequest, 'method' | 'path' | 'body'>): Promise<string> {
  const headers = { authorization: 'Bearer sk_test_123', 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(mock.address + path, { method, headers, ...(method === 'POST' && { body }) });
  const { error } = (await answer.json()) as { error?: { message: string } };
  return error ? `${answer.status}: ${error.message}` : 'accepted';
}

const kindOf = ({ method, path }: SeenRequest) => `${method} ${path.replace(/\?.*/, '').replace(/\/pi_\w+/, '/:id')}`;

async function paid(token = 'tok_visa'): Promise<Order> {
  const open = await order();
  await pay(open, token);
  return open;
}

test('when the service does all that it can do, then stripe-mock accepts every request that it makes', async () => {
  const sold = await paid();
  await complete(sold);
  await world.stripe().refunds.create({ payment_intent: money(sold)[0]!.intent });
  await noticeRefunds();

  const returned = await paid('tok_mastercard');
  await complete(returned);
  await cancel(returned, 'refunded');
  await cancel(await paid('tok_chargeDeclined'));
  await cancel(await paid('tok_threeDSecure2Required'));
  await complete(await order());

  const kinds = [...new Set(world.asked.map(kindOf))].sort();
  expect(kinds).toEqual([
    'GET /v1/payment_intents/:id',
    'GET /v1/payment_intents/search',
    'GET /v1/refunds',
    'POST /v1/payment_intents',
    'POST /v1/payment_intents/:id/cancel',
    'POST /v1/payment_intents/:id/capture',
    'POST /v1/payment_intents/:id/confirm',
    'POST /v1/payment_methods',
    'POST /v1/refunds',
  ]);
  for (const request of world.asked) {
    expect({ request, verdict: await judge(request) }).toEqual({ request, verdict: 'accepted' });
  }
});

test.each([
  ['a parameter that Stripe does not know', 'amount=100&currency=usd&nonsense=1'],
  ['no amount', 'currency=usd'],
])('when a request has %s, then stripe-mock refuses it (so it can tell)', async (_what, body) => {
  expect(await judge({ method: 'POST', path: '/v1/payment_intents', body })).toMatch(/^400: Request validation error/);
});
