import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express, { Router } from 'express';
import jwt from 'jsonwebtoken';
import { currentUserOf, requireAuth } from '../../src';
import type * as Metrics from '../../src/http/metrics';
import { newId, signIn, TEST_JWT_KEY, waitFor } from '../../src/testing';
import { OUR_ORIGIN, testApp } from './app';

const routes = [
  Router().get('/api/things', (_req, res) => void res.send([])),
  Router().post('/api/things', (req, res) => void res.status(201).send(req.body)),
  Router().get('/api/things/:id', (req, res) => void res.send({ id: req.params.id })),
  Router().delete('/api/things/:id', (_req, res) => void res.status(204).send()),
  Router().get('/api/me', requireAuth, (req, res) => void res.send(currentUserOf(req))),
  Router().put('/api/me', requireAuth, (_req, res) => void res.status(204).send()),
  Router().post('/api/session', (req, res) => {
    req.session = { jwt: 'a token' };
    res.send({});
  }),
  Router().delete('/api/session', (req, res) => {
    req.session = null;
    res.send({});
  }),
];
const { app, api, log } = testApp(routes);

beforeEach(() => log.splice(0));

describe('the body', () => {
  const post = () => api.post('/api/things');

  test.each([
    ['nothing', undefined],
    ['an empty object', {}],
  ])('%s: the route finds an object', async (_what, body) => {
    const response = await post().send(body);
    expect([response.status, response.body]).toEqual([201, {}]);
  });

  test('a length of zero, as browsers send it: no body, whatever its type', async () => {
    const response = await post().set('Content-Length', '0');
    expect([response.status, response.body]).toEqual([201, {}]);
  });

  test.each([
    ['cut off', '{"title":'],
    ['a text', '"title"'],
    ['a number', '10'],
    ['null', 'null'],
    ['an array', '[{"title":"Row 1"}]'],
    ['no JSON', '<title>Row 1</title>'],
  ])('JSON that is %s: 400 malformed_json', async (_what, body) => {
    const response = await post().set('Content-Type', 'application/json').serialize(String).send(body);
    expect([response.status, response.body]).toEqual([
      400,
      { errors: [{ code: 'malformed_json', message: expect.any(String) as string }] },
    ]);
  });

  test('compressed, and the compression is broken: 400 malformed_json', async () => {
    const body = gzipSync('{"title":"Row 1"}').fill(0, 10);
    const response = await post()
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .serialize((data) => data as string)
      .send(body);
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'malformed_json']);
  });

  test.each([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'Content-Type': 'text/plain' }],
    ['of another character set', { 'Content-Type': 'application/json; charset=iso-8859-1' }],
    ['packed in an unknown way', { 'Content-Type': 'application/json', 'Content-Encoding': 'rot13' }],
  ])('%s: 415', async (_what, headers) => {
    const response = await post().set(headers).serialize(String).send('{"title":"Row 1"}');
    expect([response.status, response.body.errors[0].code]).toEqual([415, 'unsupported_media_type']);
  });

  test('without a type: 415', async () => {
    const response = await post()
      .unset('Content-Type')
      .serialize(String)
      .send('{"title":"Row 1"}')
      .unset('Content-Type');
    expect(response.status).toBe(415);
  });

  test.each([
    ['of another type', 'text/plain', 'x'],
    ['no JSON', 'application/json', '{'],
    ['too large', 'application/json', JSON.stringify({ title: 'x'.repeat(200_000) })],
  ])('of a GET, %s: means nothing', async (_what, type, body) => {
    expect((await api.get('/api/things').type(type).serialize(String).send(body)).status).toBe(200);
  });

  test('too large: 413, sent plainly or packed', async () => {
    const title = 'x'.repeat(200_000);
    const plain = await post().send({ title });
    expect([plain.status, plain.body.errors[0].code]).toEqual([413, 'body_too_large']);
    const packed = await post()
      .set({ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .serialize((data) => data as string)
      .send(gzipSync(JSON.stringify({ title })));
    expect(packed.status).toBe(413);
  });
});

