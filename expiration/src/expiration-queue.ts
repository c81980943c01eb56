import { randomUUID } from 'node:crypto';
import { crashPoint, type EventBus, type Logger, type Resource, type ServiceContext } from '@ticketing/common';
import Bull from 'bull';
import { redisUrl } from './config';
import { ExpirationCompletePublisher } from './events/publishers/expiration-complete-publisher';
import { RedisClients } from './redis-clients';

/** What the timer of an order has to say when it goes off. */
interface Expiry {
  readonly orderId: string;
  /** The same at every attempt: an attempt whose acknowledgement got lost may have been heard. */
  readonly eventId: string;
}

const CONCURRENCY = 25;

const jobOptions: Bull.JobOptions = {
  // 1, 3, 7 … 2047 s, together a bit more than an hour; the sweep in orders has not waited for it.
  attempts: 12,
  backoff: { type: 'exponential', delay: 1000 },
  // A finished job would keep its id, and with it any later job of the same order, out.
  removeOnComplete: true,
  removeOnFail: true,
};

const settings: Bull.AdvancedSettings = {
  // The jobs of a process that died are taken over after some 15 s, by Bull's own values after a minute.
  lockDuration: 10_000,
  stalledInterval: 5000,
  // By default a job whose process dies a second time has failed for good.
  maxStalledCount: 1000,
};

/** The timers of the open orders, kept in Redis. Each says `expiration:complete` when its order's time is up. */
export class ExpirationQueue implements Resource {
  readonly name = 'redis';
  private redis: RedisClients | undefined;
  private timers: Bull.Queue<Expiry> | undefined;

  /** Resolves when Redis is there, however long that takes; from then on the queue heals by itself. */
  async start({ bus, log }: ServiceContext): Promise<void> {
    this.redis = new RedisClients(redisUrl(), log);
    this.timers = openQueue(this.redis, log);
    await this.redis.ready();
    if (this.state() === 'down') return;
    this.work(this.timers, bus, log);
    await this.redis.ready();
  }

  state(): 'up' | 'down' {
    return this.redis?.state ?? 'down';
  }

  /** Finishes the jobs in hand; all others stay in Redis. */
  async stop(): Promise<void> {
    // Without Redis no job can finish, and Bull would wait for it.
    const isCut = this.state() === 'down';
    if (isCut) this.redis?.disconnect();
    await this.timers?.close(isCut);
    this.redis?.disconnect();
  }

  /** Sets the timer of an order, unless it has one. Resolves when Redis keeps it; rejects when that is not certain. */
  async schedule(orderId: string, expiresAt: Date): Promise<void> {
    if (!this.timers) throw new Error('the queue is not open');
    // The connection would keep the command for later, and the broker brings the order again all the same.
    if (this.state() === 'down') throw new Error('Redis does not answer');
    const delay = Math.max(0, expiresAt.getTime() - Date.now());
    await this.timers.add({ orderId, eventId: randomUUID() }, { jobId: orderId, delay });
  }

  /** A job is done when the broker has acknowledged its event; one that fails is tried again. */
  private work(timers: Bull.Queue<Expiry>, bus: EventBus, log: Logger): void {
    const publisher = new ExpirationCompletePublisher(bus, '/expiration');
    timers
      .process(CONCURRENCY, async ({ data: { orderId, eventId } }) => {
        crashPoint('timer gone off, its prompt not yet published');
        await publisher.publish(orderId, { orderId }, { id: eventId });
        crashPoint('prompt published, its job not yet done');
      })
      .catch((error: unknown) => log.debug({ error }, 'no more jobs are taken'));
  }
}

export const expirationQueue = new ExpirationQueue();

function openQueue(redis: RedisClients, log: Logger): Bull.Queue<Expiry> {
  const queue = new Bull<Expiry>('order-expiration', {
    createClient: (purpose) => redis.create(purpose),
    defaultJobOptions: jobOptions,
    settings,
  });
  // Bull names its connection and awaits the answer nowhere: one that never comes would be an unhandled rejection.
  queue.setWorkerName = () => Promise.resolve();
  queue.on('error', (error) => log.debug({ error }, 'Redis did not do what the queue asked for'));
  queue.on('failed', ({ data, attemptsMade }, error) => {
    log.warn({ orderId: data.orderId, attemptsMade, error }, 'an expiry could not be announced');
  });
  return queue;
}
