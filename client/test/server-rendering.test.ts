import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse, createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { RouterContext } from 'next/dist/shared/lib/router-context.shared-runtime';
import type { DocumentContext } from 'next/document';
import type { GetServerSideProps, GetServerSidePropsContext, NextApiRequest, NextApiResponse } from 'next';
import type { NextRouter } from 'next/router';
import { createElement } from 'react';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { buildClient } from '../api/build-client';
import { withSession } from '../api/with-session';
import type { ApiDocument, Order } from '../api/types';
import { readTheme, themeCookie } from '../lib/theme';
import ShopDocument from '../pages/_document';
import chooseTheme from '../pages/api/theme';
import DocsPage from '../pages/api-docs';
import SignInPage from '../pages/auth/signin';
import { getServerSideProps as loadTickets } from '../pages/index';
import { getServerSideProps as loadOrders } from '../pages/orders/index';
import OrderPage from '../pages/orders/[orderId]';
import { getServerSideProps as loadReceipt } from '../pages/orders/[orderId]/receipt';
import { getServerSideProps as robots } from '../pages/robots.txt';
import { getServerSideProps as sitemap } from '../pages/sitemap.xml';
import NewTicketPage from '../pages/tickets/new';
import { order } from './harness/samples';
import document from '../../docs/api/openapi.json';

const mockServiceUrls = { auth: '', tickets: '', orders: '', payments: '' };
jest.mock('../lib/config', () => ({
  getConfig: () => ({
    serviceUrls: mockServiceUrls,
    publicOrigin: 'https://shop.example',
    cardEntry: { kind: 'none' },
  }),
}));
jest.mock('../lib/log', () => ({ logWarning: jest.fn() }));
jest.mock('swagger-ui-dist/swagger-ui.css', () => ({}));

const servers: Server[] = [];

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(service: keyof typeof mockServiceUrls, listener: RequestListener): Promise<void> {
  mockServiceUrls[service] = await listen(listener);
}

const answer =
  (status: number, body: unknown, headers: Record<string, string | string[]> = {}): RequestListener =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

const refusal = (status: number, code: string) => answer(status, { errors: [{ message: code, code }] });

/** A page's request as Next hands it over. */
function pageRequest(headers: Record<string, string> = {}, url = '/orders'): GetServerSidePropsContext {
  const req = Object.assign(new IncomingMessage(new Socket()), { headers, url });
  const res = new ServerResponse(req);
  return { req: Object.assign(req, { cookies: {} }), res, query: {}, params: {}, resolvedUrl: url };
}

const signedIn = answer(200, { currentUser: { id: 'u1', email: 'a@example.com', iat: 1 } });
const signedOut = answer(200, { currentUser: null });