describe('the origin', () => {
  test.each([
    ['absent, as from a script', undefined, 201],
    ['ours', OUR_ORIGIN, 201],
    ['another site', 'https://evil.example', 403],
    ['ours with another port', 'http://localhost:3001', 403],
    ['ours with something behind it', `${OUR_ORIGIN}.evil.example`, 403],
    ['null, as from a sandboxed page', 'null', 403],
    ['empty', '', 403],
  ])('of a state change is %s (%s): %i', async (_what, origin, status) => {
    const asked = api.post('/api/things').send({});
    const response = await (origin === undefined ? asked : asked.set('Origin', origin));
    expect(response.status).toBe(status);
    if (status === 403) expect(response.body.errors[0].code).toBe('foreign_origin');
  });

  test('of a reading request does not matter', async () => {
    expect((await api.get('/api/things').set('Origin', 'https://evil.example')).status).toBe(200);
  });

  test('a foreign one is told before anything else is looked at', async () => {
    const response = await api.delete('/api/me').set('Origin', 'null').type('text/plain').send('x');
    expect(response.status).toBe(403);
  });

  test.each([
    ['a wrong body type', () => api.put('/api/me').type('text/plain').send('x'), 415],
    ['malformed JSON', () => api.put('/api/me').type('json').send('{'), 400],
  ])('%s is told before nobody is signed in', async (_what, ask, status) => {
    expect((await ask()).status).toBe(status);
  });
});

