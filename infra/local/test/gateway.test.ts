import http, { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createGateway } from '../src/gateway';
import { matchRoute, readIngress } from '../src/gateway/ingress';
import {
  freePort,
  listen,
  listenTcp,
  manifest,
  startEchoes,
  startGateway,
  stopAll,
  textOf,
  textUntil,
} from './gateway-rig';

afterEach(stopAll);

describe('the routes of an Ingress', () => {
  const ingress = (paths: string, annotations = '{}') => `
kind: Ingress
metadata: { annotations: ${annotations} }
spec: { rules: [{ host: ticketing.dev, http: { paths: [${paths}] } }] }`;
  const line = (route: string, pathType: string, name: string) =>
    `{ path: ${route}, pathType: ${pathType}, backend: { service: { name: ${name}, port: { number: 3000 } } } }`;
  const serviceFor = (text: string, url: string) => matchRoute(readIngress(text).routes, url)?.service;

  // The cases of Kubernetes' own table for Prefix and Exact.
  test.each([
    ['/', 'Prefix', '/anything/at/all', true],
    ['/foo', 'Exact', '/foo', true],
    ['/foo', 'Exact', '/foo/', false],
    ['/foo/', 'Exact', '/foo', false],
    ['/foo', 'Prefix', '/foo/', true],
    ['/foo/', 'Prefix', '/foo', true],
    ['/aaa/bb', 'Prefix', '/aaa/bbb', false],
    ['/aaa/bbb', 'Prefix', '/aaa/bbb/ccc', true],
    ['/aaa/bbb', 'Prefix', '/aaa/bbbxyz', false],
    ['/aaa', 'Prefix', '/AAA', false],
  ])('%s of type %s, asked for %s: %s', (route, pathType, url, matches) => {
    expect(serviceFor(ingress(line(route, pathType, 'a')), url)).toBe(matches ? 'a' : undefined);
  });

  test('of several that match, the longest wins wherever it stands, and of two alike the exact one', () => {
    const text = ingress(
      [
        line('/', 'Prefix', 'root'),
        line('/api', 'Prefix', 'api'),
        line('/api/x', 'Prefix', 'x'),
        line('/api/x', 'Exact', 'exact'),
      ].join(),
    );
    expect(['/api/x', '/api/x/y', '/api/y', '/y'].map((url) => serviceFor(text, url))).toEqual([
      'exact',
      'x',
      'api',
      'root',
    ]);
  });

  test.each([
    [
      'a regular expression',
      ingress(line('/a', 'Prefix', 'a'), `{ nginx.ingress.kubernetes.io/use-regex: 'true' }`),
      /use-regex/,
    ],
    ['a path type left to the controller', ingress(line('/a', 'ImplementationSpecific', 'a')), /pathType/],
    ['no Ingress', 'kind: Service', /0 objects of kind Ingress/],
    ['two of them', `${ingress(line('/a', 'Prefix', 'a'))}\n---\n${ingress(line('/b', 'Prefix', 'b'))}`, /2 objects/],
  ])('a manifest with %s is refused, since it could not be followed here', (_what, text, message) => {
    expect(() => readIngress(text)).toThrow(message);
  });

  test('the manifest of this project sends each path to its service', () => {
    const { routes } = readIngress(readFileSync(manifest, 'utf8'));
    const served = [
      '/api/users/signup',
      '/api/tickets',
      '/api/orders/1',
      '/api/payments?orderId=1',
      '/',
      '/orders/1',
      '/api/usersfoo',
    ];
    expect(served.map((url) => matchRoute(routes, url.replace(/\?.*/, ''))?.service)).toEqual([
      'auth-srv',
      'tickets-srv',
      'orders-srv',
      'payments-srv',
      'client-srv',
      'client-srv',
      'client-srv',
    ]);
  });
});

