import { log, parseAnyEvent, type EventOf } from '@ticketing/common';
import { buildEvent, newId, testService, waitFor } from '@ticketing/common/testing';
import Redis from 'ioredis';
import { ExpirationQueue, expirationQueue } from '../src/expiration-queue';
import { RedisClients } from '../src/redis-clients';
import { expiration } from '../src/service';
import { RedisServer } from './redis-server';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

const environment: Record<string, string> = {};
let redis: RedisServer;

beforeAll(async () => {
  redis = await RedisServer.create();
  environment.REDIS_URL = redis.url;
});
const service = testService(expiration, environment, { ackWaitMs: 200 });
afterAll(() => redis.remove());

async function reserve(expiresAt: string): Promise<string> {
  const event = buildEvent('order:created', { expiresAt });
  await service.deliver(event);
  return event.data.id;
}

async function promptsFor(orderId: string): Promise<EventOf<'expiration:complete'>[]> {
  const prompts = await service.published('expiration:complete');
  return prompts.filter(({ data }) => data.orderId === orderId);
}

function promptFor(orderId: string, limit = 10 * SECOND): Promise<EventOf<'expiration:complete'>> {
  return waitFor(async () => (await promptsFor(orderId))[0], `the prompt for ${orderId}`, limit);
}

/** Every prompt that was due until now has come when this one has: jobs are taken in the order of their times. */
async function everythingDueHasCome(): Promise<void> {
  await promptFor(await reserve(fromNow(100)));
}

async function readiness() {
  const answer = await service.api().get('/readyz');
  return { status: answer.status, redis: (answer.body as { dependencies: { redis: string } }).dependencies.redis };
}

describe('the time of an order is up', () => {
  test('a hundred orders with different times: each is prompted once, and none early', async () => {
    const orders = await Promise.all(
      Array.from({ length: 100 }, async (_, place) => {
        const expiresAt = fromNow(300 + 10 * place);
        return { expiresAt, id: await reserve(expiresAt) };
      }),
    );
    const prompts = await waitFor(
      async () => {
        const said = await service.published('expiration:complete');
        return said.length >= orders.length && said;
      },
      'a hundred prompts',
      30 * SECOND,
    );
    const due = new Map(orders.map(({ id, expiresAt }) => [id, expiresAt]));
    expect(prompts.map(({ data }) => data.orderId).sort()).toEqual([...due.keys()].sort());
    expect(prompts.filter(({ data, time }) => Date.parse(time) < Date.parse(due.get(data.orderId) ?? ''))).toEqual([]);
  });

  test('an order announced twice: one prompt', async () => {
    const event = buildEvent('order:created', { expiresAt: fromNow(300) });
    await service.deliver(event, event);
    await promptFor(event.data.id);
    await everythingDueHasCome();
    expect(await promptsFor(event.data.id)).toHaveLength(1);
  });

  test('an order announced again after its prompt: prompted again, its id is not kept for ever', async () => {
    const event = buildEvent('order:created', { expiresAt: fromNow(0) });
    await service.deliver(event);
    await promptFor(event.data.id);
    await waitFor(async () => {
      await service.deliver(event);
      return (await promptsFor(event.data.id)).length > 1;
    }, 'the second prompt');
  });

  test('an order whose time passed while nobody listened: prompted at once; one from long ago: not at all', async () => {
    const missed = await reserve(fromNow(-59 * MINUTE));
    const replayed = await reserve(fromNow(-61 * MINUTE));
    await promptFor(missed);
    await everythingDueHasCome();
    expect(await promptsFor(replayed)).toEqual([]);
  });
});

describe('the broker', () => {
  test('is away when the time comes: the prompt follows when it is back', async () => {
    const orderId = newId();
    service.bus.disconnect();
    const publish = jest.spyOn(service.bus, 'publish');
    await expirationQueue.schedule(orderId, new Date());
    await waitFor(() => publish.mock.calls.length > 0, 'a first attempt');
    service.bus.reconnect();
    await promptFor(orderId);
  });

  test('keeps the prompt but its acknowledgement gets lost: said again, under the same id', async () => {
    const orderId = newId();
    // No order is delivered from here on: the prompt is the next that the bus is given.
    service.bus.loseNextAcks(1);
    await expirationQueue.schedule(orderId, new Date());
    const said = () => service.bus.published('expiration:complete').map(({ payload }) => parseAnyEvent(payload));
    const attempts = () => said().filter(({ subject }) => subject === orderId);
    await waitFor(() => attempts().length > 1, 'the second attempt');
    expect(new Set(attempts().map(({ id }) => id)).size).toBe(1);
  });

  test('brings something that is no order: it is let go, and the next order is served', async () => {
    await service.bus.publish('order:created', '{"no":"event"}');
    await service.bus.idle();
    await promptFor(await reserve(fromNow(0)));
  });
});

