import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { givenPlay, newId } from '@ticketing/common/testing';
import { apiDocument } from '../harness/fuzz/document';
import { fuzz, openStage, type Fuzzing, type Stage } from '../harness/fuzz/fuzz';
import { complaintsOf, type Exchange } from '../harness/fuzz/judge';
import { send } from '../harness/fuzz/send';

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
  const person = { userId: newId(), email: 'me@example.com', password: 'mine', cookie: 'session=mine' };
  const other = { ...person, email: 'other@example.com' };
  const secrets = { people: [person, other], settings: ['a key of the services'] };
  const order = (apiDocument.components?.schemas?.Order as { example: object }).example;
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

  test('nothing, where all is well', () => {
    expect(look({})).toBe('');
    expect(look({ request: patch, answer: { status: 404, body: bodyOf('not_found', 'Not found') } })).toBe('');
  });

  test.each<[string, Parameters<typeof look>[0], string]>([
    ['a 500', { answer: { status: 500, body: bodyOf('internal_error', 'Something went wrong') } }, 'a fault of ours'],
    ['a status', { answer: { status: 410, body: bodyOf('not_found', 'Not found') } }, 'does not know this status'],
    ['a private field', { answer: { body: JSON.stringify({ ...order, notes: 'x' }) } }, 'not as documented'],
    ['a missing field', { answer: { body: JSON.stringify({ ...order, status: undefined }) } }, 'not as documented'],
    ['a cookie', { answer: { headers: { ...json, 'set-cookie': ['a=b'] } } }, 'does not know the header'],
    ['another method served', { request: patch }, 'does not know this route'],
    ['a page', { request: patch, answer: { status: 404, headers: {}, body: '<html>' } }, 'not JSON'],
    ['another form', { request: patch, answer: { status: 404, body: '{"error":"no"}' } }, 'another form'],
    ['a status of no route', { request: patch, answer: { status: 409, body: bodyOf('conflict', 'x') } }, 'no route'],
    ['an order for nobody', { asker: undefined }, 'nobody is signed in'],
    ['a setting', { answer: { headers: { ...json, server: 'a key of the services' } } }, 'tells the setting'],
    ['an address', { answer: { body: JSON.stringify({ ...order, userId: other.email }) } }, 'tells the address'],
    ['a stack', { answer: { body: '"Error: no\\n    at run (/app/dist/index.js:1:2)"' } }, 'shows the inside'],
    ['the database', { answer: { body: '"E11000 duplicate key error"' } }, 'shows the inside'],
  ])('%s', (_what, doctored, complaint) => {
    expect(look(doctored)).toContain(complaint);
  });

  test('no answer', async () => {
    const silent = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    expect(look({ answer: await send(url, fine.request, 50) })).toContain('there was no answer');
    silent.close().closeAllConnections();
  });
});
