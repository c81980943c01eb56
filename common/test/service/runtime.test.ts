import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import mongoose from 'mongoose';
import request from 'supertest';
import { z } from 'zod';
import { defineService, log, route } from '../../src';
import { ServiceRuntime } from '../../src/service/runtime';
import { buildEvent, InProcessBus, waitFor } from '../../src/testing';
import { testServerUri } from '../../src/testing/config';
import { behaviour, config, newSeat, Replica, Seat, seats } from '../fixtures/seat';

/** A promise that the test settles. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

let slow = gate();
let requestsInside = 0;
const slowRoute = route(
  {
    method: 'get',
    path: '/api/slow',
    id: 'beSlow',
    summary: 'Waits',
    who: 'anyone',
    answers: { 200: { description: 'Done.', body: z.object({ done: z.boolean() }) } },
  },
  async (_req, res) => {
    requestsInside += 1;
    await slow.opened;
    res.send({ done: true });
  },
);

const service = defineService({ ...seats, routes: [slowRoute] });

let bus: InProcessBus;
let runtime: ServiceRuntime;

beforeEach(() => {
  slow = gate();
  requestsInside = 0;
  bus = new InProcessBus();
  const database = `test-runtime-${randomUUID().slice(0, 8)}`;
  const uri = `${testServerUri().replace(/\/[^/]*$/, '')}/${database}?w=majority&journal=true`;
  log.level = config.load({ MONGO_URI: uri, NATS_URL: 'nats://in-process', LOG_LEVEL: 'silent' }).LOG_LEVEL;
  runtime = new ServiceRuntime(service, bus, log);
});

afterEach(async () => {
  behaviour.onCreated = () => Promise.resolve();
  slow.open();
  await runtime.stop();
});

test('before its start it is alive, not ready, and answers 503 on its routes', async () => {
  const api = request(runtime.app);
  await api.get('/livez').expect(200);
  await api.get('/readyz').expect(503);
  const { body } = await api.get('/api/slow').expect(503).expect('Retry-After', /\d+/);
  expect(body.errors[0].code).toBe('dependency_unavailable');
});

test('after its start it is ready, with its indexes built and its listeners at work', async () => {
  await runtime.start();
  await runtime.consuming;
  await request(runtime.app).get('/readyz').expect(200);
  expect(Object.keys(await Seat.collection.indexInformation())).toContain('outbox.at_1');
  const event = buildEvent('order:created');
  await bus.publish(event.type, JSON.stringify(event));
  await bus.idle();
  expect(await Replica.findById(event.data.id)).not.toBeNull();
});

test('with the broker away it starts all the same, serves, and keeps its events', async () => {
  bus.disconnect();
  await runtime.start();
  const { body } = await request(runtime.app).get('/readyz').expect(200);
  expect(JSON.stringify(body)).toContain('down');
  await newSeat();
  expect(await Seat.countDocuments({ 'outbox.0': { $exists: true } })).toBe(1);
  bus.reconnect();
  await waitFor(() => bus.published('ticket:created').length === 1, 'the sweep to send what waited');
});

test('the database goes away while the indexes are built: the start waits for it', async () => {
  const create = jest.spyOn(Seat, 'createCollection');
  create.mockRejectedValueOnce(new mongoose.mongo.MongoNetworkError('connection timed out'));
  await runtime.start();
  expect(create).toHaveBeenCalledTimes(2);
  expect(Object.keys(await Seat.collection.indexInformation())).toContain('outbox.at_1');
  create.mockRestore();
});

test('an index that cannot be built ends the start with the name of the model', async () => {
  const twins = [{ title: 'twin' }, { title: 'twin' }];
  Seat.schema.index({ title: 1 }, { unique: true });
  try {
    await mongoose.connect(config.value.MONGO_URI);
    await Seat.collection.insertMany(twins);
    await expect(runtime.start()).rejects.toThrow(/the indexes of Seat can't be built: .*duplicate/);
  } finally {
    Seat.schema.clearIndexes();
    Seat.schema.index({ 'outbox.at': 1 }, { sparse: true });
  }
});

test('it listens on the address that it is told, and on no other', async () => {
  const port = await runtime.listen(0, '127.0.0.1');
  await expect(fetch(`http://127.0.0.1:${port}/livez`)).resolves.toMatchObject({ status: 200 });
  await expect(fetch(`http://127.0.0.2:${port}/livez`)).rejects.toThrow('fetch failed');
});

test.each([
  ['no HTTP at all', 'nonsense\r\n\r\n'],
  ['a header too long', `GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(16_500)}\r\n\r\n`],
])('%s is refused in the shape of every error', async (_what, sent) => {
  const socket = connect(await runtime.listen(0, '127.0.0.1'), '127.0.0.1');
  // It may be closed while the rest of the header still comes.
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(sent);
  await once(socket, 'close');
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 400 [^]*application\/json[^]*x-request-id: /);
  expect(JSON.parse(body)).toEqual({ errors: [{ code: 'validation_failed', message: expect.any(String) }] });
});

test('on stop it is no longer ready, finishes the request and the event in hand, sends what they announced, and leaves', async () => {
  const handler = gate();
  behaviour.onCreated = async () => {
    await handler.opened;
    await newSeat('announced while stopping');
  };
  const port = await runtime.listen(0);
  await runtime.start();
  await runtime.consuming;
  const answer = fetch(`http://127.0.0.1:${port}/api/slow`).then((response) => response.json());
  const event = buildEvent('order:created');
  await bus.publish(event.type, JSON.stringify(event));
  await waitFor(() => requestsInside === 1, 'the request to be inside');

  const stopped = runtime.stop();
  await request(runtime.app).get('/readyz').expect(503);
  await request(runtime.app).get('/livez').expect(200);
  slow.open();
  handler.open();
  expect(await answer).toEqual({ done: true });
  await stopped;

  expect(bus.published('ticket:created')).toHaveLength(1);
  expect(bus.state).toBe('closed');
  expect(mongoose.connection.readyState).toBe(mongoose.ConnectionStates.disconnected);
});

test('an event that comes while it stops stays with the broker, and the next process handles it', async () => {
  await runtime.start();
  await runtime.consuming;
  const peer = bus.peer();
  await peer.connect();
  const handler = gate();
  behaviour.onCreated = () => handler.opened;
  const [inHand, late] = [buildEvent('order:created'), buildEvent('order:created')];
  let inside = 0;
  behaviour.onCreated = async () => {
    inside += 1;
    await handler.opened;
  };
  await peer.publish(inHand.type, JSON.stringify(inHand));
  await waitFor(() => inside === 1, 'the first event to be in hand');
  const stopped = runtime.stop();
  await peer.publish(late.type, JSON.stringify(late));
  handler.open();
  await stopped;

  const next = new ServiceRuntime(service, peer, log);
  await next.start();
  await next.consuming;
  await waitFor(() => Replica.findById(late.data.id), 'the late event in the next process');
  expect(await Replica.findById(inHand.data.id)).not.toBeNull();
  await next.stop();
});