afterEach(() => {
  Object.assign(mockServiceUrls, { auth: 'http://127.0.0.1:1', tickets: '', orders: '', payments: '' });
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('buildClient', () => {
  test('when a page asks, then its visitor’s cookie and trace go along, and nothing else of the request', async () => {
    let seen: IncomingMessage['headers'] = {};
    await serve('tickets', (req, res) => {
      seen = req.headers;
      answer(200, [])(req, res);
    });
    const visitor = { cookie: 'session=s', 'x-request-id': 'r1', traceparent: '00-1', 'x-forwarded-for': '192.0.2.7' };
    const foreign = { authorization: 'Bearer x', referer: 'https://elsewhere.example', origin: 'null' };
    await (await buildClient(pageRequest({ ...visitor, ...foreign }))).listTickets({});
    expect(seen).toMatchObject(visitor);
    for (const name of Object.keys(foreign)) expect(seen).not.toHaveProperty(name);
  });

  test('when services set cookies, then the visitor gets each of them', async () => {
    await serve('tickets', answer(200, [], { 'set-cookie': ['session=new; httponly', 'session.sig=1'] }));
    await serve('orders', answer(200, {}, { 'set-cookie': ['other=2'] }));
    const page = pageRequest();
    const api = await buildClient(page);
    await api.listTickets({});
    await api.showOrder('o1');
    expect(page.res.getHeader('set-cookie')).toEqual(['session=new; httponly', 'session.sig=1', 'other=2']);
  });

  test('when the request has no id yet, then all calls of the page share a new one, and the visitor gets it', async () => {
    const ids: unknown[] = [];
    const note: RequestListener = (req, res) => {
      ids.push(req.headers['x-request-id']);
      answer(200, [])(req, res);
    };
    await serve('tickets', note);
    const page = pageRequest();
    const api = await buildClient(page);
    await Promise.all([api.listTickets({}), api.listTickets({})]);
    expect(new Set(ids).size).toBe(1);
    expect(page.res.getHeader('x-request-id')).toBe(ids[0]);
  });

  test.each(['x'.repeat(101), 'a b', 'a\nb', ''])(
    'when the request brings an id that no service takes, as %j, then a new one stands in its place',
    async (given) => {
      let forwarded: unknown;
      await serve('tickets', (req, res) => {
        forwarded = req.headers['x-request-id'];
        answer(200, [])(req, res);
      });
      const page = pageRequest({ 'x-request-id': given });
      await (await buildClient(page)).listTickets({});
      expect(forwarded).toMatch(/^[0-9a-f-]{36}$/);
      expect(page.res.getHeader('x-request-id')).toBe(forwarded);
    },
  );

  test('when there is a next page, then its cursor is read', async () => {
    await serve('tickets', answer(200, [{ id: 't1' }], { link: '</api/tickets?cursor=c2>; rel="next"' }));
    await expect((await buildClient(pageRequest())).listTickets({})).resolves.toEqual({
      items: [{ id: 't1' }],
      next: 'c2',
    });
  });

  test('when a service says no, then what it said is kept', async () => {
    await serve('tickets', refusal(404, 'not_found'));
    await expect((await buildClient(pageRequest())).showTicket('t1')).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });

  test('when a service hangs, then the page gives up in time', async () => {
    await serve('tickets', () => undefined);
    const started = performance.now();
    await expect((await buildClient(pageRequest())).showTicket('t1')).rejects.toMatchObject({ isOutage: true });
    expect(performance.now() - started).toBeLessThan(3500);
  });
});

describe('what the services say of the API', () => {
  const saying = (path: string) => answer(200, { info: {}, paths: { [path]: {} }, components: { schemas: {} } });
  const load = async () => (await buildClient(pageRequest())).apiDocument();

  test('when all answer, then nothing is missing of what the whole document knows', async () => {
    const asked: string[] = [];
    const note: RequestListener = (req, res) => {
      asked.push(req.url ?? '');
      saying(`${req.url}`)(req, res);
    };
    await Promise.all(Object.keys(mockServiceUrls).map((service) => serve(service as 'auth', note)));
    expect(await load()).toMatchObject({ away: [] });
    const prefixes = Object.keys(document.paths).map((path) => /^\/api\/\w+/.exec(path)?.[0]);
    expect(new Set(asked)).toEqual(new Set(prefixes.map((prefix) => `${prefix}/openapi.json`)));
  });

  test('when some are away, then the others are shown, and it is said who is missing', async () => {
    await serve('tickets', saying('/api/tickets'));
    await serve('orders', refusal(503, 'dependency_unavailable'));
    await serve('payments', saying('/api/payments'));
    expect(await load()).toMatchObject({
      api: { info: { title: 'ticketing' }, paths: { '/api/tickets': {}, '/api/payments': {} } },
      away: ['/api/users', '/api/orders'],
    });
  });

  test('when all are away, then so is the page', async () => {
    const { auth: nobody } = mockServiceUrls;
    Object.assign(mockServiceUrls, { tickets: nobody, orders: nobody, payments: nobody });
    await expect(load()).rejects.toMatchObject({ isOutage: true });
  });
});

describe('withSession', () => {
  const showOrders = withSession(async ({ api }) => ({ props: await api.showOrder('o1') }), { private: true });
  const showTickets = withSession(async ({ api }) => ({ props: { tickets: await api.listTickets({}) } }));

  test('when somebody is signed in, then the page gets its data and who they are', async () => {
    await serve('auth', signedIn);
    await serve('tickets', answer(200, []));
    const page = pageRequest();
    await expect(showTickets(page)).resolves.toEqual({
      props: {
        tickets: { items: [], next: null },
        session: { state: 'signed-in', user: { id: 'u1', email: 'a@example.com' } },
      },
    });
    expect(page.res.getHeader('cache-control')).toBe('private, no-cache');
  });

  test('when the accounts do not answer, then the session is unknown and the page shows all the same', async () => {
    await serve('tickets', answer(200, []));
    await expect(showTickets(pageRequest())).resolves.toMatchObject({ props: { session: { state: 'unknown' } } });
  });

  test('when a private page is asked for by nobody, then they sign in first and come back', async () => {
    await serve('auth', signedOut);
    await serve('orders', refusal(401, 'not_authenticated'));
    const page = pageRequest({}, '/orders/o1');
    await expect(showOrders(page)).resolves.toEqual({
      redirect: { destination: '/auth/signin?returnTo=%2Forders%2Fo1', permanent: false },
    });
    expect(page.res.getHeader('cache-control')).toBe('private, no-store');
    expect(page.res.getHeader('x-robots-tag')).toBe('noindex');
  });

  test.each([
    [403, 'forbidden', 'forbidden', 403],
    [500, 'internal_error', 'unavailable', 503],
    [503, 'dependency_unavailable', 'unavailable', 503],
    [429, 'too_many_requests', 'unavailable', 503],
  ])('when the page’s service answers %i, then the page says %s', async (status, code, failure, pageStatus) => {
    await serve('auth', signedIn);
    await serve('orders', refusal(status, code));
    const page = pageRequest();
    await expect(showOrders(page)).resolves.toMatchObject({ props: { failure, session: { state: 'signed-in' } } });
    expect(page.res.statusCode).toBe(pageStatus);
  });

  test('when only the data of a page is asked for, then a failure has a status that the router takes', async () => {
    await serve('auth', signedIn);
    await serve('orders', refusal(503, 'dependency_unavailable'));
    const page = pageRequest({}, '/_next/data/build/orders.json');
    await expect(showOrders(page)).resolves.toMatchObject({ props: { failure: 'unavailable' } });
    expect(page.res.statusCode).toBe(200);
  });

  test.each([
    [404, 'not_found'],
    [400, 'validation_failed'],
  ])('when the service answers %i, then there is no such page', async (status, code) => {
    await serve('auth', signedIn);
    await serve('orders', refusal(status, code));
    await expect(showOrders(pageRequest())).resolves.toEqual({ notFound: true });
  });

  test('when the page itself has a fault, then it is not taken for an outage', async () => {
    await serve('auth', signedIn);
    const broken = withSession(() => Promise.reject(new TypeError('a bug')));
    await expect(broken(pageRequest())).rejects.toThrow('a bug');
  });
});

describe('a list whose address is wrong', () => {
  test('when its page is none, then the orders begin with the first one', async () => {
    await serve('auth', signedIn);
    await serve('orders', (req, res) =>
      req.url?.includes('cursor') ? refusal(400, 'validation_failed')(req, res) : answer(200, [{ id: 'o1' }])(req, res),
    );
    const page = { ...pageRequest({}, '/orders?cursor=bad'), query: { cursor: 'bad' } };
    await expect(loadOrders(page)).resolves.toMatchObject({ props: { orders: { items: [{ id: 'o1' }] } } });
  });

  test('when its prices are the wrong way round, then all tickets are shown, and what is wrong', async () => {
    const asked: unknown[] = [];
    await serve('tickets', (req, res) => {
      asked.push(req.url);
      answer(200, [{ id: 't1' }])(req, res);
    });
    const page = { ...pageRequest({}, '/'), query: { minPrice: '50', maxPrice: '10' } };
    await expect(loadTickets(page)).resolves.toMatchObject({
      props: { tickets: { items: [{ id: 't1' }] }, errors: { maxPrice: expect.any(String) as string } },
    });
    expect(asked).toEqual(['/api/tickets']);
  });
});

describe('a page for a browser without a script', () => {
  const router = { asPath: '/', events: { on: () => undefined } } as unknown as NextRouter;
  const render = (page: ReactElement) =>
    renderToStaticMarkup(createElement(RouterContext.Provider, { value: router }, page));
  const checkout = (changes: Partial<Order> = {}) =>
    createElement(OrderPage, {
      order: { ...order, ...changes },
      serverNow: Date.parse(order.createdAt),
      cardEntry: { kind: 'none' },
    });

  test.each([
    ['signing in', createElement(SignInPage, { returnTo: '/' })],
    ['selling', createElement(NewTicketPage, { session: { state: 'signed-out' } })],
    ['paying', checkout()],
    ['trying the API', createElement(DocsPage, { api: document as unknown as ApiDocument, away: [] })],
  ])('when %s needs one, then that is said', (_what, page) => {
    expect(render(page)).toMatch(/<noscript>.*needs JavaScript.*<\/noscript>/);
  });

  test('when an order is done with, then there is nothing to say', () => {
    expect(render(checkout({ status: 'cancelled', reason: 'user' }))).not.toMatch('noscript');
  });
});

describe('the receipt of an order', () => {
  const page = (): GetServerSidePropsContext => ({
    ...pageRequest({}, '/orders/o1/receipt'),
    params: { orderId: 'o1' },
  });
  const payment = { id: 'p1', orderId: 'o1', amount: 4990, last4: '4242', createdAt: '2027-01-01T00:00:00Z' };

  test('when the order is paid, then it has what was paid, with what, and leaves no copy', async () => {
    const asked: unknown[] = [];
    await serve('auth', signedIn);
    await serve('orders', answer(200, { id: 'o1', status: 'complete' }));
    await serve('payments', (req, res) => {
      asked.push(req.url);
      answer(200, [payment])(req, res);
    });
    const visit = page();
    await expect(loadReceipt(visit)).resolves.toMatchObject({ props: { order: { id: 'o1' }, payment } });
    expect(asked).toEqual(['/api/payments?orderId=o1']);
    expect(visit.res.getHeader('cache-control')).toBe('private, no-store');
  });

  test.each(['created', 'cancelled'])('when the order is %s, then there is only the order to see', async (status) => {
    await serve('auth', signedIn);
    await serve('orders', answer(200, { id: 'o1', status }));
    await serve('payments', answer(200, [payment]));
    await expect(loadReceipt(page())).resolves.toEqual({ redirect: { destination: '/orders/o1', permanent: false } });
  });

  test('when payments does not answer, then the order alone tells that it is paid', async () => {
    await serve('auth', signedIn);
    await serve('orders', answer(200, { id: 'o1', status: 'complete' }));
    await serve('payments', refusal(503, 'dependency_unavailable'));
    await expect(loadReceipt(page())).resolves.toMatchObject({ props: { order: { id: 'o1' }, payment: null } });
  });
});

describe('what is no page', () => {
  afterAll(() => jest.restoreAllMocks());

  type Handler = (req: NextApiRequest, res: NextApiResponse) => unknown;
  const ask = async (handler: Handler, { body, ...init }: RequestInit = {}) => {
    const address = await listen((req, res) => {
      const form = typeof body === 'string' ? Object.fromEntries(new URLSearchParams(body)) : undefined;
      void handler(Object.assign(req, { body: form }) as NextApiRequest, res as NextApiResponse);
    });
    return fetch(address, { redirect: 'manual', body, ...init });
  };
  const askPage = (page: GetServerSideProps, init?: RequestInit) =>
    ask((req, res) => page({ req, res, query: {}, resolvedUrl: req.url ?? '' }), init);
  const afterTenMinutes = () => jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 600_001);
  const link = (cursor: number) => ({ link: `</api/tickets?cursor=${cursor}>; rel="next"` });

  test('the sitemap has the tickets of every page of the list, up to a bound', async () => {
    let pages = 0;
    await serve('tickets', (req, res) =>
      answer(200, [{ id: `t${++pages}` }], pages === 3 ? {} : link(pages))(req, res),
    );
    const map = await askPage(sitemap);
    expect(map.headers.get('content-type')).toMatch('application/xml');
    const addresses = [...(await map.text()).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
    expect(addresses).toEqual(
      ['/', '/tickets/t1', '/tickets/t2', '/tickets/t3'].map((path) => `https://shop.example${path}`),
    );

    await serve('tickets', (req, res) => answer(200, [{ id: `t${++pages}` }], link(pages))(req, res));
    pages = 0;
    afterTenMinutes();
    await askPage(sitemap);
    expect(pages).toBe(20);
  });

  test('when many ask for the sitemap, then the list is asked once in ten minutes, and for nobody in particular', async () => {
    const asked: IncomingMessage['headers'][] = [];
    await serve('tickets', (req, res) => {
      asked.push(req.headers);
      answer(200, [{ id: 't1' }], { 'set-cookie': 'session=renewed' })(req, res);
    });
    afterTenMinutes();
    const visitor = { headers: { cookie: 'session=s', 'x-forwarded-for': '192.0.2.7' } };
    const maps = await Promise.all([askPage(sitemap, visitor), askPage(sitemap)]);
    maps.push(await askPage(sitemap, visitor));
    expect(maps.map(({ headers }) => headers.getSetCookie())).toEqual([[], [], []]);
    expect(asked).toHaveLength(1);
    for (const name of Object.keys(visitor.headers)) expect(asked[0]).not.toHaveProperty(name);

    afterTenMinutes();
    await askPage(sitemap);
    expect(asked).toHaveLength(2);
  });

  test('when there are no tickets to be had, then the sitemap is not taken for an empty one', async () => {
    await serve('tickets', refusal(503, 'dependency_unavailable'));
    afterTenMinutes();
    expect(await askPage(sitemap)).toMatchObject({ status: 503 });
    await serve('tickets', answer(200, []));
    expect(await askPage(sitemap)).toMatchObject({ status: 200 });
  });

  test('when a page is shared, then its picture is there, in the size that its document says', async () => {
    const page = { defaultGetInitialProps: () => Promise.resolve({ html: '' }) } as unknown as DocumentContext;
    const { image } = await ShopDocument.getInitialProps(page);
    expect(image).toBe('https://shop.example/og.png');
    const file = readFileSync(path.join(__dirname, '../public', new URL(image).pathname));
    // Where a PNG has its width and height.
    expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([1200, 630]);
  });

  test('robots are told where the sitemap is, and what is private', async () => {
    const text = await (await askPage(robots)).text();
    for (const line of ['Sitemap: https://shop.example/sitemap.xml', 'Disallow: /account', 'Disallow: /orders']) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('when a theme is chosen, then the next document is rendered in it', async () => {
    const chosen = await ask(chooseTheme, { method: 'POST', body: 'theme=dark' });
    expect(chosen.status).toBe(303);
    expect(chosen.headers.get('location')).toBe('/account');
    const [cookie] = chosen.headers.getSetCookie();
    expect(cookie).toMatch(/; Secure$/);
    expect(themeCookie('dark', 'http://localhost:3000')).not.toMatch('Secure');
    expect(readTheme(`session=s; ${cookie?.split(';')[0]}`)).toBe('dark');
    expect(readTheme(undefined)).toBe('system');
    expect(readTheme('theme="><script>; theme=darker')).toBe('system');
  });

  test.each([
    ['same-origin', 303, true],
    ['none', 303, true],
    ['same-site', 403, false],
    ['cross-site', 403, false],
  ])('when a theme is chosen by a form that is %s, then the answer is %i', (site, status, isSet) => {
    // Not by fetch, which keeps this header for itself.
    const req = { method: 'POST', headers: { 'sec-fetch-site': site }, body: { theme: 'dark' } } as unknown;
    const res = new ServerResponse(new IncomingMessage(new Socket()));
    chooseTheme(req as NextApiRequest, res as NextApiResponse);
    expect(res.statusCode).toBe(status);
    expect(res.hasHeader('set-cookie')).toBe(isSet);
  });

  test('when what is chosen is no theme, or was not sent by a form, then nothing is set', async () => {
    for (const init of [{ method: 'POST', body: 'theme=pink' }, { method: 'POST' }, { method: 'GET' }]) {
      expect((await ask(chooseTheme, init)).headers.getSetCookie()).toEqual([]);
    }
  });
});
