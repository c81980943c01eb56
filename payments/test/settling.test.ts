import { eventsCommand, isDuplicateKey, log, type EventData } from '@ticketing/common';
import { buildEvent, newId, waitFor } from '@ticketing/common/testing';
import type { AnyEvent } from '@ticketing/common';
import { Payment, type PaymentDocument } from '../src/models/payment';
import { settle } from '../src/operations/settle';
import * as prompts from '../src/operations/settle-soon';
import { payments } from '../src/service';
import { stripe } from '../src/stripe/client';
import { paymentsWorld } from './world';

/** As it is, until a test takes the prompts away. */
jest.mock('../src/operations/settle-soon', () => {
  const actual = jest.requireActual<typeof prompts>('../src/operations/settle-soon');
  return { ...actual, settleSoon: jest.fn(actual.settleSoon) };
});

const world = paymentsWorld();
const { service, order, pay, list, money, document, cancel, complete, sweep } = world;
type Order = EventData<'order:created'>;

afterEach(() => jest.restoreAllMocks());

/** Neither a listener nor a webhook prompts any more, as if the process had died after the commit. */
function dropPrompts(): void {
  jest.mocked(prompts.settleSoon).mockReturnValue(undefined);
}
beforeEach(() => {
  const { settleSoon } = jest.requireActual<typeof prompts>('../src/operations/settle-soon');
  jest.mocked(prompts.settleSoon).mockImplementation(settleSoon);
});

async function paid(token = 'tok_visa'): Promise<Order> {
  const open = await order();
  expect((await pay(open, token)).status).toBe(201);
  return open;
}
async function completed(token = 'tok_visa'): Promise<Order> {
  const sold = await paid(token);
  await complete(sold);
  return sold;
}
const nothing = { held: 0, captured: 0, refunded: 0 };
const failures = async () => (await service.published('payment:failed')).map(({ data }) => data);

