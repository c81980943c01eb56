import { inspect } from 'node:util';
import { newId, signIn, waitFor } from '@ticketing/common/testing';
import { Payment } from '../src/models/payment';
import { ask, limits, stripe } from '../src/stripe/client';
import { createIntent, createPaymentMethod } from '../src/stripe/intents';
import { paymentsWorld } from './world';

const world = paymentsWorld();
const { service, order, pay, list, money, document, cancel, complete, sweep } = world;

afterEach(() => jest.restoreAllMocks());

const errorsOf = (answer: { body: unknown }) => (answer.body as { errors: Record<string, unknown>[] }).errors;
const confirmations = () => world.asked.filter(({ path }) => path.endsWith('/confirm'));
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Without the key under which it asks for an intent, Stripe makes another one each time. */
function forgetIdempotencyKeys() {
  const { paymentIntents } = stripe();
  const create = paymentIntents.create.bind(paymentIntents);
  jest.spyOn(paymentIntents, 'create').mockImplementation((params) => create(params));
}

describe('a good card', () => {
  test('when the owner pays, then the price is authorised, and captured once the order is complete', async () => {
    const open = await order({ ticket: { id: newId(), title: 'A seat', price: 19.99 } });

    const answer = await pay(open);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id: expect.any(String) as string, status: 'authorised' });
    expect(money(open)).toMatchObject([{ status: 'requires_capture', amount: 1999, held: 1999, captured: 0 }]);
    const events = await service.published('payment:created');
    const { intent: stripeId } = money(open)[0]!;
    expect(events.map(({ data }) => data)).toMatchObject([
      { orderId: open.id, amount: 1999, currency: 'usd', stripeId },
    ]);

    await complete(open);
    expect(money(open)).toMatchObject([{ status: 'succeeded', held: 0, captured: 1999 }]);
    expect(await list(open)).toEqual([
      {
        id: (answer.body as { id: string }).id,
        orderId: open.id,
        status: 'captured',
        amount: 1999,
        currency: 'usd',
        last4: '4242',
        createdAt: expect.any(String) as string,
        version: expect.any(Number) as number,
      },
    ]);
  });

  test('when it is paid again, then it answers 200 with that payment, whatever the token, and asks no card', async () => {
    const open = await order();
    const first = await pay(open);
    const asked = world.asked.length;

    const again = await pay(open, 'tok_chargeDeclined');
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(world.asked).toHaveLength(asked);

    await complete(open);
    const afterwards = await pay(open, 'tok_nobody');
    expect([afterwards.status, afterwards.body]).toEqual([200, { ...(first.body as object), status: 'captured' }]);
  });

  test('when the events tell about it, then they carry neither card nor buyer', async () => {
    await pay(await order());
    const [event] = await service.published('payment:created');
    const { id, orderId, stripeId, amount, currency } = event!.data;
    expect(event!.data).toEqual({ id, orderId, stripeId, amount, currency });
  });
});