describe('createGateway', () => {
  test('a service of the manifest without an address: refused by name, before anything listens', () => {
    expect(() => createGateway({ manifest, targets: { 'auth-srv': ['http://127.0.0.1:1'] } })).toThrow(/tickets-srv/);
  });

  test('replicas of a service are asked in turn', async () => {
    const replicas = ['first', 'second'].map((body) => () => ({ body }));
    const gateway = await startGateway({ 'orders-srv': replicas });
    const answers: string[] = [];
    for (let sent = 0; sent < 4; sent += 1) answers.push((await gateway.send('/api/orders')).text);
    expect(answers).toEqual(['first', 'second', 'first', 'second']);
  });

  test('a request arrives at the service of its path, under whatever host name', async () => {
    const gateway = await startEchoes();
    const hosts = ['ticketing.dev', 'localhost:3000', '192.168.1.7'];
    const answers = await Promise.all(
      hosts.map((host) => gateway.send('/api/orders/1?a=b%20c', { headers: { host } })),
    );
    expect(answers.map(({ json }) => json)).toMatchObject(
      hosts.map((host) => ({ service: 'orders-srv', url: '/api/orders/1?a=b%20c', host })),
    );
  });

  test('method, body, status, and several cookies pass unchanged in both directions', async () => {
    const gateway = await startGateway({
      'tickets-srv': async (incoming) => ({
        status: 418,
        headers: { 'set-cookie': ['a=1', 'b=2'] },
        body: `${incoming.method} ${await textOf(incoming)}`,
      }),
    });
    const answer = await gateway.send('/api/tickets', { method: 'PUT', body: 'täxt' });
    expect(answer).toMatchObject({ status: 418, text: 'PUT täxt', headers: { 'set-cookie': ['a=1', 'b=2'] } });
  });

  test('a DELETE with a chunked body: the body is framed, nothing of it becomes a second request', async () => {
    const urls: string[] = [];
    const gateway = await startGateway({
      'tickets-srv': async (incoming) => {
        urls.push(incoming.url ?? '');
        return { body: await textOf(incoming) };
      },
    });
    const smuggled = 'GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n';
    const headers = { 'transfer-encoding': 'chunked' };
    const answer = await gateway.send('/api/tickets/1', { method: 'DELETE', headers, body: smuggled });
    expect(answer.text).toBe(smuggled);
    expect(urls).toEqual(['/api/tickets/1']);
  });

  test('the client says who is before it and where it came from: dropped, the gateway tells what it saw', async () => {
    const gateway = await startEchoes();
    const headers = {
      host: 'localhost:3000',
      forwarded: 'for=6.6.6.6',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-port': '1',
      'x-real-ip': '6.6.6.6',
      connection: 'close, x-secret',
      'x-secret': 'for this hop only',
      'x-request-id': 'abc-1',
    };
    const { json } = await gateway.send('/api/users/currentuser', { headers });
    const { headers: arrived } = json as { headers: IncomingHttpHeaders };
    expect(arrived).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'localhost:3000',
      'x-request-id': 'abc-1',
    });
    expect(JSON.stringify(arrived)).not.toMatch(/6\.6\.6\.6|evil|x-forwarded-port|x-secret/);
  });

  test.each([
    '/metrics',
    '/livez',
    '/READYZ/',
    '//metrics',
    '/%6detrics',
    '/api/tickets/../../livez',
    '/api/tickets/%2e%2e%2f%2e%2e/livez',
  ])('what only the cluster may ask (%s): 404, and no service is asked', async (url) => {
    const gateway = await startEchoes();
    const answer = await gateway.send(url);
    expect(answer).toMatchObject({ status: 404, json: { errors: [{ code: 'not_found' }] } });
  });

  test.each(['/%', 'http://elsewhere/api/tickets', '*', '/metrics#/../api/users', '/api/users?a=b#c'])(
    'a target that is no path (%s): 400 in the shape of all errors',
    async (url) => {
      const gateway = await startEchoes();
      const answer = await gateway.send(url, { method: 'OPTIONS' });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ code: 'validation_failed' }] } });
    },
  );

  test.each([
    ['content-length: 40\r\nconnection: content-length', ''],
    ['transfer-encoding: chunked\r\nconnection: x, Transfer-Encoding', '28\r\n'],
  ])('a GET with a body that disowns its framing (%s): one request arrives, with that body', async (lines, before) => {
    const requests: string[] = [];
    const gateway = await startGateway({
      'tickets-srv': async (incoming) => {
        const at = requests.push(incoming.url ?? '') - 1;
        requests[at] += ` ${JSON.stringify(await textOf(incoming))}`;
        return { body: 'done' };
      },
    });
    const smuggled = 'GET /metrics HTTP/1.1\r\nhost: service\r\n\r\n';
    const socket = connect(gateway.address);
    socket.write(`GET /api/tickets HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n${before}${smuggled}`);
    if (before) socket.write('\r\n0\r\n\r\n');
    await textUntil(socket, 'done');
    socket.destroy();
    // The next request would take the same connection to the service, after whatever was smuggled into it.
    await gateway.send('/api/tickets/next');
    expect(requests).toEqual([`/api/tickets ${JSON.stringify(smuggled)}`, '/api/tickets/next ""']);
  });

  test.each([
    ['no HTTP', 'Who is there?\r\n\r\n'],
    ['too large a head', `GET /api/users/${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`],
  ])('%s: 400 in the shape of all errors', async (_what, bytes) => {
    const gateway = await startEchoes();
    const socket = connect(gateway.address);
    socket.write(bytes);
    const answer = await textUntil(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain('{"errors":[{"code":"validation_failed"');
  });

  test('a client of HTTP/1.0 that names no host: served, and no host is made up for it', async () => {
    const gateway = await startEchoes();
    const socket = connect(gateway.address);
    socket.write('GET /api/orders HTTP/1.0\r\n\r\n');
    const answer = await textUntil(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"x-forwarded-for":"127.0.0.1"');
    expect(answer).not.toContain('x-forwarded-host');
  });

  test('a client that is gone before its request is read, and so has no address: the next is served', async () => {
    const addresses: (string | undefined)[] = [];
    const gateway = await startEchoes();
    gateway.server.prependListener('request', ({ socket }) => addresses.push(socket.remoteAddress));
    const socket = connect(gateway.address);
    await once(socket, 'connect');
    await new Promise((resolve) => socket.write('GET /api/orders HTTP/1.1\r\nhost: x\r\n\r\n', resolve));
    socket.resetAndDestroy();
    expect((await gateway.send('/api/orders')).status).toBe(200);
    expect(addresses).toEqual([undefined, '127.0.0.1']);
  });

  test.each(['', 'connection: Upgrade\r\nupgrade: websocket\r\n'])(
    'a request that Node refuses to send on (%j): 400, and the next is served',
    async (lines) => {
      const gateway = await startEchoes();
      const sending = jest.spyOn(http, 'request').mockImplementationOnce(() => {
        throw new TypeError('this can not be sent');
      });
      const socket = connect(gateway.address);
      socket.write(`GET /api/orders HTTP/1.1\r\nhost: x\r\n${lines}\r\n`);
      expect(await textUntil(socket, '}]}')).toMatch(/^HTTP\/1\.1 400 [^]*"validation_failed"/);
      socket.destroy();
      sending.mockRestore();
      expect((await gateway.send('/api/orders')).status).toBe(200);
    },
  );

  test('connections to the services are kept and used again', async () => {
    const ports = new Set<number | undefined>();
    const gateway = await startGateway({
      'orders-srv': (incoming) => {
        ports.add(incoming.socket.remotePort);
        return { body: 'x' };
      },
    });
    for (let count = 0; count < 5; count += 1) await gateway.send('/api/orders');
    expect(ports.size).toBe(1);
  });

  test('a kept connection that the service has just closed: a GET is repeated on a new one, a POST is not', async () => {
    const service = await listenTcp((socket) => {
      let requests = 0;
      socket.on('data', () => {
        requests += 1;
        if (requests > 1) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nok');
      });
    });
    const gateway = await startGateway({ 'orders-srv': service });
    const get = () => gateway.send('/api/orders');
    expect([(await get()).status, (await get()).status, (await get()).status]).toEqual([200, 200, 200]);
    const post = await gateway.send('/api/orders', { method: 'POST', body: '{}' });
    expect(post).toMatchObject({ status: 503, json: { errors: [{ code: 'dependency_unavailable' }] } });
  });

  test('a body streams through while it is being written, and an answer too', async () => {
    const gateway = await startGateway({
      'payments-srv': (incoming, response) => {
        response.writeHead(200);
        incoming.on('data', (chunk: Buffer) => response.write(`heard ${chunk.toString()}`));
        incoming.on('end', () => response.end());
      },
    });
    const outgoing = request({ ...gateway.address, path: '/api/payments', method: 'POST' });
    outgoing.write('one');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(String((await once(answer, 'data'))[0])).toBe('heard one');
    outgoing.write('two');
    expect(String((await once(answer, 'data'))[0])).toBe('heard two');
    outgoing.end();
    await once(answer, 'end');
  });

  test('a service that refuses a large body before it has read it: its own answer arrives', async () => {
    const gateway = await startGateway({ 'tickets-srv': () => ({ status: 413, body: '{"errors":[]}' }) });
    const answer = await gateway.send('/api/tickets', { method: 'POST', body: 'x'.repeat(8_000_000) });
    expect(answer).toMatchObject({ status: 413, text: '{"errors":[]}' });
  });

  test('the client goes away: the service is told by a closed connection', async () => {
    const arrived = deferred<IncomingMessage>();
    const gateway = await startGateway({ 'orders-srv': (incoming) => arrived.resolve(incoming) });
    const outgoing = request({ ...gateway.address, path: '/api/orders' }).on('error', () => undefined);
    outgoing.end();
    const { socket } = await arrived.promise;
    outgoing.destroy();
    await once(socket, 'close');
  });
});

