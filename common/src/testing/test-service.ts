import { randomUUID } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import mongoose from 'mongoose';
import request from 'supertest';
import type { AnyEvent, EventOf, EventType } from '../events';
import { ParkedEvent, type ParkedEventState } from '../messaging';
import type { ServiceDefinition } from '../service';
import { log } from '../service';
import { usesBus } from '../service/define-service';
import { ServiceRuntime } from '../service/runtime';
import { describeApi } from '../http';
import { answerCheck } from './answer-check';
import { testServerUri } from './config';
import { InProcessBus, type InProcessBusOptions } from './in-process-bus';
import { undocumentedRoutes } from './served-routes';
import { TEST_JWT_KEY } from './sign-in';

/**
 * A process that sends hundreds of requests to itself has no time to open connections meanwhile, and a machine that runs
 * other tests as well is slower than a server should be.
 */
const OF_A_BUSY_MACHINE = 'minPoolSize=20&connectTimeoutMS=10000&serverSelectionTimeoutMS=30000&timeoutMS=30000';

/** A service under test: its doors, its bus, and what it said. */
export interface TestService {
  /** Requests to the service's HTTP interface. */
  api(): ReturnType<typeof request>;
  readonly bus: InProcessBus;
  /**
   * Hands events to the service over the bus; resolves when they are handled or parked, and what followed is sent. Events
   * of different types are handled side by side: where their order matters, deliver one by one. Not to be awaited inside
   * a handler, whose own event is not settled before it returns.
   */
  deliver(...events: AnyEvent[]): Promise<void>;
  /** What this service said on the bus since the test began, oldest first, each event once however often it was sent. */
  published<T extends EventType>(type: T): Promise<EventOf<T>[]>;
  /** What could not be handled and is kept. */
  parked(): Promise<ParkedEventState[]>;
  /** Tries every parked event again, now. */
  retryParked(): Promise<void>;
}

/**
 * Starts a service for the tests of one file: with a database of its own on a real server and a bus in this process.
 * Call it at the top of the file. Documents are cleared after each test; indexes stay.
 * @param environment settings that differ from those of the other tests
 */
export function testService(
  definition: ServiceDefinition,
  environment: Record<string, string> = {},
  busOptions: InProcessBusOptions = {},
): TestService {
  // Longer than any handler needs on a busy machine: a redelivery should come because a test wants it.
  const bus = new InProcessBus({ ackWaitMs: 5000, ...busOptions });
  let runtime: ServiceRuntime;
  let said = 0;
  const routes = [...definition.routes, ...definition.webhooks];
  const operations = routes.map(({ operation }) => operation);
  const check = answerCheck(describeApi(definition.name, operations));
  let complaints: string[] = [];

  beforeAll(async () => {
    const settings = definition.config.load({ ...testEnvironment(definition.name), ...environment });
    log.level = settings.LOG_LEVEL;
    runtime = new ServiceRuntime(definition, usesBus(definition) ? bus : undefined, log);
    const unknown = undocumentedRoutes(runtime.app, routes);
    if (unknown.length > 0) throw new Error(`the document of the API does not know ${unknown.join(', ')}`);
    await runtime.start();
    await runtime.consuming;
  });

  afterEach(async () => {
    await settle();
    for (const collection of (await mongoose.connection.db?.collections()) ?? []) {
      if (collection.collectionName !== 'leases') await collection.deleteMany({});
    }
    said = bus.published().length;
    const [...found] = complaints;
    complaints = [];
    if (found.length > 0) throw new Error(`not as the document of the API says:\n${found.join('\n')}`);
  });

  afterAll(async () => {
    if (mongoose.connection.db) await mongoose.connection.db.dropDatabase();
    await runtime.stop();
  });

  /** The service, with every answer of it held to its document. */
  const heard: RequestListener = (req, res) => {
    const body = recordBody(res);
    const { method = '', url = '' } = req;
    res.once('finish', () => {
      complaints.push(...check({ method, path: url, status: res.statusCode, headers: res.getHeaders(), body: body() }));
    });
    runtime.app(req, res);
  };

  async function settle(): Promise<void> {
    await bus.idle();
    await runtime.messaging?.relay.flush();
    await bus.idle();
  }

  return {
    bus,
    api: () => request(heard),
    async deliver(...events) {
      for (const event of events) await bus.publish(event.type, JSON.stringify(event));
      await settle();
    },
    async published<T extends EventType>(type: T) {
      await runtime.messaging?.relay.flush();
      const since = bus.published().slice(said);
      const events = since.map(({ payload }) => JSON.parse(payload) as AnyEvent);
      const own = events.filter((event) => event.type === type && event.source === `/${definition.name}`);
      return [...new Map(own.map((event) => [event.id, event])).values()] as EventOf<T>[];
    },
    parked: () => ParkedEvent.find().lean(),
    async retryParked() {
      await ParkedEvent.updateMany({ status: 'waiting' }, { $set: { nextAt: new Date(0) } });
      await runtime.messaging?.parkingLot?.retryDue();
      await settle();
    },
  };
}

/** @returns what the answer has said so far */
function recordBody(res: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  const [write, end] = [res.write.bind(res), res.end.bind(res)] as [(...all: unknown[]) => boolean, typeof res.end];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk as string));
  };
  res.write = (...all: unknown[]) => {
    keep(all[0]);
    return write(...all);
  };
  res.end = ((...all: unknown[]) => {
    keep(all[0]);
    return (end as (...all: unknown[]) => ServerResponse)(...all);
  }) as typeof res.end;
  return () => Buffer.concat(chunks).toString();
}

function testEnvironment(service: string): Record<string, string> {
  const database = `test-${service}-${randomUUID().slice(0, 8)}`;
  return {
    PORT: '0',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    JWT_KEY: TEST_JWT_KEY,
    PUBLIC_ORIGIN: 'http://localhost:3000',
    COOKIE_SECURE: 'false',
    MONGO_URI: `${testServerUri().replace(/\/[^/]*$/, '')}/${database}?w=majority&journal=true&${OF_A_BUSY_MACHINE}`,
    NATS_URL: 'nats://in-process',
  };
}