describe('who and what', () => {
  test('when nobody is signed in, then it is 401', async () => {
    expect((await service.api().post('/api/payments').send({})).status).toBe(401);
    expect((await service.api().get('/api/payments')).status).toBe(401);
  });

  test.each([
    ['no order', { token: 'tok_visa' }, 'orderId'],
    ['an id that is none', { orderId: 'x', token: 'tok_visa' }, 'orderId'],
    ['an operator for an id', { orderId: { $ne: null }, token: 'tok_visa' }, 'orderId'],
    ['no token', { orderId: newId() }, 'token'],
    ['an object for a token', { orderId: newId(), token: { $gt: '' } }, 'token'],
    ['a token without end', { orderId: newId(), token: 't'.repeat(256) }, 'token'],
  ])('when it is asked with %s, then it is 400 at that field', async (_what, body, field) => {
    const answer = await service.api().post('/api/payments').set('Cookie', signIn()).send(body);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toMatchObject([{ code: 'validation_failed', field }]);
  });

  test('when the list is asked for without an order, then it is 400', async () => {
    const answer = await service.api().get('/api/payments').set('Cookie', signIn());
    expect([answer.status, errorsOf(answer)[0]]).toMatchObject([400, { field: 'orderId' }]);
  });

  test('when the order is not known, or not yet, then it is 404', async () => {
    const unknown = { id: newId(), userId: newId() };
    expect((await pay(unknown)).status).toBe(404);
    const cookie = signIn(unknown.userId);
    expect((await service.api().get('/api/payments').query({ orderId: unknown.id }).set('Cookie', cookie)).status).toBe(
      404,
    );
  });

  test("when it is somebody else's order, then it is 403, and nothing reaches Stripe", async () => {
    const open = await order();
    const stranger = { id: open.id, userId: newId() };
    const answer = await pay(stranger);
    expect([answer.status, errorsOf(answer)[0]]).toMatchObject([403, { code: 'forbidden' }]);
    const query = service.api().get('/api/payments').query({ orderId: open.id });
    expect((await query.set('Cookie', signIn(stranger.userId))).status).toBe(403);
    expect(money(open)).toEqual([]);
  });

  test('when nobody tried to pay yet, then the list is empty', async () => {
    expect(await list(await order())).toEqual([]);
  });

  test('when the body names an amount or a status, then the price of the order stands', async () => {
    const open = await order({ ticket: { id: newId(), title: 'A seat', price: 40 } });
    const body = { orderId: open.id, token: 'tok_visa', amount: 1, currency: 'xxx', status: 'captured' };
    await service.api().post('/api/payments').set('Cookie', signIn(open.userId)).send(body);
    expect(await list(open)).toMatchObject([{ amount: 4000, currency: 'usd', status: 'authorised' }]);
  });

  test('when Stripe does not know the token, then it is 400 at the token, and another one pays', async () => {
    const open = await order();
    const answer = await pay(open, 'tok_nobody');
    expect([answer.status, errorsOf(answer)[0]]).toMatchObject([400, { code: 'validation_failed', field: 'token' }]);
    expect((await pay(open)).status).toBe(201);
  });

  test('when the order is cancelled, then it is 409 order_cancelled', async () => {
    const open = await order();
    await cancel(open);
    const answer = await pay(open);
    expect([answer.status, errorsOf(answer)[0]]).toMatchObject([409, { code: 'order_cancelled' }]);
    expect(money(open)).toEqual([]);
  });

  test('when it was paid and then cancelled, then it is 409, even before the money could be let go', async () => {
    const open = await order();
    await pay(open);
    await world.withoutStripe(async () => {
      await cancel(open);
      expect(errorsOf(await pay(open))).toMatchObject([{ code: 'order_cancelled' }]);
    });
    await sweep();
    expect(money(open)).toMatchObject([{ held: 0, captured: 0 }]);
  });

  test('when its time is up while the outcome is unknown, then asking again still finds the money', async () => {
    const open = await order();
    await pay(open, 'tok_answerLost');
    await world.letExpire(open);
    expect((await pay(open)).body).toMatchObject({ status: 'authorised' });
  });

  test('when its time is up, by the clock or by its end, then it is 409 order_expired', async () => {
    const late = await order({ expiresAt: minutesAgo(1) });
    expect(errorsOf(await pay(late))).toMatchObject([{ code: 'order_expired' }]);
    const ended = await order();
    await cancel(ended, 'expired');
    expect(errorsOf(await pay(ended))).toMatchObject([{ code: 'order_expired' }]);
  });
});

describe('a bad card', () => {
  test('when it is declined, then it is 422 with the reason, and the next card pays by the same intent', async () => {
    const open = await order();
    const declined = await pay(open, 'tok_chargeDeclinedInsufficientFunds');
    expect(declined.status).toBe(422);
    expect(errorsOf(declined)).toMatchObject([{ code: 'card_declined', declineCode: 'insufficient_funds' }]);
    expect(await list(open)).toMatchObject([{ status: 'declined', last4: '9995' }]);
    expect(await service.published('payment:created')).toEqual([]);

    expect((await pay(open)).status).toBe(201);
    expect(money(open)).toMatchObject([{ held: 4000, attempts: [{ status: 'failed' }, { status: 'succeeded' }] }]);
    expect(await list(open)).toMatchObject([{ status: 'authorised', last4: '4242' }]);
  });

  test('when the bank asks for the buyer, then it is 422 with the secret, and after that the same request pays', async () => {
    const open = await order();
    const answer = await pay(open, 'tok_threeDSecure2Required');
    expect(answer.status).toBe(422);
    const [error] = errorsOf(answer);
    expect(error).toMatchObject({
      code: 'authentication_required',
      clientSecret: expect.stringMatching(/^pi_.*_secret_/) as string,
    });
    expect(await list(open)).toMatchObject([{ status: 'pending' }]);

    await atTheBank(error?.clientSecret as string, 'approve');
    const again = await pay(open, 'tok_threeDSecure2Required');
    expect([again.status, again.body]).toMatchObject([200, { status: 'authorised' }]);
    expect(money(open)).toMatchObject([{ held: 4000, attempts: [{ last4: '3220' }] }]);
  });

  test('when the buyer never comes back from the bank, then the sweep finds the money all the same', async () => {
    const open = await order();
    const [error] = errorsOf(await pay(open, 'tok_threeDSecure2Required'));
    await atTheBank(error?.clientSecret as string, 'approve');
    await sweep();
    expect(await list(open)).toMatchObject([{ status: 'authorised', last4: '3220' }]);
    expect(await service.published('payment:created')).toHaveLength(1);
  });

  test('when the buyer refuses at the bank, then another card may pay', async () => {
    const open = await order();
    const [error] = errorsOf(await pay(open, 'tok_threeDSecure2Required'));
    await atTheBank(error?.clientSecret as string, 'refuse');
    expect((await pay(open)).status).toBe(201);
  });

  async function atTheBank(clientSecret: string, decision: string): Promise<void> {
    const answer = await fetch(world.bank(clientSecret), { method: 'POST', body: new URLSearchParams({ decision }) });
    expect(answer.status).toBe(200);
  }
});