describe('a service that is not there', () => {
  test('for a program: 503 with the error of the contract, a request id, and when to ask again', async () => {
    const gateway = await startGateway({});
    const answer = await gateway.send('/api/orders', {
      method: 'POST',
      body: '{}',
      headers: { 'x-request-id': 'mine' },
    });
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2', 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'mine' },
      json: { errors: [{ code: 'dependency_unavailable', message: expect.any(String) as string }] },
    });
  });

  test('for a person: 503 with a page that looks again by itself', async () => {
    const gateway = await startGateway({});
    const answer = await gateway.send('/orders');
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '2' },
    });
    expect(answer.text).toContain('http-equiv="refresh"');
  });

  test('it comes back: the very next request is served', async () => {
    const port = await freePort();
    const gateway = await startGateway({ 'orders-srv': `http://127.0.0.1:${port}` });
    expect((await gateway.send('/api/orders')).status).toBe(503);
    await listen(
      createServer((_incoming, response) => response.end('back')),
      port,
    );
    expect(await gateway.send('/api/orders')).toMatchObject({ status: 200, text: 'back' });
  });

  test('it dies before it answers: 503; in the middle of its answer: the answer is cut, not ended', async () => {
    const gateway = await startGateway({
      'orders-srv': (incoming) => {
        incoming.socket.destroy();
      },
      'tickets-srv': (incoming, response) => {
        response.writeHead(200);
        response.write('half', () => incoming.socket.destroy());
      },
    });
    expect(await gateway.send('/api/orders')).toMatchObject({
      status: 503,
      json: { errors: [{ code: 'dependency_unavailable' }] },
    });
    await expect(gateway.send('/api/tickets')).rejects.toThrow(/aborted/);
  });

  test.each(['200 \x01', '099 Early'])('it answers with what is no HTTP (%j): 503', async (status) => {
    const service = await listenTcp((socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`));
    });
    const gateway = await startGateway({ 'orders-srv': service });
    expect(await gateway.send('/api/orders')).toMatchObject({
      status: 503,
      json: { errors: [{ code: 'dependency_unavailable' }] },
    });
    const socket = connect(gateway.address);
    socket.write('GET /api/orders HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
    expect(await textUntil(socket)).toMatch(/^HTTP\/1\.1 503 /);
  });

  test('it stays silent longer than the manifest allows: 503 for programs, 504 with a page', async () => {
    const silent = () => undefined;
    const gateway = await startGateway({ 'orders-srv': silent, 'client-srv': silent }, { readSeconds: 0.2 });
    expect(await gateway.send('/api/orders')).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
      json: { errors: [{ code: 'dependency_unavailable' }] },
    });
    expect(await gateway.send('/')).toMatchObject({ status: 504, text: expect.stringContaining('takes too long') });
  });
});

describe('an upgrade to WebSocket', () => {
  const handshake = (url: string) =>
    `GET ${url} HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nx-forwarded-for: 6.6.6.6\r\n\r\n`;

  test('granted by the service: bytes flow both ways, untouched', async () => {
    const client = createServer();
    client.on('upgrade', (incoming, socket: Socket, head: Buffer) => {
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nx-for: ${String(incoming.headers['x-forwarded-for'])}\r\n\r\n`,
      );
      socket.write(head);
      socket.pipe(socket);
    });
    const gateway = await startGateway({ 'client-srv': await listen(client) });
    const socket = connect(gateway.address);
    socket.write(`${handshake('/_next/webpack-hmr')}early `);
    expect(await textUntil(socket, 'early ')).toMatch(/^HTTP\/1\.1 101 [^]*x-for: 127\.0\.0\.1\r\n/);
    socket.write('later');
    expect(await textUntil(socket, 'later')).toBe('later');
    socket.destroy();
  });

  test('refused by the service: its answer comes back as it is', async () => {
    const gateway = await startEchoes();
    const socket = connect(gateway.address);
    socket.write(handshake('/api/orders'));
    expect(await textUntil(socket, 'orders-srv')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    socket.destroy();
  });

  test.each([
    ['/_next/webpack-hmr', /^HTTP\/1\.1 503 /],
    ['/metrics', /^HTTP\/1\.1 404 /],
  ])('with nobody to grant it (%s): an answer and the end', async (url, expected) => {
    const gateway = await startGateway({});
    const socket = connect(gateway.address);
    socket.write(handshake(url));
    expect(await textUntil(socket)).toMatch(expected);
  });

  test('refused by a service that dies in the middle of its answer: the answer is cut, and the next is served', async () => {
    const service = await listenTcp((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', () => socket.resetAndDestroy()),
      );
    });
    const gateway = await startGateway({ 'orders-srv': service, 'client-srv': () => ({ body: 'here' }) });
    const socket = connect(gateway.address);
    socket.write(handshake('/api/orders'));
    expect(await textUntil(socket)).toMatch(/^(HTTP\/1\.1 200 OK\r\n[^]*half)?$/);
    expect(await gateway.send('/')).toMatchObject({ text: 'here' });
  });

  test('refused while the client goes away: the next is served', async () => {
    const gateway = await startEchoes();
    const socket = connect(gateway.address);
    await new Promise((resolve) => socket.write(handshake('/metrics'), resolve));
    socket.resetAndDestroy();
    expect((await gateway.send('/')).status).toBe(200);
  });

  test('closing all connections closes the upgraded ones too', async () => {
    const client = createServer();
    client.on('upgrade', (_incoming, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: Upgrade\r\n\r\n');
      socket.resume().once('end', () => socket.end());
    });
    const gateway = await startGateway({ 'client-srv': await listen(client) });
    const socket = connect(gateway.address);
    socket.write(handshake('/'));
    await textUntil(socket, '\r\n\r\n');
    gateway.server.closeAllConnections();
    await once(socket, 'close');
  });
});

