import {
  buildEvent,
  counterExample,
  disorders,
  holds,
  newId,
  testService,
  type History,
} from '@ticketing/common/testing';
import Bull from 'bull';
import fc from 'fast-check';
import { expiration } from '../../src/service';
import { RedisServer } from '../redis-server';

jest.setTimeout(120_000);

const HOUR = 3_600_000;
const environment: Record<string, string> = {};
let redis: RedisServer;
let timers: Bull.Queue<{ orderId: string }>;

beforeAll(async () => {
  redis = await RedisServer.create();
  environment.REDIS_URL = redis.url;
  timers = new Bull('order-expiration', redis.url);
});
const service = testService(expiration, environment);
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await timers.close();
  await redis.remove();
});

type Step = 'created' | 'created, said again';

const OPEN = 'its time is ahead';
const LONG_AGO = 'its time passed long ago';
const history = fc.record({
  given: fc.constantFrom(OPEN, LONG_AGO),
  steps: fc.constantFrom<Step[]>(['created'], ['created', 'created, said again']),
});

interface Order extends History<Step> {
  readonly id: string;
  readonly hoursAhead: number;
}

/** The model: one timer for each order whose time is ahead, at that time. */
function expected(orders: readonly Order[]): string[] {
  return orders.filter(({ given }) => given === OPEN).map(({ id, hoursAhead }) => timer(id, hoursAhead * HOUR));
}

const timer = (orderId: string, delay: number) => `${orderId} in ${Math.round(delay / HOUR)} h`;

async function found(): Promise<string[]> {
  const jobs = await timers.getDelayed();
  return jobs.map(({ data, opts }) => timer(data.orderId, opts.delay ?? 0));
}

const endsAsTold = fc.asyncProperty(disorders(fc.array(history, { minLength: 1, maxLength: 4 })), async (play) => {
  await timers.empty();
  const orders = play.histories.map((own, at): Order => ({
    ...own,
    id: newId(),
    hoursAhead: own.given === OPEN ? at + 1 : -2,
  }));
  const events = orders.map(({ id, hoursAhead, steps }) => {
    const expiresAt = new Date(Date.now() + hoursAhead * HOUR).toISOString();
    return steps.map(() => buildEvent('order:created', { id, expiresAt }));
  });
  for (const together of play.arrange(events)) await service.deliver(...together);
  expect((await found()).sort()).toEqual(expected(orders).sort());
});

test('whatever the order of arrival, with whatever repetitions: one timer an order, at its time', () =>
  holds(endsAsTold));

test('without the order’s id on its timer, repetitions set more of them (negative control)', async () => {
  const add = Bull.prototype.add as (data: object, options: object) => Promise<unknown>;
  jest.spyOn(Bull.prototype, 'add').mockImplementation(function (this: Bull.Queue, data: object, options: object) {
    return add.call(this, data, { ...options, jobId: undefined });
  } as never);
  expect((await counterExample(endsAsTold))?.split('\n').length).toBeLessThan(15);
});