describe('no answer', () => {
  const UNKNOWN = [503, { code: 'payment_outcome_unknown' }];

  test('when the answer is lost after the deed, then it is 503, and asking again finds the money without a second card', async () => {
    const open = await order();
    const lost = await pay(open, 'tok_answerLost');
    expect([lost.status, errorsOf(lost)[0]]).toMatchObject(UNKNOWN);
    expect(lost.headers['retry-after']).toBe('2');

    const again = await pay(open, 'tok_mastercard');
    expect([again.status, again.body]).toMatchObject([200, { status: 'authorised' }]);
    expect(money(open)).toMatchObject([{ held: 4000, attempts: [{ last4: '9902' }] }]);
    expect(await list(open)).toMatchObject([{ last4: '9902' }]);
  });

  test('when nobody asks again, then the sweep finds the money', async () => {
    const open = await order();
    await pay(open, 'tok_answerLost');
    await sweep();
    expect(await service.published('payment:created')).toHaveLength(1);
  });

  test('when Stripe is away, then it is 503, and once it is back the same request pays', async () => {
    const open = await order();
    await world.withoutStripe(async () => {
      const away = await pay(open);
      expect([away.status, errorsOf(away)[0]]).toMatchObject(UNKNOWN);
    });
    expect((await pay(open)).status).toBe(201);
    expect(money(open)).toHaveLength(1);
  });

  test('when the bank takes longer than Stripe is waited for, then it is 503 in time, and the money is found later', async () => {
    expect(limits.answer).toBeLessThan(20_000);
    jest.replaceProperty(limits, 'atTheBank', 200);
    const open = await order();
    const slow = await pay(open, 'tok_slow_3');
    expect([slow.status, errorsOf(slow)[0]]).toMatchObject(UNKNOWN);

    const meanwhile = await pay(open);
    expect([meanwhile.status, errorsOf(meanwhile)[0]]).toMatchObject(UNKNOWN);
    await waitFor(() => money(open)[0]?.held === 4000, 'the bank to agree');
    expect((await pay(open)).status).toBe(200);
    expect(money(open)[0]?.attempts).toHaveLength(1);
  });

  test('when all of it takes longer than a buyer waits, then it is 503 in time, and the outcome is recorded', async () => {
    jest.replaceProperty(limits, 'answer', 300);
    const open = await order();
    const slow = await pay(open, 'tok_slow_1');
    expect([slow.status, errorsOf(slow)[0]]).toMatchObject(UNKNOWN);
    expect(errorsOf(await pay(open))).toMatchObject([{ code: 'payment_in_progress' }]);
    await waitFor(async () => (await list(open))[0]?.status === 'authorised', 'the payment to be authorised');
  });

  test('when the key is not ours, then it is 500 and says nothing of it', async () => {
    const open = await order();
    jest.spyOn(stripe().paymentIntents, 'create').mockRejectedValue(await refusedKey());
    const answer = await pay(open);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('sk_');
  });

  async function refusedKey(): Promise<Error> {
    const { paymentIntents } = stripe();
    return paymentIntents.retrieve('pi_any', {}, { apiKey: 'sk_live_wrong' }).then(
      () => new Error('the key was taken'),
      (error: Error) => error,
    );
  }
});