describe('an order that is cancelled', () => {
  test('when nobody tried to pay, then there is nothing to do', async () => {
    const open = await order();
    await cancel(open);
    expect(await document(open)).toMatchObject({ settleAt: undefined });
    expect(money(open)).toEqual([]);
  });

  test('when the money is authorised, then it is let go', async () => {
    const open = await paid();
    await cancel(open);
    expect(money(open)).toMatchObject([{ status: 'canceled', ...nothing }]);
    expect(await list(open)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('when a card was declined, or a buyer is at the bank, then nobody can pay it any more', async () => {
    for (const token of ['tok_chargeDeclined', 'tok_threeDSecure2Required']) {
      const open = await order();
      await pay(open, token);
      await cancel(open);
      expect(money(open)).toMatchObject([{ status: 'canceled' }]);
    }
  });

  test('when the money is captured, then all of it goes back, once', async () => {
    const sold = await completed();
    await cancel(sold, 'refunded');
    await sweep();
    expect(money(sold)).toMatchObject([{ captured: 4000, refunded: 4000 }]);
    expect(await list(sold)).toMatchObject([{ status: 'refunded' }]);
    expect(await failures()).toEqual([]);
  });

  test('when its time is up just after the money was authorised, then the money is let go', async () => {
    const open = await paid();
    await cancel(open, 'expired');
    expect(money(open)).toMatchObject([{ status: 'canceled', ...nothing }]);
  });

  test('when its time is up while the bank decides, then the buyer is told so, and the money is let go', async () => {
    const open = await order();
    const paying = Promise.resolve(pay(open, 'tok_slow_1'));
    await waitFor(() => world.asked.at(-1)?.path === '/v1/payment_methods', 'the bank to be asked');
    await cancel(open, 'expired');
    expect((await paying).body).toMatchObject({ errors: [{ code: 'order_expired' }] });
    await sweep();
    expect(money(open)).toMatchObject([nothing]);
  });

  test('when the bank agrees just after its time and nothing has ended it, then orders is told and decides', async () => {
    const open = await order();
    const paying = Promise.resolve(pay(open, 'tok_slow_1'));
    await waitFor(() => world.asked.at(-1)?.path === '/v1/payment_methods', 'the bank to be asked');
    await world.letExpire(open);
    expect((await paying).status).toBe(201);
    expect(await service.published('payment:created')).toHaveLength(1);
    await complete(open);
    expect(money(open)).toMatchObject([{ captured: 4000 }]);
  });

  test('when it happens while the bank decides, then the buyer is told, and the money is let go', async () => {
    const open = await order();
    const paying = Promise.resolve(pay(open, 'tok_slow_1'));
    await waitFor(() => world.asked.at(-1)?.path === '/v1/payment_methods', 'the bank to be asked');
    await cancel(open);
    const answer = await paying;
    expect([answer.status, answer.body]).toMatchObject([409, { errors: [{ code: 'order_cancelled' }] }]);
    await sweep();
    expect(money(open)).toMatchObject([nothing]);
    expect(await service.published('payment:created')).toEqual([]);
  });

  test('when it happens before the intent is noted, then no card is asked, and the intent is closed', async () => {
    const open = await order();
    const { arrived, goOn } = holdIntents();
    const paying = Promise.resolve(pay(open));
    await arrived;
    await cancel(open);
    goOn();
    expect((await paying).body).toMatchObject({ errors: [{ code: 'order_cancelled' }] });
    await sweep();
    expect(money(open)).toMatchObject([{ status: 'canceled', attempts: [] }]);
  });

  test('when paying and cancelling race, in whatever order, then no money stays', async () => {
    for (let round = 0; round < 12; round += 1) {
      const open = await order();
      const paying = Promise.resolve(pay(open));
      await new Promise((resolve) => setTimeout(resolve, round * 6));
      await Promise.all([paying, cancel(open)]);
      await sweep();
      expect(money(open).filter(({ held, captured, refunded }) => held + captured - refunded !== 0)).toEqual([]);
    }
  });

  /** Stops a request when Stripe has made its intent. */
  function holdIntents() {
    const { paymentIntents } = stripe();
    const create = paymentIntents.create.bind(paymentIntents);
    const gate = gateway();
    jest.spyOn(paymentIntents, 'create').mockImplementation(async (params, options) => {
      const intent = await create(params, options);
      await gate.pass();
      return intent;
    });
    return { arrived: gate.arrived, goOn: gate.open };
  }
});

describe('an order that is complete', () => {
  test('when the card refuses the capture, then orders is told once, and its end lets the money go', async () => {
    const sold = await completed('tok_captureRefused');
    await sweep();
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'capture_refused' }]);
    expect(
      world.asked.filter(({ path }) => path === `/v1/payment_intents/${money(sold)[0]!.intent}/capture`),
    ).toHaveLength(1);
    expect((await pay(sold)).body).toMatchObject({ errors: [{ code: 'order_cancelled' }] });

    await cancel(sold, 'unpaid');
    expect(money(sold)).toMatchObject([{ status: 'canceled', ...nothing }]);
    expect(await list(sold)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('when the authorisation is gone, then orders is told once', async () => {
    const open = await paid();
    await world.stripe().paymentIntents.cancel(money(open)[0]!.intent);
    await complete(open);
    await sweep();
    expect(await failures()).toEqual([{ orderId: open.id, reason: 'authorisation_lost' }]);
    await cancel(open, 'unpaid');
    expect(await list(open)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('when the answer to the capture is lost, then it is found captured, and not captured twice', async () => {
    const sold = await completed('tok_captureAnswerLost');
    await sweep();
    expect(money(sold)).toMatchObject([{ captured: 4000 }]);
    expect(await list(sold)).toMatchObject([{ status: 'captured' }]);
    expect(await failures()).toEqual([]);
  });

  test('when somebody captured it at Stripe already, then it is recorded', async () => {
    const open = await paid();
    await world.stripe().paymentIntents.capture(money(open)[0]!.intent);
    await complete(open);
    expect(await list(open)).toMatchObject([{ status: 'captured' }]);
  });

  test('when this service lost the payment of a complete order, then it is found at Stripe, under the id that the order knows', async () => {
    const open = await paid();
    const { _id: paymentId } = await document(open);
    await Payment.deleteOne({ orderId: open.id });
    await service.deliver(buildEvent('order:completed', { ...open, status: 'complete', paymentId: String(paymentId) }));
    await sweep();
    expect(await list(open)).toMatchObject([{ id: String(paymentId), status: 'captured' }]);
  });

  test('when this service lost its note of the payment, then it is found at Stripe, and the sale stands', async () => {
    const open = await paid();
    const { version } = await document(open);
    await Payment.collection.replaceOne(
      { orderId: (await document(open)).orderId },
      { ...(await blank(open)), version },
    );
    await complete(open);
    expect(await list(open)).toMatchObject([{ status: 'captured', amount: 4000 }]);
    expect(await failures()).toEqual([]);
  });

  test('when there is no payment at all, then orders is told', async () => {
    const open = await order();
    await complete(open);
    expect(await failures()).toEqual([{ orderId: open.id, reason: 'authorisation_lost' }]);
  });

  /** The document as it was before anybody paid. */
  async function blank(open: Order) {
    const { orderId, order: state, amount, currency } = (await document(open)).toObject();
    return { orderId, order: state, amount, currency, postponed: 0, outbox: [], createdAt: new Date() };
  }
});

describe('events of orders', () => {
  test('when they come twice, then they change nothing the second time', async () => {
    const sold = await completed();
    const { version } = await document(sold);
    await service.deliver(buildEvent('order:created', sold));
    await complete(sold);
    expect(await document(sold)).toMatchObject({ version, order: { status: 'complete' } });
  });

  test('when the end comes before the beginning, then the order stays cancelled', async () => {
    const event = buildEvent('order:created');
    await cancel(event.data);
    await service.deliver(event);
    expect((await pay(event.data)).status).toBe(409);
    expect(money(event.data)).toEqual([]);
  });

  test('when versions are not looked at, then such an order is open again and takes money (they are what keeps it closed)', async () => {
    ignoreVersions();
    const event = buildEvent('order:created');
    await cancel(event.data);
    await service.deliver(event);
    expect((await pay(event.data)).status).toBe(201);
  });

  test('when beginning and end come at once, then there is one payment, and it is closed', async () => {
    const events = Array.from({ length: 10 }, () => buildEvent('order:created'));
    const ends = events.map(({ data }) =>
      buildEvent('order:cancelled', { ...data, status: 'cancelled', reason: 'user', version: 1 }),
    );
    await Promise.all([...events, ...ends].map((event: AnyEvent) => service.deliver(event)));
    expect(await Payment.countDocuments()).toBe(10);
    expect(await Payment.countDocuments({ 'order.status': 'cancelled' })).toBe(10);
    expect(await service.parked()).toEqual([]);
  });

  test('when the end is skipped because the beginning was just stored, then it is lost (so it is followed again)', async () => {
    const save = Reflect.get(Payment.prototype as object, 'save') as () => Promise<PaymentDocument>;
    const skipping = jest.spyOn(Payment.prototype, 'save').mockImplementation(async function (this: PaymentDocument) {
      try {
        return await save.call(this);
      } catch (error) {
        if (!isDuplicateKey(error, '_id')) throw error;
        return this;
      }
    });
    let lost = 0;
    for (let round = 0; round < 20 && lost === 0; round += 1) {
      const { data } = buildEvent('order:created');
      const end = buildEvent('order:cancelled', { ...data, status: 'cancelled', reason: 'user', version: 1 });
      await service.deliver(buildEvent('order:created', data), end);
      if ((await document(data)).order.status !== 'cancelled') lost += 1;
    }
    skipping.mockRestore();
    expect(lost).toBe(1);
  });

  test('when a second payment for an order is stored, then the index refuses it', async () => {
    const open = await document(await order());
    const { orderId, order: state, amount } = open;
    await expect(Payment.create({ orderId, order: state, amount })).rejects.toThrow(/E11000/);
  });

  function ignoreVersions(): void {
    const follow = Reflect.get(Payment.prototype as object, 'follow') as (data: unknown) => void;
    jest.spyOn(Payment.prototype, 'follow').mockImplementation(function (this: PaymentDocument, data: unknown) {
      if (!this.isNew) this.order.version = -1;
      follow.call(this, data);
    });
  }
});

describe('a decision on an old state of the order', () => {
  /** The money is there, nobody noted it yet, and the order is cancelled just while settle decides. */
  async function cancelWhileDeciding(prepare: () => void = () => undefined): Promise<Order> {
    const open = await order();
    await pay(open, 'tok_answerLost');
    dropPrompts();
    prepare();
    const { arrived, goOn } = holdLooks();
    const deciding = settle(open.id);
    await arrived;
    await cancel(open);
    goOn();
    await deciding;
    await sweep();
    return open;
  }

  test('when the order was cancelled meanwhile, then it is not saved, and decided again', async () => {
    const open = await cancelWhileDeciding();
    expect(money(open)).toMatchObject([nothing]);
    expect(await service.published('payment:created')).toEqual([]);
  });

  test('when saves are not guarded, then the money stays held for ever (the version is what prevents it)', async () => {
    const open = await cancelWhileDeciding(() => {
      jest.spyOn(Payment.prototype, 'save').mockImplementation(saveUnguarded);
    });
    expect(money(open)).toMatchObject([{ held: 4000 }]);
  });

  async function saveUnguarded(this: PaymentDocument): Promise<PaymentDocument> {
    const changed = this.directModifiedPaths();
    const set = changed.filter((path) => this.get(path) !== undefined).map((path) => [path, this.get(path) as unknown]);
    const unset = changed.filter((path) => this.get(path) === undefined).map((path) => [path, 1]);
    const update = { $set: { ...Object.fromEntries(set), touched: true }, $unset: Object.fromEntries(unset) as object };
    await Payment.collection.updateOne({ _id: this._id }, update);
    return this;
  }

  /** Stops the next look at an intent when Stripe has answered. */
  function holdLooks() {
    const { paymentIntents } = stripe();
    const retrieve = paymentIntents.retrieve.bind(paymentIntents);
    const gate = gateway();
    jest.spyOn(paymentIntents, 'retrieve').mockImplementationOnce(async (id: string, params, options) => {
      const intent = await retrieve(id, params, options);
      await gate.pass();
      return intent;
    });
    return { arrived: gate.arrived, goOn: gate.open };
  }
});

describe('sweeps', () => {
  test('when no prompt ever comes, then nothing happens by itself, and the sweep captures, lets go and gives back', async () => {
    dropPrompts();
    const [sold, ended, returned] = [await paid(), await paid(), await paid()];
    await complete(sold);
    await cancel(ended);
    await complete(returned);
    expect([sold, ended, returned].map((each) => money(each)[0]?.held)).toEqual([4000, 4000, 4000]);

    await sweep();
    expect(money(sold)).toMatchObject([{ held: 0, captured: 4000 }]);
    expect(money(ended)).toMatchObject([nothing]);
    await cancel(returned, 'refunded');
    await sweep();
    expect(money(returned)).toMatchObject([{ captured: 4000, refunded: 4000 }]);
  });

  test('when Stripe is away, then a payment is put off, a little longer each time, and settled afterwards', async () => {
    const open = await paid();
    const warn = jest.spyOn(log, 'warn');
    await world.withoutStripe(async () => {
      await complete(open);
      await sweep();
    });
    const { postponed, settleAt } = await document(open);
    expect(postponed).toBe(2);
    expect(settleAt!.getTime() - Date.now()).toBeGreaterThan(8000);
    expect(warn).toHaveBeenCalled();

    await sweep();
    expect(await document(open)).toMatchObject({ status: 'captured', postponed: 0, settleAt: undefined });
  });

  test('when money is moved on the event alone, then what fails there is complete and never paid (so it is settled)', async () => {
    const tries: Promise<unknown>[] = [];
    jest.mocked(prompts.settleSoon).mockImplementation((orderId) => {
      tries.push(settle(orderId).catch(() => undefined));
    });
    const open = await paid();
    await world.withoutStripe(async () => {
      await complete(open);
      await Promise.all(tries);
    });
    await complete(await paid());
    expect(money(open)).toMatchObject([{ held: 4000, captured: 0 }]);
  });

  test('when one payment can never be settled, then the others are', async () => {
    const [bad, good] = [await paid(), await paid()];
    dropPrompts();
    await complete(bad);
    await complete(good);
    await Payment.collection.updateOne({ _id: (await document(bad))._id }, { $set: { stripeId: 'pi_nobody' } });
    await sweep();
    expect(await list(good)).toMatchObject([{ status: 'captured' }]);
    expect(await list(bad)).toMatchObject([{ status: 'authorised' }]);
  });

  test('when payments are settled, then the sweep asks Stripe nothing', async () => {
    await completed();
    await cancel(await paid());
    const asked = world.asked.length;
    await sweep();
    expect(world.asked).toHaveLength(asked);
  });

  test('when orders have ended and their money is not settled, then the metric counts them', async () => {
    const [sold] = [await paid(), await paid()];
    dropPrompts();
    await complete(sold);
    const metrics = async () => (await service.api().get('/metrics')).text;
    expect(await metrics()).toContain('\npayments_unsettled 1\n');
    await sweep();
    expect(await metrics()).toContain('\npayments_unsettled 0\n');
  });
});

describe('announcing it again', () => {
  test('when an operator republishes, then each payment says what is true of it now', async () => {
    const [open, failed] = [await paid(), await completed('tok_captureRefused')];
    await order();
    const before = [await service.published('payment:created'), await service.published('payment:failed')];
    await eventsCommand(payments, ['republish']);
    await Payment.updateMany({}, { $set: { 'outbox.$[].at': new Date(0) } });
    await waitFor(
      async () => (await service.published('payment:failed')).length > before[1]!.length,
      'the relay',
      8000,
    );
    const again = (await service.published('payment:created')).slice(before[0]!.length);
    expect(again.map(({ data }) => data.orderId)).toEqual([open.id]);
    expect((await failures()).at(-1)).toEqual({ orderId: failed.id, reason: 'capture_refused' });
  });
});

describe('runs for one order', () => {
  test('when it is prompted many times at once, then one runs and the rest share the next', async () => {
    const open = await paid();
    const before = world.asked.length;
    await Promise.all(Array.from({ length: 20 }, () => prompts.settleInTurn(open.id)));
    expect(world.asked.length - before).toBeLessThanOrEqual(2);
  });

  test('when there is no such payment, then it says so and harms nothing', async () => {
    await expect(prompts.settleInTurn(newId())).rejects.toMatchObject({ code: 'not_found' });
    await prompts.settleOrPostpone(newId());
    await prompts.settlingDone();
  });
});

/** A place where something waits until it may go on. */
function gateway() {
  let arrive: () => void = () => undefined;
  let open: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  const pass = () => {
    arrive();
    return opened;
  };
  return { arrived, open: () => open(), pass };
}
