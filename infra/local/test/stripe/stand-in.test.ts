import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Stripe from 'stripe';
import { StripeStandIn, type StandInOptions } from '../../src/stripe/stand-in';

const SECRET = 'whsec_of_a_test';
const ORDER = 'aaaaaaaaaaaaaaaaaaaaaaaa';

let folder: string;
let standIn: StripeStandIn;
let stripe: Stripe;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stripe-stand-in-'));
  await open();
});
afterEach(async () => {
  await standIn.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: Partial<StandInOptions> = {}): Promise<void> {
  standIn = new StripeStandIn({ folder, ...options });
  const port = await standIn.listen();
  stripe = new Stripe('sk_test_any', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
}

const url = (path: string) => `http://127.0.0.1:${stripe.getApiField('port')}${path}`;

const draft: Stripe.PaymentIntentCreateParams = {
  amount: 2550,
  currency: 'usd',
  capture_method: 'manual',
  allowed_payment_method_types: ['card'],
  metadata: { orderId: ORDER },
};
const createIntent = (options?: Stripe.RequestOptions) => stripe.paymentIntents.create(draft, options);

async function pay(intentId: string, token: string, options?: Stripe.RequestOptions) {
  const method = await stripe.paymentMethods.create({ type: 'card', card: { token } });
  return stripe.paymentIntents.confirm(intentId, { payment_method: method.id, use_stripe_sdk: true }, options);
}

async function authorised(token = 'tok_visa') {
  return pay((await createIntent()).id, token);
}

/** The StripeError that `asking` ends with. */
async function refusal(asking: Promise<unknown>) {
  const answer = await asking.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (answer instanceof Stripe.errors.StripeError) return answer;
  throw new Error(`expected a StripeError, got ${String(answer)}`);
}

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition(); await delay(5)) {
    if (Date.now() > end) throw new Error(`this never came: ${String(condition)}`);
  }
}

describe('a payment', () => {
  test('when an intent is confirmed and captured, then the money is held first and taken then', async () => {
    const intent = await createIntent();
    expect(intent).toMatchObject({ status: 'requires_payment_method', amount: 2550, metadata: { orderId: ORDER } });

    const held = await pay(intent.id, 'tok_visa');
    expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 2550, amount_received: 0 });

    const taken = await stripe.paymentIntents.capture(intent.id);
    expect(taken).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 2550 });
    expect(standIn.ledger().intents).toMatchObject([{ orderId: ORDER, held: 0, captured: 2550, refunded: 0 }]);
  });

  test('when an intent captures automatically, then confirming takes the money', async () => {
    const intent = await stripe.paymentIntents.create({ ...draft, capture_method: 'automatic' });
    expect(await pay(intent.id, 'tok_mastercard')).toMatchObject({ status: 'succeeded', amount_received: 2550 });
  });

  test('when it is retrieved expanded, then it shows its card and its charge', async () => {
    const { id } = await authorised('tok_mastercard');
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ['payment_method', 'latest_charge'] });
    expect(intent.payment_method).toMatchObject({ card: { brand: 'mastercard', last4: '4444' } });
    expect(intent.latest_charge).toMatchObject({ captured: false, refunded: false, amount: 2550 });
  });

  test('when it is searched for by its metadata, then it is found, and nothing else', async () => {
    const { id } = await createIntent();
    await stripe.paymentIntents.create({ ...draft, metadata: { orderId: 'another' } });
    const found = await stripe.paymentIntents.search({ query: `metadata['orderId']:'${ORDER}'`, limit: 1 });
    expect(found.data.map((intent) => intent.id)).toEqual([id]);
    expect((await stripe.paymentIntents.search({ query: "metadata['orderId']:'nobody'" })).data).toEqual([]);
  });

  test('when an authorised intent is cancelled, then the hold is let go and nothing can be captured', async () => {
    const { id } = await authorised();
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled', amount_capturable: 0 });
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(standIn.ledger().intents).toMatchObject([{ held: 0, captured: 0 }]);
  });

  test('when it is captured twice, then the second is refused with the state of the intent', async () => {
    const { id } = await authorised();
    await stripe.paymentIntents.capture(id);
    const error = await refusal(stripe.paymentIntents.capture(id));
    expect(error).toMatchObject({
      statusCode: 400,
      type: 'StripeInvalidRequestError',
      code: 'payment_intent_unexpected_state',
    });
    expect(error.payment_intent).toMatchObject({ id, status: 'succeeded' });
    expect(standIn.ledger().captures).toHaveLength(1);
  });
});

