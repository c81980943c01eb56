import { CommandError, type EventData } from '@ticketing/common';
import { newId } from '@ticketing/common/testing';
import Stripe from 'stripe';
import type { StoredEvent } from '../../infra/local/src/stripe/store';
import { signEvent } from '../../infra/local/src/stripe/webhooks';
import { Payment } from '../src/models/payment';
import { StripeEvent } from '../src/models/stripe-event';
import { noticeRefunds } from '../src/operations/notice-refunds';
import { refundOrder } from '../src/operations/refund-order';
import { settle } from '../src/operations/settle';
import * as prompts from '../src/operations/settle-soon';
import { paymentsWorld, WEBHOOK_SECRET } from './world';

/** As it is, until a test takes a prompt away. */
jest.mock('../src/operations/settle-soon', () => {
  const actual = jest.requireActual<typeof prompts>('../src/operations/settle-soon');
  return { ...actual, settleSoon: jest.fn(actual.settleSoon) };
});

const world = paymentsWorld();
const { service, order, pay, list, money, cancel, complete, sweep } = world;
type Order = EventData<'order:created'>;

async function completed(): Promise<Order> {
  const sold = await order();
  await pay(sold);
  await complete(sold);
  return sold;
}
const refundAtStripe = (sold: Order) => world.stripe().refunds.create({ payment_intent: money(sold)[0]!.intent });
const failures = async () => (await service.published('payment:failed')).map(({ data }) => data);

function post(payload: string, signature: string) {
  return service
    .api()
    .post('/api/payments/webhook')
    .set('Content-Type', 'application/json')
    .set('Stripe-Signature', signature)
    .send(payload);
}

/** Brings the newest webhook of this type to the service, as Stripe would. */
function tell(type: string, secret = WEBHOOK_SECRET) {
  const event = world.events().findLast((candidate) => candidate.type === type);
  if (!event) throw new Error(`Stripe has nothing to tell of ${type}`);
  return bring(event, secret);
}

async function bring(event: StoredEvent, secret = WEBHOOK_SECRET) {
  const { payload, signature } = signEvent(event, secret);
  const answer = await post(payload, signature);
  await prompts.settlingDone();
  return answer;
}

function signed(event: object) {
  const payload = JSON.stringify({ object: 'event', ...event });
  return { payload, signature: Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET }) };
}

const payment = ({ id }: Order) => Payment.findOne({ orderId: id }).orFail();

/** An event that was overtaken: what it tells was so, and is no more. Whoever looks asks Stripe once. */
async function outdatedNews() {
  await completed();
  const event = world.events().findLast(({ type }) => type === 'payment_intent.amount_capturable_updated')!;
  return { asked: world.asked.length, event };
}