describe('who is signed in', () => {
  const me = (cookie: string) => api.get('/api/me').set('Cookie', cookie);
  const cookieOf = (session: unknown) => `session=${Buffer.from(JSON.stringify(session)).toString('base64')}`;
  const user = { id: newId(), email: 'a@example.com' };

  test('a session that we signed: the user and nothing of the token', async () => {
    const response = await me(signIn(user.id, user.email));
    expect([response.status, response.body]).toEqual([200, user]);
  });

  const unsigned = jwt.sign(user, '', { algorithm: 'none' });
  test.each([
    ['no cookie', ''],
    ['a cookie that is no session', 'session=%%%'],
    ['a session that is null', cookieOf(null)],
    ['a session that is a number', cookieOf(7)],
    ['an empty session', cookieOf({})],
    ['a token that is no text', cookieOf({ jwt: { id: user.id } })],
    ['a token that is no token', cookieOf({ jwt: 'x.y.z' })],
    ['a token without signature', cookieOf({ jwt: unsigned })],
    ['another key', cookieOf({ jwt: jwt.sign(user, 'some other key of thirty-two bytes') })],
    ['another algorithm', cookieOf({ jwt: jwt.sign(user, TEST_JWT_KEY, { algorithm: 'HS512' }) })],
    ['a token out of date', cookieOf({ jwt: jwt.sign(user, TEST_JWT_KEY, { expiresIn: -1 }) })],
    ['a token about nobody', cookieOf({ jwt: jwt.sign({ id: 7 }, TEST_JWT_KEY) })],
  ])('%s: nobody', async (_what, cookie) => {
    const response = await me(cookie);
    expect([response.status, response.body.errors]).toEqual([
      401,
      [{ code: 'not_authenticated', message: 'Sign in first' }],
    ]);
  });

  test('a session is kept in a cookie that no script reads and no other site sends, for a week', async () => {
    const [cookie = ''] = (await api.post('/api/session')).get('Set-Cookie') ?? [];
    expect(cookie).toMatch(/^session=\w+=*; path=\/; expires=[^;]+; samesite=lax; httponly$/i);
    const days = (Date.parse(/expires=([^;]+)/.exec(cookie)?.[1] ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
  });

  test('COOKIE_SECURE: the cookie goes over HTTPS only, which the proxy before us tells', async () => {
    const settings = { JWT_KEY: TEST_JWT_KEY, COOKIE_SECURE: true, TRUST_PROXY_HOPS: 1 };
    const response = await testApp(routes, { settings }).api.post('/api/session').set('X-Forwarded-Proto', 'https');
    expect(response.get('Set-Cookie')?.[0]).toMatch(/; secure; httponly$/);
    expect(response.headers['strict-transport-security']).toBeDefined();
  });

  test('a session that is given up is taken out of the browser', async () => {
    const response = await api.delete('/api/session').set('Cookie', signIn());
    expect(response.get('Set-Cookie')?.[0]).toMatch(/^session=; path=\/; expires=Thu, 01 Jan 1970/);
  });

  test('without a key there are no sessions', async () => {
    const response = await testApp(routes, { settings: {} }).api.get('/api/me').set('Cookie', signIn());
    expect(response.status).toBe(401);
  });
});

describe('addresses and methods', () => {
  test.each(['/', '/api', '/api/nothing', '/api/things/1/2'])('%s leads nowhere: 404 in JSON', async (path) => {
    const response = await api.get(path);
    expect([response.status, response.body.errors[0].code]).toEqual([404, 'not_found']);
  });

  test('a method that no route has: 404', async () => {
    expect((await api.patch('/api/things').send({})).status).toBe(404);
  });

  test('OPTIONS: 404, and no other site is invited', async () => {
    const response = await api.options('/api/things').set('Origin', 'https://evil.example');
    expect([response.status, response.headers['access-control-allow-origin']]).toEqual([404, undefined]);
  });

  test('whoever says that they have the answer already: they get it', async () => {
    const response = await api.get('/api/things').set('If-None-Match', '*');
    expect([response.status, response.body]).toEqual([200, []]);
  });

  test('HEAD: as GET, without the body', async () => {
    const found = await api.head('/api/things');
    expect([found.status, found.text, found.type]).toEqual([200, undefined, 'application/json']);
    expect((await api.head('/api/nothing')).status).toBe(404);
  });

  test('a path that is not percent-encoded: 400', async () => {
    const response = await api.get('/api/things/%zz');
    expect([response.status, response.body.errors[0].code]).toEqual([400, 'validation_failed']);
  });
});

describe('headers', () => {
  test('an answer is data that nobody frames, guesses the type of, or keeps', async () => {
    const { headers } = await api.get('/api/things');
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['x-powered-by']));
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test('a sane request id is kept', async () => {
    const response = await api.get('/api/things').set('x-request-id', 'trace-0.1_a');
    expect(response.headers['x-request-id']).toBe('trace-0.1_a');
  });

  test.each(['a b', 'a"b', '<script>', 'x'.repeat(101)])('the request id %s is replaced', async (given) => {
    const response = await api.get('/api/nothing').set('x-request-id', given);
    expect(response.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('the access log', () => {
  test('a request: one line with its id, route and user, and nothing secret', async () => {
    const userId = newId();
    const cookie = signIn(userId);
    await api
      .post('/api/things?from=test')
      .set({ Cookie: cookie, Authorization: 'Bearer secret-1', 'x-request-id': 'a-request' })
      .send({ password: 'secret-2', token: 'tok_visa' });
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({
      level: 30,
      requestId: 'a-request',
      req: { method: 'POST', url: '/api/things?from=test' },
      res: { statusCode: 201 },
      userId,
      responseTime: expect.any(Number) as number,
    });
    const text = JSON.stringify(log);
    for (const secret of [cookie.slice(8), 'secret-1', 'secret-2', 'tok_visa']) expect(text).not.toContain(secret);
  });

  test('what the client did wrong is no error of ours', async () => {
    await api.get('/api/nothing');
    expect(log).toEqual([expect.objectContaining({ level: 30, res: { statusCode: 404 } })]);
    expect(log[0]).not.toHaveProperty('error');
  });

  test('health and metrics are asked all the time and not logged', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) await api.get(path);
    expect(log).toEqual([]);
  });
});

describe('health', () => {
  const health = { ready: () => true, dependencies: () => ({ mongodb: 'up' as 'up' | 'down' }) };
  const { api: probe } = testApp(routes, { health });

  test.each([
    ['ready', 'up', 200],
    ['not ready', 'down', 503],
    ['not ready', 'up', 503],
    ['ready', 'down', 200],
  ] as const)('a service that is %s, with its database %s: %i', async (status, mongodb, code) => {
    health.ready = () => status === 'ready';
    health.dependencies = () => ({ mongodb });
    const readiness = await probe.get('/readyz');
    expect([readiness.status, readiness.body]).toEqual([code, { service: 'test', status, dependencies: { mongodb } }]);
    const liveness = await probe.get('/livez');
    expect([liveness.status, liveness.body]).toEqual([
      200,
      { service: 'test', status: 'alive', dependencies: { mongodb } },
    ]);
  });

  test('a service without doors to the outside has its health', async () => {
    const { api: quiet } = testApp([], { settings: {}, health: { ready: () => true, dependencies: () => ({}) } });
    expect((await quiet.get('/readyz')).status).toBe(200);
    expect((await quiet.get('/api/things')).status).toBe(404);
  });
});

describe('metrics', () => {
  const metrics = async () => (await api.get('/metrics')).text;

  test('requests are counted by the pattern of their route, never by their address', async () => {
    const id = newId();
    await api.get(`/api/things/${id}`);
    await api.get(`/nowhere/${id}`);
    const text = await metrics();
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/things\/:id",status="200"\} \d/,
    );
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="none",status="404"\} \d/);
    expect(text).not.toContain(id);
  });

  test('the process and the messaging have theirs', async () => {
    const text = await metrics();
    for (const name of [
      'process_resident_memory_bytes',
      'outbox_pending',
      'outbox_oldest_seconds',
      'outbox_publish_failures_total',
      'parked_events',
      'dead_events',
      'consumer_lag',
      'sweep_runs_total',
      'sweep_failures_total',
    ]) {
      expect(text).toContain(`# TYPE ${name} `);
    }
  });

  test('loading them twice, as a second test module does, is no conflict', async () => {
    let again!: typeof Metrics;
    jest.isolateModules(() => {
      again = jest.requireActual('../../src/http/metrics');
    });
    again.measureProcess();
    again.measureProcess();
    expect(await again.registry.metrics()).toContain('outbox_pending 0');
  });
});

describe('webhooks', () => {
  const webhook = Router().post('/api/hook', express.raw({ type: '*/*' }), (req, res) => {
    res.send({ raw: Buffer.isBuffer(req.body) && req.body.toString() });
  });
  const { api: hooked } = testApp(routes, { webhooks: [webhook] });

  test('a stranger posts: the route sees the body byte by byte, whatever its type and origin', async () => {
    const response = await hooked.post('/api/hook').set('Origin', 'https://stripe.com').type('json').send('{ "a":1 }');
    expect([response.status, response.body]).toEqual([200, { raw: '{ "a":1 }' }]);
  });

  test('OPTIONS: 404, as everywhere', async () => {
    expect((await hooked.options('/api/hook')).status).toBe(404);
  });

  test('the routes behind it still get their JSON', async () => {
    expect((await hooked.post('/api/things').send({ a: 1 })).body).toEqual({ a: 1 });
  });
});

test('a connection that breaks off in the middle of a body is no error of ours', async () => {
  const server = app.listen(0);
  const socket = connect((server.address() as AddressInfo).port);
  socket.write('POST /api/things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{');
  await once(server, 'request');
  socket.destroy();
  await waitFor(() => log.length > 0, 'the request to be logged');
  expect(log).toEqual([expect.objectContaining({ level: 30, msg: 'request aborted' })]);
  server.close();
  await once(server, 'close');
});
