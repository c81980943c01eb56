import type { EventData, OrderStatus } from '@ticketing/common';
import { buildEvent, newId } from '@ticketing/common/testing';
import { Payment } from '../src/models/payment';
import * as prompts from '../src/operations/settle-soon';
import { paymentsWorld } from './world';

/** A prompt may get lost with the process that had it. */
jest.mock('../src/operations/settle-soon', () => {
  const actual = jest.requireActual<typeof prompts>('../src/operations/settle-soon');
  return { ...actual, settleSoon: jest.fn(actual.settleSoon) };
});

const world = paymentsWorld();
const { service, pay, money, sweep } = world;
type Order = EventData<'order:created'>;

const PLAYS = 32;
const CARDS = ['tok_visa', 'tok_chargeDeclined', 'tok_answerLost', 'tok_captureRefused', 'tok_captureAnswerLost'];

/** The same numbers each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Orders, as far as payments can tell: it completes what is paid, and cancels what is not. */
class Orders {
  private status: OrderStatus = 'created';
  private version = 0;

  constructor(private readonly order: Order) {}

  get isComplete(): boolean {
    return this.status === 'complete';
  }

  cancelByBuyer(): Promise<void> {
    return this.status === 'created' ? this.become('cancelled') : Promise.resolve();
  }

  /** Hears what payments said about this order. */
  async listen(): Promise<void> {
    const about = ({ data }: { data: { orderId: string } }) => data.orderId === this.order.id;
    const failed = (await service.published('payment:failed')).some(about);
    const paid = (await service.published('payment:created')).some(about);
    if (failed && this.status !== 'cancelled') await this.become('cancelled');
    else if (paid && this.status === 'created') await this.become('complete');
  }

  private async become(status: 'cancelled' | 'complete'): Promise<void> {
    this.status = status;
    this.version += 1;
    const state = { ...this.order, version: this.version };
    const event =
      status === 'complete'
        ? buildEvent('order:completed', { ...state, status, paymentId: newId() })
        : buildEvent('order:cancelled', { ...state, status, reason: 'user' });
    await service.deliver(event, event);
  }
}

/** One order, its buyer, and what the world does to them, in an order that `seed` decides. */
async function play(seed: number): Promise<{ order: Order; orders: Orders }> {
  const roll = dice(seed);
  const order = await world.order();
  const orders = new Orders(order);
  const pause = () => new Promise((resolve) => setTimeout(resolve, roll(60)));
  const payOnce = async () => {
    await pause();
    await pay(order, CARDS[roll(CARDS.length)]);
  };
  const deeds: Promise<unknown>[] = Array.from({ length: 1 + roll(3) }, payOnce);
  if (roll(2) === 0) deeds.push(pause().then(() => orders.cancelByBuyer()));
  deeds.push(pause().then(() => orders.listen()));
  await Promise.all(deeds);
  if (roll(4) === 0) await refundAtStripe(order);
  await orders.listen();
  return { order, orders };
}

async function refundAtStripe(order: Order): Promise<void> {
  const [intent] = money(order);
  if (intent?.captured) await world.stripe().refunds.create({ payment_intent: intent.intent });
}

/** Everything that was said is heard, and every sweep has been round. */
async function quiet(all: readonly { orders: Orders }[]): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await Payment.updateMany({ stripeId: { $exists: true } }, { $set: { settleAt: new Date(0) } });
    await sweep();
    for (const { orders } of all) await orders.listen();
    await prompts.settlingDone();
  }
}

interface Books {
  readonly isComplete: boolean;
  readonly kept: number;
  readonly held: number;
  readonly intents: number;
}

async function playAll(plays: number) {
  const played: Awaited<ReturnType<typeof play>>[] = [];
  for (let seed = 1; seed <= plays; seed += 4) {
    played.push(...(await Promise.all([0, 1, 2, 3].map((offset) => play(seed + offset)))));
  }
  return played;
}

function booksOf({ order, orders }: Awaited<ReturnType<typeof play>>): Books {
  const [intent] = money(order);
  const kept = intent ? intent.captured - intent.refunded : 0;
  return { isComplete: orders.isComplete, kept, held: intent?.held ?? 0, intents: money(order).length };
}

/** Money is kept for complete orders alone, and held for none. */
const isRight = ({ isComplete, kept, held, intents }: Books) =>
  kept === (isComplete ? 4000 : 0) && held === 0 && intents <= 1;

test('when buyers, banks, orders and lost prompts play at random, then money is where its order is', async () => {
  const { settleSoon } = jest.requireActual<typeof prompts>('../src/operations/settle-soon');
  const chance = dice(7);
  jest.mocked(prompts.settleSoon).mockImplementation((orderId) => (chance(3) === 0 ? undefined : settleSoon(orderId)));

  const played = await playAll(PLAYS);
  await quiet(played);

  const books = played.map(booksOf);
  expect(books.filter((each) => !isRight(each))).toEqual([]);
  expect(books.filter(({ isComplete }) => isComplete).length).toBeGreaterThan(PLAYS / 10);
  expect(books.filter(({ isComplete }) => !isComplete).length).toBeGreaterThan(PLAYS / 10);
}, 60_000);

test('when every prompt is lost and no sweep comes, then it is not (they are what brings it there)', async () => {
  jest.mocked(prompts.settleSoon).mockReturnValue(undefined);
  const books = (await playAll(8)).map(booksOf);
  expect(books.filter((each) => !isRight(each))).not.toEqual([]);
}, 60_000);
