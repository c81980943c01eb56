import type Stripe from 'stripe';
import { openAccount, readAccount } from '../../src/audit';
import { StripeStandIn } from '../../src/stripe/stand-in';
import { startStripeMock } from '../../src/testing/stripe-mock';
import { tempFolder } from '../temp-folder';

const temp = tempFolder();
const MORE_THAN_A_PAGE = 101;

let standIn: StripeStandIn;
let stripe: Stripe;

beforeAll(async () => {
  standIn = new StripeStandIn({ folder: temp('stripe') });
  const url = `http://127.0.0.1:${await standIn.listen()}`;
  stripe = openAccount({ STRIPE_KEY: 'sk_test_any', STRIPE_API_URL: url });
});
afterAll(() => standIn.close());

const draft = { amount: 4000, currency: 'usd', capture_method: 'manual' } as const;

async function authorised(orderId: string) {
  const { id } = await stripe.paymentIntents.create({ ...draft, metadata: { orderId } });
  const { id: card } = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
  return stripe.paymentIntents.confirm(id, { payment_method: card });
}

test('the account is read as the books show it: held, taken, given back, let go, and never tried', async () => {
  const [held, taken, returned, letGo] = [
    await authorised('held'),
    await authorised('taken'),
    await authorised('returned'),
    await authorised('let go'),
  ];
  for (const { id } of [taken, returned]) await stripe.paymentIntents.capture(id);
  await stripe.refunds.create({ payment_intent: returned.id });
  await stripe.paymentIntents.cancel(letGo.id);
  const untried = await stripe.paymentIntents.create(draft);

  const nothing = { held: 0, captured: 0, refunded: 0, amount: 4000 };
  expect((await readAccount(stripe)).reverse()).toEqual([
    { ...nothing, intent: held.id, orderId: 'held', status: 'requires_capture', held: 4000 },
    { ...nothing, intent: taken.id, orderId: 'taken', status: 'succeeded', captured: 4000 },
    { ...nothing, intent: returned.id, orderId: 'returned', status: 'succeeded', captured: 4000, refunded: 4000 },
    { ...nothing, intent: letGo.id, orderId: 'let go', status: 'canceled' },
    { ...nothing, intent: untried.id, orderId: undefined, status: 'requires_payment_method' },
  ]);
  const inLedger = standIn.ledger().intents.map(({ attempts: _attempts, ...entry }) => entry);
  expect((await readAccount(stripe)).reverse()).toEqual(inLedger);
});

test('there are more intents than a page holds: all are read, each once', async () => {
  for (let count = 0; count < MORE_THAN_A_PAGE; count += 1) await stripe.paymentIntents.create(draft);
  const read = (await readAccount(stripe)).map(({ intent }) => intent);
  expect(read.sort()).toEqual(
    standIn
      .ledger()
      .intents.map(({ intent }) => intent)
      .sort(),
  );
});

test('Stripe’s own mock is asked for the same: it takes the request, and its answer can be read', async () => {
  const mock = await startStripeMock();
  const account = openAccount({ STRIPE_KEY: 'sk_test_123', STRIPE_API_URL: mock.address });
  try {
    const [entry] = await readAccount(account);
    expect(entry).toMatchObject({ intent: expect.stringMatching(/^pi_/), held: expect.any(Number) });
    const nonsense = account.paymentIntents.list({ nonsense: true } as Stripe.PaymentIntentListParams);
    await expect(nonsense).rejects.toThrow(/Request validation error/);
  } finally {
    await mock.stop();
  }
});

test('nobody says with which key payments go to Stripe: it asks for it', () => {
  expect(() => openAccount({})).toThrow(/STRIPE_KEY/);
});