describe('several at once', () => {
  const eightTimes = (open: { id: string; userId: string }) => Promise.all(Array.from({ length: 8 }, () => pay(open)));

  test('when eight requests pay one order, then there is one intent, one card asked and one capture', async () => {
    const open = await order();
    const before = confirmations().length;
    const answers = await eightTimes(open);

    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(errorsOf(answer)).toMatchObject([{ code: 'payment_in_progress' }]);
      expect(answer.headers['retry-after']).toBe('1');
    }
    expect(statuses.every((status) => [200, 201, 409].includes(status))).toBe(true);

    await complete(open);
    expect(confirmations()).toHaveLength(before + 1);
    expect(money(open)).toMatchObject([{ captured: 4000, held: 0 }]);
    expect(await service.published('payment:created')).toHaveLength(1);
  });

  test('when the claim is taken away, then several cards are asked (it is what keeps the others out)', async () => {
    const open = await order();
    const before = confirmations().length;
    jest.spyOn(Payment.prototype, 'claimForRequest').mockReturnValue('nobody');
    await eightTimes(open);
    expect(confirmations().length).toBeGreaterThan(before + 1);
    expect(money(open)).toHaveLength(1);
  });

  test('when the idempotency key is taken away as well, then there are several intents', async () => {
    const open = await order();
    jest.spyOn(Payment.prototype, 'claimForRequest').mockReturnValue('nobody');
    forgetIdempotencyKeys();
    await eightTimes(open);
    expect(money(open).length).toBeGreaterThan(1);
  });
});

describe('two tabs with a card each', () => {
  const inBoth = (open: { id: string; userId: string }) =>
    Promise.all([pay(open, 'tok_visa'), pay(open, 'tok_mastercard')]);

  test('when both pay at once, then one card is asked, and the other tab is told to wait, or what came of it', async () => {
    const open = await order();
    const answers = await inBoth(open);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect([200, 201, 409]).toEqual(expect.arrayContaining(answers.map(({ status }) => status)));
    expect(money(open)).toMatchObject([{ held: 4000, attempts: [{ status: 'succeeded' }] }]);
  });

  test('when one card is declined, then the other one pays by the same intent, whichever is asked first', async () => {
    const open = await order();
    await Promise.all([pay(open, 'tok_chargeDeclined'), pay(open, 'tok_visa')]);
    await waitFor(async () => (await pay(open, 'tok_visa')).status < 300, 'the payment');
    expect(money(open)).toMatchObject([{ held: 4000 }]);
  });

  test('when neither the claim nor the key is there, then both cards are held (they are what prevents it)', async () => {
    const open = await order();
    jest.spyOn(Payment.prototype, 'claimForRequest').mockReturnValue('nobody');
    forgetIdempotencyKeys();
    await inBoth(open);
    expect(money(open).map(({ held }) => held)).toEqual([4000, 4000]);
  });
});

describe('a process that dies', () => {
  /** Ends a request between the making of the intent and the note of it, with its claim left behind. */
  async function dieBeforeTheNote(open: { id: string; userId: string }): Promise<void> {
    const die = () => {
      throw new Error('killed');
    };
    const death = [
      jest.spyOn(Payment.prototype, 'begin').mockImplementationOnce(die),
      jest.spyOn(Payment.prototype, 'release').mockImplementationOnce(die),
    ];
    expect((await pay(open)).status).toBe(500);
    for (const spy of death) spy.mockRestore();
    expect(errorsOf(await pay(open))).toMatchObject([{ code: 'payment_in_progress' }]);
    await Payment.collection.updateOne({ _id: (await document(open))._id }, { $set: { 'claim.until': new Date(0) } });
  }

  test('when it made the intent and could not note it, then after its claim the same intent is paid', async () => {
    const open = await order();
    await dieBeforeTheNote(open);
    expect((await pay(open)).status).toBe(201);
    expect(money(open)).toMatchObject([{ held: 4000 }]);
  });

  test('when the idempotency key is taken away, then a second intent is made (the key is what finds the first)', async () => {
    const open = await order();
    forgetIdempotencyKeys();
    await dieBeforeTheNote(open);
    expect((await pay(open)).status).toBe(201);
    expect(money(open)).toHaveLength(2);
  });
});

describe('secrets', () => {
  test('when Stripe refuses, then the error that may be logged carries neither token nor client secret', async () => {
    const intent = await createIntent(newId(), 4000, 'usd');
    const refusals = await Promise.allSettled([
      ask(async ({ paymentIntents }) =>
        paymentIntents.confirm(intent, { payment_method: await createPaymentMethod('tok_chargeDeclined') }),
      ),
      ask(({ paymentMethods }) => paymentMethods.create({ type: 'card', card: { token: 'tok_nobody' } })),
      ask(({ paymentIntents }) => paymentIntents.capture(intent)),
    ]);
    for (const refusal of refusals) {
      expect(refusal.status).toBe('rejected');
      const text = inspect((refusal as PromiseRejectedResult).reason, { depth: null, showHidden: true });
      expect(text).toMatch(/Stripe refused/);
      expect(text).not.toMatch(/tok_|_secret_|sk_test/);
    }
  });
});