describe('an upgrade to anything else', () => {
  const wish = 'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n';
  const startTeller = () =>
    startGateway({
      'orders-srv': async (incoming) => ({
        body: `<${incoming.method} ${await textOf(incoming)} ${JSON.stringify(incoming.headers)}>`,
      }),
    });

  test.each([
    ['content-length: 8', '{"a":', '"b"}'.slice(0, 3)],
    ['transfer-encoding: chunked', '5\r\n{"a":\r\n', '3\r\n"b"\r\n0\r\n\r\n'],
  ])('with a body (%s): the wish is ignored, and the whole request served', async (framing, one, other) => {
    const gateway = await startTeller();
    const socket = connect(gateway.address);
    socket.write(
      `POST /api/orders HTTP/1.1\r\nhost: x\r\nx-name: caf\xe9\r\n${wish}${framing}\r\n\r\n${one}`,
      'latin1',
    );
    await new Promise(setImmediate);
    socket.write(other);
    const answer = await textUntil(socket, '>');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*<POST {"a":"b" /);
    expect(answer).toContain('"x-name":"café"');
    expect(answer).not.toMatch(/h2c|http2-settings/);
    // The connection goes on, and is closed with all others.
    socket.write('GET /api/orders HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await textUntil(socket, '>')).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*<GET /);
    gateway.server.closeAllConnections();
    await once(socket, 'close');
  });

  test('several requests one behind the other: each is answered', async () => {
    const gateway = await startTeller();
    const socket = connect(gateway.address);
    for (let count = 0; count < 3; count += 1) {
      socket.write(`GET /api/orders HTTP/1.1\r\nhost: x\r\n${wish}\r\n`);
      expect(await textUntil(socket, '>')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
    socket.destroy();
  });

  test('a POST that wants a WebSocket: that takes a GET, so it is served as a POST', async () => {
    const gateway = await startTeller();
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    const answer = await gateway.send('/api/orders', { method: 'POST', headers, body: '{}' });
    expect(answer.text).toMatch(/^<POST {} /);
  });
});

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