describe('webhooks', () => {
  test('when Stripe tells that money is authorised, then nobody needs to ask', async () => {
    const open = await order();
    await pay(open, 'tok_answerLost');
    expect((await tell('payment_intent.amount_capturable_updated')).status).toBe(200);
    expect(await list(open)).toMatchObject([{ status: 'authorised' }]);
    expect(await service.published('payment:created')).toHaveLength(1);
  });

  test('when Stripe tells of a refund, then orders is told, and the order ends with no money', async () => {
    const sold = await completed();
    await refundAtStripe(sold);
    await tell('charge.refunded');
    await tell('charge.refunded');
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'refunded' }]);
    expect(await list(sold)).toMatchObject([{ status: 'refunded' }]);

    await cancel(sold, 'refunded');
    expect(money(sold)).toMatchObject([{ captured: 4000, refunded: 4000 }]);
  });

  test('when Stripe tells what is known already, then nothing is asked', async () => {
    await completed();
    const asked = world.asked.length;
    expect((await tell('payment_intent.succeeded')).status).toBe(200);
    expect(world.asked).toHaveLength(asked);
  });

  test('when a webhook lies, then only what Stripe itself says counts', async () => {
    const sold = await completed();
    const intent = { id: money(sold)[0]!.intent, object: 'payment_intent', status: 'canceled', amount: 1 };
    const { payload, signature } = signed({ id: 'evt_1', type: 'payment_intent.canceled', data: { object: intent } });
    expect((await post(payload, signature)).status).toBe(200);
    await prompts.settlingDone();
    expect(await list(sold)).toMatchObject([{ status: 'captured' }]);
    expect(await failures()).toEqual([]);
  });

  test('when the process dies after its answer, then the sweep does what Stripe told', async () => {
    const sold = await completed();
    await refundAtStripe(sold);
    jest.mocked(prompts.settleSoon).mockReturnValueOnce(undefined);
    await tell('charge.refunded');
    expect(await failures()).toEqual([]);
    await sweep();
    expect(await failures()).toHaveLength(1);
  });

  test.each([
    ['another secret', () => tell('payment_intent.created', 'whsec_wrong')],
    ['no signature', () => service.api().post('/api/payments/webhook').send({ type: 'charge.refunded' })],
    ['a body that was changed', () => post('{"changed":true}', 't=1,v1=00')],
    ['no body', () => service.api().post('/api/payments/webhook')],
  ])('when it comes with %s, then it is 400, and nothing happens', async (_what, send) => {
    await pay(await order());
    const answer = await send();
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ code: 'validation_failed' }] }]);
  });

  test('when it is about something that nobody here knows, then it is 200', async () => {
    await pay(await order());
    expect((await tell('payment_intent.created')).status).toBe(200);
    await world
      .stripe()
      .paymentIntents.create({ amount: 100, currency: 'usd' })
      .then(({ id }) => world.stripe().paymentIntents.cancel(id));
    expect((await tell('payment_intent.canceled')).status).toBe(200);
  });

  test('when it comes a second time, then nothing is looked at again', async () => {
    const { asked, event } = await outdatedNews();
    await bring(event);
    expect(world.asked.length).toBe(asked + 1);
    expect((await bring(event)).status).toBe(200);
    expect(world.asked).toHaveLength(asked + 1);
  });

  test('when it is not stored that it came, then the second one is looked at too (that is what keeps it out)', async () => {
    const { asked, event } = await outdatedNews();
    await bring(event);
    await StripeEvent.deleteMany({});
    await bring(event);
    expect(world.asked).toHaveLength(asked + 2);
  });

  test('when all that happened is told twice and in any order, then it is as before, and said once', async () => {
    const sold = await completed();
    await refundAtStripe(sold);
    await tell('charge.refunded');
    await cancel(sold, 'refunded');
    const { status, stripeId, reason } = await payment(sold);
    const told = world.events().filter(({ object }) => JSON.stringify(object).includes(stripeId!));
    for (const event of [...told.toReversed(), ...told]) expect((await bring(event)).status).toBe(200);
    expect(await payment(sold)).toMatchObject({ status, reason, settleAt: undefined });
    expect(await failures()).toHaveLength(1);
    expect(await StripeEvent.countDocuments()).toBe(told.length);
  });

  test('when it is of a type that nobody knows, then it is stored and ignored', async () => {
    const asked = world.asked.length;
    const { payload, signature } = signed({
      id: 'evt_new',
      type: 'balance.available',
      data: { object: { object: 'balance' } },
    });
    expect((await post(payload, signature)).status).toBe(200);
    expect(await StripeEvent.find().lean()).toMatchObject([{ _id: 'evt_new', type: 'balance.available' }]);
    expect(world.asked).toHaveLength(asked);
  });

  test.each(['{}', 'null', '[]', '1', '{"id":"evt_1","type":"payment_intent.succeeded","data":null}'])(
    'when it is signed and is none of their events, %s, then it is let go and not repeated for days',
    async (payload) => {
      const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
      expect((await post(payload, signature)).status).toBe(200);
      expect(await StripeEvent.countDocuments()).toBe(0);
    },
  );

  test('when it is stored, then without anything about the buyer', async () => {
    const open = await order();
    await pay(open);
    await tell('payment_intent.amount_capturable_updated');
    const [event] = await StripeEvent.find().lean();
    const receivedAt = expect.any(Date) as Date;
    const type = 'payment_intent.amount_capturable_updated';
    expect(event).toEqual({
      _id: expect.stringMatching(/^evt_/) as string,
      type,
      about: money(open)[0]!.intent,
      receivedAt,
    });
  });

  test('when it can not be stored, then it is refused, and the next delivery is dealt with', async () => {
    const sold = await completed();
    await refundAtStripe(sold);
    const away = jest.spyOn(StripeEvent, 'create').mockRejectedValueOnce(new Error('killed'));
    expect((await tell('charge.refunded')).status).toBe(500);
    away.mockRestore();
    expect((await tell('charge.refunded')).status).toBe(200);
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'refunded' }]);
    expect(await StripeEvent.countDocuments()).toBe(1);
  });

  test('when it is stored before it is dealt with, then a death in between loses it (so it is stored last)', async () => {
    const sold = await completed();
    await refundAtStripe(sold);
    const { id, type } = world.events().findLast((event) => event.type === 'charge.refunded')!;
    await StripeEvent.create({ _id: id, type, receivedAt: new Date() });
    await tell('charge.refunded');
    await sweep();
    expect(await failures()).toEqual([]);
  });

  test('when a browser of another origin sent it, then the signature alone decides', async () => {
    await pay(await order());
    const event = world.events().at(-1)!;
    const { payload, signature } = signEvent(event, WEBHOOK_SECRET);
    expect((await post(payload, signature).set('Origin', 'https://elsewhere.example')).status).toBe(200);
  });
});

