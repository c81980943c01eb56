import { CommandError, type EventData } from '@ticketing/common';
import { newId } from '@ticketing/common/testing';
import Stripe from 'stripe';
import { signEvent } from '../../infra/local/src/stripe/webhooks';
import { noticeRefunds } from '../src/operations/notice-refunds';
import { refundOrder } from '../src/operations/refund-order';
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
async function tell(type: string, secret = WEBHOOK_SECRET) {
  const event = world.events().findLast((candidate) => candidate.type === type);
  if (!event) throw new Error(`Stripe has nothing to tell of ${type}`);
  const { payload, signature } = signEvent(event, secret);
  const answer = await post(payload, signature);
  await prompts.settlingDone();
  return answer;
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
    const payload = JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.canceled',
      data: { object: intent },
    });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: WEBHOOK_SECRET });
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

  test('when a browser of another origin sent it, then the signature alone decides', async () => {
    await pay(await order());
    const event = world.events().at(-1)!;
    const { payload, signature } = signEvent(event, WEBHOOK_SECRET);
    expect((await post(payload, signature).set('Origin', 'https://elsewhere.example')).status).toBe(200);
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
