import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { givenPlay, newId } from '@ticketing/common/testing';
import { apiDocument } from '../harness/fuzz/document';
import { fuzz, openStage, type Fuzzing, type Stage } from '../harness/fuzz/fuzz';
import { complaintsOf, type Exchange } from '../harness/fuzz/judge';
import type { Person } from '../harness/fuzz/people';
import { plansFor } from '../harness/fuzz/plans';
import { Patience, send } from '../harness/fuzz/send';

jest.setTimeout(400_000);

const REQUESTS = 4000;
const { seed = Math.floor(Math.random() * 2 ** 31) } = givenPlay();

describe('requests at random to every route of the document, as it wants them and a little beside it', () => {
  let stage: Stage;
  let fuzzing: Fuzzing;

  beforeAll(async () => {
    stage = await openStage();
    process.stdout.write(`fuzz: PROPERTY_SEED=${seed}\n`);
    fuzzing = await fuzz(stage, REQUESTS, seed);
    process.stdout.write(`fuzz: ${REQUESTS} requests\n${fuzzing.tally.toString()}`);
  });
  afterAll(() => stage.shop.close());

  test('each has an answer, as documented, that is no fault of ours and tells nothing private', () => {
    if (fuzzing.complaints.length > 0) throw new Error(fuzzing.complaints.join('\n\n'));
  });

  test('each route was reached, when all was well and when not', () => {
    expect(fuzzing.tally.missing()).toEqual([]);
  });

  test('afterwards the system comes to rest, nothing is parked, and nothing has fallen', async () => {
    const world = await stage.shop.comesToRest();
    expect(world.parked).toEqual([]);
    expect(stage.shop.fallen).toEqual([]);
  });
});