describe('test cards', () => {
  test.each([
    ['tok_chargeDeclined', 'card_declined', 'generic_decline'],
    ['tok_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['tok_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ])('when %s pays, then it is declined with %s (%s), and another card may pay', async (token, code, declineCode) => {
    const intent = await createIntent();
    const error = await refusal(pay(intent.id, token));
    expect(error).toMatchObject({ statusCode: 402, type: 'StripeCardError', code, decline_code: declineCode });

    const declined = await stripe.paymentIntents.retrieve(intent.id);
    expect(declined).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code, decline_code: declineCode },
    });
    expect(await pay(intent.id, 'tok_visa')).toMatchObject({ status: 'requires_capture', last_payment_error: null });
    expect(standIn.ledger().intents[0]?.attempts.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  test('when the bank wants to see the buyer and the buyer agrees, then the money is held', async () => {
    const waiting = await authorised('tok_threeDSecure2Required');
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });

    const bank = url(`/bank/${waiting.client_secret}`);
    expect(await (await fetch(bank)).text()).toContain('A shop asks for 25.50 USD');
    await fetch(bank, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) });
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({ status: 'requires_capture' });
  });

  test('when the buyer refuses at the bank, then the intent waits for another card', async () => {
    const waiting = await authorised('tok_threeDSecure2Required');
    await fetch(url(`/bank/${waiting.client_secret}`), {
      method: 'POST',
      body: new URLSearchParams({ decision: 'refuse' }),
    });
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  test('when somebody comes to the bank with a wrong secret, then there is no such payment', async () => {
    const waiting = await authorised('tok_threeDSecure2Required');
    const wrong = url(`/bank/${waiting.id}_secret_wrong`);
    expect((await fetch(wrong)).status).toBe(404);
    expect((await fetch(wrong, { method: 'POST', body: new URLSearchParams({ decision: 'approve' }) })).status).toBe(
      404,
    );
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({ status: 'requires_action' });
  });

  test('when a card refuses the capture, then the money stays held until it is let go', async () => {
    const { id } = await authorised('tok_captureRefused');
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({
      type: 'StripeCardError',
      code: 'card_declined',
    });
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({ status: 'canceled' });
  });

  test('when the answer is lost, then the deed is done all the same', async () => {
    const intent = await createIntent();
    expect(await refusal(pay(intent.id, 'tok_answerLost'))).toMatchObject({ type: 'StripeConnectionError' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_capture' });

    const { id } = await authorised('tok_captureAnswerLost');
    expect(await refusal(stripe.paymentIntents.capture(id))).toMatchObject({ type: 'StripeConnectionError' });
    expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' });
  });

  test('when a card is slow, then nobody else changes the intent meanwhile, and it is authorised even if nobody waits', async () => {
    const intent = await createIntent();
    const slow = refusal(pay(intent.id, 'tok_slow_1', { timeout: 300 }));
    await until(() => standIn.ledger().idempotency.length > 1);
    expect(await slow).toMatchObject({ type: 'StripeConnectionError' });
    expect(await refusal(stripe.paymentIntents.cancel(intent.id))).toMatchObject({
      statusCode: 429,
      code: 'lock_timeout',
    });
    await until(() => standIn.ledger().intents[0]?.status === 'requires_capture');
  });

  test('when a token is unknown, then there is no such token', async () => {
    const error = await refusal(stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_nobody' } }));
    expect(error).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'card[token]' });
  });
});

describe('refunds', () => {
  test('when a captured payment is refunded, then all of it goes back, once', async () => {
    const { id } = await authorised();
    await stripe.paymentIntents.capture(id);
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ amount: 2550, status: 'succeeded' });

    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 2550 });
    expect(standIn.ledger().intents).toMatchObject([{ captured: 2550, refunded: 2550 }]);
  });

  test('when nothing is captured, or a part is asked for, then it is refused', async () => {
    const { id } = await authorised();
    expect(await refusal(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
    await stripe.paymentIntents.capture(id);
    expect(await refusal(stripe.refunds.create({ payment_intent: id, amount: 1 }))).toMatchObject({ param: 'amount' });
  });

  test('when refunds are listed, then they come newest first, page by page, from a moment on', async () => {
    const refunds: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { id } = await authorised();
      await stripe.paymentIntents.capture(id);
      refunds.unshift((await stripe.refunds.create({ payment_intent: id })).id);
    }
    const since = { created: { gte: Math.floor(Date.now() / 1000) - 60 } };
    const paged = await stripe.refunds.list({ limit: 2, ...since }).autoPagingToArray({ limit: 10 });
    expect(paged.map(({ id }) => id)).toEqual(refunds);
    const later = { created: { gte: Math.floor(Date.now() / 1000) + 60 } };
    expect((await stripe.refunds.list(later)).data).toEqual([]);
  });
});

