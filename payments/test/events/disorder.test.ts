import { isDuplicateKey, type EventData } from '@ticketing/common';
import {
  counterExample,
  disorders,
  holds,
  newId,
  orderEvents,
  orderLives,
  orderStates,
  type Disorder,
  type History,
  type OrderStep,
} from '@ticketing/common/testing';
import fc from 'fast-check';
import { Payment, type OrderData, type PaymentDocument } from '../../src/models/payment';
import { settlingDone } from '../../src/operations/settle-soon';
import { paymentsWorld } from '../world';

jest.setTimeout(120_000);

const world = paymentsWorld();
const { service } = world;
afterEach(() => jest.restoreAllMocks());

const PAID = 'paid';
const CENTS = 4000;
const isUnsold = (steps: readonly OrderStep[]) => !steps.includes('completed');
/** Nobody completes an order whose money is not authorised; one that is paid may be cancelled all the same. */
const unsold = fc.oneof(orderLives.open, orderLives.cancelled.filter(isUnsold)).map((steps) => ({ steps }));
const paid = fc.oneof(...Object.values(orderLives)).map((steps) => ({ given: PAID, steps }));

/** What is known of the order, and what money is kept and held for it, when all is told. */
function expected({ given, steps }: History<OrderStep>) {
  const order = orderStates(steps).at(-1)!;
  const isPaid = given === PAID;
  return {
    order,
    kept: order.status === 'complete' ? CENTS : 0,
    held: order.status === 'created' && isPaid ? CENTS : 0,
    unsettled: false,
  };
}

async function found(id: string): Promise<ReturnType<typeof expected>> {
  const { order, settleAt } = await world.document({ id });
  const { version, status, reason } = order;
  const [intent] = world.money({ id });
  return {
    order: { version, status, ...(reason && { reason }) },
    kept: intent ? intent.captured - intent.refunded : 0,
    held: intent?.held ?? 0,
    unsettled: settleAt !== undefined,
  };
}

const endsAsTold = (history: fc.Arbitrary<History<OrderStep>>, crowd?: 'crowded') =>
  fc.asyncProperty(disorders(fc.array(history, { minLength: 1, maxLength: 3 }), crowd), async (play) => {
    const ids = await tell(play);
    await world.sweep();
    expect(await Promise.all(ids.map(found))).toEqual(play.histories.map(expected));
  });

async function tell(play: Disorder<OrderStep>): Promise<string[]> {
  const orders = play.histories.map(({ given }) => ({ given, id: newId(), userId: newId() }));
  for (const order of orders) if (order.given === PAID) await orderAndPay(order);
  const events = orders.map(({ id, userId }, at) => orderEvents(play.histories[at]!.steps, { id, userId }));
  for (const together of play.arrange(events)) await service.deliver(...together);
  for (let round = 0; round < 10 && (await service.parked()).length > 0; round += 1) await service.retryParked();
  await settlingDone();
  return orders.map(({ id }) => id);
}

async function orderAndPay(about: Pick<EventData<'order:created'>, 'id' | 'userId'>): Promise<void> {
  const order = await world.order(about);
  await world.pay(order).expect(201);
}

test('whatever the order of arrival, with whatever repetitions: order and money end as told', () =>
  holds(endsAsTold(fc.oneof(unsold, paid)), { numRuns: 25 }));

test('with the version check taken out, an older state wins (negative control)', async () => {
  const follow = Payment.prototype.follow as (this: PaymentDocument, order: OrderData) => void;
  jest.spyOn(Payment.prototype as PaymentDocument, 'follow').mockImplementation(function (
    this: PaymentDocument,
    order,
  ) {
    if (!this.isNew) this.order.version = -1;
    follow.call(this, order);
  });
  expect((await counterExample(endsAsTold(fc.oneof(unsold, paid))))?.split('\n').length).toBeLessThan(15);
});

test('with a second insert taken for an old event, a newer state is lost (negative control)', async () => {
  const save = Payment.prototype.save as (this: PaymentDocument) => Promise<PaymentDocument>;
  jest.spyOn(Payment.prototype, 'save').mockImplementation(async function (this: PaymentDocument) {
    // Time for another handler, which finds nothing yet either.
    for (let glance = 0; this.isNew && glance < 5; glance += 1) await Payment.countDocuments();
    return save.call(this).catch((error: unknown) => {
      if (isDuplicateKey(error, '_id')) return this;
      throw error;
    });
  });
  expect(await counterExample(endsAsTold(unsold, 'crowded'), { endOnFailure: true })).toMatch(/ \+ /);
});