describe('what is looked for in the answers is found (negative controls)', () => {
  const [person, other] = ['me', 'other'].map((name) => ({
    userId: newId(),
    email: `${name}@example.com`,
    password: `the word of ${name}`,
    cookie: `session=${Buffer.from(name.repeat(9)).toString('base64')}`,
  })) as [Person, Person];
  const exampleOf = (name: string) => (apiDocument.components?.schemas?.[name] as { example: { id: string } }).example;
  const order = { ...exampleOf('Order'), userId: person.userId };
  const foreign = { ...order, id: newId(), userId: other.userId };
  const payment = { ...exampleOf('Payment'), orderId: order.id };
  const buyers = new Map([order, foreign].map(({ id, userId }) => [id, userId]));
  const settings = ['a key of the services'];
  const secrets = { people: [person, other], settings, buyerOf: (orderId: string) => buyers.get(orderId) };
  const json = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'a' };
  const fine: Exchange = {
    request: { method: 'GET', path: `/api/orders/${newId()}`, headers: {} },
    answer: { status: 200, headers: json, body: JSON.stringify(order) },
    asker: person,
  };
  const bodyOf = (code: string, message: string) => JSON.stringify({ errors: [{ code, message }] });
  const look = ({
    answer = {},
    ...rest
  }: Partial<Omit<Exchange, 'answer'>> & { answer?: Partial<Exchange['answer']> }) =>
    complaintsOf({ ...fine, ...rest, answer: { ...fine.answer, ...answer } }, secrets).join('\n');
  const patch = { ...fine.request, method: 'PATCH' };
  const listed = { ...fine.request, path: '/api/orders' };
  const ticket = { ...fine.request, path: `/api/tickets/${newId()}` };
  const payments = { ...fine.request, path: `/api/payments?orderId=${order.id}` };
  const pays = (orderId: string) => ({
    request: { ...fine.request, method: 'POST', path: '/api/payments', body: JSON.stringify({ orderId }) },
    answer: { status: 201, body: JSON.stringify({ id: payment.id, status: 'authorised' }) },
  });
  const away = {
    status: 503,
    headers: { ...json, 'retry-after': '1' },
    body: bodyOf('dependency_unavailable', 'Ask again'),
  };

  const servers: Server[] = [];
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterAll(() => {
    for (const server of servers) server.close().closeAllConnections();
  });

  test('nothing, where all is well', () => {
    expect(look({})).toBe('');
    expect(look({ request: patch, answer: { status: 404, body: bodyOf('not_found', 'Not found') } })).toBe('');
    expect(look({ request: listed, answer: { body: JSON.stringify([order]) } })).toBe('');
    expect(look({ request: payments, answer: { body: JSON.stringify([payment]) } })).toBe('');
    expect(look(pays(order.id))).toBe('');
    expect(look({ request: ticket, answer: { body: JSON.stringify(exampleOf('Ticket')) } })).toBe('');
    expect(look({ answer: away, isRepeated: true })).toBe('');
  });

  test('nothing, where letters drawn at random are by chance those of a word of the inside', () => {
    const title = 'QhRCclXmonGoDPccKbsonFm1ZE11000gx';
    expect(look({ request: ticket, answer: { body: JSON.stringify({ ...exampleOf('Ticket'), title }) } })).toBe('');
  });

  test.each<[string, Parameters<typeof look>[0], string]>([
    ['a 500', { answer: { status: 500, body: bodyOf('internal_error', 'Something went wrong') } }, 'a fault of ours'],
    ['a 503 that stays', { answer: away }, 'a fault of ours'],
    ['a status', { answer: { status: 410, body: bodyOf('not_found', 'Not found') } }, 'does not know this status'],
    ['a private field', { answer: { body: JSON.stringify({ ...order, notes: 'x' }) } }, 'not as documented'],
    ['a missing field', { answer: { body: JSON.stringify({ ...order, status: undefined }) } }, 'not as documented'],
    ['a cookie', { answer: { headers: { ...json, 'set-cookie': ['a=b'] } } }, 'does not know the header'],
    ['another method served', { request: patch }, 'does not know this route'],
    ['a page', { request: patch, answer: { status: 404, headers: {}, body: '<html>' } }, 'not JSON'],
    ['another form', { request: patch, answer: { status: 404, body: '{"error":"no"}' } }, 'another form'],
    ['a status of no route', { request: patch, answer: { status: 409, body: bodyOf('conflict', 'x') } }, 'no route'],
    ['an order for nobody', { asker: undefined }, 'nobody is signed in'],
    ['a foreign order', { answer: { body: JSON.stringify(foreign) } }, 'order of another'],
    ['one in a list', { request: listed, answer: { body: JSON.stringify([order, foreign]) } }, 'order of another'],
    [
      'a foreign payment',
      { request: payments, answer: { body: JSON.stringify([{ ...payment, orderId: foreign.id }]) } },
      'order of another',
    ],
    ['a payment of no known order', pays(newId()), 'order of another'],
    ['a foreign order paid', pays(foreign.id), 'order of another'],
    ['JSON as a page', { answer: { headers: { ...json, 'content-type': 'text/html' } } }, 'not JSON'],
    [
      'a password',
      { request: ticket, answer: { body: JSON.stringify({ ...exampleOf('Ticket'), title: other.password }) } },
      'tells the password',
    ],
    ['a session', { answer: { headers: { ...json, etag: other.cookie } } }, 'tells the session'],
    ['a setting', { answer: { headers: { ...json, server: 'a key of the services' } } }, 'tells the setting'],
    ['an address', { answer: { body: JSON.stringify({ ...order, userId: other.email }) } }, 'tells the address'],
    ['a stack', { answer: { body: '"Error: no\\n    at run (/app/dist/index.js:1:2)"' } }, 'shows the inside'],
    ['the driver', { answer: { body: '"MongoServerError: no"' } }, 'shows the inside'],
    ['the database', { answer: { body: '"E11000 duplicate key error"' } }, 'shows the inside'],
  ])('%s', (_what, doctored, complaint) => {
    expect(look(doctored)).toContain(complaint);
  });

  test('no answer', async () => {
    const url = await serve(() => undefined);
    expect(look({ answer: await send(url, fine.request, 50) })).toContain('there was no answer');
  });

  test('a 503 is asked again until it passes; one that stays is told, and spares the others the wait', async () => {
    const statuses = [503, 503, 200];
    const url = await serve((_req, res) => res.writeHead(statuses.shift() ?? 503).end());
    const ask = async (patience: Patience) => (await patience.send(url, fine.request)).map(({ status }) => status);
    expect(await ask(new Patience())).toEqual([503, 503, 200]);
    const short = new Patience(50);
    await ask(short);
    expect(await ask(short)).toEqual([503]);
  });

  test('whenever it runs, tickets are offered whose date lies ahead', async () => {
    const plans = fc.sample(await plansFor(1, new Date('2050-06-01')), { numRuns: 500, seed: 1 });
    const years = plans.map(({ input }) => new Date(String(input.body?.startsAt)).getUTCFullYear());
    expect(years.filter((year) => year > 2050 && year < 2057).length).toBeGreaterThan(0);
  });
});