describe('Redis', () => {
  test('is away when the service stops: it stops all the same', async () => {
    const queue = new ExpirationQueue();
    await queue.start({ bus: service.bus, log });
    await redis.kill();
    await waitFor(() => queue.state() === 'down');
    await queue.stop();
    await redis.start();
  });

  test('is not there yet when the service starts and is told to stop: it stops waiting', async () => {
    await redis.kill();
    const queue = new ExpirationQueue();
    const started = queue.start({ bus: service.bus, log });
    await queue.stop();
    await started;
    await redis.start();
  });

  test('is killed and comes back: the timers are still there', async () => {
    const expiresAt = fromNow(SECOND);
    const orderId = await reserve(expiresAt);
    await redis.kill();
    await redis.start();
    const prompt = await promptFor(orderId);
    expect(Date.parse(prompt.time)).toBeGreaterThanOrEqual(Date.parse(expiresAt));
  });

  test('is away when an order comes: the order stays with the broker until Redis is back', async () => {
    await redis.kill();
    const event = buildEvent('order:created', { expiresAt: fromNow(0) });
    await service.bus.publish(event.type, JSON.stringify(event));
    const acknowledged = service.bus.idle().then(() => 'acknowledged');
    const refused = expirationQueue.schedule('another', new Date()).catch(() => 'refused');
    expect(await Promise.race([acknowledged, refused])).toBe('refused');
    expect(await readiness()).toEqual({ status: 200, redis: 'down' });
    await redis.start();
    await promptFor(event.data.id);
    await waitFor(async () => (await readiness()).redis === 'up', 'a good word for Redis');
  });

  test('stays away for long: nothing that comes meanwhile is kept to be said later', async () => {
    const clients = new RedisClients(redis.url, log);
    const client = clients.create('client');
    await clients.ready();
    await redis.kill();
    await waitFor(() => clients.state === 'down' && expirationQueue.state() === 'down', 'Redis to be missed');
    const said = jest.spyOn(Redis.prototype, 'sendCommand');
    const ping = jest.spyOn(client, 'ping');
    const orderIds = Array.from({ length: 20 }, newId);
    for (const orderId of orderIds)
      await expect(expirationQueue.schedule(orderId, new Date())).rejects.toThrow(/Redis/);
    const commands = JSON.stringify(said.mock.calls.map(([command]) => command.args));
    expect(orderIds.filter((orderId) => commands.includes(orderId))).toEqual([]);
    // The waits between the attempts grow: eight are longer than the time from one heartbeat to the next.
    let attempts = 0;
    client.on('reconnecting', () => (attempts += 1));
    await waitFor(() => attempts >= 8, 'eight attempts');
    expect(ping).not.toHaveBeenCalled();
    said.mockRestore();
    clients.disconnect();
    await redis.start();
    await waitFor(() => expirationQueue.state() === 'up', 'Redis to be back');
    await everythingDueHasCome();
  });

  test('can no longer be heard, though no connection was closed: the connections are made anew', async () => {
    await everythingDueHasCome();
    redis.goDead();
    await waitFor(async () => (await readiness()).redis === 'down', 'the silence to be noticed');
    const event = buildEvent('order:created', { expiresAt: fromNow(0) });
    await service.bus.publish(event.type, JSON.stringify(event));
    // Redis may give the job to the dead connection in its last moment; such a job is taken back after two checks.
    await promptFor(event.data.id, 30 * SECOND);
    const takingJobs = async () => (await redis.connections()).filter((line) => line.includes(' name=expiration-'));
    await waitFor(async () => (await takingJobs()).length === 1, 'the dead connection to be ended');
  });
});