describe('webhooks, the request itself and a sweep at once', () => {
  const authorised = 'payment_intent.amount_capturable_updated';

  /** The money is there, its answer was lost, and everybody who may find that out does so in one moment. */
  async function allAtOnce(): Promise<Order> {
    const open = await order();
    await pay(open, 'tok_answerLost');
    const event = world.events().findLast(({ type }) => type === authorised)!;
    await Promise.all([bring(event), bring(event), pay(open), sweep(), bring(event), pay(open)]);
    await prompts.settlingDone();
    return open;
  }

  test('when they meet, then the money is noted once and said once, and the event is stored once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const open = await allAtOnce();
      expect(await list(open)).toMatchObject([{ status: 'authorised' }]);
      expect(money(open)).toMatchObject([{ held: 4000, attempts: [{ last4: '9902' }] }]);
      const said = await service.published('payment:created');
      expect(said.filter(({ data }) => data.orderId === open.id)).toHaveLength(1);
    }
    expect(await StripeEvent.countDocuments()).toBe(5);
    expect(await service.parked()).toEqual([]);
  });

  /** Two replicas look at the same moment; within one process the runs for an order take turns. */
  async function twoReplicas(): Promise<unknown[]> {
    const open = await order();
    await pay(open, 'tok_answerLost');
    await Promise.all([settle(open.id), settle(open.id)]);
    return (await service.published('payment:created')).filter(({ data }) => data.orderId === open.id);
  }

  test('when two replicas find the money at once, then one of them says it', async () => {
    expect(await twoReplicas()).toHaveLength(1);
  });

  test('when saves are not guarded by the version, then both say it (that is what decides)', async () => {
    const updateOne = Payment.collection.updateOne.bind(Payment.collection);
    const unguarded = jest
      .spyOn(Payment.collection, 'updateOne')
      .mockImplementation(({ _id }, change, options) => updateOne({ _id }, change, options ?? {}));
    expect(await twoReplicas()).toHaveLength(2);
    unguarded.mockRestore();
  });
});

describe('a refund that no webhook told of', () => {
  test('when nobody looks, then it stays unknown, and when the sweep looks, then orders is told', async () => {
    const [sold, other] = [await completed(), await completed()];
    await refundAtStripe(sold);
    await sweep();
    expect(await failures()).toEqual([]);

    await noticeRefunds();
    await prompts.settlingDone();
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'refunded' }]);
    expect(await list(other)).toMatchObject([{ status: 'captured' }]);

    await noticeRefunds();
    await prompts.settlingDone();
    expect(await failures()).toHaveLength(1);
  });

  test('when there are more than fit a page, then all are seen', async () => {
    const elsewhere = world.stripe();
    for (let count = 0; count < 101; count += 1) {
      const { id } = await elsewhere.paymentIntents.create({ amount: 100, currency: 'usd' });
      const { id: card } = await elsewhere.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
      await elsewhere.paymentIntents.confirm(id, { payment_method: card });
      if (count === 0) await refundAtStripe(await completed());
      await elsewhere.refunds.create({ payment_intent: id });
    }
    await noticeRefunds();
    await prompts.settlingDone();
    expect(await failures()).toHaveLength(1);
  });
});

describe("the operator's refund", () => {
  test('when an order is paid, then all the money goes back, and orders is told', async () => {
    const sold = await completed();
    expect(await refundOrder([sold.id])).toBe(`${sold.id}: $40.00 went back; the order will be cancelled.`);
    expect(money(sold)).toMatchObject([{ captured: 4000, refunded: 4000 }]);
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'refunded' }]);

    expect(await refundOrder([sold.id])).toBe(`${sold.id}: $40.00 went back before.`);
    await cancel(sold, 'refunded');
    expect(await list(sold)).toMatchObject([{ status: 'refunded' }]);
    expect(await failures()).toHaveLength(1);
  });

  test('when Stripe is away, then the wish is kept, and the sweep fulfils it', async () => {
    const sold = await completed();
    await world.withoutStripe(async () => {
      expect(await refundOrder([sold.id])).toContain('will go back as soon as Stripe agrees');
    });
    expect(money(sold)).toMatchObject([{ refunded: 0 }]);
    await sweep();
    expect(money(sold)).toMatchObject([{ refunded: 4000 }]);
    expect(await failures()).toEqual([{ orderId: sold.id, reason: 'refunded' }]);
  });

  test('when no money was taken, then it refuses, and says why', async () => {
    const open = await order();
    await expect(refundOrder([open.id])).rejects.toThrow('nobody tried to pay');
    await pay(open);
    await expect(refundOrder([open.id])).rejects.toThrow('authorised');
    expect(money(open)).toMatchObject([{ held: 4000 }]);
  });

  test.each([[[]], [['not-an-id']], [[newId(), newId()]], [[newId()]]])(
    'when it is called with %j, then it explains itself',
    async (words) => {
      await expect(refundOrder(words)).rejects.toThrow(CommandError);
    },
  );
});