describe('idempotency keys', () => {
  test('when a key comes again with the same request, then the answer is the same and says so', async () => {
    const first = await createIntent({ idempotencyKey: ORDER });
    const second = await createIntent({ idempotencyKey: ORDER });
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(standIn.ledger().intents).toHaveLength(1);
    expect(standIn.ledger().idempotency).toMatchObject([{ key: ORDER, request: 'POST /v1/payment_intents', uses: 2 }]);
  });

  test('when a key comes again without, then there are two of it (the keys are what prevents it)', async () => {
    await createIntent();
    await createIntent();
    expect(standIn.ledger().intents).toHaveLength(2);
  });

  test('when a key comes with another request, then it is refused', async () => {
    await createIntent({ idempotencyKey: ORDER });
    const error = await refusal(stripe.paymentIntents.create({ ...draft, amount: 99 }, { idempotencyKey: ORDER }));
    expect(error).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  });

  test('when a refusal of the card is asked for again, then it is repeated and the card is not tried again', async () => {
    const intent = await createIntent();
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_chargeDeclined' } });
    const confirm = () =>
      refusal(stripe.paymentIntents.confirm(intent.id, { payment_method: method.id }, { idempotencyKey: 'a-try' }));
    expect(await confirm()).toMatchObject({ statusCode: 402 });
    const again = await confirm();
    expect(again).toMatchObject({ statusCode: 402, code: 'card_declined' });
    expect(again.headers?.['idempotent-replayed']).toBe('true');
    expect(standIn.ledger().intents[0]?.attempts).toHaveLength(1);
  });

  test('when a key comes while its request is being worked on, then it is refused, and not carried out twice', async () => {
    const intent = await createIntent();
    const method = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_slow_1' } });
    const confirm = () =>
      stripe.paymentIntents.confirm(intent.id, { payment_method: method.id }, { idempotencyKey: 'slow' });
    const first = confirm();
    await delay(200);
    expect(await refusal(confirm())).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect(await first).toMatchObject({ status: 'requires_capture' });
    expect(standIn.ledger().intents[0]?.attempts).toHaveLength(1);
  });
});

describe('requests', () => {
  test('when nobody says who asks, or with a live key, then it is 401', async () => {
    expect((await fetch(url('/v1/payment_intents'))).status).toBe(401);
    const live = { authorization: 'Bearer sk_live_never' };
    expect((await fetch(url('/v1/payment_intents'), { headers: live })).status).toBe(401);
  });

  test.each([
    ['an amount below the smallest', { amount: 49 }, 'amount_too_small'],
    ['an amount above the largest', { amount: 100_000_000 }, 'amount_too_large'],
    ['an amount that is no integer', { amount: 1.5 }, 'parameter_invalid_integer'],
    ['a parameter that nobody knows', { nonsense: 'yes' }, 'parameter_unknown'],
    ['no currency', { currency: '' }, 'parameter_missing'],
  ])('when an intent is made with %s, then it is refused', async (_what, change, code) => {
    const params = { ...draft, ...change };
    expect(await refusal(stripe.paymentIntents.create(params))).toMatchObject({ statusCode: 400, code });
  });

  test('when an intent does not exist, or a path, then it is 404', async () => {
    expect(await refusal(stripe.paymentIntents.retrieve('pi_nobody'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    expect(await refusal(stripe.customers.create({}))).toMatchObject({ statusCode: 404 });
  });
});

describe('the books', () => {
  test('when it is closed and opened again, then it remembers intents, cards, refunds and keys', async () => {
    const intent = await createIntent({ idempotencyKey: ORDER });
    await pay(intent.id, 'tok_captureRefused');
    const before = standIn.ledger();
    await standIn.close();

    await open();
    expect(standIn.ledger()).toEqual(before);
    expect((await createIntent({ idempotencyKey: ORDER })).id).toBe(intent.id);
    expect(await refusal(stripe.paymentIntents.capture(intent.id))).toMatchObject({ code: 'card_declined' });
  });

  test('when a kill cut the last line, then that deed never happened and the rest stands', async () => {
    await createIntent();
    await standIn.close();
    await appendFile(join(folder, 'journal.jsonl'), '[["intents",{"id":"pi_half","amo');

    await open();
    expect(standIn.ledger().intents).toHaveLength(1);
    await createIntent();
    expect(standIn.ledger().intents).toHaveLength(2);
  });

  test('when a person looks at them, then they say that this is not Stripe and escape what they show', async () => {
    await stripe.paymentIntents.create({ ...draft, metadata: { orderId: '<script>alert(1)</script>' } });
    const text = await (await fetch(url('/'))).text();
    expect(text).toContain('stand-in for Stripe');
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toContain('<script>');
    expect(await (await fetch(url('/ledger.json'))).json()).toEqual(standIn.ledger());
  });
});

describe('webhooks', () => {
  let receiver: Server;
  let received: Stripe.Event[];
  let refuseFirst: number;

  beforeEach(async () => {
    received = [];
    refuseFirst = 0;
    receiver = createServer((req, res) => {
      let body = '';
      req.on('data', (part: Buffer) => (body += part.toString()));
      req.on('end', () => {
        const refuses = refuseFirst-- > 0;
        if (!refuses)
          received.push(Stripe.webhooks.constructEvent(body, req.headers['stripe-signature'] ?? '', SECRET));
        res.writeHead(refuses ? 503 : 200).end();
      });
    });
    await once(receiver.listen(0, '127.0.0.1'), 'listening');
    await standIn.close();
    await open({ webhook: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: SECRET } });
  });
  afterEach(() => void receiver.close());

  test('when something happens, then the endpoint is told in order, with a signature that holds', async () => {
    const { id } = await authorised();
    await stripe.paymentIntents.capture(id);
    await stripe.refunds.create({ payment_intent: id });
    await until(() => received.length === 4);
    expect(received.map(({ type }) => type)).toEqual([
      'payment_intent.created',
      'payment_intent.amount_capturable_updated',
      'payment_intent.succeeded',
      'charge.refunded',
    ]);
    expect(received[3]?.data.object).toMatchObject({ payment_intent: id, refunded: true });
  });

  test('when the endpoint refuses, then it is told again until it agrees', async () => {
    refuseFirst = 1;
    await createIntent();
    // What the endpoint answered is written down only after it has heard.
    await until(() => standIn.ledger().events[0]?.state === 'delivered');
    expect(standIn.ledger().events).toMatchObject([{ attempts: 2 }]);
    expect(received).toHaveLength(1);
  });

  test('when the stand-in ended before the endpoint agreed, then the next one tells it', async () => {
    refuseFirst = 1;
    await createIntent();
    await until(() => standIn.ledger().events[0]?.attempts === 1);
    await standIn.close();
    await open({ webhook: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, secret: SECRET } });
    await until(() => received.length === 1);
  });
});
